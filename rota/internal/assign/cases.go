package assign

import (
	"cmp"
	"slices"
)

// This file proves what no split can: that whole slots cannot be shared out more fairly. It tells apart who
// holds one slot, then another, until in every case something shows that it is no fairer.

// Case is one case of a proof: either an end, or the cases of who holds one more slot. People who are not
// among the branches cannot hold it with what they have in the case, or it is plain from what is held alone that
// the case is no fairer.
type Case struct {
	Slot     int      // whose holders are told apart; Nobody at an end
	Branches []Branch // in order of person
	In       int      // at an end: the dimension in which no assignment of the rest is fairer than the split
	Split    Split    // at an end
}

// Branch is the case that person holds the slot.
type Branch struct {
	Person int
	Case   *Case
}

// Examine looks for a proof that no assignment which is as fair as holders in all dimensions before d is fairer in
// d. It gives the cases, and the leximax vector that no such assignment is below in d: that of holders
// where the proof is complete.
func Examine(p *Problem, holders []int, d int) (*Case, []int64) {
	reached := newState(p)
	for slot, person := range holders {
		if reached.holder[slot] == Nobody && person != Nobody {
			reached.put(slot, person)
		}
	}
	e := &examiner{state: newState(p), d: d, left: cases}
	for i := range p.Weights {
		e.reached = append(e.reached, leximax(reached.exact[i]))
	}
	e.least = e.reached[d]
	for slot := range p.Slots {
		e.able = append(e.able, e.whoMay(slot))
	}
	e.order = e.inOrder()
	e.root = leximax(e.end(d).Split.Excess)
	return e.examine(0), e.least
}

// cases bounds the work: so many cases are looked at.
const cases = 1000

// examiner is a proof under way. Its state holds what the case at hand says.
type examiner struct {
	*state
	d       int
	reached [][]int64 // [dimension] leximax vector to be proved
	root    []int64   // of the split of everything in d
	least   []int64   // what is proved in d: reached, or lower where a case stayed open
	able    [][]bool  // [slot][person] before anything is told apart
	order   []int     // slots to tell apart
	left    int
}

// inOrder lists the slots to tell apart. Those that count both in d and in a heavier dimension come first:
// without them the rest often splits evenly. Then come the lumps of d, then those of the dimensions before.
func (e *examiner) inOrder() []int {
	rank := func(slot int) int {
		heavier := slices.ContainsFunc(e.dimensions()[1:e.d], func(d int) bool { return e.p.Slots[slot].exactly(d) > 0 })
		switch counts := e.p.Slots[slot].exactly(e.d) > 0; {
		case counts && heavier:
			return 0
		case counts:
			return 1
		case heavier:
			return 2
		default:
			return 3
		}
	}
	var groups [3][]int
	for slot := range e.p.Slots {
		if r := rank(slot); r < 3 && e.holder[slot] == Nobody {
			groups[r] = append(groups[r], slot)
		}
	}
	if len(groups[1]) > lumps {
		groups[1] = nil
	}
	for _, group := range groups {
		slices.SortStableFunc(group, func(a, b int) int { return cmp.Compare(e.weigh0(b), e.weigh0(a)) })
	}
	return slices.Concat(groups[0], groups[1], groups[2])
}

// weigh0 is what the slot weighs in the first dimension.
func (e *examiner) weigh0(slot int) int64 { return e.p.Slots[slot].exactly(0) }

// examine proves the case at hand, telling apart the slots from order[at] onwards.
func (e *examiner) examine(at int) *Case {
	e.left--
	own := e.end(e.d)
	ownVector := leximax(own.Split.Excess)
	if slices.Compare(ownVector, e.reached[e.d]) >= 0 {
		return own
	}
	for before := 1; before < e.d; before++ {
		if end := e.end(before); slices.Compare(leximax(end.Split.Excess), e.reached[before]) > 0 {
			return end
		}
	}
	if at == len(e.order) || e.left <= 0 {
		if slices.Compare(ownVector, e.least) < 0 {
			e.least = ownVector
		}
		if slices.Compare(e.least, e.root) <= 0 {
			e.left = 0 // cases show no more than the split of everything does
		}
		return own
	}
	slot := e.order[at]
	c := &Case{Slot: slot}
	for person := range e.p.People {
		if !e.free(slot, person) {
			continue
		}
		e.put(slot, person)
		if !e.plain() {
			c.Branches = append(c.Branches, Branch{person, e.examine(at + 1)})
		}
		e.drop(slot)
	}
	return c
}

// end splits what is left in dimension d.
func (e *examiner) end(d int) *Case {
	var able [][]bool
	var weights []int64
	for slot := range e.p.Slots {
		weight := e.p.Slots[slot].exactly(d)
		if weight > 0 && e.holder[slot] == Nobody && slices.Contains(e.able[slot], true) {
			able, weights = append(able, e.able[slot]), append(weights, weight)
		}
	}
	return &Case{Slot: Nobody, In: d, Split: SplitFairly(able, weights, e.exact[d])}
}

// plain reports whether what is held is already too much: what is added later takes nothing away.
func (e *examiner) plain() bool {
	for before := range e.d {
		if slices.Compare(leximax(e.exact[before]), e.reached[before]) > 0 {
			return true
		}
	}
	return slices.Compare(leximax(e.exact[e.d]), e.reached[e.d]) >= 0
}

// free reports whether person could hold the slot beside what the case says they hold. Who holds the other
// tiers does not matter.
func (e *examiner) free(slot, person int) bool {
	return e.able[slot][person] && !slices.ContainsFunc(e.p.Slots[slot].Clash, func(other int) bool { return e.holder[other] == person })
}
