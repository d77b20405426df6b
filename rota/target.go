package rota

import (
	"cmp"
	"slices"
)

// This file says what is fair: who owes how much of the points that a rota shares out.

// shareOut shares the points of each duty among the leaders in its pool.
func (p *planner) shareOut() []Part {
	var parts []Part
	owed := rounding{}
	for _, d := range p.duties {
		var pool []Leader
		for _, l := range p.Leaders {
			if p.inPool(l, d) {
				pool = append(pool, l)
			}
		}
		parts = append(parts, owed.share(d, pool)...)
	}
	return parts
}

// rounding is what rounding to whole millionths has kept from each leader so far, in millionths of a
// millionth.
type rounding map[LeaderID][numCategories]int64

// share divides the duty's points among the pool in proportion to share. What rounding to whole
// millionths leaves over goes to those from whom it has kept most, so the parts add up exactly, and the
// sums of parts stay within about a millionth of what is due.
func (r rounding) share(d Duty, pool []Leader) []Part {
	parts := make([]Part, len(pool))
	weights, kept := make([]int64, len(pool)), make([]int64, len(pool))
	for c, points := range d.Load {
		for i, l := range pool {
			weights[i], kept[i] = int64(l.Share), r[l.ID][c]
		}
		for i, amount := range apportion(int64(points), weights, kept) {
			parts[i].Duty, parts[i].Leader = d.ID, pool[i].ID
			parts[i].Load[c] = Points(amount)
			after := r[pool[i].ID]
			after[c] = kept[i]
			r[pool[i].ID] = after
		}
	}
	return parts
}

// apportion divides amount in proportion to weights. Kept is what earlier divisions have kept from each, in
// millionths; it is brought up to date. What is left over goes to those who have the most to come, and of
// equals to the first. Among nobody nothing is divided: such a duty cannot be covered either.
func apportion(amount int64, weights, kept []int64) []int64 {
	const millionths = 1_000_000
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
		kept[i] += amount * w % sum * millionths / sum
		left -= out[i]
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(kept[b], kept[a]) })
	for _, i := range order[:left] {
		out[i]++
		kept[i] -= millionths
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
