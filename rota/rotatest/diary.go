package rotatest

import (
	"fmt"
	"slices"
	"time"

	"pcnrota/rota"
)

// diary names what is wrong between the duties of one leader, over all rotas. What is wrong between
// held duties alone is not this rota's doing.
func (c *checker) diary(l rota.LeaderID, entries []entry) []Breach {
	var breaches []Breach
	for i, a := range entries {
		for _, b := range entries[i+1:] {
			if !a.fixed || !b.fixed {
				breaches = append(breaches, c.apart(l, a, b)...)
			}
		}
	}
	return append(breaches, c.stretches(l, entries)...)
}

// apart names what is wrong between two duties of l, of which a starts first.
func (c *checker) apart(l rota.LeaderID, a, b entry) (breaches []Breach) {
	where := b
	if b.fixed {
		where = a
	}
	if sameShift(a.Duty, b.Duty) && a.fixed != b.fixed {
		return []Breach{{RulePeople, where.ID, l, fmt.Sprintf("%s holds both %s and %s", l, a.ID, b.ID), 0}}
	}
	if sameShift(a.Duty, b.Duty) {
		return nil // two tiers of a shift: see together
	}
	breaches, judged := c.apartMeeting(l, where.ID, a.Duty, b.Duty)
	gap := b.Span.Start.Sub(a.Span.End)
	if !judged && gap < 0 {
		return []Breach{{RuleOverlap, where.ID, l, fmt.Sprintf("%s holds %s and %s, which overlap", l, a.ID, b.ID), 0}}
	}
	for _, r := range c.rules[l] {
		breaches = append(breaches, c.apartBy(r, where.ID, a.Duty, b.Duty)...)
	}
	return breaches
}

// apartBy names what one rule has against a and, after it, b in the same hands.
func (c *checker) apartBy(r bound, where rota.DutyID, a, b rota.Duty) []Breach {
	gap := b.Span.Start.Sub(a.Span.End)
	weekend := a.Start.Date.Weekday() == time.Saturday && b.Start.Date == a.Start.Date.AddDays(1)
	switch r.Kind {
	case rota.Rest:
		if r.WeekendTogether && weekend {
			return nil
		}
		if free := clock(a.End, b.Start); r.Days > 0 && free < r.Days*1440 {
			return []Breach{r.breach(RuleRest, where, "%s has %d clear days between %s and %s, and %d are asked for", r.leader, free/1440, a.ID, b.ID, r.Days)}
		}
	case rota.RestOnSite:
		if !c.onSite(a) || !c.onSite(b) {
			return nil
		}
	case rota.InARow:
		if r.Days == 1 && follow(a, b) {
			return []Breach{r.breach(RuleInARow, where, "%s is on call on two days in a row, %s and %s", r.leader, a.ID, b.ID)}
		}
		return nil
	default:
		return nil
	}
	if gap < time.Duration(r.Hours)*time.Hour {
		return []Breach{r.breach(RuleRest, where, "%s has %.4g hours of rest between %s and %s, and %d are asked for", r.leader, gap.Hours(), a.ID, b.ID, r.Hours)}
	}
	return nil
}

// follow reports whether a day on call of the one duty is the day before a day on call of the other, and
// they are not a Saturday and its Sunday.
func follow(a, b rota.Duty) bool {
	for i := range daysOnCall(a.Start, a.End) {
		for j := range daysOnCall(b.Start, b.End) {
			one, other := a.Start.Date.AddDays(i), b.Start.Date.AddDays(j)
			if other.Compare(one) < 0 {
				one, other = other, one
			}
			if one.DaysUntil(other) == 1 && one.Weekday() != time.Saturday {
				return true
			}
		}
	}
	return false
}

func sameShift(a, b rota.Duty) bool {
	return a.Rota == b.Rota && a.Kind == b.Kind && a.Start == b.Start && a.Tier != b.Tier
}

// starts counts the duties that start within any so many days. Every such stretch that is too full can
// be moved on until it begins with a duty, so it is enough to look at those.
func starts(r bound, entries []entry) (breaches []Breach) {
	for i, opening := range entries {
		first := opening.Start.Date
		if i > 0 && entries[i-1].Start.Date == first {
			continue
		}
		last := first.AddDays(r.Days - 1)
		count, newest := 0, rota.DutyID("")
		for _, e := range entries[i:] {
			if e.Start.Date.Compare(last) > 0 {
				break
			}
			count++
			if !e.fixed {
				newest = e.ID
			}
		}
		if count > r.Most && newest != "" {
			breaches = append(breaches, r.breach(RuleLimit, newest,
				"%s starts %d duties from %s to %s; the most in %d days is %d", r.leader, count, first, last, r.Days, r.Most))
		}
	}
	return breaches
}

// weekends counts the weekends within any so many weeks.
func weekends(r bound, entries []entry) (breaches []Breach) {
	var saturdays []rota.Date
	newest := map[rota.Date]rota.DutyID{} // weekends on which this rota puts l, where no other rota does
	fixed := map[rota.Date]bool{}
	for _, e := range entries {
		for _, saturday := range saturdaysOf(e.Duty) {
			if !slices.Contains(saturdays, saturday) {
				saturdays = append(saturdays, saturday)
			}
			if e.fixed {
				fixed[saturday] = true
			} else {
				newest[saturday] = e.ID
			}
		}
	}
	slices.SortFunc(saturdays, rota.Date.Compare)
	for i, first := range saturdays {
		last := first.AddDays(r.Days - r.Days%7 - 7)
		count, added := 0, rota.DutyID("")
		for _, saturday := range saturdays[i:] {
			if saturday.Compare(last) > 0 {
				break
			}
			count++
			if !fixed[saturday] {
				added = newest[saturday]
			}
		}
		if count > r.Most && added != "" {
			breaches = append(breaches, r.breach(RuleLimit, added,
				"%s has %d weekends from %s on; the most in %d weeks is %d", r.leader, count, first, r.Days/7, r.Most))
		}
	}
	return breaches
}

// saturdaysOf names each weekend of which the duty touches the Saturday or the Sunday.
func saturdaysOf(d rota.Duty) []rota.Date {
	var saturdays []rota.Date
	first, last := touched(d)
	for day := first; day.Compare(last) <= 0; day = day.AddDays(1) {
		switch day.Weekday() {
		case time.Saturday:
			saturdays = append(saturdays, day)
		case time.Sunday:
			if day == first {
				saturdays = append(saturdays, day.AddDays(-1))
			}
		}
	}
	return saturdays
}
