package assign

import (
	"cmp"
	"context"
	"slices"
)

// This file brings the search to its end by the exact order of what matters: open slots, then
// their weight, then the leximax vector of the exact excesses in each dimension in turn, then who is passed over, then taste. The
// climb cannot work by it, because all rotas on the way to a fairer one may look less fair; but from where
// the climb ends, it is the last word.

// merit is what is compared exactly beside fairness.
type merit struct {
	open   int
	weight int64 // of the open slots
	passed int
	taste  int64
}

func (s *state) merit() merit { return merit{len(s.open), s.weight, s.passed, s.taste} }

// shake goes on from where settling ends: a few changes, whatever they do, and settling again. What comes
// of it is kept where it is no worse.
func shake(ctx context.Context, s *state, free []int, steps int, chance *splitmix, m *meter, to aim) {
	best, holders := s.rank(), slices.Clone(s.holder)
	for left := steps; left > 0 && ctx.Err() == nil; {
		for range 2 + chance.below(4) {
			if !s.vary(free, chance) || !to.allows(s) {
				s.rollback()
			}
			s.commit()
		}
		part := min(left, restless*len(free))
		settle(ctx, s, free, part, chance, m, to)
		left -= part
		if now := s.rank(); to.compare(now, best) <= 0 {
			best = now
			copy(holders, s.holder)
		} else {
			restore(s, free, holders)
		}
	}
}

// restless is how many changes for each slot are tried after each shake.
const restless = 40

// settle tries random changes and keeps those that are no worse.
func settle(ctx context.Context, s *state, free []int, steps int, chance *splitmix, m *meter, to aim) {
	m.each(ctx, steps, func(int) {
		was := s.merit()
		if !s.vary(free, chance) || to.step(s, was) > 0 {
			s.rollback()
		}
		s.commit()
	})
}

// polish tries every single change and every trade until none is better, or ctx ends.
func polish(ctx context.Context, s *state, free []int, to aim) {
	keep := func(try func() bool) bool {
		was := s.merit()
		kept := try() && to.step(s, was) < 0
		if !kept {
			s.rollback()
		}
		s.commit()
		return kept
	}
	for improved := true; improved; {
		improved = false
		for i, a := range free {
			if ctx.Err() != nil {
				return
			}
			for person := range s.p.People {
				improved = keep(func() bool { return s.pass(a, person) }) || improved
			}
			for _, b := range free[:i] {
				improved = keep(func() bool { return s.trade(a, b) }) || improved
			}
		}
	}
}

// rank is what an assignment is worth, in the order of what matters; less is better.
type rank struct {
	open    int
	weight  int64     // of the open slots
	vectors [][]int64 // leximax, in each dimension
	passed  int
	taste   int64
}

func (s *state) rank() rank {
	r := rank{open: len(s.open), weight: s.weight, passed: s.passed, taste: s.taste}
	for _, excesses := range s.exact {
		r.vectors = append(r.vectors, leximax(excesses))
	}
	return r
}

func (r rank) compare(o rank) int {
	order := cmp.Or(cmp.Compare(r.open, o.open), cmp.Compare(r.weight, o.weight))
	for d := range r.vectors {
		order = cmp.Or(order, slices.Compare(r.vectors[d], o.vectors[d]))
	}
	return cmp.Or(order, cmp.Compare(r.passed, o.passed), cmp.Compare(r.taste, o.taste))
}

// better compares two states of one problem.
func (to aim) better(a, b *state) bool { return to.compare(a.rank(), b.rank()) < 0 }

// betterThan compares them with fairness first.
func (s *state) betterThan(o *state) bool { return aim{}.better(s, o) }

// leximax sorts excesses from the largest to the smallest.
func leximax(excesses []int64) []int64 {
	sorted := slices.Clone(excesses)
	slices.SortFunc(sorted, func(a, b int64) int { return cmp.Compare(b, a) })
	return sorted
}

// compare sets the state against what it was before the trail. It is negative where the state is better now.
func (s *state) compare(was merit) int {
	if order := cmp.Or(cmp.Compare(len(s.open), was.open), cmp.Compare(s.weight, was.weight)); order != 0 {
		return order
	}
	if order := s.compareFairness(); order != 0 {
		return order
	}
	return cmp.Or(cmp.Compare(s.passed, was.passed), cmp.Compare(s.taste, was.taste))
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
	for _, d := range s.order {
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
