package rota

import "time"

// Holiday is one bank holiday of England and Wales.
type Holiday struct {
	Date        Date   `json:"date"`
	Name        string `json:"name"`
	Substitute  bool   `json:"substitute"`  // moved here because the day itself falls on a weekend
	Provisional bool   `json:"provisional"` // computed by rule, not yet published officially
}

// Holidays knows which days are bank holidays. The zero value knows the official table and computes
// the years after it; an admin's own days come first.
type Holidays struct {
	own map[Date]string // "" where the admin says that the day is no bank holiday
}

// NewHolidays adds an admin's own days to the official ones: a name makes the day a bank holiday, an
// empty name makes it an ordinary day.
func NewHolidays(own map[Date]string) Holidays { return Holidays{own} }

// On gives the bank holiday on d, if there is one.
func (h Holidays) On(d Date) (Holiday, bool) {
	if name, ok := h.own[d]; ok {
		return Holiday{Date: d, Name: name}, name != ""
	}
	for _, holiday := range holidaysIn(d.Year) {
		if holiday.Date == d {
			return holiday, true
		}
	}
	return Holiday{}, false
}

func holidaysIn(year int) []Holiday {
	last := officialHolidays[len(officialHolidays)-1].Date.Year
	if year > last || year < officialHolidays[0].Date.Year {
		return computedHolidays(year)
	}
	var in []Holiday
	for _, holiday := range officialHolidays {
		if holiday.Date.Year == year {
			in = append(in, holiday)
		}
	}
	return in
}

// computedHolidays applies the rule (Banking and Financial Dealings Act 1971, schedule 1, with the
// days proclaimed every year) to a year that has not been published.
func computedHolidays(year int) []Holiday {
	day := func(m time.Month, d int) Date { return Date{year, m, d} }
	easter := easterSunday(year)
	earlyMay := day(time.May, 7).Monday()
	spring := day(time.May, 31).Monday()
	summer := day(time.August, 31).Monday()
	return []Holiday{
		substituted(day(time.January, 1), "New Year's Day", 0),
		{Date: easter.AddDays(-2), Name: "Good Friday", Provisional: true},
		{Date: easter.AddDays(1), Name: "Easter Monday", Provisional: true},
		{Date: earlyMay, Name: "Early May bank holiday", Provisional: true},
		{Date: spring, Name: "Spring bank holiday", Provisional: true},
		{Date: summer, Name: "Summer bank holiday", Provisional: true},
		substituted(day(time.December, 25), "Christmas Day", 1),
		substituted(day(time.December, 26), "Boxing Day", 1),
	}
}

// substituted moves a fixed holiday that falls on a weekend to the next free weekday. Christmas and
// Boxing Day are a pair (pair = 1): a weekend that takes both, or one of them, pushes on by two days.
func substituted(d Date, name string, pair int) Holiday {
	to := d
	switch d.Weekday() {
	case time.Saturday:
		to = d.AddDays(2)
	case time.Sunday:
		to = d.AddDays(1 + pair)
	}
	return Holiday{Date: to, Name: name, Substitute: to != d, Provisional: true}
}

// easterSunday computes Easter in the Gregorian calendar (Meeus, Jones and Butcher).
func easterSunday(year int) Date {
	a, b, c := year%19, year/100, year%100
	d, e := b/4, b%4
	g := (8*b + 13) / 25
	h := (19*a + b - d - g + 15) % 30
	i, k := c/4, c%4
	l := (32 + 2*e + 2*i - h - k) % 7
	m := (a + 11*h + 19*l) / 433
	month := (h + l - 7*m + 90) / 25
	day := (h + l - 7*m + 33*month + 19) % 32
	return Date{year, time.Month(month), day}
}

// FestiveName names the festive day on d, "" on all others: 24 to 26 December, 31 December and 1
// January, Good Friday to Easter Monday. They are the days themselves, wherever the bank holiday for
// them is moved to.
func FestiveName(d Date) string {
	switch {
	case d.Month == time.December && d.Day == 24:
		return "Christmas Eve"
	case d.Month == time.December && d.Day == 25:
		return "Christmas Day"
	case d.Month == time.December && d.Day == 26:
		return "Boxing Day"
	case d.Month == time.December && d.Day == 31:
		return "New Year's Eve"
	case d.Month == time.January && d.Day == 1:
		return "New Year's Day"
	}
	return map[int]string{-2: "Good Friday", -1: "Easter Saturday", 0: "Easter Sunday", 1: "Easter Monday"}[easterSunday(d.Year).DaysUntil(d)]
}

// CategoryOf says how a day on call counts: the heaviest of festive, bank holiday, weekend, weekday
// that d is.
func (h Holidays) CategoryOf(d Date) Category {
	if FestiveName(d) != "" {
		return Festive
	}
	if _, ok := h.On(d); ok {
		return BankHoliday
	}
	if wd := d.Weekday(); wd == time.Saturday || wd == time.Sunday {
		return Weekend
	}
	return Weekday
}
