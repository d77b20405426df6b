package rota

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"pcnrota/rota/internal/assign"
)

// The usual effort: so many changes for each duty, enough for the sums of squares to settle on a rota of a
// year, from each of so many starts.
const (
	steps  = 1000
	starts = 4
)

// planner is a Problem with its look-up tables.
type planner struct {
	Problem
	duties     []Duty // to be held
	held       []Duty // of Problem.Held, those close enough to matter
	parts      []Part
	target     map[LeaderID]Load
	index      map[LeaderID]int
	absencesOf map[LeaderID][]Absence
	wishesOf   map[LeaderID][]Wish
	pinsOf     map[DutyID][]Pin
	inForce    map[DutyID]LeaderID // who holds what is in force
	begun      map[DutyID]LeaderID // who holds what of it has begun
	sittings   map[OccurrenceID]Sitting
	opened     map[DutyID]Panel // who else may go to a meeting, see open
	canHold    [][]bool         // see able
	rules      []Rule
	newcomers  bool // a hard rule keeps two newcomers apart
}

// Build finds a holder for every duty that the policy's pattern asks for in [p.From, p.Until). It keeps
// every hard rule or returns an *Uncoverable, or, with p.AllowGaps, leaves the fewest, then the lightest,
// duties without a holder. Any other error is ctx's, which is not one where p.UntilStopped and a complete
// rota was found in time. While it works it calls progress, which may be nil, with the work done so far and
// in all; in all is 0 where p.UntilStopped.
func Build(ctx context.Context, p Problem, progress func(done, of int)) (Draft, error) {
	if progress == nil {
		progress = func(int, int) {}
	}
	if p.Policy.Meetings != nil {
		return inTurn(ctx, p, progress)
	}
	return build(ctx, p, progress)
}

// build is Build as far as points go.
func build(ctx context.Context, p Problem, progress func(done, of int)) (Draft, error) {
	plan := newPlanner(p)
	solution, gaps, err := plan.cover(ctx, progress)
	switch {
	case err != nil:
		return Draft{}, err
	case gaps != nil && !p.AllowGaps:
		return Draft{}, gaps
	case gaps != nil:
		if solution, err = plan.leave(ctx, gaps, solution, progress); err != nil {
			return Draft{}, err
		}
	}
	return plan.draft(solution, gaps), nil
}

// draft puts a rota together of who holds each slot, and of the duties that nobody holds.
func (p *planner) draft(solution assign.Solution, gaps *Uncoverable) Draft {
	duties := slices.Clone(p.duties)
	for s := range duties {
		duties[s].Holder = p.Leaders[solution.Holders[s]].ID
	}
	standings, certificate := p.standings(duties), p.certify(solution.Holders)
	spent := p.spending(solution, duties, certificate)
	if gaps != nil {
		for _, gap := range gaps.Duties {
			duties = append(duties, gap.Duty)
		}
	}
	SortDuties(duties)
	return Draft{
		Policy: p.Policy, From: p.From, Until: p.Until, Seed: p.Seed, Duties: duties, Parts: p.parts, Standings: standings,
		Certificate: certificate, Spent: spent, Gaps: gaps, Notes: p.notes(duties, spent, gaps),
	}
}

func newPlanner(p Problem) *planner {
	plan := tablesOf(p)
	plan.parts = plan.shareOut()
	plan.target = targets(plan.parts)
	return plan
}

