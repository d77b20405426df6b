package roster

import "math/bits"

// A shape is the state space of one person's lines: what must be remembered of the past to know what
// may follow. On every day a state is a node, an outer index and a number of units.
//
// The node is the length of the present rest (up to the smallest rest, where it no longer matters), or
// the class of the last shift with the length of the present run of work. Shifts after which the same
// may follow are one class. The units are minutes worked so far, counted in shifts where the lengths
// allow. The outer index holds the weekends used and the counts of those shifts whose maximum binds:
// these axes are few, because a line found without an axis is as good if it happens to keep the rule.
//
// Shifts that lead from the same states to the same states form a group: only the cheapest member of a
// group can be on the cheapest line, so the path is over groups.
type shape struct {
	days           int
	rests          int // nodes 0..rests-1: days of rest so far; the last means enough
	minRun, maxRun int
	begin          place  // what is settled before the first day
	before         int    // how many days of it
	ends           []bool // [node] may stand before what is settled after the last day
	classOf        []int  // of every shift that can be worked
	groups         []group
	follow         [][]int32 // class to the groups that may come next
	after          []uint64  // class to the shifts that may not come next
	every          []int32   // all groups: what may come after a rest
	outers         int
	axes           []axis
	weekends       int          // size of the weekend axis
	limited        bool         // whether weekends are counted at all
	outer          [2][][]int32 // [counts as a new weekend][group][outer] to the next outer, or -1
	low            []int        // smallest useful number of units after each day
	width          []int        // how many numbers of units are useful
	start          []int        // where the states of each day begin
	size           int
	accept         []bool // [outer][units] on the last day
	outerFrom      []int  // of every day, the first outer index that is looked at
	outerTo        []int  // and the first that is not
}

type group struct {
	class   int
	units   int
	members []int8
}

// An axis counts how often a shift is worked, up to its maximum. The complement of a shift counts all
// others instead and stops where the maximum can no longer be reached: with at most 18 shifts in all
// and 14 of one kind allowed, four of another kind are as good as ten.
type axis struct {
	shift      int8
	complement bool
	size       int
}

func (s *shape) nodes() int { return s.rests + len(s.follow)*s.maxRun }

// node is the place of a run of work.
func (s *shape) node(class, run int) int { return s.rests + class*s.maxRun + run - 1 }

// counting is how the minutes of a person are measured.
type counting struct {
	minutes int    // of one unit
	plain   bool   // every shift is one unit, but for the odd ones that are on an axis
	odd     []int8 // shifts of another length than the unit
	most    int    // largest number of shifts in a line
}

func (p *Problem) countingOf(person int) counting {
	q := &p.People[person]
	often, divisor, shortest := map[int]int{}, 0, 0
	for s, shift := range p.Shifts {
		if q.MaxOf[s] > 0 {
			often[shift.Minutes]++
			divisor = gcd(divisor, shift.Minutes)
			if shortest == 0 || shift.Minutes < shortest {
				shortest = shift.Minutes
			}
		}
	}
	c := counting{minutes: max(divisor, 1), most: p.Days}
	if shortest > 0 {
		c.most = min(c.most, q.MaxMinutes/shortest)
	}
	usual := 0
	for s, shift := range p.Shifts { // in the order of shifts, so that ties are settled the same way
		if q.MaxOf[s] > 0 && shift.Minutes > 0 && often[shift.Minutes] > often[usual] {
			usual = shift.Minutes
		}
	}
	var odd []int8
	states := 1
	for s, shift := range p.Shifts {
		if q.MaxOf[s] > 0 && shift.Minutes != usual {
			odd, states = append(odd, int8(s)), states*(min(q.MaxOf[s], p.Days)+1)
		}
	}
	if usual > 0 && states <= 12 {
		c.minutes, c.plain, c.odd = usual, true, odd
	}
	return c
}

