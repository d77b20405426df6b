package rota

import (
	"slices"

	"pcnrota/rota/internal/assign"
)

// Leftover proves Least of the last category by what the dimensions before it leave. What a leader holds of that
// category is what they hold in total less what they hold of the others. A rota as fair as this one in all of
// those has the same excesses there, if not each for the same leader; and few leaders can end at the same one, since
// duties weigh what they weigh. Least is the smallest vector over the ways that remain of who ends where.
type Leftover struct {
	Apart []LeaderID `json:"apart"` // whose ways are told apart, in this order; all others count with the least they could have by themselves
}

// leftover proves the last of the proofs by the others, where that says more than its split.
func (p *planner) leftover(c Certificate, holders []int) {
	if len(c) == 0 || slices.ContainsFunc(p.duties, func(d Duty) bool { return d.Load[Meeting]+d.Load[Responsibility] != 0 }) {
		return
	}
	proof := &c[len(c)-1]
	if proof.Dimension == Total || slices.Equal(p.reached(proof.Dimension, holders), proof.Least) {
		return
	}
	var levels []assign.Level
	for _, before := range c {
		levels = append(levels, p.level(before, holders))
	}
	order, least := assign.Leftover(levels[:len(levels)-1], levels[len(levels)-1])
	if bound := p.among(proof.Dimension, least); slices.Compare(bound, proof.Least) > 0 {
		proof.Least, proof.Cases, proof.Leftover = bound, nil, &Leftover{Apart: []LeaderID{}}
		for _, person := range order {
			proof.Leftover.Apart = append(proof.Leftover.Apart, p.Leaders[person].ID)
		}
	}
}

// level tells of the proof's dimension in the rota at hand.
func (p *planner) level(proof Proof, holders []int) assign.Level {
	l := assign.Level{Grain: int64(proof.Grain), Able: p.countsFor(proof.Dimension)}
	for _, leader := range p.Leaders {
		l.Base = append(l.Base, int64(p.start(leader.ID).Excess(proof.Dimension)))
	}
	l.Excess = slices.Clone(l.Base)
	for s, d := range p.duties {
		l.Excess[holders[s]] += int64(proof.Dimension.Of(d.Load))
	}
	return l
}
