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
	return StandingsOf(duties, p.parts, p.Balances)
}

// StandingsOf adds up what everybody holds of the duties, owes by the parts and carries in, in order of
// leader. Whoever has none of them is left out.
func StandingsOf(duties []Duty, parts []Part, balances map[LeaderID]Load) []Standing {
	held, target := map[LeaderID]Load{}, targets(parts)
	var ids []LeaderID
	for _, d := range duties {
		held[d.Holder] = held[d.Holder].Plus(d.Load)
	}
	for _, of := range []map[LeaderID]Load{held, target, balances} {
		for id := range of {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	var standings []Standing
	for _, id := range slices.Compact(ids) {
		s := Standing{Leader: id, Before: balances[id], Held: held[id], Target: target[id]}
		if id != "" && (s.Before != (Load{}) || s.Held != (Load{}) || s.Target != (Load{})) {
			standings = append(standings, s)
		}
	}
	return standings
}
