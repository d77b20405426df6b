package assign

import (
	"cmp"
	"slices"
)

// This file shares out the few slots that count in one dimension whole: festive days come in lumps that
// no sum of squares evens out. It gives one slot after the other away, the heaviest first, keeps the
// constraints among them, and gives up where even a split of the rest would be no fairer than what is found.

// So many slots at most are shared out whole, and so many states looked at.
const (
	lumps = 40
	looks = 3000
)

// whole is a search under way.
type whole struct {
	*state
	d     int   // dimension
	slots []int // to be shared out, the heaviest first
	most  int64 // nobody is to have more in total
	left  int   // states that may still be looked at
	found []int64
	after []int64 // what is found leaves for the dimensions after d, see afterwards
	held  []int   // [index into slots] holders in what is found
}

// shareWhole gives the slots to people so that the excesses in dimension d are leximax; of equals, so that
// the dimensions after d can still become the fairest. It reports whether it got to the end of the search;
// if not, what it did is the best it found, or nothing.
func (s *state) shareWhole(d int, slots []int, most int64) bool {
	slots = slices.Clone(slots)
	slices.SortStableFunc(slots, func(a, b int) int { return cmp.Compare(s.p.Slots[b].exactly(d), s.p.Slots[a].exactly(d)) })
	w := &whole{state: s, d: d, slots: slots, most: most, left: looks}
	w.look(slots)
	for i, person := range w.held {
		s.put(slots[i], person)
	}
	return w.held != nil && w.left >= 0
}

// look shares out what is left of the slots.
func (w *whole) look(rest []int) {
	if len(rest) == 0 {
		w.found, w.after, w.held = leximax(w.exact[w.d]), w.afterwards(), nil
		for _, slot := range w.slots {
			w.held = append(w.held, w.holder[slot])
		}
		return
	}
	for _, b := range w.branches(rest[0], rest[1:]) {
		order := -1
		if w.found != nil {
			order = slices.Compare(b.bound, w.found)
		}
		if w.left--; w.left < 0 || order > 0 {
			return
		}
		w.put(rest[0], b.person)
		if order < 0 || slices.Compare(w.afterwards(), w.after) < 0 {
			w.look(rest[1:])
		}
		w.drop(rest[0])
	}
}

// afterwards bounds the excesses in the dimensions after d, one after the other.
func (w *whole) afterwards() []int64 {
	var all []int64
	for d := w.d + 1; d < w.p.own(); d++ {
		var open []int
		for slot, holder := range w.holder {
			if holder == Nobody && w.p.Slots[slot].exactly(d) > 0 {
				open = append(open, slot)
			}
		}
		all = append(all, w.split(d, open)...)
	}
	return all
}

// branch gives a slot to person; then no assignment is fairer than bound.
type branch struct {
	person int
	bound  []int64
	has    int64 // the person's excess then
}

// branches lists to whom the slot could go, the most promising first; of equals, whoever has the least, so that
// people take turns.
func (w *whole) branches(slot int, rest []int) []branch {
	var list []branch
	for person := range w.p.People {
		if !w.may(slot, person) {
			continue
		}
		w.put(slot, person)
		if w.exact[0][person] <= w.most {
			list = append(list, branch{person, w.split(w.d, rest), w.exact[w.d][person]})
		}
		w.drop(slot)
	}
	slices.SortStableFunc(list, func(a, b branch) int { return cmp.Or(slices.Compare(a.bound, b.bound), cmp.Compare(a.has, b.has)) })
	return list
}
