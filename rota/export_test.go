package rota

// CausesOf lists what is in the way of any of the duties.
func CausesOf(p Problem, duties []Duty) []Cause { return newPlanner(p).causes(duties) }

// Ease is the least change to the cause.
func (c Cause) Ease() Change { return c.ease }

// BoundOf is how fair any rota of the problem could be in its totals, by the relaxation alone.
func BoundOf(p Problem) Proof { return newPlanner(p).prove(Total) }
