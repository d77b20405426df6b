package rota

import (
	"cmp"
	"slices"
)

// Record makes a draft of duties as they were held, whoever shared them out: each weighs what it says, and
// its points are everybody's business like those of any duty of the policy, by post, eligibility and
// protected leave as p knows them. No rule is asked, because what has been cannot be changed, and duties of
// the pattern that are not among those held have no part in it. Duties are of the policy, in p's days, each
// with its holder, who need not be in anybody's pool. The draft has no certificate.
func Record(p Problem, held []Duty) Draft {
	plan := newPlanner(p)
	plan.duties = slices.Clone(held)
	SortDuties(plan.duties)
	plan.parts = plan.shareOut()
	return Draft{
		Policy: p.Policy, From: p.From, Until: p.Until, Seed: p.Seed,
		Duties: plan.duties, Parts: plan.parts, Standings: plan.standings(plan.duties),
	}
}

// With gives the draft with further duties that are on record already and stay as they are, with their
// parts as they were worked out then. Duties of the draft itself are not among them.
func (d Draft) With(duties []Duty, parts []Part) Draft {
	before := map[LeaderID]Load{}
	for _, s := range d.Standings {
		before[s.Leader] = s.Before
	}
	d.Duties = slices.Concat(d.Duties, duties)
	SortDuties(d.Duties)
	place := map[DutyID]int{}
	for i, duty := range d.Duties {
		place[duty.ID] = i
	}
	d.Parts = slices.Concat(d.Parts, parts)
	slices.SortStableFunc(d.Parts, func(a, b Part) int {
		return cmp.Or(cmp.Compare(place[a.Duty], place[b.Duty]), cmp.Compare(a.Leader, b.Leader))
	})
	d.Standings = StandingsOf(d.Duties, d.Parts, before)
	return d
}
