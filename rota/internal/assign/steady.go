package assign

import (
	"context"
	"slices"
)

// This file draws an assignment towards the one in force, without giving up anything else.

// steadyCost is the cost of a change of hands: a thousand of them weigh less than the mildest wish.
const steadyCost = 50

// steady gives the best of: what was found, drawn towards p.Was; and p.Was, brought up to date. Who held what
// is the last thing to count. Where p.Was is as good as what was found without a look at it, it stays, so that
// asking the same question again gives the same answer.
func (s *search) steady(ctx context.Context, found *state) *state {
	if s.p.Was == nil || ctx.Err() != nil {
		return found
	}
	p := s.p.priced()
	drawn, kept := holding(&p, found.holder), newState(&p)
	begin(kept, s.free, p.Was)
	if len(kept.open) == len(found.open) && !drawn.betterThan(kept) {
		return kept
	}
	construct(kept, s.free)
	chance := &splitmix{p.Seed}
	best := drawn
	for _, state := range []*state{drawn, kept} {
		settle(ctx, state, s.free, s.steps/4, chance, s.meter, aim{})
		polish(ctx, state, s.free, aim{})
		if state.betterThan(best) {
			best = state
		}
	}
	return best
}

// priced is the same problem with a cost on changes of hands.
func (p *Problem) priced() Problem {
	priced := *p
	priced.Slots = slices.Clone(p.Slots)
	for slot, was := range p.Was {
		if was == Nobody || p.Slots[slot].Holder != Nobody {
			continue
		}
		cost := make([]int64, p.People)
		copy(cost, p.Slots[slot].Cost)
		for person := range cost {
			if person != was {
				cost[person] += steadyCost
			}
		}
		priced.Slots[slot].Cost = cost
	}
	return priced
}
