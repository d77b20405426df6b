package rota_test

import (
	"strings"
	"testing"

	"pcnrota/rota"
)

// 943 476 5919 is the NHS number that the NHS Data Dictionary and NHS England use as an example; it is nobody's.
func TestPatientData(t *testing.T) {
	day := rota.Date{Year: 2027, Month: 1, Day: 5}
	for note, want := range map[string]string{
		"IT outage at Park View":                      "",
		"rung back on 07700 900101":                   "",
		"rung back on 0113 496 0000 at 02:15":         "",
		"ticket 9434765918, closed":                   "", // the check digit is wrong
		"ticket 94347659190":                          "", // eleven digits
		"order 4010232137 or so":                      "an NHS number",
		"asked about 9434765919":                      "an NHS number",
		"asked about 943 476 5919.":                   "an NHS number",
		"asked about 943-476-5919":                    "an NHS number",
		"asked about 943\u2011476\u20115919":          "an NHS number",
		"took 40 943 476 5919 minutes":                "an NHS number",
		"the boiler again, engineer due 07/01/2027":   "",
		"the boiler again, engineer due 7.1.27":       "",
		"since the audit of 12 Nov 2026":              "",
		"version 1.2.3 of the software":               "",
		"there is no day 31/02/1948":                  "",
		"Mr B, 12/03/1948":                            "looks like a date of birth",
		"Mr B, 12.3.48":                               "looks like a date of birth",
		"Mr B, 1948-03-12":                            "looks like a date of birth",
		"Mr B, 3rd May 1948":                          "looks like a date of birth",
		"child, DOB 01/11/26":                         "somebody's date of birth",
		"D.O.B. on the form":                          "somebody's date of birth",
		"the stubborn lock at Quay":                   "",
		"4 dobermans in the car park at 10 May Close": "",
	} {
		got := rota.PatientData(note, day)
		if (want == "") != (got == "") || !strings.Contains(got, want) {
			t.Errorf("%q: says %q, want %q", note, got, want)
		}
		if strings.ContainsAny(got, "0123456789") {
			t.Errorf("%q: the sentence repeats what it found: %q", note, got)
		}
	}
}

// Of the ten digits that could stand last, at most one is right.
func TestNHSNumberHasOneCheckDigit(t *testing.T) {
	for _, nine := range []string{"943476591", "401023213", "999000001", "485777345", "100000000"} {
		var right []string
		for _, last := range strings.Split("0123456789", "") {
			if rota.PatientData(nine+last, rota.Date{Year: 2027, Month: 1, Day: 5}) != "" {
				right = append(right, last)
			}
		}
		if len(right) > 1 {
			t.Errorf("%s can end in %v", nine, right)
		}
	}
}
