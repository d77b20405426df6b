package rota_test

import (
	"testing"
	"time"

	"pcnrota/rota"
)

func TestPeriodsAsTheyAreTyped(t *testing.T) {
	for _, test := range []struct {
		parse func(string) (rota.Period, error)
		typed string
		days  string // "" where it is refused
	}{
		{rota.ParseMonth, "2027-01", "2027-01-01..2027-01-31"},
		{rota.ParseMonth, "2027-02", "2027-02-01..2027-02-28"},
		{rota.ParseMonth, "2028-02", "2028-02-01..2028-02-29"},
		{rota.ParseMonth, "2100-02", "2100-02-01..2100-02-28"},
		{rota.ParseMonth, "2027-12", "2027-12-01..2027-12-31"},
		{rota.ParseMonth, "2027-13", ""},
		{rota.ParseMonth, "January", ""},
		{rota.ParseMonth, "2027-1", ""},
		{rota.ParseQuarter, "2027Q1", "2027-01-01..2027-03-31"},
		{rota.ParseQuarter, "2027q4", "2027-10-01..2027-12-31"},
		{rota.ParseQuarter, "2026/27Q4", "2027-01-01..2027-03-31"},
		{rota.ParseQuarter, "2027/28Q1", "2027-04-01..2027-06-30"},
		{rota.ParseQuarter, "2027/28Q3", "2027-10-01..2027-12-31"},
		{rota.ParseQuarter, "2027/29Q3", ""},
		{rota.ParseQuarter, "2027Q0", ""},
		{rota.ParseQuarter, "2027Q5", ""},
		{rota.ParseQuarter, "2027Q+1", ""},
		{rota.ParseQuarter, "Q1", ""},
		{rota.ParseQuarter, "2027", ""},
		{rota.ParseYear, "2027/28", "2027-04-01..2028-03-31"},
		{rota.ParseYear, "2099/00", "2099-04-01..2100-03-31"},
		{rota.ParseYear, "2027", "2027-01-01..2027-12-31"},
		{rota.ParseYear, "2027/27", ""},
		{rota.ParseYear, "2027/2028", ""},
		{rota.ParseYear, "27/28", ""},
	} {
		got, err := test.parse(test.typed)
		days := got.First.String() + ".." + got.Last.String()
		if err != nil {
			days = ""
		}
		if days != test.days {
			t.Errorf("%s: got %q, want %q (%v)", test.typed, days, test.days, err)
		}
	}
}

func TestMonthsOfAPeriodAreItsDays(t *testing.T) {
	p := rota.Period{First: date(t, "2027-11-15"), Last: date(t, "2028-03-02")}
	next, days := p.First, 0
	for _, m := range p.Months() {
		if m.First != next || m.First.Month != m.Last.Month {
			t.Errorf("%v follows after the day before %s", m, next)
		}
		days += m.First.DaysUntil(m.Last) + 1
		next = m.Last.AddDays(1)
	}
	if next != p.Last.AddDays(1) || days != p.First.DaysUntil(p.Last)+1 || len(p.Months()) != 5 {
		t.Errorf("%d days in %v", days, p.Months())
	}
}

func TestMonthsAreAsLongAsTheyAre(t *testing.T) {
	london := zone(t, "Europe/London")
	for month, hours := range map[string]float64{
		"2027-01": 31 * 24, "2028-02": 29 * 24,
		"2027-03": 31*24 - 1, // the clocks go forward on 28 March
		"2027-10": 31*24 + 1, // and back on 31 October, the last day
	} {
		p, err := rota.ParseMonth(month)
		if err != nil {
			t.Fatal(err)
		}
		span := p.Span(london)
		if got := span.End.Sub(span.Start); got != time.Duration(hours*float64(time.Hour)) {
			t.Errorf("%s has %v, want %v hours", month, got, hours)
		}
	}
}
