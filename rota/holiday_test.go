package rota_test

import (
	"encoding/csv"
	"os"
	"testing"

	"pcnrota/rota"
)

// TestOfficialHolidays compares every day of 2012 to 2028 with the dates that the government published.
func TestOfficialHolidays(t *testing.T) {
	f, err := os.Open("../../shared/bank-holidays.csv")
	if err != nil {
		t.Skip("the table of official bank holidays is not here")
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	official := map[rota.Date]rota.Holiday{}
	for _, row := range rows[1:] {
		if row[0] == "england-and-wales" {
			d := date(t, row[1])
			official[d] = rota.Holiday{Date: d, Name: row[2], Substitute: row[3] == "yes"}
		}
	}
	if len(official) < 17*8 {
		t.Fatalf("the table has %d days, want at least eight a year", len(official))
	}
	for d := date(t, "2012-01-01"); d.Year <= 2028; d = d.AddDays(1) {
		want, is := official[d]
		if got, ok := (rota.Holidays{}).On(d); ok != is || (is && got != want) {
			t.Errorf("%s is %+v, %t, want %+v, %t", d, got, ok, want, is)
		}
	}
}

func TestHolidaysBeyondTheTableAreProvisional(t *testing.T) {
	tests := []struct {
		day, name  string
		substitute bool
	}{
		{"2029-03-30", "Good Friday", false},
		{"2029-04-02", "Easter Monday", false},
		{"2029-05-07", "Early May bank holiday", false},
		{"2029-05-28", "Spring bank holiday", false},
		{"2029-08-27", "Summer bank holiday", false},
		{"2032-12-27", "Christmas Day", true}, // the 25th is a Saturday
		{"2032-12-28", "Boxing Day", true},
		{"2033-01-03", "New Year's Day", true},
		{"2033-12-26", "Boxing Day", false}, // the 25th is a Sunday
		{"2033-12-27", "Christmas Day", true},
	}
	for _, tt := range tests {
		got, ok := rota.Holidays{}.On(date(t, tt.day))
		want := rota.Holiday{Date: date(t, tt.day), Name: tt.name, Substitute: tt.substitute, Provisional: true}
		if !ok || got != want {
			t.Errorf("%s is %+v, %t, want %+v", tt.day, got, ok, want)
		}
	}
	if h, ok := (rota.Holidays{}).On(date(t, "2032-12-25")); ok {
		t.Errorf("Saturday 25 December 2032 is %+v, want no bank holiday", h)
	}
}

func TestAnAdminsOwnDaysComeFirst(t *testing.T) {
	holidays := rota.NewHolidays(map[rota.Date]string{date(t, "2027-06-07"): "Founders' day", date(t, "2027-05-03"): ""})
	if h, ok := holidays.On(date(t, "2027-06-07")); !ok || h.Name != "Founders' day" || h.Provisional {
		t.Errorf("the own day is %+v, %t", h, ok)
	}
	if h, ok := holidays.On(date(t, "2027-05-03")); ok {
		t.Errorf("the day taken away is %+v", h)
	}
	if _, ok := holidays.On(date(t, "2027-05-31")); !ok {
		t.Error("the other official days are lost")
	}
}

func TestCategoryOf(t *testing.T) {
	tests := []struct {
		name, day string
		want      rota.Category
	}{
		{"a Wednesday", "2027-06-16", rota.Weekday},
		{"a Friday", "2027-06-18", rota.Weekday},
		{"a Saturday", "2027-06-19", rota.Weekend},
		{"a Sunday", "2027-06-20", rota.Weekend},
		{"a bank holiday", "2027-05-03", rota.BankHoliday},
		{"Christmas Eve", "2027-12-24", rota.Festive},
		{"Christmas Day on a Saturday, its holiday on Monday", "2027-12-25", rota.Festive},
		{"Boxing Day on a Sunday", "2027-12-26", rota.Festive},
		{"the substitute for Christmas Day", "2027-12-27", rota.BankHoliday},
		{"the substitute for Boxing Day", "2027-12-28", rota.BankHoliday},
		{"between the years", "2027-12-30", rota.Weekday},
		{"New Year's Eve", "2027-12-31", rota.Festive},
		{"New Year's Day on a Saturday", "2028-01-01", rota.Festive},
		{"the day after", "2028-01-02", rota.Weekend},
		{"the substitute for New Year's Day", "2028-01-03", rota.BankHoliday},
		{"Maundy Thursday", "2027-03-25", rota.Weekday},
		{"Good Friday", "2027-03-26", rota.Festive},
		{"Easter Saturday", "2027-03-27", rota.Festive},
		{"Easter Sunday", "2027-03-28", rota.Festive},
		{"Easter Monday", "2027-03-29", rota.Festive},
		{"the Tuesday after", "2027-03-30", rota.Weekday},
		{"29 February on a Tuesday", "2028-02-29", rota.Weekday},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := (rota.Holidays{}).CategoryOf(date(t, tt.day)); got != tt.want {
				t.Errorf("%s is %s, want %s", tt.day, got, tt.want)
			}
		})
	}
}
