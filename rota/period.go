package rota

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Period is a run of whole civil days, both ends included.
type Period struct {
	First Date `json:"first"`
	Last  Date `json:"last"`
}

// monthsFrom is the period of n whole months from the first day of one.
func monthsFrom(year int, first time.Month, n int) Period {
	after := dateOf(time.Date(year, first+time.Month(n), 1, 12, 0, 0, 0, time.UTC))
	return Period{Date{year, first, 1}, after.AddDays(-1)}
}

// MonthOf is the calendar month that d belongs to.
func MonthOf(d Date) Period { return monthsFrom(d.Year, d.Month, 1) }

// FinancialYear is the year from April to March that d belongs to.
func FinancialYear(d Date) Period {
	year := d.Year
	if d.Month < time.April {
		year--
	}
	return monthsFrom(year, time.April, 12)
}

// ParseMonth reads a month: "2027-01".
func ParseMonth(s string) (Period, error) {
	t, err := time.Parse("2006-01", s)
	if err != nil {
		return Period{}, fmt.Errorf("%q is not a month written like 2027-01", s)
	}
	return MonthOf(dateOf(t)), nil
}

// ParseQuarter reads a quarter of a calendar year, "2027Q1" from January to March 2027, or of a financial
// year, "2026/27Q4" for the same days.
func ParseQuarter(s string) (Period, error) {
	of, digit, ok := strings.Cut(strings.ToUpper(s), "Q")
	n, err := strconv.Atoi(digit)
	year, financial, known := parseYear(of)
	if !ok || err != nil || len(digit) != 1 || n < 1 || n > 4 || !known {
		return Period{}, fmt.Errorf("%q is not a quarter written like 2027Q1 (January to March) or 2026/27Q4 (the same, of a financial year)", s)
	}
	first := time.Month(3*n - 2)
	if !financial {
		return monthsFrom(year, first, 3), nil
	}
	if first += 3; first > time.December {
		first, year = first-12, year+1
	}
	return monthsFrom(year, first, 3), nil
}

// ParseYear reads a financial year from April to March, "2027/28", or a calendar year, "2027".
func ParseYear(s string) (Period, error) {
	year, financial, ok := parseYear(s)
	switch {
	case !ok:
		return Period{}, fmt.Errorf("%q is not a year written like 2027/28 (April to March) or 2027 (January to December)", s)
	case financial:
		return monthsFrom(year, time.April, 12), nil
	default:
		return monthsFrom(year, time.January, 12), nil
	}
}

// parseYear reads "2027" or "2027/28" and tells them apart.
func parseYear(s string) (year int, financial, ok bool) {
	of, next, financial := strings.Cut(s, "/")
	t, err := time.Parse("2006", of)
	if err != nil || financial && next != fmt.Sprintf("%02d", (t.Year()+1)%100) {
		return 0, false, false
	}
	return t.Year(), financial, true
}

// Months cuts the period at the ends of months; the first and the last may be parts of one.
func (p Period) Months() []Period {
	var months []Period
	for first := p.First; !first.After(p.Last); {
		month := Period{first, MonthOf(first).Last}
		if month.Last.After(p.Last) {
			month.Last = p.Last
		}
		months = append(months, month)
		first = month.Last.AddDays(1)
	}
	return months
}

// Span is the time from the midnight that begins the first day to the one that ends the last.
func (p Period) Span(zone *time.Location) Span {
	return Span{p.First.At(0).Instant(zone), p.Last.AddDays(1).At(0).Instant(zone)}
}
