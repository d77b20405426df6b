package rota

import (
	"context"
	"fmt"
	"slices"

	"pcnrota/rota/internal/assign"
)

// This file deals with duties that nobody can hold: it finds out beforehand that there are some, closes the
// holes that the search left without need, and plans the rest of the rota around those that stay.

// hasty takes the place of steps where a rota is known to be impossible, and is not to have gaps.
const hasty = steps / 10

// conflictsShown is how many conflicts are looked into.
const conflictsShown = 4

// cover finds a holder for each duty, or for as many as it can, and says why not for all.
func (p *planner) cover(ctx context.Context, progress func(done, of int)) (assign.Solution, *Uncoverable, error) {
	problem := p.compile()
	exact := assign.NewCoverer(&problem)
	problem.Least = p.leastOpen(exact)
	whole, explaining := progress, progress
	switch {
	case p.AllowGaps: // where there are any, the rest of the rota is planned once more
		problem.UntilStopped = false
		progress = func(done, of int) { whole(done, 2*of) }
		explaining = func(int, int) {}
	case problem.Least > 0:
		problem.Steps, problem.Starts, problem.UntilStopped = hasty, 1, false
		progress = func(done, of int) { whole(done, 2*of) }
		explaining = func(done, of int) { whole(of+done, 2*of) }
	}
	solution, err := assign.Solve(ctx, problem, progress)
	if err != nil {
		return solution, nil, err
	}
	if len(solution.Open) > problem.Least {
		p.mend(exact, &solution)
	}
	if len(solution.Open) == 0 && p.AllowGaps && p.UntilStopped {
		problem.Start, problem.UntilStopped = solution.Holders, true
		solution, err = assign.Solve(ctx, problem, progress)
	}
	if len(solution.Open) == 0 {
		return solution, nil, err
	}
	return solution, p.explained(newInquiry(ctx, explaining), exact, solution, problem.Least), nil
}

// explained says why the open duties stay open. Least is how many have been proved to.
func (p *planner) explained(q *inquiry, exact *assign.Coverer, solution assign.Solution, least int) *Uncoverable {
	gaps := p.uncoverable(solution)
	gaps.Conflicts = p.conflicts(q, exact, solution.Open)
	gaps.Least = max(least, apart(gaps.Conflicts))
	return gaps
}

// leastOpen proves that some duties stay open in any rota: it counts stretches of the rota, none of which
// shares a duty with another, that cannot be covered even by themselves.
func (p *planner) leastOpen(exact *assign.Coverer) int {
	least := 0
	spent := make([]bool, len(p.duties)) // in a stretch that was counted
	for length := 1; length <= longestStretch; length *= 2 {
		for _, stretch := range p.stretches(length) {
			stretch = slices.DeleteFunc(stretch, func(s int) bool { return spent[s] })
			work := workStretch
			if _, verdict := exact.Cover(stretch, &work); verdict != assign.Impossible {
				continue
			}
			least++
			for _, s := range stretch {
				spent[s] = true
			}
		}
	}
	return least
}

// How far leastOpen looks: over so many moments at which shifts start, trying so much on each stretch.
const (
	longestStretch = 16
	workStretch    = 1000
)

// stretches gives the slots of the duties that start at so many moments in a row, each stretch half over
// the one before.
func (p *planner) stretches(length int) [][]int {
	var moments [][]int
	var last Duty
	for s, d := range p.duties {
		if _, begun := p.begun[d.ID]; begun {
			continue
		}
		if len(moments) == 0 || !d.Span.Start.Equal(last.Span.Start) {
			moments = append(moments, nil)
		}
		moments[len(moments)-1], last = append(moments[len(moments)-1], s), d
	}
	var stretches [][]int
	for at := 0; at < len(moments); at += max(1, length/2) {
		stretches = append(stretches, slices.Concat(moments[at:min(at+length, len(moments))]...))
	}
	return stretches
}

// workMend is how much is tried to close one hole over one stretch.
const workMend = 10_000

