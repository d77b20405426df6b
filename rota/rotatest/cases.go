package rotatest

import (
	"maps"
	"slices"

	"pcnrota/rota"
)

// cases is a proof by cases under check. All leaders who could hold the duty at which cases part must be
// accounted for, and what each case comes to is added up again.
type cases struct {
	*proof
	draft    rota.Draft
	before   []*proof // of the dimensions that matter more, in their order
	toldAway []rota.Duty
}

func newCases(p *proof, d rota.Draft) *cases {
	c := &cases{proof: p, draft: d}
	for _, duty := range p.wanted {
		if begun, has := p.begun[duty.ID]; has && begun.Holder != "" {
			duty.Holder = begun.Holder
			c.toldAway = append(c.toldAway, duty) // in all cases
		}
	}
	for _, m := range p.dimensions() {
		if m == p.Dimension {
			break
		}
		c.before = append(c.before, newProof(p.checker, d, rota.Proof{Dimension: m}))
	}
	return c
}

func (c *cases) check(at rota.Case) {
	if at.End != nil {
		c.end(*at.End)
		return
	}
	i := slices.IndexFunc(c.wanted, func(d rota.Duty) bool { return d.ID == at.Duty })
	if i < 0 || slices.ContainsFunc(c.toldAway, func(d rota.Duty) bool { return d.ID == at.Duty }) {
		c.breach(RuleCertificate, at.Duty, "", "the cases part at %q, which is no duty or one that they have parted at before", at.Duty)
		return
	}
	for _, id := range c.able(c.wanted[i]) {
		d := c.wanted[i]
		d.Holder = id
		if c.cannot(d) {
			continue
		}
		c.toldAway = append(c.toldAway, d)
		if n := slices.IndexFunc(at.Holders, func(h rota.Held) bool { return h.Leader == id }); n >= 0 {
			c.check(at.Holders[n].Case)
		} else if !c.plain() {
			c.breach(RuleCertificate, d.ID, id, "the case that %s holds %s is left out, and could be fairer", id, d.ID)
		}
		c.toldAway = c.toldAway[:len(c.toldAway)-1]
	}
}

// cannot reports whether the rules keep the duty's holder from it, given what the case says of others.
func (c *cases) cannot(d rota.Duty) bool {
	diary := []entry{{d, false}}
	for _, other := range c.toldAway {
		if other.Holder != d.Holder {
			continue
		}
		if sameShift(other, d) {
			return true
		}
		_, begun := c.begun[other.ID]
		diary = append(diary, entry{other, begun})
	}
	if len(diary) == 1 {
		return false // able has looked at what is held already
	}
	for _, held := range c.Held {
		if held.Holder == d.Holder {
			diary = append(diary, entry{held, true})
		}
	}
	inOrder(diary)
	return len(c.diary(d.Holder, diary)) > 0
}

// plain reports whether what the case says is no fairer already: what is added can only add to it.
func (c *cases) plain() bool {
	for _, m := range c.before {
		if slices.Compare(m.held(c.toldAway), m.held(c.draft.Duties)) > 0 {
			return true
		}
	}
	return slices.Compare(c.held(c.toldAway), c.Least) >= 0
}

// end checks that the case at hand is no fairer, by a split of all that is not told apart.
func (c *cases) end(e rota.End) {
	root, beyond, strictly := c.proof, c.Least, false
	if e.Dimension != c.Dimension {
		i := slices.IndexFunc(c.before, func(p *proof) bool { return p.Dimension == e.Dimension })
		if i < 0 {
			c.breach(RuleCertificate, "", "", "a case of the proof about %s ends in %q, which does not matter more", c.Dimension, e.Dimension)
			return
		}
		root, beyond, strictly = c.before[i], c.before[i].held(c.draft.Duties), true
	}
	split := c.remainder(root, e)
	split.given()
	places := split.places()
	switch order := slices.Compare(split.Bound[:places], beyond[:min(places, len(beyond))]); {
	case order > 0, order == 0 && !strictly && places == len(beyond):
	default:
		c.breach(RuleCertificate, "", "", "in a case the excesses in %s are proved to be %v or above only, and should be beyond %v",
			e.Dimension, split.Bound[:places], beyond)
	}
}

// remainder is the proof that the end of a case states about all that is not told apart.
func (c *cases) remainder(root *proof, e rota.End) *proof {
	p := &proof{
		checker: c.checker, people: root.people, base: maps.Clone(root.base), excess: map[rota.LeaderID]rota.Points{},
		Proof: rota.Proof{Dimension: e.Dimension, Grain: e.Grain, Given: e.Given, Cuts: e.Cuts},
	}
	for _, g := range e.Given {
		p.excess[g.Leader] = g.Excess
		p.Bound = append(p.Bound, g.Excess)
	}
	slices.Sort(p.Bound)
	slices.Reverse(p.Bound)
	for _, d := range c.toldAway {
		p.base[d.Holder] += p.points(d.Load)
	}
	for _, d := range c.wanted {
		if !slices.ContainsFunc(c.toldAway, func(told rota.Duty) bool { return told.ID == d.ID }) {
			p.rest = append(p.rest, d)
		}
	}
	return p
}
