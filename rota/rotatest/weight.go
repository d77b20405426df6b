package rotatest

import (
	"time"

	"pcnrota/rota"
)

// weight adds up a shift's points, one day on call after the other.
func weight(p rota.Problem, kind rota.ShiftKind, tier rota.Tier, start, end rota.Civil) rota.Load {
	points := p.Policy.Points
	if kind.Points != nil {
		points = *kind.Points
	}
	var load rota.Load
	for n := range daysOnCall(start, end) {
		category := burden(p.Holidays, start.Date.AddDays(n))
		load[category] += points[category] * tier.Weight / rota.Point
	}
	return load
}

// daysOnCall counts the stretches of 24 hours on the wall clock, and what is left as one more.
func daysOnCall(start, end rota.Civil) int {
	days := start.Date.DaysUntil(end.Date)
	if end.Time > start.Time {
		days++
	}
	return days
}

// burden is the heaviest of festive, bank holiday, weekend and weekday that the day is.
func burden(holidays rota.Holidays, day rota.Date) rota.Category {
	_, holiday := holidays.On(day)
	switch {
	case festive(day):
		return rota.Festive
	case holiday:
		return rota.BankHoliday
	case day.Weekday() == time.Saturday, day.Weekday() == time.Sunday:
		return rota.Weekend
	default:
		return rota.Weekday
	}
}

// festive knows 24 to 26 December, 31 December, 1 January and Good Friday to Easter Monday.
func festive(day rota.Date) bool {
	if toEaster := day.DaysUntil(easter(day.Year)); -1 <= toEaster && toEaster <= 2 {
		return true
	}
	switch day.Month {
	case time.December:
		return day.Day == 24 || day.Day == 25 || day.Day == 26 || day.Day == 31
	case time.January:
		return day.Day == 1
	default:
		return false
	}
}

// easter finds Easter Sunday as Clavius did, by golden number and epact (Knuth, The Art of Computer
// Programming, volume 1, exercise 1.3.2-14).
func easter(year int) rota.Date {
	golden, century := year%19+1, year/100+1
	leaps, moon := 3*century/4-12, (8*century+5)/25-5
	sunday := 5*year/4 - leaps - 10
	epact := ((11*golden+20+moon-leaps)%30 + 30) % 30
	if epact == 25 && golden > 11 || epact == 24 {
		epact++
	}
	full := 44 - epact
	if full < 21 {
		full += 30
	}
	return rota.Date{Year: year, Month: time.March, Day: 1}.AddDays(full + 7 - (sunday+full)%7 - 1)
}
