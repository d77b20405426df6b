package assign

import "slices"

// This file holds the changes the search tries. Each reports false where it could not be made; what it
// has given by then is for the caller to roll back.

// vary makes one random change.
func (s *state) vary(free []int, chance *splitmix) bool {
	pick := func() int { return free[chance.below(len(free))] }
	switch dice := chance.below(16); {
	case dice < 4 && len(s.open) > 0:
		return s.chain(s.open[chance.below(len(s.open))], chance.below(s.p.People), chance, chainDepth)
	case dice == 1 && s.passed > 0 && len(s.turns.slots) > 0:
		return s.barter(s.turns.slots[chance.below(len(s.turns.slots))], chance.below(s.p.People), chance)
	case dice < 1:
		return s.chain(pick(), chance.below(s.p.People), chance, chainDepth)
	case dice < 4:
		return s.barter(pick(), chance.below(s.p.People), chance)
	case dice < 10:
		return s.pass(pick(), chance.below(s.p.People))
	default:
		return s.trade(pick(), pick())
	}
}

// pass gives the slot to person, who must be free for it.
func (s *state) pass(slot, person int) bool {
	if s.holder[slot] == person {
		return false
	}
	s.give(slot, Nobody)
	return s.offer(slot, person)
}

// offer gives an open slot to person if the constraints allow it; to Nobody they always do.
func (s *state) offer(slot, person int) bool {
	if person == Nobody {
		return true
	}
	if !s.may(slot, person) {
		return false
	}
	s.give(slot, person)
	return true
}

// trade exchanges the holders of two slots.
func (s *state) trade(a, b int) bool {
	holdsA, holdsB := s.holder[a], s.holder[b]
	if holdsA == holdsB {
		return false
	}
	s.give(a, Nobody)
	s.give(b, Nobody)
	return s.offer(a, holdsB) && s.offer(b, holdsA)
}

// barter gives one slot away for several lighter ones: a weekend for a few nights. A trade of one for
// one cannot even out one dimension without upsetting another.
func (s *state) barter(heavy, to int, chance *splitmix) bool {
	from := s.holder[heavy]
	if from == Nobody || from == to || !s.p.Slots[heavy].Able[to] {
		return false
	}
	left := s.p.weight(heavy)
	var lights []int
	s.give(heavy, Nobody)
	for range min(barterTries, len(s.has[to])) {
		if left == 0 || len(s.has[to]) == 0 {
			break
		}
		light := s.has[to][chance.below(len(s.has[to]))]
		if l := s.p.weight(light); l <= left && !s.fixed[light] {
			s.give(light, Nobody)
			lights = append(lights, light)
			left -= l
		}
	}
	if !s.offer(heavy, to) {
		return false
	}
	return !slices.ContainsFunc(lights, func(light int) bool { return !s.offer(light, from) })
}

// barterTries is how many slots barter looks at for what to give in return.
const barterTries = 30

// weight is what a slot weighs in the first dimension.
func (p *Problem) weight(slot int) int64 {
	if l := p.Slots[slot].Load; len(l) > 0 {
		return l[0]
	}
	return 0
}

// exactWeight is the same in the finest unit.
func (p *Problem) exactWeight(slot int) int64 {
	if e := p.Slots[slot].Exact; len(e) > 0 {
		return e[0]
	}
	return 0
}

// chainDepth is how many people one chain of evictions moves at most.
const chainDepth = 5

// chain gives the slot to person and finds other holders for whatever stands in the way, which may put
// others out in turn. What finds no holder within depth stays open.
func (s *state) chain(slot, person int, chance *splitmix, depth int) bool {
	if s.holder[slot] == person || !s.p.Slots[slot].Able[person] {
		return false
	}
	s.give(slot, Nobody)
	evicted, ok := s.clear(slot, person)
	if !ok || !s.offer(slot, person) {
		return false
	}
	for _, e := range evicted {
		if !s.rehome(e, chance) && depth > 0 && s.holder[e] == Nobody {
			s.chain(e, chance.below(s.p.People), chance, depth-1)
		}
	}
	return true
}

// rehome gives an open slot to somebody who is free for it, looking from a random person onwards.
func (s *state) rehome(slot int, chance *splitmix) bool {
	from := chance.below(s.p.People)
	for i := range s.p.People {
		if s.offer(slot, (from+i)%s.p.People) {
			return true
		}
	}
	return false
}

// clear opens the slots that keep person from the open slot. It fails where one of them is not to be
// moved.
func (s *state) clear(slot, person int) (evicted []int, ok bool) {
	evict := func(other int) bool {
		if s.fixed[other] {
			return false
		}
		s.give(other, Nobody)
		evicted = append(evicted, other)
		return true
	}
	for _, other := range s.p.Slots[slot].Clash {
		if s.holder[other] == person && !evict(other) {
			return nil, false
		}
	}
	for _, tie := range s.p.Slots[slot].Ties {
		if s.holder[tie.Slot] == person && s.p.Prices[tie.Rule][person] == Never && !evict(tie.Slot) {
			return nil, false
		}
	}
	for _, pair := range s.pairs[slot] {
		if partner := s.holder[pair.B]; partner != Nobody && pair.Forbid(person, partner) && !evict(pair.B) {
			return nil, false
		}
	}
	for l := range s.p.Limits {
		for !s.withinLimit(l, slot, person) {
			crowding := slices.IndexFunc(s.has[person], func(other int) bool { return s.crowds(l, slot, other) })
			if crowding < 0 || !evict(s.has[person][crowding]) {
				return nil, false
			}
		}
	}
	return evicted, true
}

// crowds reports whether other is movable and counts in a window of limit l that slot counts in, too.
func (s *state) crowds(l, slot, other int) bool {
	if s.fixed[other] {
		return false
	}
	return slices.ContainsFunc(s.p.Slots[slot].Marks[l], func(b int) bool {
		return slices.ContainsFunc(s.p.Slots[other].Marks[l], func(o int) bool { return max(o-b, b-o) < s.p.Limits[l].Window })
	})
}
