package assign

import (
	"cmp"
	"context"
	"slices"
)

// This file spends fairness. What may be spent is counted from the fairest assignment found: in each
// dimension, the largest excess may end so much above its largest, the second so much above its second, and
// so on down. Within that, who is passed over and taste come first, and fairness after them.

// allowance is how large excesses may be.
type allowance []level // [dimension]

// level is an allowance in one dimension.
type level struct {
	people []int   // who can hold anything that counts; all others have what they have
	most   []int64 // from the largest excess down
}

func (s *state) allow(free []int, tolerance int64) allowance {
	all, empty := make(allowance, len(s.exact)), newState(s.p)
	for d := range all {
		for person := range s.p.People {
			if slices.ContainsFunc(free, func(slot int) bool {
				sl := &s.p.Slots[slot]
				return sl.exactly(d) != 0 && empty.may(slot, person)
			}) {
				all[d].people = append(all[d].people, person)
			}
		}
		for _, excess := range s.sorted(d, all[d].people) {
			all[d].most = append(all[d].most, excess+tolerance)
		}
	}
	return all
}

// sorted gives the excesses of some people in dimension d, from the largest, until it is called again.
func (s *state) sorted(d int, people []int) []int64 {
	s.now = s.now[:0]
	for _, person := range people {
		s.now = append(s.now, s.exact[d][person])
	}
	slices.SortFunc(s.now, func(a, b int64) int { return cmp.Compare(b, a) })
	return s.now
}

// within reports whether the state keeps to the allowance.
func (s *state) within(all allowance) bool {
	for d, level := range all {
		for i, excess := range s.sorted(d, level.people) {
			if excess > level.most[i] {
				return false
			}
		}
	}
	return true
}

// spend looks for the assignment that is best where fairness comes last, within the tolerance of best. It
// leaves best as it is, and gives it back where there is nothing to gain.
func (s *search) spend(ctx context.Context, best *state) *state {
	if s.p.Was != nil { // to keep who holds what is worth something, too
		priced := s.p.priced()
		s.p, best = &priced, holding(&priced, best.holder)
	}
	to := aim{best.allow(s.free, s.p.Tolerance)}
	found := s.both(func(n int) *state { return s.lighten(ctx, best, to, uint64(n)) })
	for _, one := range found {
		if to.better(one, best) {
			best = one
		}
	}
	return best
}

// lighten goes on from best by late acceptance of what is lighter, and settles.
func (s *search) lighten(ctx context.Context, best *state, to aim, turn uint64) *state {
	chance := &splitmix{(&splitmix{^s.p.Seed}).next() + turn}
	found := newState(s.p)
	restore(found, s.free, best.holder)
	holders, least := slices.Clone(found.holder), burden(found.passed, found.taste)
	late := make([]int64, memory)
	for i := range late {
		late[i] = least
	}
	s.meter.each(ctx, s.steps, func(step int) {
		was, at := found.merit(), step%memory
		most := max(burden(was.passed, was.taste), late[at])
		kept := found.vary(s.free, chance) && len(found.open) <= was.open && found.weight <= was.weight && burden(found.passed, found.taste) <= most && to.allows(found)
		if !kept {
			found.rollback()
		}
		found.commit()
		now := burden(found.passed, found.taste)
		if late[at] = min(late[at], now); now < least {
			least = now
			copy(holders, found.holder)
		}
	})
	restore(found, s.free, holders)
	settle(ctx, found, s.free, s.steps/4, chance, s.meter, to)
	shake(ctx, found, s.free, s.steps/4, chance, s.meter, to)
	polish(ctx, found, s.free, to)
	return found
}
