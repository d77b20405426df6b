package assign

import (
	"cmp"
	"context"
	"slices"
)

// This file brings the search to its end by the exact order of what matters: open slots, then the
// leximax vector of the exact excesses, then the cost. The climb cannot work by it, because all rotas
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

// compare sets the state against what it was before the trail, when it had so many open slots and that
// cost. It is negative where the state is better now.
func (s *state) compare(open int, cost int64) int {
	return cmp.Or(cmp.Compare(len(s.open), open), s.compareFairness(), cmp.Compare(s.cost, cost))
}

// compareFairness compares the leximax vectors of the exact excesses. Everybody whom the trail does not
// concern has the same excess in both, so only the others need to be sorted.
func (s *state) compareFairness() int {
	s.people, s.now, s.was = s.people[:0], s.now[:0], s.was[:0]
	for k, c := range s.trail {
		if slices.ContainsFunc(s.trail[:k], func(earlier change) bool { return earlier.slot == c.slot }) {
			continue
		}
		weight := s.p.Slots[c.slot].Exact
		s.shiftBack(c.holder, weight)
		s.shiftBack(s.holder[c.slot], -weight)
	}
	descending := func(a, b int64) int { return cmp.Compare(b, a) }
	slices.SortFunc(s.now, descending)
	slices.SortFunc(s.was, descending)
	return slices.Compare(s.now, s.was)
}

// shiftBack adds weight to what a person had before the trail.
func (s *state) shiftBack(person int, weight int64) {
	if person == Nobody {
		return
	}
	at := slices.Index(s.people, person)
	if at < 0 {
		at = len(s.people)
		s.people = append(s.people, person)
		s.now = append(s.now, s.exact[person])
		s.was = append(s.was, s.exact[person])
	}
	s.was[at] += weight
}
