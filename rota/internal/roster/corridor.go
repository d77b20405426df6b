package roster

import "slices"

// On a long horizon most states are far from where a line will ever be: nobody who has worked three of
// their weekends by Easter has worked twelve in the best of lines either. The search need not know that
// for certain. It looks along the present line only, in a corridor (the corridor method, Sniedovich and
// Voss, Control and Cybernetics 35, 2006), which moves as the line does. The prover, which must know,
// looks everywhere.

// manyStates is from where a corridor is worth it.
const manyStates = 100_000

// corridor is by how many weekends and units a line may differ from the present one after each day.
const (
	corridorWeekends = 2
	corridorUnits    = 3
)

// corridor is the shape with only the states near a legal line.
func (s *shape) corridor(p *Problem, line Line) *shape {
	c := *s
	c.low, c.width, c.start = slices.Clone(s.low), slices.Clone(s.width), make([]int, s.days)
	c.outerFrom, c.outerTo = make([]int, s.days), make([]int, s.days)
	unitsOf := make([]int, len(p.Shifts))
	for _, g := range s.groups {
		for _, t := range g.members {
			unitsOf[t] = g.units
		}
	}
	stride := s.outers / s.weekends
	units, weekends := 0, 0
	for day, t := range line {
		if t != Off {
			units += unitsOf[t]
		}
		if s.limited && t != Off && (saturday(day) || sunday(day) && line[day-1] == Off) {
			weekends++
		}
		c.outerFrom[day] = stride * max(0, weekends-corridorWeekends)
		c.outerTo[day] = stride * min(s.weekends, weekends+corridorWeekends+1)
		if day == s.days-1 {
			break // the states that are accepted in the end are told by their number of units
		}
		low, high := max(s.low[day], units-corridorUnits), min(s.low[day]+s.width[day]-1, units+corridorUnits)
		c.low[day], c.width[day] = low, high-low+1
	}
	c.place()
	return &c
}