func gcd(a, b int) int {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

// shapeOf builds the states of a person with the shifts in bound on axes of their own. It reports
// false where that would take more than limit states.
func (p *Problem) shapeOf(person int, bound uint64, limit int) (*shape, bool) {
	q, c := &p.People[person], p.countingOf(person)
	for _, s := range c.odd {
		bound |= 1 << s
	}
	s := &shape{
		days:   p.Days,
		rests:  min(max(q.MinRest, 1), p.Days+len(q.Before)+len(q.After)),
		minRun: q.MinRun,
		maxRun: max(1, min(q.MaxRun, p.Days+len(q.Before)+len(q.After))),
	}
	s.weekends, s.limited = weekendAxis(p.Days, q.MaxWeekends)
	s.outers = s.weekends
	for ; bound != 0; bound &= bound - 1 {
		t := int8(bits.TrailingZeros64(bound))
		a := axis{shift: t, size: min(q.MaxOf[t], p.Days) + 1}
		if other := c.most - q.MaxOf[t] + 1; c.plain && p.Shifts[t].Minutes == c.minutes && other < a.size {
			a.complement, a.size = true, max(other, 1)
		}
		s.axes = append(s.axes, a)
		s.outers *= a.size
		if s.outers > limit {
			return nil, false
		}
	}
	s.group(p, q, c)
	s.connect()
	s.settleBefore(p, q)
	s.settleAfter(p, q)
	s.band(q, total(p, q, c))
	if s.size > limit {
		return nil, false
	}
	s.acceptEnds(p, q, c)
	return s, true
}

// weekendAxis is not needed where the maximum can never be reached.
func weekendAxis(days, most int) (size int, limited bool) {
	if weekends := (days + 1) / 7; most >= weekends {
		return 1, false
	}
	return max(most, 0) + 1, true
}

// group collects the shifts that are alike in all but price.
func (s *shape) group(p *Problem, q *Person, c counting) {
	s.classOf = make([]int, len(p.Shifts))
	type key struct {
		after, before, axes uint64
		units               int
	}
	classOf, groupOf := map[uint64]int{}, map[key]int{}
	last := Off
	if n := len(q.Before); n > 0 {
		last = q.Before[n-1]
	}
	for t, shift := range p.Shifts {
		if q.MaxOf[t] <= 0 && int8(t) != last {
			continue
		}
		k := key{units: 1}
		if !c.plain {
			k.units = shift.Minutes / c.minutes
		}
		for u := range p.Shifts {
			if shift.Forbids[u] {
				k.after |= 1 << u
			}
			if p.Shifts[u].Forbids[t] && (q.MaxOf[u] > 0 || int8(u) == last) {
				k.before |= 1 << u
			}
		}
		for _, a := range s.axes {
			if int(a.shift) == t {
				k.axes = 1 << t
			}
		}
		class, known := classOf[k.after]
		if !known {
			class = len(classOf)
			classOf[k.after] = class
		}
		s.classOf[t] = class
		if q.MaxOf[t] <= 0 {
			continue // it only stands before the horizon
		}
		g, known := groupOf[k]
		if !known {
			g = len(s.groups)
			groupOf[k] = g
			s.groups = append(s.groups, group{class: class, units: k.units})
			s.every = append(s.every, int32(g))
		}
		s.groups[g].members = append(s.groups[g].members, int8(t))
	}
	s.follow, s.after = make([][]int32, len(classOf)), make([]uint64, len(classOf))
	for after, class := range classOf {
		s.after[class] = after
		for g, next := range s.groups {
			if after>>next.members[0]&1 == 0 {
				s.follow[class] = append(s.follow[class], int32(g))
			}
		}
	}
}

// connect says where every group leads from every outer index.
func (s *shape) connect() {
	for fresh := range s.outer {
		s.outer[fresh] = make([][]int32, len(s.groups))
		for g := range s.groups {
			to := make([]int32, s.outers)
			for o := range to {
				to[o] = s.step(o, s.groups[g].members[0], fresh)
			}
			s.outer[fresh][g] = to
		}
	}
}

// step is the outer index after one more shift, or -1 where a maximum forbids it. The weekends are the
// slowest axis.
func (s *shape) step(outer int, t int8, fresh int) int32 {
	next, stride := 0, 1
	for _, a := range s.axes {
		n := outer / stride % a.size
		switch {
		case a.complement && a.shift != t:
			n = min(n+1, a.size-1)
		case !a.complement && a.shift == t:
			n++
		}
		if n >= a.size {
			return -1
		}
		next, stride = next+n*stride, stride*a.size
	}
	week := outer / stride
	if s.limited {
		week += fresh
	}
	if week >= s.weekends {
		return -1
	}
	return int32(next + week*stride)
}
