package roster

import (
	"math"
	"slices"
)

// A span is a range of units, empty where low exceeds high.
type span struct{ low, high int }

func nowhere() span { return span{math.MaxInt32, math.MinInt32} }

func (a span) with(b span) span   { return span{min(a.low, b.low), max(a.high, b.high)} }
func (a span) within(b span) span { return span{max(a.low, b.low), min(a.high, b.high)} }
func (a span) shift(n int) span   { return span{a.low + n, a.high + n} }
func (a span) empty() bool        { return a.low > a.high }

// total is the range of units that a whole line may have.
func total(p *Problem, q *Person, c counting) span {
	less, more := 0, 0 // what the odd shifts may add to the minutes
	for _, t := range c.odd {
		extra := (p.Shifts[t].Minutes - c.minutes) * min(q.MaxOf[t], p.Days)
		less, more = less+min(extra, 0), more+max(extra, 0)
	}
	return span{
		low:  max(0, (q.MinMinutes-more+c.minutes-1)/c.minutes),
		high: (q.MaxMinutes - less) / c.minutes,
	}
}

// band finds for every day the units with which a line can both have come so far and still end well.
// Long horizons owe their speed to it: people work most of the days they may, so the band is narrow.
// The band is empty, and the size zero, where there is no legal line at all.
func (s *shape) band(q *Person, total span) {
	used := s.usedUnits(q)
	left := make([]span, s.nodes())
	for n := range left {
		left[n] = nowhere()
		if s.ends[n] {
			left[n] = span{0, 0}
		}
	}
	s.low, s.width, s.start = make([]int, s.days), make([]int, s.days), make([]int, s.days)
	for day := s.days - 1; day >= 0; day-- {
		if day < s.days-1 {
			left = s.leftUnits(q, day, left)
		}
		useful := nowhere()
		for n := range left {
			if left[n].empty() || used[day][n].empty() {
				continue
			}
			here := used[day][n].within(span{total.low - left[n].high, total.high - left[n].low})
			if !here.empty() {
				useful = useful.with(here)
			}
		}
		if useful.empty() {
			s.size = 0
			return
		}
		s.low[day], s.width[day] = useful.low, useful.high-useful.low+1
	}
	s.outerFrom, s.outerTo = make([]int, s.days), slices.Repeat([]int{s.outers}, s.days)
	s.place()
}

// place lays the states of one day behind those of the other.
func (s *shape) place() {
	s.size = 0
	for day := range s.start {
		s.start[day] = s.size
		s.size += s.nodes() * s.outers * s.width[day]
	}
}

// usedUnits is, for every day and node, the range of units worked so far.
func (s *shape) usedUnits(q *Person) [][]span {
	used := make([][]span, s.days)
	for day := range used {
		used[day] = make([]span, s.nodes())
		for n := range used[day] {
			used[day][n] = nowhere()
		}
	}
	s.moves(q, -1, func(from, to, units int) {
		if from == s.begin.node {
			used[0][to] = used[0][to].with(span{units, units})
		}
	})
	for day := 0; day+1 < s.days; day++ {
		s.moves(q, day, func(from, to, units int) {
			if u := used[day][from]; !u.empty() {
				used[day+1][to] = used[day+1][to].with(u.shift(units))
			}
		})
	}
	return used
}

// leftUnits is, for every node of a day, the range of units of the days to come.
func (s *shape) leftUnits(q *Person, day int, next []span) []span {
	left := make([]span, s.nodes())
	for n := range left {
		left[n] = nowhere()
	}
	s.moves(q, day, func(from, to, units int) {
		if !next[to].empty() {
			left[from] = left[from].with(next[to].shift(units))
		}
	})
	return left
}

