package roster

import (
	"errors"
	"fmt"
)

// Off is the token of a day without a shift.
const Off int8 = -1

// A Line is the work of one person: the shift of every day, or Off.
type Line []int8

// A Roster has one Line a person.
type Roster []Line

// A Shift is a kind of work that can be done on any day.
type Shift struct {
	Minutes int
	Forbids []bool // Forbids[t]: shift t may not follow on the next day
}

// A Person is bound by rules and has wishes. Runs of work or rest that touch either end of the
// horizon are exempt from the smallest lengths, because what lies beyond is unknown.
type Person struct {
	MaxOf                  []int // largest number of each shift
	MinMinutes, MaxMinutes int
	MinRun, MaxRun         int // days of work in a row
	MinRest                int // days off in a row
	MaxWeekends            int // weekends with work on Saturday or Sunday
	Away                   []bool
	Wish                   []int // cost of working shift s on day d, at d*shifts+s; negative where asked for
	Unmet                  int   // cost of a line without any shift: the sum of what was asked for

	// Before and After are what the person does before and after the horizon, where that is settled:
	// the runs at its ends go on there, and the exemption moves to the ends of what is known. Counts
	// and minutes are those of the horizon alone.
	Before, After Line
}

// A Demand prices the number of people on one shift of one day.
type Demand struct{ Need, Under, Over int }

// Cost is the price of n people.
func (d Demand) Cost(n int) int {
	if n < d.Need {
		return d.Under * (d.Need - n)
	}
	return d.Over * (n - d.Need)
}

// A Problem is a horizon whose day 0 is a Monday.
type Problem struct {
	Days   int
	Shifts []Shift
	People []Person
	Demand []Demand // of shift s on day d, at d*len(Shifts)+s
}

// At is the place of a shift of a day in every table of the problem.
func (p *Problem) At(day int, shift int8) int { return day*len(p.Shifts) + int(shift) }

// Check says what is wrong with the shape of the problem.
func (p *Problem) Check() error {
	cells := p.Days * len(p.Shifts)
	switch {
	case p.Days < 1:
		return errors.New("no days")
	case len(p.Shifts) < 1 || len(p.Shifts) > maxShifts:
		return fmt.Errorf("%d shifts, want 1 to %d", len(p.Shifts), maxShifts)
	case len(p.Demand) != cells:
		return fmt.Errorf("%d demands, want %d", len(p.Demand), cells)
	}
	for s, shift := range p.Shifts {
		if shift.Minutes < 0 || len(shift.Forbids) != len(p.Shifts) {
			return fmt.Errorf("shift %d: bad length or successors", s)
		}
	}
	for at, d := range p.Demand {
		if d.Need < 0 || d.Under < 0 || d.Over < 0 {
			return fmt.Errorf("demand %d: negative", at)
		}
	}
	for i := range p.People {
		q := &p.People[i]
		if len(q.MaxOf) != len(p.Shifts) || len(q.Away) != p.Days || len(q.Wish) != cells {
			return fmt.Errorf("person %d: tables of the wrong size", i)
		}
	}
	return nil
}

const maxShifts = 63

// weekend says whether day is a Saturday or a Sunday.
func saturday(day int) bool { return day%7 == 5 }
func sunday(day int) bool   { return day%7 == 6 }
