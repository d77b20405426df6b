package rota

import (
	"cmp"
	"fmt"
	"slices"

	"pcnrota/rota/internal/assign"
)

// Dimension is what is kept even: the total, or the points of one category.
type Dimension string

// Total dimensions the points of all categories together.
const Total Dimension = "total"

// Dimensions lists what is kept even, in the order in which it matters: the total, then the categories of
// days on call from the heaviest.
func Dimensions() []Dimension {
	dimensions := []Dimension{Total}
	for _, c := range slices.Backward(OnCallCategories[:]) {
		dimensions = append(dimensions, Dimension(c.String()))
	}
	return dimensions
}

// Of gives the points that m counts in l.
func (m Dimension) Of(l Load) Points {
	if c, err := ParseCategory(string(m)); err == nil {
		return l[c]
	}
	return l.Total()
}

// Certificate proves how fair any rota of a Problem could be, in each dimension by itself, in the order of
// Dimensions. Dimensions by which the rota has no points are left out.
type Certificate []Proof

// Proof bounds the fairness of any rota by one dimension. It needs no trust in the planner:
// rotatest.Certify checks it against the Problem alone, in exact integers.
//
// Bound is the leximax vector of excesses, the largest first, if every duty could be split into grains
// and rest, limits and who goes with whom were forgotten. No rota's excesses, in that order, are smaller
// in the first place where they differ. Each Cut proves one level of it: what only the cut's members can
// hold is all that the bound gives them, and none of them could take another grain without ending at the
// cut's level or above.
//
// Where heavy days come in lumps no rota reaches that. Cases then prove a larger bound, Least: every rota that
// is as fair as this one in the dimensions before is one of the cases, and each comes to Least or above. For the last
// category, what the dimensions before leave may prove it: see Leftover.
type Proof struct {
	Dimension Dimension `json:"dimension"`
	Grain     Points    `json:"grain"` // what every duty weighs is a multiple of it
	Bound     []Points  `json:"bound"` // over all who can hold a duty that counts, the largest first
	Given     []Given   `json:"given"` // the excess that the bound gives each of them, in order of ID
	Cuts      []Cut     `json:"cuts"`  // one for each level, from the highest, up to the one that takes in everybody

	// Least is the sharpest bound there is: Bound, or where Cases are given a larger one. Those prove that no rota
	// which is as fair as this one in the dimensions before has excesses below Least, duties being whole.
	Least []Points `json:"least"`
	Cases *Case    `json:"cases,omitempty"`

	Leftover *Leftover `json:"leftover,omitempty"` // proves Least of the last category in place of Cases
}

// Given is the excess that the bound gives one leader.
type Given struct {
	Leader LeaderID `json:"leader"`
	Excess Points   `json:"excess"`
}

// Cut is a set of leaders who hold between them what only they can hold.
type Cut struct {
	Level   Points     `json:"level"` // the largest excess, or the next lower one
	Members []LeaderID `json:"members"`
	Duties  int        `json:"duties,omitempty"` // how many that count only they can hold; not given in cases
}

// certify bounds the fairness of any rota by every dimension, given who holds the duties in the one at hand.
func (p *planner) certify(holders []int) Certificate {
	var c Certificate
	for _, m := range Dimensions() {
		if proof := p.prove(m); len(proof.Given) > 0 {
			p.sharpen(&proof, holders)
			c = append(c, proof)
		}
	}
	p.leftover(c, holders)
	return c
}

// start is the leader's standing before anything is held.
func (p *planner) start(id LeaderID) Standing {
	return Standing{Leader: id, Before: p.Balances[id], Target: p.target[id]}
}

// able says for each duty and leader whether the leader could hold it, by what the rules say of the two and
// of what is held already.
func (p *planner) able() [][]bool {
	if p.canHold != nil {
		return p.canHold
	}
	fixed := slices.Clone(p.held)
	for _, d := range p.duties {
		if holder, begun := p.begun[d.ID]; begun {
			d.Holder = holder
			fixed = append(fixed, d)
		}
	}
	for _, d := range p.duties {
		who := make([]bool, len(p.Leaders))
		for i, l := range p.Leaders {
			if holder, begun := p.begun[d.ID]; begun {
				who[i] = holder == l.ID
			} else {
				who[i] = p.obstacle(l, d, fixed) == ""
			}
		}
		p.canHold = append(p.canHold, who)
	}
	return p.canHold
}

