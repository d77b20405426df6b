package assign

import (
	"context"
	"slices"
)

// memory is how many steps back late acceptance looks.
const memory = 2000

// The search starts over a few times, since late acceptance settles early, and while slots are open it
// goes on as long as that helps.
const (
	rounds  = 4
	patient = 2 // rounds without a better assignment, after which open slots stay open
)

// Solve looks for the best assignment that Effort allows. It calls progress now and then, and stops
// early with ctx's error where ctx ends.
func Solve(ctx context.Context, p Problem, progress func(done, of int)) (Solution, error) {
	chance := &splitmix{p.Seed}
	free := freeSlots(&p)
	steps := p.Effort * len(free)
	var best *state
	for round, stale := 0, 0; round < rounds || (best.hopes(free) && stale < patient); round++ {
		report := func(done int) { progress(min(round*steps+done, rounds*steps), rounds*steps) }
		s, err := attempt(ctx, &p, free, steps, chance, report)
		if err != nil {
			return Solution{}, err
		}
		if stale++; best == nil || s.betterThan(best) {
			best, stale = s, 0
		}
	}
	polish(best, free)
	slices.Sort(best.open)
	return Solution{Holders: best.holder, Open: best.open}, nil
}

// attempt makes one assignment from nothing.
func attempt(ctx context.Context, p *Problem, free []int, steps int, chance *splitmix, report func(done int)) (*state, error) {
	s := newState(p)
	construct(s, free)
	chance.shuffle(free) // another order, another place to start from
	if err := climb(ctx, s, free, steps, chance, report); err != nil {
		return nil, err
	}
	return s, settle(ctx, s, free, steps/2, chance)
}

// hopes reports whether a slot is open that somebody is able to hold.
func (s *state) hopes(free []int) bool {
	return slices.ContainsFunc(free, func(slot int) bool { return s.holder[slot] == Nobody })
}

func freeSlots(p *Problem) []int {
	var free []int
	for slot := range p.Slots {
		if p.Slots[slot].Holder == Nobody && slices.Contains(p.Slots[slot].Able, true) {
			free = append(free, slot)
		}
	}
	return free
}

// construct gives each slot in turn to whoever may take it at the least cost.
func construct(s *state, free []int) {
	for _, slot := range free {
		best, bestCost := Nobody, int64(0)
		for person := range s.p.People {
			if !s.may(slot, person) {
				continue
			}
			s.put(slot, person)
			if best == Nobody || s.cost < bestCost {
				best, bestCost = person, s.cost
			}
			s.drop(slot)
		}
		if best != Nobody {
			s.put(slot, best)
		}
	}
}

// climb runs late acceptance hill climbing and leaves s at the best state it saw.
func climb(ctx context.Context, s *state, free []int, steps int, chance *splitmix, report func(done int)) error {
	late := make([]int64, memory)
	for i := range late {
		late[i] = s.cost
	}
	best, bestCost := slices.Clone(s.holder), s.cost
	for step := range steps {
		if step%8192 == 0 {
			if err := ctx.Err(); err != nil {
				return err
			}
			report(step)
		}
		before := s.cost
		if !s.vary(free, chance) || (s.cost > before && s.cost > late[step%memory]) {
			s.rollback()
		}
		s.commit()
		late[step%memory] = min(late[step%memory], s.cost)
		if s.cost < bestCost {
			bestCost = s.cost
			copy(best, s.holder)
		}
	}
	restore(s, free, best)
	report(steps)
	return nil
}

func restore(s *state, free, holders []int) {
	for _, slot := range free {
		s.set(slot, Nobody)
	}
	for _, slot := range free {
		s.set(slot, holders[slot])
	}
}

// splitmix is the SplitMix64 generator (Steele, Lea and Flood, OOPSLA 2014): small, and the same on
// every machine and in every version of Go.
type splitmix struct{ x uint64 }

func (r *splitmix) next() uint64 {
	r.x += 0x9e3779b97f4a7c15
	z := r.x
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// shuffle puts the list in a random order (Fisher and Yates).
func (r *splitmix) shuffle(list []int) {
	for i := len(list) - 1; i > 0; i-- {
		j := r.below(i + 1)
		list[i], list[j] = list[j], list[i]
	}
}

// below gives a number from 0 up to, not including, n.
func (r *splitmix) below(n int) int { return int(r.next() >> 33 * uint64(n) >> 31) }
