package rota

import (
	"fmt"
	"slices"
	"strconv"
	"time"

	"pcnrota/rota/internal/assign"
)

// weights say how much unevenness matters on the way to a fair rota, in the dimensions in their order. The
// last dimension, the lightest days, follows from the others and needs none. Where the way ends, the order
// alone decides.
var weights = []int64{400, 40, 30, 20}

// wishCost is the cost of going against a wish of weight 1: little against any unevenness that anybody
// could see, and nothing that fairness is paid for with.
const wishCost = 100_000

// passOverCost draws the search towards rotas in which nobody has a festive period again before all have had
// it.
const passOverCost = 200 * wishCost

// nonWorkingDayWeight is how strongly a weekly non-working day is avoided, on the scale of a wish.
const nonWorkingDayWeight = 2

// Two duties of one person that start within a week are crowded, which costs as much as going against a
// wish of weight crowdWeight.
const (
	crowdDays   = 7
	crowdWeight = 2
)

// compile turns the duties to be held, and the ones that already are, into slots. The slots of duties
// come first, in their order; those of held duties follow.
func (p *planner) compile() assign.Problem {
	all := slices.Concat(p.duties, p.held)
	a := assign.Problem{People: len(p.Leaders), Slots: make([]assign.Slot, len(all)), Crowd: crowdWeight * wishCost, PassOver: passOverCost}
	a.Seed, a.Steps, a.Starts, a.UntilStopped = p.Seed, steps, starts*max(p.Effort, 1), p.UntilStopped
	a.Weights = weights
	for _, l := range p.Leaders {
		start := p.Balances[l.ID].Minus(p.target[l.ID])
		a.Excess = append(a.Excess, measure(start))
		a.Exact = append(a.Exact, exactly(start))
		for d, exact := range a.Exact[len(a.Exact)-1] {
			a.Exact[len(a.Exact)-1][d] = int64(toTheHair(Points(exact)))
		}
	}
	for s, d := range all {
		a.Slots[s] = assign.Slot{Holder: assign.Nobody, Able: make([]bool, len(p.Leaders)), Load: measure(d.Load), Exact: exactly(d.Load)}
		if s < len(p.duties) {
			p.admit(&a.Slots[s], d)
			if holder, known := p.index[p.begun[d.ID]]; known {
				a.Slots[s].Holder = holder
			}
		} else {
			a.Slots[s].Holder = p.index[d.Holder]
			a.Slots[s].Able[p.index[d.Holder]] = true
			a.Slots[s].Load, a.Slots[s].Exact = nil, nil // carried in by the balance
		}
	}
	p.relate(all, a.Slots)
	a.Pairs = p.pairs()
	p.limits(all, &a)
	a.Rounds, a.Tolerance = p.rounds(all, a.Slots), int64(p.Policy.Tolerance)
	if len(p.Published) > 0 {
		a.Was = p.holders(all)
	}
	return a
}

// exactly gives a load in each dimension that is weighed, in millionths of a point.
func exactly(l Load) []int64 {
	out := make([]int64, len(weights))
	for i, m := range Dimensions()[:len(weights)] {
		out[i] = int64(m.Of(l))
	}
	return out
}

// measure gives the same in thousandths of a point, whose squares add up in 64 bits.
func measure(l Load) []int64 {
	out := exactly(l)
	for i := range out {
		out[i] /= int64(Point) / 1000
	}
	return out
}

// admit notes who may hold d, and what it would cost against their wishes.
func (p *planner) admit(slot *assign.Slot, d Duty) {
	slot.Cost = make([]int64, len(p.Leaders))
	for i, l := range p.Leaders {
		slot.Able[i] = p.bar(l, d) == ""
		slot.Cost[i] = wishCost * int64(p.dislike(l, d))
	}
}

// dislike weighs l's wishes and weekly non-working days against d, by its days on call.
func (p *planner) dislike(l Leader, d Duty) int {
	weight := 0
	for _, day := range d.OnCall() {
		for _, w := range p.wishesOf[l.ID] {
			if w.Concerns(day) && w.Kind == Avoid {
				weight += w.Weight
			} else if w.Concerns(day) {
				weight -= w.Weight
			}
		}
		for _, a := range p.absencesOf[l.ID] {
			if !a.Bars() && a.Covers(day) {
				weight += nonWorkingDayWeight
			}
		}
	}
	return weight
}

// relate notes which duties one person cannot hold together, and which are better held by two.
func (p *planner) relate(all []Duty, slots []assign.Slot) {
	order := make([]int, len(all))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return all[a].Span.Start.Compare(all[b].Span.Start) })
	rest := time.Duration(p.Policy.Rules.RestHours) * time.Hour
	for i, a := range order {
		for _, b := range order[i+1:] {
			near := all[a].Start.Date.DaysUntil(all[b].Start.Date) < crowdDays
			if !near && !all[b].Span.Start.Before(all[a].Span.End.Add(rest)) {
				break // nor does any that starts later matter
			}
			switch {
			case p.clash(all[a], all[b]) != "":
				slots[a].Clash = append(slots[a].Clash, b)
				slots[b].Clash = append(slots[b].Clash, a)
			case near:
				slots[a].Near = append(slots[a].Near, b)
				slots[b].Near = append(slots[b].Near, a)
			}
		}
	}
}

