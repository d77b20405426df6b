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
	held  []int // [index into slots] holders in what is found
}

// shareWhole gives the slots to people so that the excesses in dimension d are leximax, leaving out all
// others. It reports whether it got to the end of the search; if not, it leaves the slots open.
func (s *state) shareWhole(d int, slots []int, most int64) bool {
	slots = slices.Clone(slots)
	slices.SortStableFunc(slots, func(a, b int) int { return cmp.Compare(s.p.Slots[b].exactly(d), s.p.Slots[a].exactly(d)) })
	w := &whole{state: s, d: d, slots: slots, most: most, left: looks}
	w.look(slots)
	if w.held == nil || w.left < 0 {
		return false
	}
	for i, slot := range slots {
		s.put(slot, w.held[i])
	}
	return true
}

// look shares out what is left of the slots.
func (w *whole) look(rest []int) {
	if len(rest) == 0 {
		w.found, w.held = leximax(w.exact[w.d]), w.held[:0]
		for _, slot := range w.slots {
			w.held = append(w.held, w.holder[slot])
		}
		return
	}
	for _, b := range w.branches(rest[0], rest[1:]) {
		if w.left--; w.left < 0 || (w.found != nil && slices.Compare(b.bound, w.found) >= 0) {
			return
		}
		w.put(rest[0], b.person)
		w.look(rest[1:])
		w.drop(rest[0])
	}
}

// branch gives a slot to person; then no assignment is fairer than bound.
type branch struct {
	person int
	bound  []int64
}

// branches lists to whom the slot could go, the most promising first.
func (w *whole) branches(slot int, rest []int) []branch {
	var list []branch
	for person := range w.p.People {
		if !w.may(slot, person) {
			continue
		}
		w.put(slot, person)
		if w.exact[0][person] <= w.most {
			list = append(list, branch{person, w.split(w.d, rest)})
		}
		w.drop(slot)
	}
	slices.SortStableFunc(list, func(a, b branch) int { return slices.Compare(a.bound, b.bound) })
	return list
}
