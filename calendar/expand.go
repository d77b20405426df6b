package calendar

import (
	"iter"
	"time"

	"github.com/teambition/rrule-go"

	"pcnrota/rota"
)

// This file is the only one that knows rrule-go. It expands a rule on a calendar of UTC days, where no
// clock changes. COUNT and UNTIL are not its business: see Occurrences.

var (
	frequencies = map[string]rrule.Frequency{"DAILY": rrule.DAILY, "WEEKLY": rrule.WEEKLY, "MONTHLY": rrule.MONTHLY, "YEARLY": rrule.YEARLY}
	ruleDays    = []rrule.Weekday{rrule.SU, rrule.MO, rrule.TU, rrule.WE, rrule.TH, rrule.FR, rrule.SA}
)

// daysFrom gives the days of r in order, counting from start, which is one of them only where it
// matches. They end in the year 9999; a rule that never matches gives none, after at most a fifth of a
// second.
func (r rule) daysFrom(start rota.Date) iter.Seq[rota.Date] {
	return r.daysUpTo(start, rota.Date{Year: 9999, Month: 12, Day: 31})
}

// daysUpTo is daysFrom as far as last. A rule that never matches is found out by then.
func (r rule) daysUpTo(start, last rota.Date) iter.Seq[rota.Date] {
	option := rrule.ROption{
		Freq: frequencies[r.freq], Interval: r.interval, Wkst: ruleDays[r.weekStart], Until: midnight(last),
		Bymonth: r.months, Bymonthday: r.monthDays, Byyearday: r.yearDays, Byweekno: r.weeks, Bysetpos: r.positions,
	}
	if r.freq == "WEEKLY" && len(r.days) == 0 {
		r.days = []nthDay{{day: start.Weekday()}}
	}
	for _, d := range r.days {
		day := ruleDays[d.day]
		option.Byweekday = append(option.Byweekday, day.Nth(d.n))
	}
	from := start
	if r.freq == "WEEKLY" && len(r.positions) > 0 {
		// rrule-go would take the positions within what is left of the first week.
		from = start.AddDays(-(int(start.Weekday()) - int(r.weekStart) + 7) % 7)
	}
	option.Dtstart = midnight(from)
	return func(yield func(rota.Date) bool) {
		expanded, err := rrule.NewRRule(option)
		if err != nil {
			return // parseRule keeps within the bounds that rrule-go checks
		}
		for next := expanded.Iterator(); ; {
			t, ok := next()
			if !ok {
				return
			}
			if d := rota.CivilOf(t, time.UTC).Date; !d.Before(start) && !yield(d) {
				return
			}
		}
	}
}

func midnight(d rota.Date) time.Time {
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC)
}
