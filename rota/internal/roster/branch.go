package roster

import (
	"context"
	"math"
	"slices"
)

// A fork is two decisions between which every roster falls, and of which neither holds for the present
// linear programme.
type fork struct {
	either, or decision
	fraction   float64 // how far the programme is from both
}

// probes is how many forks of each kind are tried before one is taken.
const probes = 6

// branch finds the fork that raises the bound most, as far as the linear programme can tell without
// new lines (strong branching, Applegate and others 1995). It reports whole where every line is chosen
// whole.
func (v *prover) branch(ctx context.Context, n *node) (best fork, whole bool) {
	forks := v.forks()
	if len(forks) == 0 {
		return fork{}, true
	}
	now := v.m.worth()
	most := float64(v.goal()) - now
	posture := v.m.lp.posture()
	score := -1.0
	for _, f := range forks {
		product := f.fraction * 1e-6
		gain := 1.0
		for _, d := range []decision{f.either, f.or} {
			child := n.limits.clone()
			child.apply(d)
			rise := v.m.probe(ctx, child) - now
			v.m.lp.resume(posture)
			gain *= max(0.01*most, min(most, rise))
		}
		if product += gain; product > score {
			best, score = f, product
		}
	}
	v.m.confine(n.limits)
	return best, false
}

// probe is what the linear programme costs under other limits after a few pivots.
func (m *master) probe(ctx context.Context, l *limits) float64 {
	m.confine(l)
	m.lp.solve(60, func() bool { return ctx.Err() != nil })
	return m.lp.value() + m.lp.fines() + m.base
}

// forks are the most promising decisions. Who works on which weekend comes before all else: a weekend
// is what people have least of and demand misses most, and a decision on one can seldom be made good on
// another day. Then come the number of people on a shift, and who works when.
func (v *prover) forks() []fork {
	demand, works := v.shares()
	nearest := func(all []fork) []fork {
		slices.SortStableFunc(all, func(a, b fork) int {
			switch {
			case a.fraction > b.fraction:
				return -1
			case a.fraction < b.fraction:
				return 1
			}
			return 0
		})
		return all[:min(len(all), probes)]
	}
	if weekends := v.weekendForks(works); len(weekends) > 0 {
		return nearest(weekends)
	}
	return append(nearest(v.demandForks(demand)), nearest(v.personForks(works))...)
}

// shares are how many people are on every shift of every day, and how much of each person is.
func (v *prover) shares() (demand []float64, works [][]float64) {
	demand = make([]float64, len(v.p.Demand))
	works = make([][]float64, len(v.p.People))
	for i := range works {
		works[i] = make([]float64, len(v.p.Demand))
	}
	for j, line := range v.m.lines {
		x := 0.0
		if line != nil {
			x = v.m.lp.level(j)
		}
		if x < 1e-6 {
			continue
		}
		for day, s := range line {
			if s != Off {
				demand[v.p.At(day, s)] += x
				works[v.m.owner[j]][v.p.At(day, s)] += x
			}
		}
	}
	return demand, works
}

// weekendForks are about somebody's Saturday, or the Sunday where the Saturday is settled.
func (v *prover) weekendForks(works [][]float64) (all []fork) {
	for i := range works {
		for day := range v.p.Days {
			settled := saturday(day) || sunday(day) && fraction(v.works(works[i], day-1)) <= 0.001
			if f := fraction(v.works(works[i], day)); settled && f > 0.001 {
				d := decision{person: i, day: day, shift: Off}
				e := d
				e.not = true
				all = append(all, fork{d, e, f})
			}
		}
	}
	return all
}

// works is how much of a person works on a day.
func (v *prover) works(share []float64, day int) float64 {
	sum := 0.0
	for _, x := range share[day*len(v.p.Shifts) : (day+1)*len(v.p.Shifts)] {
		sum += x
	}
	return sum
}

func (v *prover) demandForks(demand []float64) (all []fork) {
	shifts := len(v.p.Shifts)
	for at, x := range demand {
		if f := fraction(x); f > 0.01 {
			k := int(math.Floor(x))
			d := decision{person: nobody, day: at / shifts, shift: int8(at % shifts), high: k}
			e := d
			e.low, e.high = k+1, len(v.p.People)
			all = append(all, fork{d, e, f})
		}
	}
	return all
}

func (v *prover) personForks(works [][]float64) (all []fork) {
	shifts := len(v.p.Shifts)
	add := func(d decision, x float64) {
		if f := fraction(x); f > 0.001 {
			e := d
			e.not = true
			all = append(all, fork{d, e, f})
		}
	}
	for i := range works {
		for day := range v.p.Days {
			sum, parts := 0.0, 0
			for s := range shifts {
				x := works[i][day*shifts+s]
				sum += x
				if x > 0.001 {
					parts++
				}
			}
			add(decision{person: i, day: day, shift: Off}, sum)
			if parts < 2 {
				continue // off or on decides it
			}
			for s := range shifts {
				add(decision{person: i, day: day, shift: int8(s)}, works[i][day*shifts+s])
			}
		}
	}
	return all
}

// fraction is the distance to the nearest whole number.
func fraction(x float64) float64 { return math.Abs(x - math.Round(x)) }
