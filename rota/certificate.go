package rota

import (
	"cmp"
	"fmt"
	"slices"

	"pcnrota/rota/internal/assign"
)

// Certificate proves how fair any rota of a Problem could be in its totals. It needs no trust in the
// planner: rotatest.Certify checks it against the Problem alone, in exact integers.
//
// Bound is the leximax vector of excesses, the largest first, if every duty could be split into grains
// and rest, limits and who goes with whom were forgotten. No rota's excesses, in that order, are smaller
// in the first place where they differ. Each Cut proves one level of it: what only the cut's members can
// hold is all that the bound gives them, and none of them could take another grain without ending at the
// cut's level or above.
type Certificate struct {
	Grain Points   // the points of every duty are a multiple of it
	Bound []Points // over leaders with a part in the rota, the largest first
	Given []Given  // the excess that the bound gives each of them, in order of ID
	Cuts  []Cut    // one for each level, from the highest, up to the one that takes in everybody
}

// Given is the excess that the bound gives one leader.
type Given struct {
	Leader LeaderID
	Excess Points
}

// Cut is a set of leaders who hold between them what only they can hold.
type Cut struct {
	Level   Points // the largest excess, or the next lower one
	Members []LeaderID
}

// certify bounds the totals of any rota. It leaves out those who can hold none of the duties: their
// excess is what it is.
func (p *planner) certify() Certificate {
	var able [][]bool
	var weights []int64
	base := make([]int64, len(p.Leaders))
	for i, l := range p.Leaders {
		base[i] = int64(p.Balances[l.ID].Minus(p.target[l.ID]).Total())
	}
	holds := make([]bool, len(p.Leaders))
	for _, d := range p.duties {
		who := make([]bool, len(p.Leaders))
		for i, l := range p.Leaders {
			who[i] = p.bar(l, d) == ""
			holds[i] = holds[i] || who[i]
		}
		if d.Points() > 0 && slices.Contains(who, true) {
			able, weights = append(able, who), append(weights, int64(d.Points()))
		}
	}
	split := assign.SplitFairly(able, weights, base)
	c := Certificate{Grain: Points(split.Grain)}
	for i, l := range p.Leaders {
		if holds[i] {
			c.Given = append(c.Given, Given{l.ID, Points(split.Excess[i])})
			c.Bound = append(c.Bound, Points(split.Excess[i]))
		}
	}
	slices.SortFunc(c.Bound, func(a, b Points) int { return cmp.Compare(b, a) })
	c.Cuts = p.cuts(split, holds, c.Bound)
	return c
}

// cuts gives for each level of the bound everybody whom those at that level or above could pass
// something on to. Once that is everybody, so it is for the levels below.
func (p *planner) cuts(split assign.Split, holds []bool, bound []Points) []Cut {
	var cuts []Cut
	for _, level := range slices.Compact(slices.Clone(bound)) {
		within := make([]bool, len(p.Leaders))
		for i, reach := range split.Reach {
			if holds[i] && Points(split.Excess[i]) >= level {
				for _, other := range reach {
					within[other] = true
				}
			}
		}
		cut := Cut{Level: level}
		for i, l := range p.Leaders {
			if within[i] {
				cut.Members = append(cut.Members, l.ID)
			}
		}
		cuts = append(cuts, cut)
		if len(cut.Members) == len(bound) {
			break
		}
	}
	return cuts
}

// Proven counts how many of the largest excesses of a rota are as small as any rota could have them, and
// gives them all, the largest first. Where it counts all of them, no rota is fairer in its totals.
func (c Certificate) Proven(standings []Standing) (proven int, excesses []Points) {
	after := map[LeaderID]Points{}
	for _, s := range standings {
		after[s.Leader] = s.After().Total()
	}
	for _, g := range c.Given {
		excesses = append(excesses, after[g.Leader])
	}
	slices.SortFunc(excesses, func(a, b Points) int { return cmp.Compare(b, a) })
	for proven < len(excesses) && excesses[proven] == c.Bound[proven] {
		proven++
	}
	return proven, excesses
}

// Verdict puts into a sentence what the certificate proves about a rota.
func (c Certificate) Verdict(standings []Standing) string {
	proven, excesses := c.Proven(standings)
	switch {
	case len(excesses) == 0:
		return "Nobody can hold anything, so there is nothing to share out."
	case proven == len(excesses):
		return fmt.Sprintf("Proved: no rota that keeps the rules is fairer in its totals. The largest excess is %s points, the smallest %s.",
			signedPoints(excesses[0]), signedPoints(excesses[len(excesses)-1]))
	case proven > 0:
		return fmt.Sprintf("Proved for the %d most loaded: no rota that keeps the rules is fairer to them. The next carries %s points over; it is proved that no rota gets below %s.",
			proven, signedPoints(excesses[proven]), signedPoints(c.Bound[proven]))
	default:
		return fmt.Sprintf("Best found: the largest excess is %s points; it is proved that no rota gets below %s.",
			signedPoints(excesses[0]), signedPoints(c.Bound[0]))
	}
}

func signedPoints(p Points) string {
	if s := p.String(); p > 0 && s != "0" {
		return "+" + s
	}
	return p.String()
}
