package assign

import (
	"context"
	"slices"
	"sync"
)

// memory is how many steps back late acceptance looks.
const memory = 2000

// workers is how many starts are searched from at a time. Which of them ends first changes nothing.
const workers = 2

// patient is how many starts without a better assignment are made before open slots stay open.
const patient = 2

// Solve looks for the best assignment that can be found from p.Starts starts. Late acceptance settles early, so
// several starts find more than a long search from one; while slots are open, starts are added as long as
// that helps. It calls progress now and then, with the work done and in all, and never twice at a time;
// the work in all is 0 where the search goes on until it is stopped. Where ctx ends it gives up with ctx's
// error, unless p.UntilStopped and something complete has been found.
func Solve(ctx context.Context, p Problem, progress func(done, of int)) (Solution, error) {
	s := &search{p: &p, free: freeSlots(&p)}
	s.steps = p.Steps * len(s.free)
	s.meter = newMeter(&p, s.steps, progress)
	best := s.fromAllStarts(ctx)
	if err := ctx.Err(); err != nil && !(p.UntilStopped && !best.hopes(s.free)) {
		return Solution{}, err
	}
	polish(ctx, best, s.free, aim{})
	best = s.steady(ctx, best)
	var solution Solution
	if p.Tolerance > 0 {
		solution.Fairest = slices.Clone(best.holder)
		best = s.spend(context.WithoutCancel(ctx), best)
	}
	s.meter.end()
	slices.Sort(best.open)
	solution.Holders, solution.Open = best.holder, best.open
	return solution, nil
}

// search is one run of Solve.
type search struct {
	p     *Problem
	free  []int // slots to be assigned
	steps int   // of the climb from each start
	meter *meter
}

// fromAllStarts gives the best of what is found from the starts; of equals, the first. It is never nil.
func (s *search) fromAllStarts(ctx context.Context) *state {
	best, fair := s.byStages(ctx)
	if fair {
		return s.improve(ctx, best)
	}
	for start, stale := 0, 0; ; {
		for _, found := range s.fromStarts(ctx, start) {
			start++
			if stale++; found.betterThan(best) {
				best, stale = found, 0
			}
		}
		enough := !s.p.UntilStopped && start >= s.p.Starts && !(best.hopes(s.free) && stale < patient)
		if enough || ctx.Err() != nil {
			return best
		}
	}
}

// improve goes on from an assignment that is as fair as can be, for all that matters less.
func (s *search) improve(ctx context.Context, best *state) *state {
	for round := 0; round < s.p.Starts/patience || s.p.UntilStopped; round++ {
		if ctx.Err() != nil {
			break
		}
		found := s.both(func(n int) *state {
			next := newState(s.p)
			restore(next, s.free, best.holder)
			chance := s.chance(round*workers + n)
			settle(ctx, next, s.free, s.steps/4, chance, s.meter, aim{})
			shake(ctx, next, s.free, s.steps/4, chance, s.meter, aim{})
			return next
		})
		for _, next := range found {
			if next.betterThan(best) {
				best = next
			}
		}
	}
	return best
}

// fromStarts searches from as many starts as there are workers.
func (s *search) fromStarts(ctx context.Context, first int) []*state {
	return s.both(func(n int) *state { return s.from(ctx, first+n) })
}

// both lets all workers search at a time.
func (s *search) both(search func(n int) *state) []*state {
	found := make([]*state, workers)
	var wait sync.WaitGroup
	for n := range found {
		wait.Go(func() { found[n] = search(n) })
	}
	wait.Wait()
	return found
}

// chance is that of one start: it comes from the seed and the number of the start.
func (s *search) chance(start int) *splitmix {
	return &splitmix{(&splitmix{s.p.Seed}).next() + uint64(start)}
}

// from makes one assignment, the first one from p.Start where there is one, and all others from nothing.
func (s *search) from(ctx context.Context, start int) *state {
	chance := s.chance(start)
	free := slices.Clone(s.free)
	if start > 0 {
		chance.shuffle(free) // another order, another place to start from
	}
	found := newState(s.p)
	if start == 0 && s.p.Start != nil {
		begin(found, free, s.p.Start)
	}
	construct(found, free)
	climb(ctx, found, free, s.steps, chance, s.meter)
	settle(ctx, found, free, s.steps/4, chance, s.meter, aim{})
	shake(ctx, found, free, s.steps/4, chance, s.meter, aim{})
	return found
}

// patience is how many starts are worth one round of improvement.
const patience = 4

// begin gives slots to whom the assignment names, as far as they may have them.
func begin(s *state, free, assignment []int) {
	for _, slot := range free {
		if person := assignment[slot]; person != Nobody && s.may(slot, person) {
			s.put(slot, person)
		}
	}
}

// hopes reports whether a slot is open that somebody is able to hold, and fewer open ones are thinkable.
func (s *state) hopes(free []int) bool {
	return len(s.open) > s.p.Least && slices.ContainsFunc(free, func(slot int) bool { return s.holder[slot] == Nobody })
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

// construct gives each open slot in turn to whoever may take it at the least cost.
func construct(s *state, free []int) {
	for _, slot := range free {
		if s.holder[slot] != Nobody {
			continue
		}
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
func climb(ctx context.Context, s *state, free []int, steps int, chance *splitmix, m *meter) {
	late := make([]int64, memory)
	for i := range late {
		late[i] = s.cost
	}
	best, bestCost := slices.Clone(s.holder), s.cost
	m.each(ctx, steps, func(step int) {
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
	})
	restore(s, free, best)
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
