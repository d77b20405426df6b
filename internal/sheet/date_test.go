package sheet

import "testing"

func TestDaysAsPeopleWriteThem(t *testing.T) {
	for _, s := range []string{
		"2027-01-04", "2027-1-4", "2027/01/04", "04/01/2027", "4/1/27", "04.01.2027", "04-01-2027", "4 Jan 2027", "4-Jan-27", "4 January 2027",
		"4th jan 2027", "Mon 4 Jan 2027", "Monday, 4 January 2027", "46391", "04/01/2027 00:00", "2027-01-04T00:00:00Z",
	} {
		if d, err := parseDate(s); err != nil || d.String() != "2027-01-04" {
			t.Errorf("parseDate(%q) = %v, %v; want 2027-01-04", s, d, err)
		}
	}
	for s, want := range map[string]string{"29/02/2028": "2028-02-29", "4 Sept 1998": "1998-09-04", "1/8/98": "1998-08-01", "31/12/69": "2069-12-31"} {
		if d, err := parseDate(s); err != nil || d.String() != want {
			t.Errorf("parseDate(%q) = %v, %v; want %s", s, d, err, want)
		}
	}
}

func TestDaysThatAreRefused(t *testing.T) {
	for s, want := range map[string]string{
		"12/31/2027":      "is not a date: the day comes before the month, as in 31/01/2027",
		"31/02/2027":      "is not a date: February 2027 has 28 days",
		"2027-02-29":      "is not a date: February 2027 has 28 days",
		"31/04/27":        "is not a date: April 2027 has 30 days",
		"0/1/2027":        "is not a date: January 2027 has 31 days",
		"2027-13-01":      "is not a date: there is no month 13",
		"40/50/2027":      "is not a date: there is no month 50",
		"4 Janvier 2027":  "is not a date: there is no month \"Janvier\"",
		"Tue 4 Jan 2027":  "is not a date: that day is a Monday",
		"04/01/0207":      "is not a date from 1950 to 2099",
		"99999":           "is not a date from 1950 to 2099",
		"January 4, 2027": "is not a date like 31/01/2027 or 2027-01-31",
		"next week":       "is not a date like 31/01/2027 or 2027-01-31",
		"2027":            "is not a date like 31/01/2027 or 2027-01-31",
		"04/01/2027 9:30": "is not a date like 31/01/2027 or 2027-01-31",
	} {
		if d, err := parseDate(s); err == nil || err.Error() != want || !d.IsZero() {
			t.Errorf("parseDate(%q) = %v, %v; want %s", s, d, err, want)
		}
	}
}

func TestTimesOfDay(t *testing.T) {
	for s, want := range map[string]string{
		"18:30": "18:30", "9:00": "09:00", "18.30": "18:30", "18:30:00": "18:30", "6:30pm": "18:30", "6:30 PM": "18:30", "12am": "00:00", "12 pm": "12:00", "00:00": "00:00",
	} {
		if at, err := parseTime(s); err != nil || at.String() != want {
			t.Errorf("parseTime(%q) = %v, %v; want %s", s, at, err, want)
		}
	}
	for _, s := range []string{"24:00", "18:60", "13pm", "0am", "10", "noon", "18:30:15", "-1:00"} {
		if at, err := parseTime(s); err == nil {
			t.Errorf("parseTime(%q) = %v, want an error", s, at)
		}
	}
}

func TestDaysOfTheWeek(t *testing.T) {
	for _, s := range []string{"Wed", "Weds", "wed.", "Wednesday", "WEDNESDAYS"} {
		if d, err := parseWeekday(s); err != nil || d.String() != "Wednesday" {
			t.Errorf("parseWeekday(%q) = %v, %v", s, d, err)
		}
	}
	for _, s := range []string{"T", "Tu", "Mon/Tue", "weekend", "s"} {
		if d, err := parseWeekday(s); err == nil {
			t.Errorf("parseWeekday(%q) = %v, want an error", s, d)
		}
	}
}
