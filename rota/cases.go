package rota

import (
	"slices"

	"pcnrota/rota/internal/assign"
)

// Case is one step of a proof that whole duties cannot be shared out more fairly. Either it tells apart who
// holds a duty, or it ends in a split of all other duties that is no fairer, given what the case says.
//
// Leaders whom Holders leaves out cannot hold the duty beside what the case says, or what they would all hold is no
// fairer already: it only grows by what is added.
type Case struct {
	Duty    DutyID `json:"duty,omitempty"`    // whose holders are told apart; "" at an end
	Holders []Held `json:"holders,omitempty"` // in order of leader
	End     *End   `json:"end,omitempty"`     // nil where holders are told apart
}

// Held is the case that the leader holds the duty.
type Held struct {
	Leader LeaderID `json:"leader"`
	Case   Case     `json:"case"`
}

// End shows that a case is no fairer: in the proof's own dimension its bound is no smaller than Proof.Least, or in
// a dimension before it is larger than what the rota at hand has. The cuts may stop at the level where that
// is plain.
type End struct {
	Dimension Dimension `json:"dimension"`
	Grain     Points    `json:"grain"` // what every duty not told apart weighs is a multiple of it
	Given     []Given   `json:"given"` // the excess that the split gives, in order of ID
	Cuts      []Cut     `json:"cuts"`
}

// sharpen proves by cases what the split cannot: that no rota as fair as this one in the dimensions before is
// fairer in the proof's own. It leaves the proof as it is where the split says all there is to say.
func (p *planner) sharpen(proof *Proof, holders []int) {
	d := slices.Index(Dimensions()[:len(weights)-1], proof.Dimension)
	if d < 1 || slices.Equal(p.reached(proof.Dimension, holders), proof.Bound) {
		return
	}
	problem := p.compile()
	tree, least := assign.Examine(&problem, holders, d)
	if bound := p.among(proof.Dimension, least); slices.Compare(bound, proof.Bound) > 0 {
		t := treeOf{p, holders, proof.Dimension, bound}
		root := t.from(tree)
		proof.Least, proof.Cases = bound, &root
	}
}

// among takes a leximax vector over all leaders and leaves out those who can hold nothing that counts in m.
func (p *planner) among(m Dimension, all []int64) []Points {
	bound := make([]Points, len(all))
	for i, excess := range all {
		bound[i] = Points(excess)
	}
	holds := p.countsFor(m)
	for i, l := range p.Leaders {
		if !holds[i] {
			at := slices.Index(bound, p.start(l.ID).Excess(m))
			bound = slices.Delete(bound, at, at+1)
		}
	}
	return bound
}

// reached gives the excesses in m of those who can hold what counts in it, the largest first.
func (p *planner) reached(m Dimension, holders []int) []Points {
	excess := make([]Points, len(p.Leaders))
	for i, l := range p.Leaders {
		excess[i] = p.start(l.ID).Excess(m)
	}
	for s, d := range p.duties {
		excess[holders[s]] += m.Of(d.Load)
	}
	var among []Points
	for i, holds := range p.countsFor(m) {
		if holds {
			among = append(among, excess[i])
		}
	}
	descending(among)
	return among
}

// treeOf puts the cases of a proof into the words of a rota.
type treeOf struct {
	*planner
	holders   []int // of the rota at hand
	dimension Dimension
	least     []Points
}

func (t treeOf) from(c *assign.Case) Case {
	if c.Slot == assign.Nobody {
		return Case{End: t.end(c)}
	}
	out := Case{Duty: t.duties[c.Slot].ID}
	for _, b := range c.Branches {
		out.Holders = append(out.Holders, Held{t.Leaders[b.Person].ID, t.from(b.Case)})
	}
	return out
}

func (t treeOf) end(c *assign.Case) *End {
	m := Dimensions()[c.In]
	holds := t.countsFor(m)
	end := &End{Dimension: m, Grain: max(1, Points(c.Split.Grain))}
	var bound []Points
	for i, l := range t.Leaders {
		if holds[i] {
			end.Given = append(end.Given, Given{l.ID, Points(c.Split.Excess[i])})
			bound = append(bound, Points(c.Split.Excess[i]))
		}
	}
	descending(bound)
	beyond := t.least
	if m != t.dimension {
		beyond = t.reached(m, t.holders)
	}
	end.Cuts = t.cuts(c.Split, holds, bound)
	if at := differ(bound, beyond); at >= 0 {
		past := slices.IndexFunc(end.Cuts, func(c Cut) bool { return c.Level < bound[at] })
		if past >= 0 {
			end.Cuts = end.Cuts[:past]
		}
	}
	return end
}

// differ gives the first place in which a and b differ; -1 where there is none.
func differ(a, b []Points) int {
	for i := range a {
		if a[i] != b[i] {
			return i
		}
	}
	return -1
}
