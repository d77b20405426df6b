package rota

import (
	"cmp"
	"slices"

	"pcnrota/rota/internal/assign"
)

// How far the search for remedies goes.
const (
	remediesShown = 5
	remedyTries   = 60 // sets of changes looked at
	remedyChanges = 4  // in one set
	remedyWeeks   = 2  // around the duties, for Remedy.Around
)

// remedies finds the cheapest sets of changes with which the duties could all be covered. It walks a
// hitting set tree (Reiter, "A theory of diagnosis from first principles", Artificial Intelligence 32,
// 1987) from the cheapest set on: where a set of changes is not enough, there is another conflict, and one
// of its causes has to change, too.
func (p *planner) remedies(inquiry *inquiry, duties []Duty, causes []Cause) []Remedy {
	var found []Remedy
	queue := branch(nil, Remedy{}, causes)
	for tries := 0; tries < remedyTries && !inquiry.over() && len(queue) > 0 && len(found) < remediesShown; tries++ {
		r := queue[0]
		queue = queue[1:]
		if slices.ContainsFunc(found, func(less Remedy) bool { return less.within(r) }) {
			continue
		}
		q := r.apply(p.Problem)
		switch inquiry.coverable(q, duties) {
		case assign.Covered:
			r.Around = inquiry.coverable(q, p.around(duties)) == assign.Covered
			found = append(found, r)
		case assign.Impossible:
			if len(r.Changes) < remedyChanges {
				queue = branch(queue, r, tablesOf(q.within(duties)).inTheWay(inquiry, duties))
			}
		}
	}
	slices.SortStableFunc(found, func(a, b Remedy) int {
		switch {
		case a.Around == b.Around:
			return cmp.Compare(a.Cost, b.Cost)
		case a.Around:
			return -1
		default:
			return 1
		}
	})
	return found
}

// branch queues r with a change for each cause, in order of cost.
func branch(queue []Remedy, r Remedy, causes []Cause) []Remedy {
	for _, c := range causes {
		more := r.with(c.ease)
		if !slices.ContainsFunc(queue, func(other Remedy) bool { return other.within(more) && more.within(other) }) {
			queue = append(queue, more)
		}
	}
	slices.SortStableFunc(queue, func(a, b Remedy) int {
		return cmp.Or(cmp.Compare(a.Cost, b.Cost), cmp.Compare(len(a.Changes), len(b.Changes)))
	})
	return queue
}

// with adds a change. One about the same thing as an earlier one goes further: it takes its place and is
// dearer by as much again.
func (r Remedy) with(c Change) Remedy {
	out := Remedy{Cost: r.Cost + c.Cost}
	for _, earlier := range r.Changes {
		if earlier.about == c.about {
			c.Cost += earlier.Cost
		} else {
			out.Changes = append(out.Changes, earlier)
		}
	}
	out.Changes = append(out.Changes, c)
	return out
}

// within reports whether o makes all changes of r.
func (r Remedy) within(o Remedy) bool {
	return !slices.ContainsFunc(r.Changes, func(c Change) bool {
		return !slices.ContainsFunc(o.Changes, func(other Change) bool { return other.Reads == c.Reads })
	})
}

func (r Remedy) apply(p Problem) Problem {
	for _, c := range r.Changes {
		p = c.Apply(p)
	}
	return p
}

// around gives all duties that start within some weeks of the given ones.
func (p *planner) around(duties []Duty) []Duty {
	first, last := duties[0].Start.Date.AddDays(-7*remedyWeeks), duties[len(duties)-1].Start.Date.AddDays(7*remedyWeeks)
	return pick(p.duties, p.between(first, last))
}

// within limits the problem to the time of the duties, and to those absences that matter then.
func (p Problem) within(duties []Duty) Problem {
	p.From, p.Until = duties[0].Start.Date, duties[len(duties)-1].Start.Date.AddDays(1)
	first, last := spanOf(duties)
	p.Absences = slices.DeleteFunc(slices.Clone(p.Absences), func(a Absence) bool { return !a.CoversAny(first, last) })
	return p
}
