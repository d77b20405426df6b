package rota

import (
	"context"
	"slices"

	"pcnrota/rota/internal/assign"
)

// repairEffort is how much work a repair may spend on proving that nothing less will do. Each test of one
// person against one duty counts; it is spent in some seconds.
const repairEffort = 5_000_000

// Repaired says what a repair changes, and at what price.
type Repaired struct {
	Moves     []Move // duties with another holder than before, in order of SortDuties
	Withdrawn []Duty // in force, and asked for by the pattern no more
	Thaws     Date   // duties that start before it are in the freeze window
	Proved    bool   // nothing less would do, in the order that Repair gives
	Price     *RepairPrice
}

// Move is one duty that changes hands.
type Move struct {
	Duty   Duty     // with its new holder
	Was    LeaderID // "" where nobody held it
	Why    string   // what keeps Was from it: "away from 2027-01-04 to 2027-01-10"
	Frozen bool     // it starts within the freeze window
}

// Repair fits what is in force, p.Published, to what p has become: somebody is away, has left or has
// joined, a rule has changed. Duties keep their holders wherever they can. In this order it wants
//
//  1. every duty covered, or it returns an *Uncoverable, or, with p.AllowGaps, leaves the gaps that Build
//     would leave;
//  2. the fewest duties to move that start within freezeDays, today being the first of these days;
//  3. the fewest duties to move at all;
//  4. those that move to start late: of two repairs, the one whose earliest duty to move starts later; where
//     those start together, the one whose second does, and so on;
//  5. what Build wants: fairness, then wishes and spacing.
//
// A duty that has begun by p.Now never moves. The first four are proved by a search that is exact unless
// Repaired says otherwise; the fifth is searched for as in Build. Shares and standings are those that Build
// would give. The price tells what Build would have made of the same Problem; it is nil where nothing
// moves, and where Build found no rota. Progress is as in Build.
func Repair(ctx context.Context, p Problem, freezeDays int, progress func(done, of int)) (Draft, Repaired, error) {
	if progress == nil {
		progress = func(int, int) {}
	}
	plan := newPlanner(p)
	report := Repaired{Thaws: CivilOf(p.Now, p.Zone).Date.AddDays(freezeDays)}
	found, gaps, err := plan.repair(ctx, report.Thaws, progress)
	if err != nil {
		return Draft{}, report, err
	}
	draft := plan.draft(found.Solution, gaps)
	report.Proved = found.Proved
	report.Moves = plan.moves(draft.Duties, report.Thaws)
	report.Withdrawn = plan.withdrawn()
	if len(report.Moves) > 0 {
		report.Price, err = priceOfRepair(ctx, p, draft, progress)
	}
	return draft, report, err
}

// repair finds the nearest rota that covers everything, or, with p.AllowGaps, everything but the gaps that
// Build would leave.
func (p *planner) repair(ctx context.Context, thaws Date, progress func(done, of int)) (assign.Repaired, *Uncoverable, error) {
	found, err := assign.Repair(ctx, p.compile(), p.published(thaws), repairEffort)
	if err != nil || len(found.Open) == 0 {
		return found, nil, err
	}
	solution, gaps, err := p.cover(ctx, progress)
	switch {
	case err != nil:
		return found, nil, err
	case gaps == nil:
		return assign.Repaired{Solution: solution}, nil, nil
	case !p.AllowGaps:
		return found, nil, gaps
	}
	p.omit(gaps)
	if found, err = assign.Repair(ctx, p.compile(), p.published(thaws), repairEffort); err == nil && len(found.Open) > 0 {
		err = gaps
	}
	found.Proved = false // other gaps, as few and as light, might let fewer duties move
	return found, gaps, err
}

// omit takes the gaps out of the rota: what nobody does is nobody's part.
func (p *planner) omit(gaps *Uncoverable) {
	p.duties = slices.DeleteFunc(p.duties, func(d Duty) bool {
		return slices.ContainsFunc(gaps.Duties, func(gap UncoveredDuty) bool { return gap.Duty.ID == d.ID })
	})
	p.parts = p.shareOut()
	p.target = targets(p.parts)
}

// published says who holds what, as far as it can be kept.
func (p *planner) published(thaws Date) assign.Published {
	all := slices.Concat(p.duties, p.held)
	was := assign.Published{Holders: p.holders(all)}
	for _, d := range all {
		was.Frozen = append(was.Frozen, d.Start.Date.Before(thaws))
		was.Start = append(was.Start, d.Span.Start.Unix())
	}
	return was
}

// holders says of the slots of all duties, held ones last, who holds what is in force.
func (p *planner) holders(all []Duty) []int {
	holders := make([]int, len(all))
	for s, d := range all {
		holder, known := p.index[p.inForce[d.ID]]
		if s >= len(p.duties) {
			holder, known = p.index[d.Holder]
		}
		if !known {
			holder = assign.Nobody
		}
		holders[s] = holder
	}
	return holders
}

// moves lists what changes hands.
func (p *planner) moves(duties []Duty, thaws Date) []Move {
	before := slices.Clone(duties)
	for s := range before {
		before[s].Holder = p.inForce[before[s].ID]
	}
	var moves []Move
	for s, d := range duties {
		if was := before[s].Holder; was != d.Holder {
			moves = append(moves, Move{Duty: d, Was: was, Why: p.whyMoved(d, was, before, duties), Frozen: d.Start.Date.Before(thaws)})
		}
	}
	return moves
}

// whyMoved says in words what keeps was from d: a rule as things stand, or another duty that had to be taken
// on.
func (p *planner) whyMoved(d Duty, was LeaderID, before, after []Duty) string {
	if was == "" {
		return "nobody held it"
	}
	at, known := p.index[was]
	if !known {
		return "not among the leaders any more"
	}
	if why := p.obstacle(p.Leaders[at], d, slices.Concat(before, p.held)); why != "" {
		return why
	}
	if why := p.obstacle(p.Leaders[at], d, slices.Concat(after, p.held)); why != "" {
		return "makes room: " + why
	}
	return "gives it up so that others can change places"
}

// withdrawn lists what is in force without being asked for.
func (p *planner) withdrawn() []Duty {
	asked := map[DutyID]bool{}
	for _, d := range p.Wanted() {
		asked[d.ID] = true
	}
	return slices.DeleteFunc(slices.Clone(p.Published), func(d Duty) bool { return asked[d.ID] })
}

// Changes reports whether anything is to be repaired.
func (r Repaired) Changes() bool { return len(r.Moves) > 0 || len(r.Withdrawn) > 0 }
