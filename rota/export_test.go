package rota

// CausesOf lists what is in the way of any of the duties.
func CausesOf(p Problem, duties []Duty) []Cause { return newPlanner(p).causes(duties) }

// Ease is the least change to the cause.
func (c Cause) Ease() Change { return c.ease }