// tablesOf is a planner that does not know what anybody's part is: enough to tell what can be covered.
func tablesOf(p Problem) *planner {
	p.Leaders = slices.Clone(p.Leaders)
	slices.SortFunc(p.Leaders, func(a, b Leader) int { return cmp.Compare(a.ID, b.ID) })
	plan := &planner{
		Problem: p, index: map[LeaderID]int{}, absencesOf: map[LeaderID][]Absence{}, wishesOf: map[LeaderID][]Wish{}, pinsOf: map[DutyID][]Pin{},
		inForce: map[DutyID]LeaderID{}, begun: map[DutyID]LeaderID{}, sittings: map[OccurrenceID]Sitting{},
		duties: p.Wanted(), rules: p.Policy.Rules.All(),
	}
	plan.newcomers = slices.ContainsFunc(plan.rules, func(r Rule) bool { return r.Kind == Newcomer && r.Price == 0 })
	for i, l := range p.Leaders {
		plan.index[l.ID] = i
	}
	for _, a := range p.Absences {
		plan.absencesOf[a.Leader] = append(plan.absencesOf[a.Leader], a)
	}
	for _, w := range p.Wishes {
		plan.wishesOf[w.Leader] = append(plan.wishesOf[w.Leader], w)
	}
	for _, pin := range p.Pins {
		plan.pinsOf[pin.Duty] = append(plan.pinsOf[pin.Duty], pin)
	}
	for _, d := range p.Published {
		plan.inForce[d.ID] = d.Holder
		if !d.Span.Start.After(p.Now) {
			plan.begun[d.ID] = d.Holder
		}
	}
	for _, s := range p.Sittings {
		plan.sittings[s.ID] = s
	}
	plan.held = plan.near(p.Held)
	plan.open()
	return plan
}

// near keeps those held duties that some rule could relate to a duty of this rota.
func (p *planner) near(held []Duty) []Duty {
	reach := 32
	for _, rule := range p.rules {
		reach = max(reach, rule.reach()+32)
	}
	var near []Duty
	for _, d := range held {
		_, known := p.index[d.Holder]
		if d.Rota == Meetings && p.Policy.Meetings == nil {
			continue // meetings give way to being on call
		}
		if known && d.End.Date.After(p.From.AddDays(-reach)) && d.Start.Date.Before(p.Until.AddDays(reach)) {
			near = append(near, d)
		}
	}
	return near
}

// uncoverable says for each duty that was left open what keeps each leader from it.
func (p *planner) uncoverable(solution assign.Solution) *Uncoverable {
	all := slices.Concat(p.duties, p.held)
	for s := range all {
		if h := solution.Holders[s]; h != assign.Nobody {
			all[s].Holder = p.Leaders[h].ID
		}
	}
	var u Uncoverable
	for _, open := range solution.Open {
		d := UncoveredDuty{Duty: all[open]}
		for _, l := range p.Leaders {
			why := cmp.Or(p.obstacle(l, all[open], all), "could hold it if others changed places, in a way that was not found")
			d.Reasons = append(d.Reasons, Reason{l.ID, why})
		}
		u.Duties = append(u.Duties, d)
	}
	return &u
}

// notes tells what the manager should know about the rota as it stands.
func (p *planner) notes(duties []Duty, spent *Spending, gaps *Uncoverable) []string {
	var notes []string
	if gaps != nil {
		notes = append(notes, gaps.notes()...)
	}
	if p.UntilStopped {
		notes = append(notes, "The search ended when its time was up: built again, the rota may come out differently.")
	}
	if spent != nil {
		notes = append(notes, spent.Verdict())
	}
	last := p.Until.AddDays(-1)
	for _, l := range p.Leaders {
		expires := l.Registration.Expires
		if p.Policy.Registration == RegistrationIgnored || expires.IsZero() || !expires.Before(last) || !l.InPost(later(p.From, l.Starts), later(p.From, l.Starts)) {
			continue
		}
		notes = append(notes, fmt.Sprintf("%s (%s) holds nothing after %s, when the %s registration ends.", l.Name, l.ID, expires, l.Registration.Body))
	}
	for d := p.From; d.Before(p.Until); d = d.AddDays(1) {
		if h, ok := p.Holidays.On(d); ok && h.Provisional {
			notes = append(notes, fmt.Sprintf("%s, %s, is not yet official.", h.Name, d))
		}
	}
	return slices.Concat(notes, p.again(duties), p.idle(), p.unkept(duties))
}
