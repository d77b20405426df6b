package rota

import (
	"regexp"
	"strings"
	"time"
)

// This file keeps patients out of notes. It recognises what can be told from the text alone; a name cannot.

// PatientData says in one sentence why a note looks as if it were about a patient: it holds an NHS number, or
// what looks like a date of birth. The sentence does not repeat it. "" stands for a note in which neither was found. A full date is taken for
// one of birth where the note says so, or where it lies more than a year before the day of the note.
func PatientData(note string, day Date) string {
	if holdsNHSNumber(note) {
		return "the note holds what looks like an NHS number"
	}
	if birthWords.MatchString(note) {
		return "the note looks as if it gave somebody's date of birth"
	}
	for _, found := range fullDates(note, day) {
		if found.AddDays(365).Before(day) {
			return "the note holds what looks like a date of birth"
		}
	}
	return ""
}

var (
	birthWords   = regexp.MustCompile(`(?i)\b(dob|d\.\s?o\.\s?b|date of birth|birth ?date|born)\b`)
	digitGroups  = regexp.MustCompile(`\d+(?:[ \x{a0}.\-\x{2010}-\x{2013}]\d+)*`)
	digitGroup   = regexp.MustCompile(`\d+`)
	numericDate  = regexp.MustCompile(`\b(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4}|\d{2})\b`)
	isoDateShape = regexp.MustCompile(`\b(\d{4})[/.\-](\d{1,2})[/.\-](\d{1,2})\b`)
	wordedDate   = regexp.MustCompile(`(?i)\b(\d{1,2})(?:st|nd|rd|th)?[ \-](jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[ \-](\d{4}|\d{2})\b`)
)

// holdsNHSNumber looks for ten digits, together or in groups with one blank, dash or point between, that are an
// NHS number by their check digit. A group is never taken apart, so that a telephone number of eleven
// digits is none.
func holdsNHSNumber(note string) bool {
	for _, run := range digitGroups.FindAllString(note, -1) {
		groups := digitGroup.FindAllString(run, -1)
		for first := range groups {
			digits := ""
			for _, group := range groups[first:] {
				if digits += group; len(digits) >= 10 {
					break
				}
			}
			if len(digits) == 10 && checkedNHSNumber(digits) {
				return true
			}
		}
	}
	return false
}

// checkedNHSNumber proves the check digit of ten digits by modulus 11: the first nine are multiplied by 10
// down to 2 and added up, and the tenth is what is missing from the sum to a multiple of 11. A tenth of 11 is
// written 0, and one of 10 is never issued (NHS Data Dictionary, attribute NHS NUMBER).
func checkedNHSNumber(digits string) bool {
	sum := 0
	for i, d := range digits[:9] {
		sum += int(d-'0') * (10 - i)
	}
	check := 11 - sum%11
	if check == 11 {
		check = 0
	}
	return check == int(digits[9]-'0')
}

// fullDates finds the dates with their year. A year of two digits is the last one that is not after day's.
func fullDates(note string, day Date) []Date {
	var dates []Date
	add := func(year, month, date string) {
		layout := "2006-1-2"
		if len(year) == 2 {
			layout = "06-1-2"
		}
		if len(month) > 2 {
			layout = strings.Replace(layout, "-1-", "-Jan-", 1)
			month = strings.ToUpper(month[:1]) + strings.ToLower(month[1:])
		}
		t, err := time.Parse(layout, year+"-"+month+"-"+date)
		if err != nil {
			return
		}
		found := dateOf(t)
		if len(year) == 2 {
			found.Year = day.Year/100*100 + found.Year%100
			if found.Year > day.Year+1 {
				found.Year -= 100
			}
		}
		dates = append(dates, found)
	}
	for _, m := range numericDate.FindAllStringSubmatch(note, -1) {
		add(m[3], m[2], m[1])
	}
	for _, m := range isoDateShape.FindAllStringSubmatch(note, -1) {
		add(m[1], m[2], m[3])
	}
	for _, m := range wordedDate.FindAllStringSubmatch(note, -1) {
		add(m[3], m[2], m[1])
	}
	return dates
}