// mend closes the holes that the search left although the duties around them can be held by others.
func (p *planner) mend(exact *assign.Coverer, solution *assign.Solution) {
	for _, hole := range slices.DeleteFunc(slices.Clone(solution.Open), p.past) {
		for _, window := range p.windows(hole) {
			window = slices.DeleteFunc(window, func(s int) bool { return s != hole && solution.Holders[s] == assign.Nobody })
			work := workMend
			holders, verdict := exact.CoverAround(solution.Holders, window, &work)
			if verdict == assign.Unknown {
				break // and a wider window is harder still
			}
			if verdict == assign.Covered {
				for i, s := range window {
					solution.Holders[s] = holders[i]
				}
				break
			}
		}
	}
	solution.Open = slices.DeleteFunc(solution.Open, func(s int) bool { return solution.Holders[s] != assign.Nobody })
}

// past reports whether a slot has begun, so that nothing can be done about it.
func (p *planner) past(slot int) bool {
	_, begun := p.begun[p.duties[slot].ID]
	return begun
}

// unproved is how many duties are looked into in vain before the others are left alone.
const unproved = 3

// conflicts looks into the first few of the open duties that are not part of one conflict, and then for what would
// help. The first is explained before all else.
func (p *planner) conflicts(q *inquiry, exact *assign.Coverer, open []int) []Conflict {
	var all []Conflict
	inVain := 0
	for _, hole := range slices.DeleteFunc(slices.Clone(open), p.past) {
		known := slices.ContainsFunc(all, func(c Conflict) bool {
			return slices.ContainsFunc(c.All(), func(d Duty) bool { return d.ID == p.duties[hole].ID })
		})
		if known {
			continue
		}
		q.share(2) // half of what is left: the others want to be explained, too, and remedied
		c, proved := p.conflict(q, exact, hole)
		like := slices.IndexFunc(all, c.alike)
		switch {
		case !proved:
			inVain++
		case like >= 0:
			all[like].Also = append(all[like].Also, c.Duties)
		case len(all) < conflictsShown:
			all = append(all, c)
		}
		if inVain == unproved {
			break
		}
	}
	for i := range all {
		q.share(len(all) - i)
		all[i].Remedies = p.remediesOf(q, all[i])
	}
	return all
}

// remediesOf finds what would help against a conflict and its like.
func (p *planner) remediesOf(q *inquiry, c Conflict) []Remedy {
	duties, causes := c.All(), c.Causes
	if len(duties) > len(c.Duties) {
		causes = p.inTheWay(q, duties)
	}
	return p.remedies(q, duties, causes)
}

// leave takes the open duties out of the rota and shares out the rest: what nobody does is nobody's part.
// The plan has no other duties from then on.
func (p *planner) leave(ctx context.Context, gaps *Uncoverable, with assign.Solution, progress func(done, of int)) (assign.Solution, error) {
	var kept []Duty
	var holders []int
	for s, d := range p.duties {
		if with.Holders[s] != assign.Nobody {
			kept, holders = append(kept, d), append(holders, with.Holders[s])
		}
	}
	p.duties, p.canHold = kept, nil
	p.parts = p.shareOut()
	p.target = targets(p.parts)
	problem := p.compile()
	problem.Start = append(holders, with.Holders[len(with.Holders)-len(p.held):]...)
	return assign.Solve(ctx, problem, func(done, of int) { progress(of+done, 2*of) })
}

// notes tells of each gap where it is.
func (u *Uncoverable) notes() []string {
	var notes []string
	for _, gap := range u.Duties {
		d := gap.Duty
		notes = append(notes, fmt.Sprintf("Nobody holds %s, from %s to %s.", d.ID, inWords(d.Start), inWords(d.End)))
	}
	return notes
}

// inWords gives "Mon 4 Jan 2027 18:30".
func inWords(c Civil) string { return c.Date.Format("Mon 2 Jan 2006 ") + c.Time.String() }

// apart counts conflicts that share no duty with one another: each of them leaves one open.
func apart(conflicts []Conflict) int {
	least := 0
	spent := map[DutyID]bool{}
	for _, c := range conflicts {
		for _, duties := range append([][]Duty{c.Duties}, c.Also...) {
			if slices.ContainsFunc(duties, func(d Duty) bool { return spent[d.ID] }) {
				continue
			}
			least++
			for _, d := range duties {
				spent[d.ID] = true
			}
		}
	}
	return least
}
