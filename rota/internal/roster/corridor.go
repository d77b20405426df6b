package roster

import "slices"

// On a long horizon most states are far from where a line will ever be: nobody who has worked three of
// their weekends by Easter has worked twelve in the best of lines either. The search need not know that
// for certain. It looks along the present line only, in a corridor (the corridor method, Sniedovich and
// Voss, Control and Cybernetics 35, 2006), which moves as the line does. The prover, which must know,
// looks everywhere.

// manyStates is from where a corridor is worth it.
const manyStates = 100_000

// corridor is by how many weekends and shifts a line may differ from the present one after each day.
const (
	corridorWeekends = 2
	corridorShifts   = 3
)

// corridor is the shape with only the states near a legal line.
func (s *shape) corridor(p *Problem, line Line) *shape {
	unitsOf := make([]int, len(p.Shifts))
	for _, g := range s.groups {
		for _, t := range g.members {
			unitsOf[t] = g.units
		}
	}
	reach := corridorShifts * s.longest()
	units, weekends := 0, 0
	return s.between(func(day int) (worked, gone span) {
		t := line[day]
		if t != Off {
			units += unitsOf[t]
		}
		if s.limited && t != Off && (saturday(day) || sunday(day) && line[day-1] == Off) {
			weekends++
		}
		return span{units - reach, units + reach}, span{weekends - corridorWeekends, weekends + corridorWeekends}
	})
}

// straight is the shape with only the states near where a line comes that works the same share of every stretch of
// time, so many times as near as a corridor is. It takes the place of a present line where there is none yet.
func (s *shape) straight(times int) *shape {
	last := s.days - 1
	end := span{s.low[last], s.low[last] + s.width[last] - 1}
	reach := times * corridorShifts * s.longest()
	return s.between(func(day int) (worked, gone span) {
		part := func(whole int) int { return whole * (day + 1) / s.days }
		weekends := part(s.weekends - 1)
		return span{part(end.low) - reach, part(end.high) + reach},
			span{weekends - times*corridorWeekends, weekends + times*corridorWeekends}
	})
}

// between is the shape with only the states within the units worked and the weekends gone after each day that near
// says, which is asked day by day from the first.
func (s *shape) between(near func(day int) (worked, gone span)) *shape {
	c := *s
	c.low, c.width, c.start = slices.Clone(s.low), slices.Clone(s.width), make([]int, s.days)
	c.outerFrom, c.outerTo = make([]int, s.days), make([]int, s.days)
	stride := s.outers / s.weekends
	for day := range s.days {
		worked, gone := near(day)
		c.outerFrom[day] = stride * max(0, gone.low)
		c.outerTo[day] = stride * min(s.weekends, gone.high+1)
		if day == s.days-1 {
			break // the states that are accepted in the end are told by their number of units
		}
		first, last := s.low[day], s.low[day]+s.width[day]-1
		low, high := max(first, min(last, worked.low)), min(last, max(first, worked.high))
		c.low[day], c.width[day] = low, high-low+1
	}
	c.place()
	return &c
}

// longest is the units of the longest shift.
func (s *shape) longest() int {
	most := 1
	for _, g := range s.groups {
		most = max(most, g.units)
	}
	return most
}
