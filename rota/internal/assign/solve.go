package assign

import (
	"context"
	"slices"
)

// memory is how many steps back late acceptance looks.
const memory = 2000

// The search starts over a few times, since late acceptance settles early, and again while slots are
// open.
const (
	rounds       = 4
	roundsAtMost = 12
)

// Solve looks for the best assignment that Effort allows. It calls progress now and then, and stops
// early with ctx's error where ctx ends.
func Solve(ctx context.Context, p Problem, progress func(done, of int)) (Solution, error) {
	chance := &splitmix{p.Seed}
	free := freeSlots(&p)
	steps := p.Effort * len(free)
	var best *state
	for round := 0; best == nil || round < rounds || (best.hopes(free) && round < roundsAtMost); round++ {
		s := newState(&p)
		construct(s, free)
		report := func(done int) { progress(min(round, rounds-1)*steps+done, rounds*steps) }
		if err := climb(ctx, s, free, steps, chance, report); err != nil {
			return Solution{}, err
		}
		if best == nil || s.cost < best.cost {
			best = s
		}
	}
	polish(best, free)
	slices.Sort(best.open)
	return Solution{Holders: best.holder, Open: best.open}, nil
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
		undo, ok := s.change(free, chance)
		if ok && s.cost > before && s.cost > late[step%memory] {
			undo()
		}
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
	people := make([]int, len(free))
	for k, slot := range free {
		people[k] = holders[slot]
	}
	s.set(free, people)
}

// change makes one random change, where the constraints allow it, and says how to take it back.
func (s *state) change(free []int, chance *splitmix) (undo func(), ok bool) {
	switch {
	case len(s.open) > 0 && chance.below(8) == 0:
		return s.force(s.open[chance.below(len(s.open))], chance.below(s.p.People))
	case chance.below(4) == 0:
		return s.barter(free, chance)
	case chance.below(2) == 0:
		slot := free[chance.below(len(free))]
		return s.apply([]int{slot}, []int{chance.below(s.p.People)})
	default:
		a, b := free[chance.below(len(free))], free[chance.below(len(free))]
		return s.apply([]int{a, b}, []int{s.holder[b], s.holder[a]})
	}
}

func (s *state) apply(slots, people []int) (undo func(), ok bool) {
	before := make([]int, len(slots))
	same := true
	for k, slot := range slots {
		before[k] = s.holder[slot]
		same = same && before[k] == people[k]
	}
	if same || (len(slots) == 2 && slots[0] == slots[1]) || !s.move(slots, people) {
		return nil, false
	}
	return func() { s.set(slots, before) }, true
}

// force gives an open slot to person and opens the slots that stand against it.
func (s *state) force(slot, person int) (undo func(), ok bool) {
	sl := &s.p.Slots[slot]
	if !sl.Able[person] {
		return nil, false
	}
	slots, people := []int{slot}, []int{person}
	for _, other := range sl.Clash {
		if s.holder[other] == person {
			slots, people = append(slots, other), append(people, Nobody)
		}
	}
	for _, pair := range s.pairs[slot] {
		if partner := s.holder[pair.B]; partner != Nobody && partner != person && pair.Forbid(person, partner) {
			slots, people = append(slots, pair.B), append(people, Nobody)
		}
	}
	for _, other := range slots {
		if s.p.Slots[other].Holder != Nobody {
			return nil, false
		}
	}
	if len(slots) > maxMove {
		return nil, false
	}
	return s.apply(slots, people)
}

// barter gives one slot away for several lighter ones: a weekend for a few nights. A trade of one for
// one cannot even out one dimension without upsetting another.
func (s *state) barter(free []int, chance *splitmix) (undo func(), ok bool) {
	heavy := free[chance.below(len(free))]
	from, to := s.holder[heavy], chance.below(s.p.People)
	if from == Nobody || from == to {
		return nil, false
	}
	slots, people := []int{heavy}, []int{to}
	left := load(s.p, heavy)
	for range min(barterTries, len(s.has[to])) {
		light := s.has[to][chance.below(len(s.has[to]))]
		fixed := s.p.Slots[light].Holder != Nobody
		if l := load(s.p, light); l <= left && !fixed && !slices.Contains(slots, light) {
			slots, people = append(slots, light), append(people, from)
			left -= l
		}
	}
	return s.apply(slots, people)
}

// barterTries is how many slots barter looks at for what to give in return.
const barterTries = 10

// load is what a slot weighs in the first dimension.
func load(p *Problem, slot int) int64 {
	if l := p.Slots[slot].Load; len(l) > 0 {
		return l[0]
	}
	return 0
}

// polish tries every single change and every trade until none lowers the cost.
func polish(s *state, free []int) {
	for improved := true; improved; {
		improved = false
		for i, a := range free {
			for person := range s.p.People {
				improved = s.keepBetter([]int{a}, []int{person}) || improved
			}
			for _, b := range free[:i] {
				improved = s.keepBetter([]int{a, b}, []int{s.holder[b], s.holder[a]}) || improved
			}
		}
	}
}

func (s *state) keepBetter(slots, people []int) bool {
	before := s.cost
	undo, ok := s.apply(slots, people)
	if ok && s.cost >= before {
		undo()
		return false
	}
	return ok
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

// below gives a number from 0 up to, not including, n.
func (r *splitmix) below(n int) int { return int(r.next() >> 33 * uint64(n) >> 31) }
