package assign

import (
	"cmp"
	"slices"
)

// This file bounds the last dimension by what the others leave. Whoever has so much in the first dimension and so
// much in those between has the difference in the last. An assignment as fair as the one at hand in the others
// gives the same excesses to people, if not each to the same person; and each person can only have some of them,
// because what slots weigh comes in grains. So few ways remain of who has which, and they are gone through.

// Level is a dimension before the last in which the fairest excesses are known.
type Level struct {
	Base   []int64 // [person] excess without any slot
	Excess []int64 // [person] in the assignment at hand; in any that is as fair, people have the same, in any order
	Grain  int64   // what every slot weighs is a multiple of it
	Able   []bool  // [person] whether they can hold a slot that counts
}

// Leftover bounds the last dimension by the levels before it: the first counts everything, and the others their
// part. Last tells of the last dimension; its excesses are those of the assignment at hand. No assignment that is as
// fair in the levels is below the vector least there. That is seen by telling apart what the people in order have,
// and giving everybody else the least that they can have by themselves.
func Leftover(levels []Level, last Level) (order []int, least []int64) {
	l := newLeaver(levels, last)
	root, _ := l.outlook()
	if slices.Compare(root, l.best) >= 0 {
		return nil, root
	}
	for person := range last.Base {
		if l.chooses(person) {
			l.order = append(l.order, person)
		}
	}
	slices.SortStableFunc(l.order, func(a, b int) int { return cmp.Compare(l.least(b), l.least(a)) })
	l.tell(0)
	if l.left < 0 {
		return nil, root
	}
	return l.order, l.best
}

// lookedAt bounds the work: so many ways of who has what are looked at.
const lookedAt = 20_000

// leaver goes through the ways.
type leaver struct {
	levels  []Level
	last    Level
	options [][][]int64     // [level][person] excesses that the person can have, ascending
	free    []map[int64]int // [level] how many people not told apart have an excess
	told    []int64         // [person] what the levels leave whoever is told apart
	isTold  []bool
	order   []int
	best    []int64 // the smallest vector of any way seen
	left    int
}

func newLeaver(levels []Level, last Level) *leaver {
	l := &leaver{
		levels: levels, last: last, best: leximax(last.Excess), left: lookedAt,
		told: make([]int64, len(last.Base)), isTold: make([]bool, len(last.Base)),
	}
	for _, level := range levels {
		free := map[int64]int{}
		for _, excess := range level.Excess {
			free[excess]++
		}
		all := slices.Compact(slices.Sorted(slices.Values(level.Excess)))
		options := make([][]int64, len(level.Base))
		for person, base := range level.Base {
			for _, excess := range all {
				if excess == base || level.Able[person] && excess > base && (excess-base)%level.Grain == 0 {
					options[person] = append(options[person], excess)
				}
			}
		}
		l.free, l.options = append(l.free, free), append(l.options, options)
	}
	return l
}

// chooses reports whether the person can have more than one thing.
func (l *leaver) chooses(person int) bool {
	return slices.ContainsFunc(l.options, func(of [][]int64) bool { return len(of[person]) > 1 })
}

// leaves is what has, an excess in each level, leaves the person in the last dimension.
func (l *leaver) leaves(person int, has []int64) int64 {
	excess := l.last.Base[person]
	for d, level := range l.levels {
		held := has[d] - level.Base[person]
		if d > 0 {
			held = -held
		}
		excess += held
	}
	return excess
}

// least is the least that the person can have by themselves, of what nobody told apart has.
func (l *leaver) least(person int) int64 {
	if !l.last.Able[person] {
		return l.last.Base[person]
	}
	has := make([]int64, len(l.levels))
	for d := range l.levels {
		open := slices.DeleteFunc(slices.Clone(l.options[d][person]), func(excess int64) bool { return l.free[d][excess] == 0 })
		switch {
		case len(open) == 0:
			return impossible
		case d == 0:
			has[d] = open[0]
		default:
			has[d] = open[len(open)-1]
		}
	}
	return max(l.leaves(person, has), l.last.Base[person])
}

// impossible is what somebody has to whom nothing is left.
const impossible = int64(1) << 60

// outlook bounds every way that goes on from what is told apart; there may be none.
func (l *leaver) outlook() (vector []int64, any bool) {
	vector = make([]int64, len(l.last.Base))
	for person := range vector {
		vector[person] = l.told[person]
		if !l.isTold[person] {
			vector[person] = l.least(person)
		}
	}
	vector = leximax(vector)
	return vector, len(vector) == 0 || vector[0] < impossible
}

// tell tells apart what the people have from order[at] onwards.
func (l *leaver) tell(at int) {
	l.left--
	vector, any := l.outlook()
	if l.left < 0 || !any || slices.Compare(vector, l.best) >= 0 {
		return
	}
	if at == len(l.order) {
		l.best = vector
		return
	}
	l.isTold[l.order[at]] = true
	l.give(at, nil)
	l.isTold[l.order[at]] = false
}

// give gives the person at that place of the order an excess in each level after those in has, and goes on.
func (l *leaver) give(at int, has []int64) {
	person, d := l.order[at], len(has)
	if d == len(l.levels) {
		l.told[person] = l.leaves(person, has)
		if base := l.last.Base[person]; l.told[person] == base || l.last.Able[person] && l.told[person] > base {
			l.tell(at + 1)
		}
		return
	}
	for _, excess := range l.options[d][person] {
		if l.free[d][excess] > 0 {
			l.free[d][excess]--
			l.give(at, append(slices.Clone(has), excess))
			l.free[d][excess]++
		}
	}
}
