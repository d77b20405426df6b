package assign

import "slices"

// This file finds conflicts: sets of slots that cannot all keep their holders.

// try asks whether all slots but those of the set can stay as they are. It gives such an assignment, or
// adds to r.cores what stands against it; an empty conflict there says that some slot must stay open. Where
// the work runs out it knows neither.
func (r *repair) try(set []int) (holders []int, feasible, known bool) {
	t := &trial{repair: r, s: newState(r.p), set: set}
	before := len(r.cores)
	t.keep()
	if len(r.cores) > before {
		return nil, false, true
	}
	core, feasible := t.fill(slices.Clone(set))
	switch {
	case feasible:
		return t.s.holder, true, true
	case t.lost:
		return nil, false, false
	}
	slices.Sort(core)
	r.cores = append(r.cores, core)
	return nil, false, true
}

// trial is an attempt to move the slots of a set and no others.
type trial struct {
	*repair
	s    *state
	set  []int // in ascending order
	lost bool  // the work ran out
}

// keep gives every slot outside the set to whoever holds it. Where that cannot be, it notes a conflict.
func (t *trial) keep() {
	for slot, holder := range t.was.Holders {
		if _, moved := slices.BinarySearch(t.set, slot); moved || t.p.Slots[slot].Holder != Nobody {
			continue
		}
		t.work++
		if holder != Nobody && t.s.may(slot, holder) {
			t.s.put(slot, holder)
			continue
		}
		core := []int{slot}
		if holder != Nobody && t.p.Slots[slot].Able[holder] {
			core = append(core, t.blockers(slot, holder, nil)...)
			slices.Sort(core)
		}
		t.cores = append(t.cores, core)
	}
}

// fill finds holders for the slots left. Where there are none it gives the slots that explain why: as long
// as they stay with their holders, one of those left finds nobody. Whoever is not among them does not
// matter, so that the search goes straight back to the last choice that does (Prosser, "Hybrid algorithms
// for the constraint satisfaction problem", Computational Intelligence 9, 1993).
func (t *trial) fill(left []int) (why []int, ok bool) {
	if len(left) == 0 {
		return nil, true
	}
	if t.spent() {
		t.lost = true
		return nil, false
	}
	slot, fit := t.tightest(left)
	rest := slices.DeleteFunc(slices.Clone(left), func(s int) bool { return s == slot })
	for _, person := range fit {
		t.s.put(slot, person)
		below, ok := t.fill(rest)
		if ok {
			return nil, true
		}
		t.s.drop(slot)
		if t.lost || !slices.Contains(below, slot) {
			return below, false
		}
		for _, other := range below {
			if other != slot {
				why = insert(why, other)
			}
		}
	}
	for person, able := range t.p.Slots[slot].Able {
		if able && !slices.Contains(fit, person) {
			for _, other := range t.blockers(slot, person, why) {
				why = insert(why, other)
			}
		}
	}
	return why, false
}

// tightest gives the slot for which the fewest people are free, and these people.
func (t *trial) tightest(left []int) (slot int, fit []int) {
	slot = Nobody
	for _, candidate := range left {
		var free []int
		for person, able := range t.p.Slots[candidate].Able {
			if able && t.s.may(candidate, person) {
				free = append(free, person)
			}
		}
		t.work += t.p.People
		if slot == Nobody || len(free) < len(fit) {
			slot, fit = candidate, free
		}
		if len(fit) == 0 {
			break
		}
	}
	return slot, fit
}

// blockers gives slots that keep person from the open slot: as few as can be, so that without any one of
// them the others would not. It prefers what is settled anyway, and is not named; then what is in the list
// given; then what is frozen and early, since a conflict of such slots says most.
func (t *trial) blockers(slot, person int, known []int) []int {
	var single []int
	for _, other := range t.p.Slots[slot].Clash {
		if t.s.holder[other] == person {
			single = append(single, other)
		}
	}
	for _, tie := range t.p.Slots[slot].Ties {
		if t.s.holder[tie.Slot] == person && t.p.Prices[tie.Rule][person] == Never {
			single = append(single, tie.Slot)
		}
	}
	for _, pair := range t.s.pairs[slot] {
		if partner := t.s.holder[pair.B]; partner != Nobody && pair.Forbid(person, partner) {
			single = append(single, pair.B)
		}
	}
	t.work += 1 + len(single)
	for _, other := range single {
		if t.p.Slots[other].Holder != Nobody {
			return nil
		}
	}
	first := func(a, b int) int {
		if order := compareBool(slices.Contains(known, b), slices.Contains(known, a)); order != 0 {
			return order
		}
		return t.rather(b, a)
	}
	if len(single) > 0 {
		return []int{slices.MinFunc(single, first)}
	}
	return t.crowd(slot, person, first)
}

// crowd gives the slots of person that the limits count against one more, least needed ones left out first.
func (t *trial) crowd(slot, person int, first func(a, b int) int) []int {
	var own, needed, dropped []int
	for _, other := range t.s.has[person] {
		if t.p.Slots[other].Holder == Nobody {
			own = append(own, other)
		}
	}
	slices.SortFunc(own, func(a, b int) int { return first(b, a) })
	for _, other := range own {
		t.s.drop(other)
		t.work++
		if t.s.may(slot, person) {
			t.s.put(other, person)
			needed = append(needed, other)
		} else {
			dropped = append(dropped, other)
		}
	}
	for _, other := range slices.Backward(dropped) {
		t.s.put(other, person)
	}
	return needed
}

// insert adds x to a list in ascending order, once.
func insert(list []int, x int) []int {
	if at, there := slices.BinarySearch(list, x); !there {
		return slices.Insert(list, at, x)
	}
	return list
}

// meets reports whether two lists in ascending order have anything in common.
func meets(a, b []int) bool {
	return slices.ContainsFunc(a, func(x int) bool { _, there := slices.BinarySearch(b, x); return there })
}
