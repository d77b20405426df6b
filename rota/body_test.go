package rota_test

import (
	"testing"

	"pcnrota/rota"
)

func TestABodyHasTheNameOfTheDay(t *testing.T) {
	b := rota.Body{ID: "ICS", Name: "Humber ICS"}
	b = b.Rename("Humber ICB", date(t, "2022-07-01"))
	b = b.Rename("North Cluster", date(t, "2027-04-01"))
	for day, want := range map[string]string{
		"2020-01-01": "Humber ICS", "2022-06-30": "Humber ICS", "2022-07-01": "Humber ICB", "2027-03-31": "Humber ICB", "2027-04-01": "North Cluster",
	} {
		if got := b.NameOn(date(t, day)); got != want {
			t.Errorf("on %s it is called %s, want %s", day, got, want)
		}
	}
	// A renaming that was announced for later, and comes sooner under another name.
	b = b.Rename("Humber and Coast", date(t, "2027-02-01"))
	if got := b.NameOn(date(t, "2027-01-31")) + ", " + b.NameOn(date(t, "2027-05-01")); got != "Humber ICB, Humber and Coast" || len(b.Renamed) != 2 {
		t.Errorf("got %s with %d renamings", got, len(b.Renamed))
	}
}

func TestLeadsCountWorkingAndClearDays(t *testing.T) {
	for _, tt := range []struct{ lead, day, want string }{
		{"5", "2027-01-21", "2027-01-14"},
		{"5 working days", "2027-01-21", "2027-01-14"},
		{"5 clear days", "2027-01-21", "2027-01-13"}, // the 14th, 15th, 18th, 19th and 20th lie between
		{"1 clear day", "2027-01-04", "2026-12-30"},  // the 31st lies between; the 1st is a holiday
		{"none", "2027-01-21", ""},
		{"5", "2027-03-30", "2027-03-19"}, // over Easter
	} {
		l, err := rota.ParseLead(tt.lead)
		if err != nil {
			t.Fatal(err)
		}
		if got := l.On(date(t, tt.day), rota.Holidays{}).String(); got != tt.want {
			t.Errorf("%s before %s is %s, want %s", tt.lead, tt.day, got, tt.want)
		}
		if back, err := rota.ParseLead(l.String()); err != nil || back != l {
			t.Errorf("%q is written %q and read back as %+v, %v", tt.lead, l, back, err)
		}
	}
	for _, s := range []string{"", "-1", "61", "5 weeks", "five"} {
		if l, err := rota.ParseLead(s); err == nil {
			t.Errorf("%q is read as %v", s, l)
		}
	}
}
