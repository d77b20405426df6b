package assign

import (
	"context"
	"slices"
)

// This file makes a first assignment stage by stage, from the slots of the heaviest dimension to those
// that count in the total only: first what comes in large lumps, and last the many small slots that even out
// whatever the others left uneven. Each stage is a small problem of its own.

// byStages makes an assignment from nothing, and reports whether it is as fair as can be in every
// dimension, given what the stages before did. Where constraints stand between the stages it may not be;
// then it is a start for the search.
func (s *search) byStages(ctx context.Context) (found *state, fair bool) {
	found, fair = newState(s.p), true
	chance := &splitmix{s.p.Seed}
	most := found.split(0, s.free)
	for _, slot := range s.free {
		found.setAside(slot)
	}
	last := s.p.own()
	for d := 1; d <= last; d++ {
		now := slices.DeleteFunc(slices.Clone(s.free), func(slot int) bool {
			return found.holder[slot] != Nobody || (d < last && s.p.Slots[slot].exactly(d) == 0)
		})
		for _, slot := range now {
			found.addOpen(slot)
		}
		fair = s.stage(ctx, found, slices.Clone(now), d%last, most[0], chance) && fair
		for _, slot := range now {
			found.fixed[slot] = true
		}
	}
	for _, slot := range s.free {
		found.fixed[slot] = false
	}
	return found, fair && len(found.open) == 0 && slices.Equal(leximax(found.exact[0]), most)
}

// stage assigns slots so that the excesses in dimension d are even, and reports whether they are as even as
// can be. Nobody is to end above most in total.
func (s *search) stage(ctx context.Context, found *state, slots []int, d int, most int64, chance *splitmix) (fair bool) {
	if d > 0 && len(slots) <= lumps && found.shareWhole(d, slots, most) {
		return true
	}
	found.weigh([]int{d})
	defer found.weigh(found.dimensions())
	slots = slices.DeleteFunc(slots, func(slot int) bool { return found.holder[slot] != Nobody })
	goal := found.split(d, slots)
	construct(found, slots)
	quiet := &meter{tell: func(int, int) {}} // nothing is told before there is something to improve
	for part := range parts {                // settling alone gets there most often; climbing gets out where it is stuck
		if slices.Equal(leximax(found.exact[d]), goal) {
			return true
		}
		steps := s.p.Steps * len(slots) / parts
		if part%4 == 3 {
			climb(ctx, found, slots, steps, chance, quiet)
		} else {
			settle(ctx, found, slots, steps, chance, quiet, aim{})
		}
	}
	return false
}

// parts is into how many parts the effort for a stage is divided, to look between them whether it is fair.
const parts = 100

// split gives the excesses of the fairest split of slots in dimension d, the largest first.
func (s *state) split(d int, slots []int) []int64 {
	var able [][]bool
	var weights []int64
	for _, slot := range slots {
		weight, who := s.p.Slots[slot].exactly(d), s.whoMay(slot)
		if weight > 0 && slices.Contains(who, true) {
			able, weights = append(able, who), append(weights, weight)
		}
	}
	return leximax(SplitFairly(able, weights, s.exact[d]).Excess)
}

// whoMay says for each person whether what is settled so far would let them take the open slot.
func (s *state) whoMay(slot int) []bool {
	able := make([]bool, s.p.People)
	for person := range able {
		able[person] = s.may(slot, person)
	}
	return able
}

// exactly is what the slot weighs in dimension d.
func (sl *Slot) exactly(d int) int64 {
	if sl.Exact == nil {
		return 0
	}
	return sl.Exact[d]
}

// dimensions lists those of the problem.
func (s *state) dimensions() []int {
	all := make([]int, len(s.p.Weights))
	for d := range all {
		all[d] = d
	}
	return all
}

// weigh lets unevenness matter in the dimensions listed only, in their order; a single one weighs like the
// first.
func (s *state) weigh(order []int) {
	weights := s.p.Weights
	if len(order) == 1 {
		weights = make([]int64, len(s.p.Weights))
		weights[order[0]] = s.p.Weights[0]
	}
	for _, excess := range s.excess {
		for d, e := range excess {
			s.cost += (weights[d] - s.weights[d]) * e * e
		}
	}
	s.weights, s.order = weights, order
}