// clash says in words why one person cannot hold both a and b; "" where they can.
func (p *planner) clash(a, b Duty) string {
	if a.Span.Overlaps(b.Span) {
		return "on call at the same time"
	}
	if b.Span.Start.Before(a.Span.Start) {
		a, b = b, a
	}
	together := a.Start.Date.Weekday() == time.Saturday && a.Start.Date.AddDays(1) == b.Start.Date
	if together && p.Policy.Rules.WeekendTogether {
		return ""
	}
	if gap := a.Span.Gap(b.Span); gap < time.Duration(p.Policy.Rules.RestHours)*time.Hour {
		return fmt.Sprintf("%d hours of rest are asked for, and there would be %s", p.Policy.Rules.RestHours, hours(gap))
	}
	return ""
}

// hours gives a length of time as people say it: "13", "13.5".
func hours(d time.Duration) string { return strconv.FormatFloat(d.Hours(), 'f', -1, 64) }

// pairs forbids the holders of one shift's tiers that may not go together.
func (p *planner) pairs() []assign.Pair {
	var pairs []assign.Pair
	for a, da := range p.duties {
		for b := a + 1; b < len(p.duties) && p.duties[b].Span.Start.Equal(da.Span.Start); b++ {
			db := p.duties[b]
			if da.Kind != db.Kind || !p.coupled(da, db) {
				continue
			}
			pairs = append(pairs, assign.Pair{A: a, B: b, Forbid: func(i, j int) bool {
				return p.mismatch(da, p.Leaders[i], db, p.Leaders[j]) != ""
			}})
		}
	}
	return pairs
}

// coupled reports whether who holds one tier of a shift can matter to who holds the other.
func (p *planner) coupled(a, b Duty) bool {
	return p.Policy.DifferentPractices || p.Policy.Rules.NewcomerNeedsExperienced
}

// mismatch says in words why l and m cannot hold two tiers of one shift; "" where they can.
func (p *planner) mismatch(a Duty, l Leader, b Duty, m Leader) string {
	tiers := p.Policy.Tiers
	if p.Policy.DifferentPractices && l.Practice != "" && l.Practice == m.Practice && !p.tier(a.Tier).Shadow && !p.tier(b.Tier).Shadow {
		return fmt.Sprintf("from the same practice as %s on the %s tier", m.Name, b.Tier)
	}
	if p.Policy.Rules.NewcomerNeedsExperienced && l.NewToOnCall && m.NewToOnCall && len(tiers) > 1 {
		if first, second := tiers[0].Name, tiers[1].Name; (a.Tier == first && b.Tier == second) || (a.Tier == second && b.Tier == first) {
			return fmt.Sprintf("new to on call, as is %s on the %s tier", m.Name, b.Tier)
		}
	}
	return ""
}

// limits counts duties and weekends, the held ones among them, in the buckets of the limits.
func (p *planner) limits(all []Duty, a *assign.Problem) {
	if len(all) == 0 {
		return
	}
	base, end := all[0].Start.Date, all[0].End.Date
	for _, d := range all {
		base, end = earlier(base, d.Start.Date), later(end, d.End.Date)
	}
	base = base.Monday()
	for s := range all {
		a.Slots[s].Marks = make([][]int, len(p.Policy.Rules.AtMost))
	}
	for l, rule := range p.Policy.Rules.AtMost {
		limit := assign.Limit{Max: rule.Duties, Window: rule.Days, Buckets: base.DaysUntil(end) + 1}
		if rule.Weekends {
			limit.Window, limit.Distinct = rule.Days/7, true
		}
		a.Limits = append(a.Limits, limit)
		for s, d := range all {
			a.Slots[s].Marks[l] = buckets(rule, base, d)
		}
	}
}

// buckets gives the days, counted from base, or the weekends, counted from base's week, in which d
// counts against the rule. A duty counts as the day on which it starts, and for every weekend of
// which it touches the Saturday or the Sunday.
func buckets(rule Limit, base Date, d Duty) []int {
	if !rule.Weekends {
		return []int{base.DaysUntil(d.Start.Date)}
	}
	var weekends []int
	first, last := d.Days()
	for day := first; !day.After(last); day = day.AddDays(1) {
		week := base.DaysUntil(day) / 7
		if wd := day.Weekday(); (wd == time.Saturday || wd == time.Sunday) && !slices.Contains(weekends, week) {
			weekends = append(weekends, week)
		}
	}
	return weekends
}

func earlier(a, b Date) Date {
	if b.Before(a) {
		return b
	}
	return a
}

func later(a, b Date) Date {
	if b.After(a) {
		return b
	}
	return a
}
