package rota

import (
	"slices"
	"testing"
	"time"
)

// TestTheRuleAgreesWithTheTable computes the years of the official table by rule. They differ where a
// day was moved or added by proclamation, and nowhere else.
func TestTheRuleAgreesWithTheTable(t *testing.T) {
	proclaimed := map[int]struct{ added, removed []Date }{
		2012: {[]Date{{2012, time.June, 4}, {2012, time.June, 5}}, []Date{{2012, time.May, 28}}},                             // Diamond Jubilee
		2020: {[]Date{{2020, time.May, 8}}, []Date{{2020, time.May, 4}}},                                                     // VE Day
		2022: {[]Date{{2022, time.June, 2}, {2022, time.June, 3}, {2022, time.September, 19}}, []Date{{2022, time.May, 30}}}, // Platinum Jubilee, State Funeral
		2023: {[]Date{{2023, time.May, 8}}, nil},                                                                             // Coronation
	}
	years := 0
	for year := 2012; year <= 2028; year++ {
		want := holidaysIn(year)
		var got []Holiday
		for _, h := range computedHolidays(year) {
			h.Provisional = false
			if !slices.Contains(proclaimed[year].removed, h.Date) {
				got = append(got, h)
			}
		}
		want = slices.DeleteFunc(slices.Clone(want), func(h Holiday) bool { return slices.Contains(proclaimed[year].added, h.Date) })
		slices.SortFunc(got, func(a, b Holiday) int { return a.Date.Compare(b.Date) })
		if !slices.Equal(got, want) {
			t.Errorf("%d by rule:\n%v\nby the table:\n%v", year, got, want)
		}
		years++
	}
	if years != 17 {
		t.Errorf("compared %d years", years)
	}
}

// TestEaster knows the dates that the Church of England publishes, and the earliest and latest possible.
func TestEaster(t *testing.T) {
	for _, want := range []Date{
		{1818, time.March, 22},
		{1943, time.April, 25},
		{2000, time.April, 23},
		{2008, time.March, 23},
		{2011, time.April, 24},
		{2024, time.March, 31},
		{2025, time.April, 20},
		{2026, time.April, 5},
		{2027, time.March, 28},
		{2028, time.April, 16},
		{2029, time.April, 1},
		{2030, time.April, 21},
		{2038, time.April, 25},
		{2049, time.April, 18},
		{2076, time.April, 19},
	} {
		if got := easterSunday(want.Year); got != want {
			t.Errorf("Easter %d is %s, want %s", want.Year, got, want)
		}
	}
	for year := 1900; year < 2200; year++ {
		e := easterSunday(year)
		if e.Weekday() != time.Sunday || e.Before(Date{year, time.March, 22}) || e.After(Date{year, time.April, 25}) {
			t.Errorf("Easter %d is %s", year, e)
		}
	}
}
