package rota

import (
	"fmt"
	"slices"
	"strconv"
	"time"

	"pcnrota/rota/internal/assign"
)

// weights say how much unevenness matters on the way to a fair rota, in the dimensions in their order. The
// last, the lightest days, is what the others leave, so the search sees to the others first. Where the way ends,
// the order alone decides.
var weights = []int64{400, 40, 30, 20, 1}

// wishCost is the cost of going against a wish of weight 1: little against any unevenness that anybody
// could see, and nothing that fairness is paid for with.
const wishCost = 100_000

// passOverCost draws the search towards rotas in which nobody has a festive period again before all have had
// it.
const passOverCost = 200 * wishCost

// nonWorkingDayWeight is how strongly a weekly non-working day is avoided, on the scale of a wish.
const nonWorkingDayWeight = 2

// compile turns the duties to be held, and the ones that already are, into slots. The slots of duties
// come first, in their order; those of held duties follow.
func (p *planner) compile() assign.Problem {
	all := slices.Concat(p.duties, p.held)
	a := assign.Problem{People: len(p.Leaders), Slots: make([]assign.Slot, len(all)), Crowd: crowdWeight * wishCost, PassOver: passOverCost}
	a.Seed, a.Steps, a.Starts, a.UntilStopped = p.Seed, steps, starts*max(p.Effort, 1), p.UntilStopped
	a.Weights, a.Leaves = weights, true
	for _, r := range p.rules {
		a.Prices = append(a.Prices, p.prices(r, assign.Never))
	}
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
		slot.Cost[i] = wishCost * int64(p.dislike(l, d)+p.strain(l, d))
	}
}

// prices gives what breaking the rule once costs each leader; never for those who must keep it.
func (p *planner) prices(r Rule, never int64) []int64 {
	prices := make([]int64, len(p.Leaders))
	for i, l := range p.Leaders {
		prices[i] = wishCost * int64(r.PriceFor(l))
		if r.HardFor(l) {
			prices[i] = never
		}
	}
	return prices
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
	reach := p.pairReach()
	p.relateRunning(all, slots)
	for i, a := range order {
		for _, b := range order[i+1:] {
			near := all[a].Start.Date.DaysUntil(all[b].Start.Date) < crowdDays
			if !near && !all[b].Span.Start.Before(all[a].Span.End.Add(reach)) {
				break // nor does any that starts later matter
			}
			clash, ties := p.related(all[a], all[b])
			if clash {
				slots[a].Clash = append(slots[a].Clash, b)
				slots[b].Clash = append(slots[b].Clash, a)
				continue
			}
			for _, rule := range ties {
				slots[a].Ties = append(slots[a].Ties, assign.Tie{Slot: b, Rule: rule})
				slots[b].Ties = append(slots[b].Ties, assign.Tie{Slot: a, Rule: rule})
			}
			if near {
				slots[a].Near = append(slots[a].Near, b)
				slots[b].Near = append(slots[b].Near, a)
			}
		}
	}
}

// relateRunning notes which meetings of one series follow each other, where that is more than a few days apart.
func (p *planner) relateRunning(all []Duty, slots []assign.Slot) {
	at := map[DutyID]int{}
	for i, d := range all {
		at[d.ID] = i
	}
	spacing := spacingOf(all)
	for a, d := range all {
		b, follows := at[spacing.next[d.ID]]
		if follows && d.Start.Date.DaysUntil(all[b].Start.Date) >= crowdDays {
			slots[a].Near = append(slots[a].Near, b)
			slots[b].Near = append(slots[b].Near, a)
		}
	}
}

// related reports whether nobody can hold both a and b, and otherwise which rules, by their number, have
// something against it that does not bind everybody.
func (p *planner) related(a, b Duty) (clash bool, ties []int) {
	if p.together(a, b) != "" {
		return true, nil
	}
	for i, r := range p.rules {
		switch {
		case p.apart(r, a, b) == "":
		case r.Hard():
			return true, nil
		default:
			ties = append(ties, i)
		}
	}
	return false, ties
}

// hours gives a length of time as people say it: "13", "13.5".
func hours(d time.Duration) string { return strconv.FormatFloat(d.Hours(), 'f', -1, 64) }

