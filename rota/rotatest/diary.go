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
	for _, limit := range c.Policy.Rules.AtMost {
		if limit.Weekends {
			breaches = append(breaches, weekends(l, limit, entries)...)
		} else {
			breaches = append(breaches, starts(l, limit, entries)...)
		}
	}
	return breaches
}

// apart names what is wrong between two duties of l, of which a starts first.
func (c *checker) apart(l rota.LeaderID, a, b entry) []Breach {
	where := b
	if b.fixed {
		where = a
	}
	if sameShift(a.Duty, b.Duty) {
		return nil // two tiers of a shift: see together
	}
	rules := c.Policy.Rules
	gap := b.Span.Start.Sub(a.Span.End)
	if gap < 0 {
		return []Breach{{RuleOverlap, where.ID, l, fmt.Sprintf("%s holds %s and %s, which overlap", l, a.ID, b.ID)}}
	}
	weekend := a.Start.Date.Weekday() == time.Saturday && b.Start.Date == a.Start.Date.AddDays(1)
	if gap >= time.Duration(rules.RestHours)*time.Hour || (weekend && rules.WeekendTogether) {
		return nil
	}
	return []Breach{{
		RuleRest, where.ID, l,
		fmt.Sprintf("%s has %.4g hours of rest between %s and %s, and %d are asked for", l, gap.Hours(), a.ID, b.ID, rules.RestHours),
	}}
}

func sameShift(a, b rota.Duty) bool {
	return a.Rota == b.Rota && a.Kind == b.Kind && a.Start == b.Start && a.Tier != b.Tier
}

// starts counts the duties that start within any so many days. Every such stretch that is too full can
// be moved on until it begins with a duty, so it is enough to look at those.
func starts(l rota.LeaderID, limit rota.Limit, entries []entry) (breaches []Breach) {
	for i, opening := range entries {
		first := opening.Start.Date
		if i > 0 && entries[i-1].Start.Date == first {
			continue
		}
		last := first.AddDays(limit.Days - 1)
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
		if count > limit.Duties && newest != "" {
			breaches = append(breaches, Breach{
				RuleLimit, newest, l,
				fmt.Sprintf("%s starts %d duties from %s to %s, and at most %d are allowed in %d days", l, count, first, last, limit.Duties, limit.Days),
			})
		}
	}
	return breaches
}

// weekends counts the weekends within any so many weeks.
func weekends(l rota.LeaderID, limit rota.Limit, entries []entry) (breaches []Breach) {
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
		last := first.AddDays(limit.Days - limit.Days%7 - 7)
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
		if count > limit.Duties && added != "" {
			breaches = append(breaches, Breach{
				RuleLimit, added, l,
				fmt.Sprintf("%s has %d weekends from %s on, and at most %d are allowed in %d weeks", l, count, first, limit.Duties, limit.Days/7),
			})
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
