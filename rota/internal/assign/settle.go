package assign

import (
	"cmp"
	"context"
	"slices"
)

// This file brings the search to its end by the exact order of what matters: open slots, then the
// leximax vector of the exact excesses in each dimension in turn, then the cost. The climb cannot work by it, because all rotas
// on the way to a fairer one may look less fair; but from where the climb ends, it is the last word.

// settle tries random changes and keeps those that are no worse.
func settle(ctx context.Context, s *state, free []int, steps int, chance *splitmix) error {
	for step := range steps {
		if step%8192 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		open, cost := len(s.open), s.cost
		if !s.vary(free, chance) || s.compare(open, cost) > 0 {
			s.rollback()
		}
		s.commit()
	}
	return nil
}

// polish tries every single change and every trade until none is better.
func polish(s *state, free []int) {
	keep := func(try func() bool) bool {
		open, cost := len(s.open), s.cost
		better := try() && s.compare(open, cost) < 0
		if !better {
			s.rollback()
		}
		s.commit()
		return better
	}
	for improved := true; improved; {
		improved = false
		for i, a := range free {
			for person := range s.p.People {
				improved = keep(func() bool { return s.pass(a, person) }) || improved
			}
			for _, b := range free[:i] {
				improved = keep(func() bool { return s.trade(a, b) }) || improved
			}
		}
	}
}

// betterThan compares two states of one problem by the exact order.
func (s *state) betterThan(o *state) bool {
	order := cmp.Compare(len(s.open), len(o.open))
	for d := range s.exact {
		order = cmp.Or(order, slices.Compare(leximax(s.exact[d]), leximax(o.exact[d])))
	}
	return cmp.Or(order, cmp.Compare(s.cost, o.cost)) < 0
}

// leximax sorts excesses from the largest to the smallest.
func leximax(excesses []int64) []int64 {
	sorted := slices.Clone(excesses)
	slices.SortFunc(sorted, func(a, b int64) int { return cmp.Compare(b, a) })
	return sorted
}

// compare sets the state against what it was before the trail, when it had so many open slots and that
// cost. It is negative where the state is better now.
func (s *state) compare(open int, cost int64) int {
	return cmp.Or(cmp.Compare(len(s.open), open), s.compareFairness(), cmp.Compare(s.cost, cost))
}

// compareFairness compares the leximax vectors of the exact excesses, dimension by dimension. Everybody
// whom the trail does not concern has the same excess in both, so only the others need to be sorted.
func (s *state) compareFairness() int {
	s.moved = s.moved[:0]
	for _, c := range s.trail {
		if !slices.ContainsFunc(s.moved, func(earlier change) bool { return earlier.slot == c.slot }) {
			s.moved = append(s.moved, c)
		}
	}
	for d := range s.exact {
		if order := s.compareDimension(d); order != 0 {
			return order
		}
	}
	return 0
}

func (s *state) compareDimension(d int) int {
	s.people, s.now, s.was = s.people[:0], s.now[:0], s.was[:0]
	for _, c := range s.moved {
		if exact := s.p.Slots[c.slot].Exact; exact != nil && exact[d] != 0 {
			s.shiftBack(d, c.holder, exact[d])
			s.shiftBack(d, s.holder[c.slot], -exact[d])
		}
	}
	descending := func(a, b int64) int { return cmp.Compare(b, a) }
	slices.SortFunc(s.now, descending)
	slices.SortFunc(s.was, descending)
	return slices.Compare(s.now, s.was)
}

// shiftBack adds weight to what a person had in dimension d before the trail.
func (s *state) shiftBack(d, person int, weight int64) {
	if person == Nobody {
		return
	}
	at := slices.Index(s.people, person)
	if at < 0 {
		at = len(s.people)
		s.people = append(s.people, person)
		s.now = append(s.now, s.exact[d][person])
		s.was = append(s.was, s.exact[d][person])
	}
	s.was[at] += weight
}
