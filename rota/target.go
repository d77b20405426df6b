package rota

import (
	"cmp"
	"slices"
)

// This file says what is fair: who owes how much of the points that a rota shares out.

// shareOut shares the points of each duty among the leaders in its pool.
func (p *planner) shareOut() []Part {
	var parts []Part
	for _, d := range p.duties {
		var pool []Leader
		for _, l := range p.Leaders {
			if p.inPool(l, d) {
				pool = append(pool, l)
			}
		}
		parts = append(parts, share(d, pool)...)
	}
	return parts
}

// share divides the duty's points among the pool in proportion to share. What rounding to whole
// millionths leaves over goes to those with the largest remainders (Hamilton's method), so the parts
// add up exactly.
func share(d Duty, pool []Leader) []Part {
	parts := make([]Part, len(pool))
	weights := make([]int64, len(pool))
	for i, l := range pool {
		parts[i] = Part{Duty: d.ID, Leader: l.ID}
		weights[i] = int64(l.Share)
	}
	for c, points := range d.Load {
		for i, amount := range apportion(int64(points), weights) {
			parts[i].Load[c] = Points(amount)
		}
	}
	return parts
}

// apportion divides amount in proportion to weights by largest remainder; of equal remainders the
// first comes first. Among nobody nothing is divided: such a duty cannot be covered either.
func apportion(amount int64, weights []int64) []int64 {
	var sum int64
	for _, w := range weights {
		sum += w
	}
	out := make([]int64, len(weights))
	if sum == 0 {
		return out
	}
	order := make([]int, len(weights))
	left := amount
	for i, w := range weights {
		out[i] = amount * w / sum
		left -= out[i]
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(amount*weights[b]%sum, amount*weights[a]%sum) })
	for _, i := range order[:left] {
		out[i]++
	}
	return out
}

// targets adds up what everybody owes.
func targets(parts []Part) map[LeaderID]Load {
	target := map[LeaderID]Load{}
	for _, part := range parts {
		target[part.Leader] = target[part.Leader].Plus(part.Load)
	}
	return target
}

// standings adds up what everybody has and owes.
func (p *planner) standings(duties []Duty) []Standing {
	held := map[LeaderID]Load{}
	for _, d := range duties {
		held[d.Holder] = held[d.Holder].Plus(d.Load)
	}
	var standings []Standing
	for _, l := range p.Leaders {
		s := Standing{Leader: l.ID, Before: p.Balances[l.ID], Held: held[l.ID], Target: p.target[l.ID]}
		if s.Before != (Load{}) || s.Held != (Load{}) || s.Target != (Load{}) {
			standings = append(standings, s)
		}
	}
	slices.SortFunc(standings, func(a, b Standing) int { return cmp.Compare(a.Leader, b.Leader) })
	return standings
}