// countsFor says for each leader whether they could hold a duty that counts in m.
func (p *planner) countsFor(m Dimension) []bool {
	holds := make([]bool, len(p.Leaders))
	for s, who := range p.able() {
		for i, could := range who {
			holds[i] = holds[i] || (could && m.Of(p.duties[s].Load) != 0)
		}
	}
	return holds
}

// prove bounds the fairness of any rota by one dimension. It leaves out those who can hold nothing that
// counts: their excess is what it is.
func (p *planner) prove(m Dimension) Proof {
	var able [][]bool
	var weights []int64
	base := make([]int64, len(p.Leaders))
	for i, l := range p.Leaders {
		base[i] = int64(p.start(l.ID).Excess(m))
	}
	for s, who := range p.able() {
		if weight := m.Of(p.duties[s].Load); weight != 0 {
			able, weights = append(able, who), append(weights, int64(weight))
		}
	}
	split := assign.SplitFairly(able, weights, base)
	proof := Proof{Dimension: m, Grain: Points(split.Grain)}
	holds := p.countsFor(m)
	for i, l := range p.Leaders {
		if holds[i] {
			proof.Given = append(proof.Given, Given{l.ID, Points(split.Excess[i])})
			proof.Bound = append(proof.Bound, Points(split.Excess[i]))
		}
	}
	descending(proof.Bound)
	proof.Least = proof.Bound
	proof.Cuts = p.cuts(split, holds, proof.Bound)
	for i := range proof.Cuts {
		proof.Cuts[i].Duties = p.heldOnlyBy(proof.Cuts[i].Members, m)
	}
	return proof
}

// heldOnlyBy counts the duties that count in m and that nobody but the members could hold.
func (p *planner) heldOnlyBy(members []LeaderID, m Dimension) int {
	within := make([]bool, len(p.Leaders))
	for _, id := range members {
		within[p.index[id]] = true
	}
	count := 0
	for s, who := range p.able() {
		outside := false
		for i, could := range who {
			outside = outside || (could && !within[i])
		}
		if !outside && m.Of(p.duties[s].Load) != 0 {
			count++
		}
	}
	return count
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

func descending(points []Points) {
	slices.SortFunc(points, func(a, b Points) int { return cmp.Compare(b, a) })
}

// Proven counts how many of the largest excesses of a rota are as small as any rota could have them, and
// gives them all, the largest first. Where it counts all of them, no rota is fairer by this dimension.
func (p Proof) Proven(standings []Standing) (proven int, excesses []Points) {
	after := map[LeaderID]Points{}
	for _, s := range standings {
		after[s.Leader] = s.Excess(p.Dimension)
	}
	for _, g := range p.Given {
		excesses = append(excesses, after[g.Leader])
	}
	descending(excesses)
	for proven < len(excesses) && excesses[proven] == p.Least[proven] {
		proven++
	}
	return proven, excesses
}

// Verdict puts into a sentence what is proved about a rota by this dimension.
func (p Proof) Verdict(standings []Standing) string {
	proven, excesses := p.Proven(standings)
	first, last := excesses[0], excesses[len(excesses)-1]
	span := fmt.Sprintf("%s to %s points over their share", signedPoints(last), signedPoints(first))
	switch {
	case proven == len(excesses) && (p.Cases != nil || p.Leftover != nil):
		return fmt.Sprintf("%s: leaders end %s. Proved: no rota that keeps the rules and is as fair in what stands above is fairer.", p.Dimension.Title(), span)
	case proven == len(excesses):
		return fmt.Sprintf("%s: leaders end %s. Proved: no rota that keeps the rules is fairer.", p.Dimension.Title(), span)
	case proven > 0:
		return fmt.Sprintf("%s: leaders end %s. Proved for the %d with most; the next ends at %s or above in any rota, at %s here.",
			p.Dimension.Title(), span, proven, signedPoints(p.Least[proven]), signedPoints(excesses[proven]))
	default:
		return fmt.Sprintf("%s: leaders end %s. Best found; proved: in any rota somebody ends at %s or above.",
			p.Dimension.Title(), span, signedPoints(p.Least[0]))
	}
}

// Title names the dimension at the head of a sentence: "Totals", "Bank holidays".
func (m Dimension) Title() string {
	switch m {
	case Total:
		return "Totals"
	case Dimension(Weekday.String()):
		return "Weekdays"
	case Dimension(Weekend.String()):
		return "Weekends"
	case Dimension(BankHoliday.String()):
		return "Bank holidays"
	default:
		return "Festive days"
	}
}

func signedPoints(p Points) string {
	if s := p.String(); p > 0 && s != "0" {
		return "+" + s
	}
	return p.String()
}
