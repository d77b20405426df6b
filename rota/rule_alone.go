package rota

import (
	"fmt"
	"time"
)

// This file decides what a rule has against one duty by itself, whatever else its holder has.

// kindOf finds the kind of shift that d is. What no rota of today knows is taken to be at home, without
// work that could be foreseen.
func (p *planner) kindOf(d Duty) ShiftKind {
	if d.Rota == p.Policy.Name {
		return p.Policy.kind(d.Kind)
	}
	for _, other := range p.Rotas {
		if other.Name == d.Rota {
			return other.kind(d.Kind)
		}
	}
	return ShiftKind{}
}

func (p Policy) kind(name string) ShiftKind {
	for _, k := range p.Pattern {
		if k.Name == name {
			return k
		}
	}
	return ShiftKind{}
}

// alone says in words what the rule has against l's holding d; "" where nothing.
func (p *planner) alone(r Rule, l Leader, d Duty) string {
	switch r.Kind {
	case LeaveWeekend:
		return p.byLeave(l, d)
	case Newcomer:
		if l.NewToOnCall && len(p.Policy.Tiers) == 1 {
			return "new to on call, and this rota has no second tier"
		}
		return ""
	default:
		return p.unfit(r, l, d)
	}
}

// unfit says in words what the rule has against d itself, in which it can differ by employment and share
// who asks.
func (p *planner) unfit(r Rule, l Leader, d Duty) string {
	length, kind := wallMinutes(d.Start, d.End), p.kindOf(d)
	switch r.Kind {
	case Longest, LongestOnSite:
		if length > Minutes(r.Hours)*60 && (r.Kind == Longest || kind.Place == OnSite) {
			return fmt.Sprintf("it lasts %s, and %d are allowed%s", inHours(length), r.Hours, r.onSite())
		}
	case RestOnCall:
		return restless(d, kind)
	case InARow:
		if run := longestRun(d.OnCall()); run > r.Days && !(r.Days == 1 && isWeekend(d.OnCall())) {
			return fmt.Sprintf("it takes %d days on call in a row, and %d %s allowed", run, r.Days, isAre(r.Days))
		}
	case WorkingHours, DaysOnSite:
		return p.exceeded(r, l, d, nil)
	}
	return ""
}

func (r Rule) onSite() string {
	if r.Kind == LongestOnSite {
		return " on site"
	}
	return ""
}

// restless says in words why a day on call at home is not expected to leave the rest that RestOnCall asks.
func restless(d Duty, kind ShiftKind) string {
	const rest, night, unbroken = 8 * 60, 9 * 60, 5 * 60
	switch {
	case kind.Place == OnSite:
		return ""
	case kind.Expected > 24*60-rest:
		return fmt.Sprintf("%s of work are expected in a day on call, which leaves no 8 hours of rest", inHours(kind.Expected))
	case kind.Expected > night-unbroken && takesNight(d):
		return fmt.Sprintf("%s of work are expected in a day on call, which may leave no 5 hours of unbroken rest at night", inHours(kind.Expected))
	}
	return ""
}

// takesNight reports whether d lasts through the whole of some night from 22:00 to 07:00.
func takesNight(d Duty) bool {
	for day := d.Start.Date; day.Before(d.End.Date); day = day.AddDays(1) {
		if !day.At(22*60).Before(d.Start) && !d.End.Before(day.AddDays(1).At(7*60)) {
			return true
		}
	}
	return false
}

// byLeave says in words which leave a weekend of d touches.
func (p *planner) byLeave(l Leader, d Duty) string {
	for _, saturday := range saturdays(d) {
		for _, a := range p.absencesOf[l.ID] {
			if a.Bars() && (a.Covers(saturday.AddDays(-1)) || a.Covers(saturday.AddDays(2))) {
				return fmt.Sprintf("the weekend of %s touches leave %s", saturday, days(a.First, a.Last))
			}
		}
	}
	return ""
}

// saturdays names each weekend of which d touches the Saturday or the Sunday, by its Saturday.
func saturdays(d Duty) []Date {
	var found []Date
	first, last := d.Days()
	for day := first; !day.After(last); day = day.AddDays(1) {
		wd := day.Weekday()
		if wd != time.Saturday && wd != time.Sunday {
			continue
		}
		if saturday := day.Monday().AddDays(5); len(found) == 0 || found[len(found)-1] != saturday {
			found = append(found, saturday)
		}
	}
	return found
}

// longestRun counts the days in the longest run of consecutive days; the days are in order.
func longestRun(days []Date) int {
	run, longest := 0, 0
	for i, d := range days {
		if i == 0 || days[i-1].AddDays(1) != d {
			run = 0
		}
		run++
		longest = max(longest, run)
	}
	return longest
}

// isWeekend reports whether the days are a Saturday and the Sunday after it.
func isWeekend(days []Date) bool {
	return len(days) == 2 && days[0].Weekday() == time.Saturday && days[0].AddDays(1) == days[1]
}

func inHours(m Minutes) string { return hours(time.Duration(m)*time.Minute) + " hours" }

func isAre(n int) string {
	if n == 1 {
		return "is"
	}
	return "are"
}
