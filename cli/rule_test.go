package cli

import (
	"strings"
	"testing"

	"pcnrota/calendar"
)

func TestParseRule(t *testing.T) {
	for typed, want := range map[string]string{
		"third Thursday":                                 "FREQ=MONTHLY;BYDAY=3TH",
		"3rd Thu":                                        "FREQ=MONTHLY;BYDAY=3TH",
		"the last Monday of the month":                   "FREQ=MONTHLY;BYDAY=-1MO",
		"second-last Friday":                             "FREQ=MONTHLY;BYDAY=-2FR",
		"every 2 weeks on Wednesday":                     "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE",
		"fortnightly on Wed":                             "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE",
		"every other Wednesday":                          "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE",
		"every 2 months on the third Thursday":           "FREQ=MONTHLY;INTERVAL=2;BYDAY=3TH",
		"third Thursday, every 2 months":                 "FREQ=MONTHLY;INTERVAL=2;BYDAY=3TH",
		"quarterly on the first Wednesday":               "FREQ=MONTHLY;INTERVAL=3;BYDAY=1WE",
		"weekly on Tue":                                  "FREQ=WEEKLY;BYDAY=TU",
		"Tuesdays and Thursdays":                         "FREQ=WEEKLY;BYDAY=TU,TH",
		"every Tuesday":                                  "FREQ=WEEKLY;BYDAY=TU",
		"first and third Thursday":                       "FREQ=MONTHLY;BYDAY=1TH,3TH",
		"1st and 15th of the month":                      "FREQ=MONTHLY;BYMONTHDAY=1,15",
		"first, and every Thursday":                      "",
		"first Thursday and third Thursday of the month": "FREQ=MONTHLY;BYDAY=1TH,3TH",
		"15th of the month":                              "FREQ=MONTHLY;BYMONTHDAY=15",
		"last day of the month":                          "FREQ=MONTHLY;BYMONTHDAY=-1",
		"second Tuesday, not in April, August and Dec":   "FREQ=MONTHLY;BYDAY=2TU;BYMONTH=1,2,3,5,6,7,9,10,11",
		"first Friday only in March and June":            "FREQ=MONTHLY;BYDAY=1FR;BYMONTH=3,6",
		"last Friday of October, every year":             "FREQ=YEARLY;BYDAY=-1FR;BYMONTH=10",
		"third Thursday, every two months, skip August":  "FREQ=MONTHLY;INTERVAL=2;BYDAY=3TH;BYMONTH=1,2,3,4,5,6,7,9,10,11,12",
		"every three weeks on Monday":                    "FREQ=WEEKLY;INTERVAL=3;BYDAY=MO",
		"every quarter on the first Monday":              "FREQ=MONTHLY;INTERVAL=3;BYDAY=1MO",
		"every two":                                      "",
		"daily":                                          "FREQ=DAILY",
		"freq=monthly; byday=3th":                        "FREQ=MONTHLY;BYDAY=3TH",
		"every second Wednesday":                         "", // fortnightly, or once a month?
		"every month on Thursday":                        "", // which one?
		"weekly on the first Tuesday":                    "",
		"weekly, monthly":                                "",
		"whenever":                                       "",
		"third Thrusday":                                 "",
		"":                                               "",
		"FREQ=MONTHLY;BYDAY=6MO":                         "",
		"every 2":                                        "",
	} {
		got, err := parseRule(typed)
		switch {
		case want == "" && err == nil:
			t.Errorf("%q was read as %s, and should be refused", typed, got)
		case want != "" && (err != nil || got != want):
			t.Errorf("%q: got %s (%v), want %s", typed, got, err, want)
		}
	}
}

// What lists show can be typed again.
func TestParseRuleReadsDescriptions(t *testing.T) {
	for rule := range strings.FieldsSeq(`FREQ=MONTHLY;INTERVAL=2;BYDAY=3TH FREQ=MONTHLY;BYDAY=2TU;BYMONTH=1,2,3,5,6,7,9,10,11
		FREQ=MONTHLY;INTERVAL=3;BYDAY=1WE FREQ=MONTHLY;INTERVAL=3;BYDAY=-1MO FREQ=MONTHLY;BYDAY=1TH
		FREQ=MONTHLY;BYDAY=4WE FREQ=WEEKLY;INTERVAL=2;BYDAY=WE FREQ=WEEKLY;BYDAY=MO,WE,FR FREQ=MONTHLY;BYMONTHDAY=15`) {
		if got, err := parseRule(calendar.Describe(rule)); got != rule {
			t.Errorf("%s is described as %q, which is read as %s (%v)", rule, calendar.Describe(rule), got, err)
		}
	}
}
