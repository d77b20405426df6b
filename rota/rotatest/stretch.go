package rotatest

import (
	"slices"
	"time"

	"pcnrota/rota"
)

// This file holds what one person does within a stretch of time against the rules that count.

// stretches names each stretch of time in which l has too much of what a rule counts. Every stretch that
// is too full can be moved on until it begins with something that counts, so it is enough to look at
// those.
func (c *checker) stretches(l rota.LeaderID, entries []entry) (breaches []Breach) {
	for _, r := range c.rules[l] {
		switch r.Kind {
		case rota.AtMostDuties:
			breaches = append(breaches, starts(r, entries)...)
		case rota.AtMostWeekends:
			breaches = append(breaches, weekends(r, entries)...)
		case rota.InARow:
			if r.Days > 1 {
				breaches = append(breaches, c.inARow(r, entries)...)
			}
		case rota.WorkingHours:
			breaches = append(breaches, c.working(r, entries)...)
		case rota.DaysOnSite:
			breaches = append(breaches, c.daysOnSite(r, entries)...)
		case rota.FestivePeriods:
			breaches = append(breaches, festivePeriods(r, entries)...)
		}
	}
	return breaches
}

// day is a day, or a week named by its Monday, on which something counts.
type day struct {
	rota.Date
	amount int
	newest rota.DutyID // the last duty of this rota that counts; "" where only held ones do
}

// diaryDays adds up day by day what the entries count; with once set a day counts once.
func diaryDays(entries []entry, once bool, count func(e entry, on func(rota.Date, int))) []day {
	var days []day
	for _, e := range entries {
		count(e, func(d rota.Date, amount int) {
			i := slices.IndexFunc(days, func(x day) bool { return x.Date == d })
			if i < 0 {
				i = len(days)
				days = append(days, day{Date: d})
			}
			days[i].amount += amount
			if once {
				days[i].amount = 1
			}
			if !e.fixed && amount > 0 {
				days[i].newest = e.ID
			}
		})
	}
	days = slices.DeleteFunc(days, func(d day) bool { return d.amount == 0 })
	slices.SortFunc(days, func(a, b day) int { return a.Compare(b.Date) })
	return days
}

// tooFull calls say for each stretch of so many days that begins with one of days and has more than most.
func tooFull(days []day, length, most int, say func(first rota.Date, sum int, newest rota.DutyID)) {
	for i, first := range days {
		sum, newest := 0, rota.DutyID("")
		for _, d := range days[i:] {
			if first.DaysUntil(d.Date) >= length {
				break
			}
			sum += d.amount
			if d.newest != "" {
				newest = d.newest
			}
		}
		if sum > most && newest != "" {
			say(first.Date, sum, newest)
		}
	}
}

// inARow looks for so many days and one more in a row, all of them on call.
func (c *checker) inARow(r bound, entries []entry) (breaches []Breach) {
	days := diaryDays(entries, true, func(e entry, on func(rota.Date, int)) {
		for n := range daysOnCall(e.Start, e.End) {
			on(e.Start.Date.AddDays(n), 1)
		}
	})
	tooFull(days, r.Days+1, r.Days, func(first rota.Date, _ int, newest rota.DutyID) {
		breaches = append(breaches, r.breach(RuleInARow, newest, "%s is on call on more than %d days in a row from %s on", r.leader, r.Days, first))
	})
	return breaches
}

// working adds up the hours of work: on site every hour by the clock, at home what the shift expects of a
// day on call, and a share of the hours that a whole post has besides.
func (c *checker) working(r bound, entries []entry) (breaches []Breach) {
	days := diaryDays(entries, false, func(e entry, on func(rota.Date, int)) {
		kind, left := c.shiftKind(e.Duty), clock(e.Start, e.End)
		for n := range daysOnCall(e.Start, e.End) {
			date, work := e.Start.Date.AddDays(n), int(kind.Expected)
			if kind.Place == rota.OnSite {
				work = min(left, 1440)
			}
			if r.Days > 7 {
				date = date.AddDays(-((int(date.Weekday()) + 6) % 7))
			}
			on(date, work)
			left -= 1440
		}
	})
	share := min(int(c.leaders[r.leader].Share), 1000)
	most := (60*r.Hours - int(r.Beside)*share/1000) * r.Days / 7
	tooFull(days, r.Days, max(most, 0), func(first rota.Date, sum int, newest rota.DutyID) {
		breaches = append(breaches, r.breach(RuleWorkingHours, newest, "%s has %.4g hours of expected work on call in %d days from %s, and %.4g are the most beside other work",
			r.leader, float64(sum)/60, r.Days, first, float64(max(most, 0))/60))
	})
	return breaches
}

func (c *checker) daysOnSite(r bound, entries []entry) (breaches []Breach) {
	days := diaryDays(entries, true, func(e entry, on func(rota.Date, int)) {
		first, last := touched(e.Duty)
		for d := first; c.onSite(e.Duty) && d.Compare(last) <= 0; d = d.AddDays(1) {
			on(d, 1)
		}
	})
	tooFull(days, r.Days, r.Most, func(first rota.Date, sum int, newest rota.DutyID) {
		breaches = append(breaches, r.breach(RuleDaysOnSite, newest, "%s is on site on %d days of the %d from %s, and %d are the most", r.leader, sum, r.Days, first, r.Most))
	})
	return breaches
}

// festivePeriods looks at Easter, Christmas and New Year as they follow each other, three at a time.
func festivePeriods(r bound, entries []entry) (breaches []Breach) {
	// Each period is put on the Monday of a calendar of its own, so that they are seven days apart.
	origin := rota.Date{Year: 2000, Month: time.January, Day: 3}
	periods := diaryDays(entries, true, func(e entry, on func(rota.Date, int)) {
		for n := range daysOnCall(e.Start, e.End) {
			if number := periodOf(e.Start.Date.AddDays(n)); number > 0 {
				on(origin.AddDays(7*number), 1)
			}
		}
	})
	tooFull(periods, 3*7, r.Most, func(_ rota.Date, sum int, newest rota.DutyID) {
		breaches = append(breaches, r.breach(RuleFestivePeriods, newest, "%s is on call in %d of three festive periods in a row, and %d is the most", r.leader, sum, r.Most))
	})
	return breaches
}

// periodOf numbers the festive period that the day belongs to; 0 where it belongs to none.
func periodOf(d rota.Date) int {
	if !festive(d) {
		return 0
	}
	since := 3 * (d.Year - 1900)
	switch {
	case d.Month == time.January:
		return since - 1 // the same as its eve
	case d.Month == time.December && d.Day == 31:
		return since + 2
	case d.Month == time.December:
		return since + 1
	default:
		return since
	}
}
