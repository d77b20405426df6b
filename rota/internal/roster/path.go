package roster

import (
	"math"
	"math/bits"
)

// Prices are 32-bit integers, so that the inner loop moves half the memory. A price of never forbids.
// A sum of prices below the least impossible sum belongs to a legal line: the true prices of a line
// add up to less than half of never, however they are signed (see scaleOf).
const (
	never      int32 = 1 << 30
	impossible int32 = never / 2
)

// maxStates is up to where a maximum is worth an axis. The states without any are never too many.
const maxStates = 6 << 20

// A pathfinder finds the cheapest legal line of a person. It is not safe for concurrent use.
type pathfinder struct {
	p      *Problem
	limit  int // of states, for an axis to be worth it
	wide   int // more states than this are only looked at near a present line
	states []int32
	shapes map[shapeKey]*shape
	bound  []uint64 // shifts of each person whose maximum has once been in the way
	prices []int32  // of every group of every day
	none   []int32  // no cost of rest
	count  []int
	tax    [][]int32 // of each person who would need too many states: a price on every shift
	dear   []int32
	kept   Line
}

type shapeKey struct {
	person int
	bound  uint64
}

func newPathfinder(p *Problem) *pathfinder {
	return &pathfinder{
		p: p, limit: maxStates, wide: manyStates,
		shapes: map[shapeKey]*shape{},
		bound:  make([]uint64, len(p.People)),
		none:   make([]int32, p.Days),
		count:  make([]int, len(p.Shifts)),
		tax:    make([][]int32, len(p.People)),
	}
}

// cheapest puts the cheapest legal line of a person into line, where price is that of every shift of
// every day and rest that of every day off (nil where it is free), and returns what it costs. No legal
// line costs less than the result. Where the result is impossible there is no legal line.
//
// The maxima of single shifts are the reason for many states. They are left out at first and put in
// for good, one by one, when a line breaks them (the decremental state space of Boland, Dethridge and
// Dumitrescu, Operations Research Letters 34, 2006, and of Righini and Salani, Networks 51, 2008).
// Where that would take too many states, the shift is taxed instead: then the line is legal but may
// cost more than the result, and found is false if no tax makes it legal.
func (f *pathfinder) cheapest(person int, price, rest []int32, line Line) (low int32, found bool) {
	return f.cheapestWithin(nil, person, price, rest, line)
}

// cheapestNear is the cheapest line among those that keep near the present one, where there is one and
// where to look at all would take many states.
func (f *pathfinder) cheapestNear(person int, price, rest []int32, present, line Line) (low int32, found bool) {
	if present == nil {
		return f.cheapest(person, price, rest, line)
	}
	return f.cheapestWithin(func(s *shape) *shape { return s.corridor(f.p, present) }, person, price, rest, line)
}

// cheapestStraight is a cheap line to begin with, where to look at all would take many states: it is sought near the
// straight way at first, and then ever further from it.
func (f *pathfinder) cheapestStraight(person int, price []int32, line Line) (found bool) {
	for times := 1; times < f.p.Days; times *= 2 {
		if _, found := f.cheapestWithin(func(s *shape) *shape { return s.straight(times) }, person, price, nil, line); found {
			return true
		}
	}
	_, found = f.cheapest(person, price, nil, line)
	return found
}

// vast says whether a look at every state of everybody would take longer than there may be.
func (f *pathfinder) vast() bool {
	sum := 0
	for person := range f.p.People {
		sum += f.shape(person, f.bound[person]).size
	}
	return sum > vastly
}

// vastly is how many states take a second or two.
const vastly = 200 << 20

// cheapestWithin is the cheapest line within what part keeps of the states, where they are many.
func (f *pathfinder) cheapestWithin(part func(*shape) *shape, person int, price, rest []int32, line Line) (low int32, found bool) {
	if rest == nil {
		rest = f.none
	}
	for {
		s := f.shape(person, f.bound[person])
		if s.size == 0 {
			return never, false
		}
		if part != nil && s.size > f.wide {
			s = part(s)
		}
		if f.tax[person] != nil {
			return f.taxed(s, person, price, rest, line)
		}
		low = f.solve(s, price, rest, line)
		if low >= impossible {
			return low, false
		}
		over := f.overworked(person, line)
		if over < 0 {
			return low, true
		}
		if f.shape(person, f.bound[person]|1<<over) == nil {
			f.tax[person] = make([]int32, len(f.p.Shifts))
			continue
		}
		f.bound[person] |= 1 << over
	}
}

func (f *pathfinder) priceOf(line Line, price, rest []int32) int32 {
	var sum int32
	for day, s := range line {
		if s == Off {
			sum += rest[day]
		} else {
			sum += price[f.p.At(day, s)]
		}
	}
	return sum
}

// shape is nil where the axes would need too many states.
func (f *pathfinder) shape(person int, bound uint64) *shape {
	key := shapeKey{person, bound}
	s, known := f.shapes[key]
	if !known {
		limit := f.limit
		if bound == 0 {
			limit = math.MaxInt
		}
		s, _ = f.p.shapeOf(person, bound, limit)
		f.shapes[key] = s
	}
	return s
}

// overworked is a shift that the line holds more often than it may, the worst, or Off.
func (f *pathfinder) overworked(person int, line Line) int8 {
	clear(f.count)
	for _, s := range line {
		if s != Off {
			f.count[s]++
		}
	}
	worst, by := Off, 0
	for s, n := range f.count {
		if over := n - f.p.People[person].MaxOf[s]; over > by {
			worst, by = int8(s), over
		}
	}
	return worst
}

// solve fills the states from the last day to the first and walks forward along the cheapest.
func (f *pathfinder) solve(s *shape, price, rest []int32, line Line) int32 {
	f.groupPrices(s, price)
	if len(f.states) < s.size {
		f.states = make([]int32, s.size)
	}
	w := walk{shape: s, h: f.states, prices: f.prices, rest: rest}
	w.lastDay()
	for day := s.days - 2; day >= 0; day-- {
		w.fill(day)
	}
	low := w.follow(line)
	if low < impossible {
		f.nameShifts(s, price, line)
	}
	return low
}

// groupPrices is the price of the cheapest member of every group.
func (f *pathfinder) groupPrices(s *shape, price []int32) {
	need := s.days * len(s.groups)
	if len(f.prices) < need {
		f.prices = make([]int32, need)
	}
	shifts := len(f.p.Shifts)
	for day := range s.days {
		today := price[day*shifts : (day+1)*shifts]
		for g := range s.groups {
			least := never
			for _, t := range s.groups[g].members {
				least = min(least, today[t])
			}
			f.prices[day*len(s.groups)+g] = least
		}
	}
}

// nameShifts turns the groups of a line into their cheapest shifts.
func (f *pathfinder) nameShifts(s *shape, price []int32, line Line) {
	for day, g := range line {
		if g == Off {
			continue
		}
		members := s.groups[g].members
		best := members[0]
		for _, t := range members[1:] {
			if price[f.p.At(day, t)] < price[f.p.At(day, best)] {
				best = t
			}
		}
		line[day] = best
	}
}

// scaleOf is the largest power of two by which prices up to most a day may be multiplied so that the
// cost of a line stays possible.
func scaleOf(days, most int) int32 {
	room := uint32(int(impossible-1) / max(1, days*most))
	if room == 0 {
		return 0
	}
	return 1 << (bits.Len32(min(room, math.MaxInt16)) - 1)
}