// moves calls yield with every step from one node to the next that the runs and successors allow.
func (s *shape) moves(q *Person, day int, yield func(from, to, units int)) {
	work := func(from int, groups []int32, run int) {
		if q.Away[day+1] {
			return
		}
		for _, g := range groups {
			yield(from, s.node(s.groups[g].class, run), s.groups[g].units)
		}
	}
	for n := range s.rests {
		yield(n, min(n+1, s.rests-1), 0)
	}
	work(s.rests-1, s.every, 1)
	for class, groups := range s.follow {
		for run := 1; run <= s.maxRun; run++ {
			from := s.node(class, run)
			if s.mayRest(day, run) {
				yield(from, 0, 0)
			}
			if run < s.maxRun {
				work(from, groups, run+1)
			}
		}
	}
}

// mayRest says whether a run of work may end on day: it is long enough, or began with all that is
// known.
func (s *shape) mayRest(day, run int) bool { return run >= s.minRun || run == day+1+s.before }

// settleBefore finds the state in which the first day begins. Without a past nobody knows how long the
// rest has been, so it was long enough.
func (s *shape) settleBefore(p *Problem, q *Person) {
	s.before = len(q.Before)
	s.begin = place{node: s.rests - 1, group: Off}
	length := lastRun(q.Before)
	switch {
	case length == 0:
	case q.Before[s.before-1] == Off:
		if length < s.before {
			s.begin.node = min(length, s.rests) - 1
		}
	default:
		s.begin.class, s.begin.run = s.classOf[q.Before[s.before-1]], min(length, s.maxRun)
		s.begin.node = s.node(s.begin.class, s.begin.run)
	}
}

// lastRun is the length of the run of work or rest at the end of a line.
func lastRun(line Line) int {
	n := 0
	for n < len(line) && (line[len(line)-1-n] == Off) == (line[len(line)-1] == Off) {
		n++
	}
	return n
}

func firstRun(line Line) int {
	n := 0
	for n < len(line) && (line[n] == Off) == (line[0] == Off) {
		n++
	}
	return n
}

// settleAfter marks the nodes of the last day that what is settled after it can follow. Where nothing
// is, all can.
func (s *shape) settleAfter(p *Problem, q *Person) {
	s.ends = make([]bool, s.nodes())
	next, length := Off, firstRun(q.After)
	exempt := length == len(q.After)
	if length > 0 {
		next = q.After[0]
	}
	for n := range s.ends {
		if length == 0 {
			s.ends[n] = true
			continue
		}
		if n < s.rests {
			enough := n == s.rests-1
			s.ends[n] = next == Off && (enough || exempt || n+1+length >= s.rests) ||
				next != Off && enough && (exempt || length >= s.minRun)
			continue
		}
		run := (n-s.rests)%s.maxRun + 1
		if next == Off {
			s.ends[n] = s.mayRest(s.days-1, run) && (exempt || length >= s.rests)
			continue
		}
		after := s.after[(n-s.rests)/s.maxRun]
		s.ends[n] = after>>next&1 == 0 && run+length <= s.maxRun && (exempt || run+length >= s.minRun || run == s.days+s.before)
	}
}

// acceptEnds marks the states of the last day that keep the limits on minutes and the complements.
func (s *shape) acceptEnds(p *Problem, q *Person, c counting) {
	if s.size == 0 {
		return
	}
	last := s.days - 1
	s.accept = make([]bool, s.outers*s.width[last])
	for o := range s.outers {
		for w := range s.width[last] {
			units := s.low[last] + w
			s.accept[o*s.width[last]+w] = s.endsWell(p, q, c, o, units)
		}
	}
}

func (s *shape) endsWell(p *Problem, q *Person, c counting, outer, units int) bool {
	minutes := units * c.minutes
	for _, a := range s.axes {
		n := outer % a.size
		outer /= a.size
		if a.complement {
			if n < a.size-1 && units-n > q.MaxOf[a.shift] {
				return false
			}
		} else if c.plain {
			minutes += n * (p.Shifts[a.shift].Minutes - c.minutes)
		}
	}
	return minutes >= q.MinMinutes && minutes <= q.MaxMinutes
}
