package rotatest

import (
	"fmt"
	"slices"
	"time"

	"pcnrota/rota"
)

// This file reads the rule set and holds single duties against it. diary.go and stretch.go look at what
// one person's duties are together.

// Further rules a Breach can name, each of them of the rule set.
const (
	RuleLongest        = "length"          // of one duty
	RuleInARow         = "in a row"        // days on call, over all rotas
	RuleWorkingHours   = "working hours"   // in so many days, over all rotas
	RuleDaysOnSite     = "days on site"    // in so many days, over all rotas
	RuleRestOnCall     = "rest on call"    // expected in a day on call at home
	RuleFestivePeriods = "festive periods" // within a year, over all rotas
	RuleLeaveWeekend   = "leave weekend"   // nobody on a weekend that touches their leave
)

// bound is a rule as it is for one leader.
type bound struct {
	rota.Rule
	leader rota.LeaderID
	price  int // 0: the leader must keep it
}

// rulesFor lists the rules of the set as they are for l. A rule that binds one employment is hard for
// its leaders, and soft for all others at its price, or at 1 where it names none.
func rulesFor(set rota.RuleSet, l rota.Leader) []bound {
	rules := slices.Clone(set.Also)
	if set.RestHours > 0 {
		rules = append(rules, rota.Rule{Kind: rota.Rest, Hours: set.RestHours, WeekendTogether: set.WeekendTogether})
	}
	if set.NewcomerNeedsExperienced {
		rules = append(rules, rota.Rule{Kind: rota.Newcomer})
	}
	for _, limit := range set.AtMost {
		kind := rota.AtMostDuties
		if limit.Weekends {
			kind = rota.AtMostWeekends
		}
		rules = append(rules, rota.Rule{Kind: kind, Most: limit.Duties, Days: limit.Days, Price: limit.Price})
	}
	var all []bound
	for _, r := range rules {
		b := bound{r, l.ID, r.Price}
		if r.Binds != "" && r.Binds == l.Employment {
			b.price = 0
		} else if r.Binds != "" && r.Price == 0 {
			b.price = 1
		}
		all = append(all, b)
	}
	return all
}

// breach says that the rule is not kept.
func (b bound) breach(rule string, d rota.DutyID, format string, args ...any) Breach {
	return Breach{rule, d, b.leader, fmt.Sprintf(format, args...), b.price}
}

// shiftKind finds out what kind of shift a duty is, of this rota or another.
func (c *checker) shiftKind(d rota.Duty) rota.ShiftKind {
	pattern := c.Policy.Pattern
	if d.Rota != c.Policy.Name {
		pattern = nil
		for _, p := range c.Rotas {
			if p.Name == d.Rota {
				pattern = p.Pattern
			}
		}
	}
	for _, k := range pattern {
		if k.Name == d.Kind {
			return k
		}
	}
	return rota.ShiftKind{}
}

func (c *checker) onSite(d rota.Duty) bool { return c.shiftKind(d).Place == rota.OnSite }

// clock is the time from a to b on the wall clock, in minutes.
func clock(a, b rota.Civil) int { return a.Date.DaysUntil(b.Date)*1440 + int(b.Time-a.Time) }

// suits names the rules, hard and soft, that l's holding d breaks, whatever else l holds.
func (c *checker) suits(l rota.LeaderID, d rota.Duty) (breaches []Breach) {
	for _, r := range c.rules[l] {
		breaches = append(breaches, c.suitsRule(r, d)...)
	}
	return breaches
}

func (c *checker) suitsRule(r bound, d rota.Duty) []Breach {
	long := clock(d.Start, d.End)
	switch r.Kind {
	case rota.Longest, rota.LongestOnSite:
		if long > 60*r.Hours && (r.Kind == rota.Longest || c.onSite(d)) {
			return []Breach{r.breach(RuleLongest, d.ID, "%s holds %s, which lasts %.4g hours, and %d are the most", r.leader, d.ID, float64(long)/60, r.Hours)}
		}
	case rota.RestOnCall:
		work := int(c.shiftKind(d).Expected)
		if !c.onSite(d) && (work > 16*60 || work > 4*60 && nights(d) > 0) {
			return []Breach{r.breach(RuleRestOnCall, d.ID, "%s holds %s, and %.4g hours of work a day leave too little rest", r.leader, d.ID, float64(work)/60)}
		}
	case rota.InARow:
		weekend := d.Start.Date.Weekday() == time.Saturday && long <= 2*1440
		if r.Days == 1 && long > 1440 && !weekend {
			return []Breach{r.breach(RuleInARow, d.ID, "%s holds %s, which is more than one day on call in a row", r.leader, d.ID)}
		}
	case rota.LeaveWeekend:
		for _, saturday := range saturdaysOf(d) {
			if c.leaveOn(r.leader, saturday.AddDays(-1)) || c.leaveOn(r.leader, saturday.AddDays(2)) {
				return []Breach{r.breach(RuleLeaveWeekend, d.ID, "%s holds %s on the weekend of %s, which touches leave", r.leader, d.ID, saturday)}
			}
		}
	case rota.Newcomer:
		if c.leaders[r.leader].NewToOnCall && len(c.Policy.Tiers) == 1 {
			return []Breach{r.breach(RuleNewcomer, d.ID, "%s holds %s and is new, with nobody experienced in another tier", r.leader, d.ID)}
		}
	}
	return nil
}

// nights counts the nights from 22:00 to 07:00 that d takes whole.
func nights(d rota.Duty) int {
	n := 0
	for evening := d.Start.Date.AddDays(-1); evening.Compare(d.End.Date) < 0; evening = evening.AddDays(1) {
		from, to := rota.Civil{Date: evening, Time: 22 * 60}, rota.Civil{Date: evening.AddDays(1), Time: 7 * 60}
		if clock(d.Start, from) >= 0 && clock(to, d.End) >= 0 {
			n++
		}
	}
	return n
}

// leaveOn reports whether l is away on the day; a weekly non-working day is no leave.
func (c *checker) leaveOn(l rota.LeaderID, day rota.Date) bool {
	return slices.ContainsFunc(c.away[l], func(a rota.Absence) bool {
		return a.Kind != rota.NonWorkingDay && a.First.Compare(day) <= 0 && day.Compare(a.Last) <= 0
	})
}

// fits reports whether d by itself is not too much for l under a hard rule on working time or on days in a
// row. How many duties, weekends and festive periods are too many is a matter of what else l holds.
func (c *checker) fits(l rota.Leader, d rota.Duty) bool {
	return !slices.ContainsFunc(Hard(c.stretches(l.ID, []entry{{d, false}})), func(b Breach) bool {
		return b.Rule == RuleWorkingHours || b.Rule == RuleDaysOnSite || b.Rule == RuleInARow
	})
}