// pairs sets the holders of one shift's tiers against each other that may not, or had better not, go
// together.
func (p *planner) pairs() []assign.Pair {
	var pairs []assign.Pair
	for a, da := range p.duties {
		for b := a + 1; b < len(p.duties) && p.duties[b].Span.Start.Equal(da.Span.Start); b++ {
			db := p.duties[b]
			if da.Kind != db.Kind {
				continue
			}
			if p.coupled() {
				pairs = append(pairs, assign.Pair{A: a, B: b, Forbid: func(i, j int) bool {
					return p.mismatch(da, p.Leaders[i], db, p.Leaders[j]) != ""
				}})
			}
			if price := p.newcomerPrice(); price > 0 {
				pairs = append(pairs, assign.Pair{A: a, B: b, Price: wishCost * int64(price), Forbid: func(i, j int) bool {
					return p.bothNew(da, p.Leaders[i], db, p.Leaders[j]) != ""
				}})
			}
		}
	}
	return pairs
}

// coupled reports whether a hard rule can make who holds one tier of a shift matter to who holds another.
func (p *planner) coupled() bool {
	return p.Policy.DifferentPractices || p.newcomers
}

// newcomerPrice gives the price of two newcomers at once where that is a matter of price, and 0 otherwise.
func (p *planner) newcomerPrice() int {
	price := 0
	for _, r := range p.rules {
		if r.Kind == Newcomer {
			price += r.Price
		}
	}
	return price
}

// mismatch says in words why l and m cannot hold two tiers of one shift; "" where they can.
func (p *planner) mismatch(a Duty, l Leader, b Duty, m Leader) string {
	if p.Policy.DifferentPractices && l.Practice != "" && l.Practice == m.Practice && !p.tier(a.Tier).Shadow && !p.tier(b.Tier).Shadow {
		return fmt.Sprintf("from the same practice as %s on the %s tier", m.Name, b.Tier)
	}
	if p.newcomers {
		return p.bothNew(a, l, b, m)
	}
	return ""
}

// bothNew says so in words where l and m are new to on call and a and b the first two tiers.
func (p *planner) bothNew(a Duty, l Leader, b Duty, m Leader) string {
	tiers := p.Policy.Tiers
	if !l.NewToOnCall || !m.NewToOnCall || len(tiers) < 2 {
		return ""
	}
	if first, second := tiers[0].Name, tiers[1].Name; (a.Tier == first && b.Tier == second) || (a.Tier == second && b.Tier == first) {
		return fmt.Sprintf("new to on call, as is %s on the %s tier", m.Name, b.Tier)
	}
	return ""
}

// limits counts what the rules count over stretches of time, the held duties among the rest.
func (p *planner) limits(all []Duty, a *assign.Problem) {
	base := p.base(all)
	for _, r := range p.rules {
		w, ok := p.window(r)
		if !ok {
			continue
		}
		marks := make([][]tick, len(all))
		limit := assign.Limit{Window: w.length, Distinct: w.distinct}
		for s, d := range all {
			marks[s] = w.ticks(base, d)
			for _, t := range marks[s] {
				limit.Buckets = max(limit.Buckets, t.at+1)
			}
		}
		if limit.Buckets == 0 {
			continue // nothing that the rule counts
		}
		for _, l := range p.Leaders {
			limit.MaxOf = append(limit.MaxOf, r.most(l))
		}
		if !r.Hard() {
			limit.Price = p.prices(r, 0)
		}
		a.Limits = append(a.Limits, limit)
		for s := range all {
			a.Slots[s].Marks = append(a.Slots[s].Marks, at(marks[s]))
			a.Slots[s].Counts = append(a.Slots[s].Counts, amounts(marks[s]))
		}
	}
	p.limitDeputies(all, a)
}

// limitDeputies has nobody deputise more often than they may.
func (p *planner) limitDeputies(all []Duty, a *assign.Problem) {
	if p.deputises == nil {
		return
	}
	limit := assign.Limit{Window: 1, Buckets: 1}
	for _, l := range p.Leaders {
		limit.MaxOf = append(limit.MaxOf, p.deputises[l.ID])
	}
	a.Limits = append(a.Limits, limit)
	for s, d := range all {
		var marks, counts []int
		if s < len(p.duties) && d.Tier == Deputy {
			marks, counts = []int{0}, []int{1}
		}
		a.Slots[s].Marks, a.Slots[s].Counts = append(a.Slots[s].Marks, marks), append(a.Slots[s].Counts, counts)
	}
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
