package rota

import (
	"fmt"
	"slices"
)

// Account says why a leader has what they have in a rota: how the fair share comes about, and what
// stands in the way of some duties.
type Account struct {
	Leader   Leader
	Standing Standing
	Held     []Duty  // in order of SortDuties
	Duties   int     // how many the rota has
	Shared   int     // how many of them the leader has a part in
	Typical  int     // how many the others have a part in, on average over those with any
	Pool     Points  // what the shared duties weigh
	Posts    Share   // whole-time posts that share each, on average: Pool x the leader's share / Posts = target
	Outside  []Spell // why there is no part in the others
	Barred   []Spell // what bars duties that the leader has a part in all the same
}

// Spell is one reason that concerns several duties of a rota, in the order of the first of them.
type Spell struct {
	Why    string
	Duties int
}

// AccountFor gives account of a leader's standing in d. What Explain says of its arguments holds here too.
// Reasons are those of today; a part that has none any more was shared out on facts that have changed.
func AccountFor(p Problem, d Draft, id LeaderID) (Account, error) {
	plan := planAsHeld(p, d)
	at, known := plan.index[id]
	if !known {
		return Account{}, fmt.Errorf("there is no leader %s", id)
	}
	a := Account{Leader: plan.Leaders[at], Standing: Standing{Leader: id}, Duties: len(plan.duties)}
	for _, s := range plan.standings(plan.duties) {
		if s.Leader == id {
			a.Standing = s
		}
	}
	shared := plan.sharedBy(id)
	for _, duty := range plan.duties {
		if duty.Holder == id {
			a.Held = append(a.Held, duty)
		}
		if shared[duty.ID] {
			a.Shared++
			a.Pool += duty.Points()
			a.Barred = extend(a.Barred, plan.bar(a.Leader, duty))
		} else {
			a.Outside = extend(a.Outside, plan.outside(a.Leader, duty))
		}
	}
	if target := a.Standing.Target.Total(); target > 0 {
		a.Posts = Share((int64(a.Leader.Share)*int64(a.Pool) + int64(target)/2) / int64(target))
	}
	a.Typical = plan.typical(id)
	return a, nil
}

// sharedBy gives the duties in which the leader has a part.
func (p *planner) sharedBy(id LeaderID) map[DutyID]bool {
	shared := map[DutyID]bool{}
	for _, part := range p.parts {
		if part.Leader == id {
			shared[part.Duty] = true
		}
	}
	return shared
}

// typical counts the duties that those other than id who have any part have on average.
func (p *planner) typical(id LeaderID) int {
	sharing, parts := map[LeaderID]bool{}, 0
	for _, part := range p.parts {
		if part.Leader != id {
			sharing[part.Leader] = true
			parts++
		}
	}
	if len(sharing) == 0 {
		return 0
	}
	return (parts + len(sharing)/2) / len(sharing)
}

// outside says in words why l has no part in d.
func (p *planner) outside(l Leader, d Duty) string {
	if why := p.outsidePool(l, d); why != "" {
		return why
	}
	first, _ := d.Days()
	for _, a := range p.absencesOf[l.ID] {
		if a.Excuses(first) {
			return fmt.Sprintf("away %s, which lowers the share", days(a.First, a.Last))
		}
	}
	return "not counted when the rota was built"
}

// extend counts a reason, in words, where there is one.
func extend(spells []Spell, why string) []Spell {
	if why == "" {
		return spells
	}
	if i := slices.IndexFunc(spells, func(s Spell) bool { return s.Why == why }); i >= 0 {
		spells[i].Duties++
		return spells
	}
	return append(spells, Spell{why, 1})
}
