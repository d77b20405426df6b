package rota

import (
	"context"

	"pcnrota/rota/internal/assign"
)

// CausesOf lists what is in the way of any of the duties.
func CausesOf(p Problem, duties []Duty) []Cause { return newPlanner(p).causes(duties) }

// Ease is the least change to the cause.
func (c Cause) Ease() Change { return c.ease }

// BoundOf is how fair any rota of the problem could be in its totals, by the relaxation alone.
func BoundOf(p Problem) Proof { return newPlanner(p).prove(Total) }

// ConflictsAtMost explains the duties, none of which anybody holds yet, with so much work.
func ConflictsAtMost(p Problem, work int) []Conflict {
	plan := newPlanner(p)
	problem := plan.compile()
	q := newInquiry(context.Background(), func(int, int) {})
	q.left = work
	var open []int
	for s := range plan.duties {
		open = append(open, s)
	}
	return plan.conflicts(q, assign.NewCoverer(&problem), open)
}
