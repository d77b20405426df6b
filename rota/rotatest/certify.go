package rotatest

import (
	"slices"

	"pcnrota/rota"
)

// Certify checks what the draft's certificate says about the fairness of any rota against p, in exact
// integers, and names each place where it does not follow. It takes targets and balances from the
// draft's standings, which Check checks. Where the draft has gaps, "any rota" is any that has these.
//
// Why a cut proves its level: let g be the grain, v the level and S the members. In any rota each
// leader's excess lies on a ladder of their own with rungs g apart, since every duty weighs a multiple
// of g. The bound puts everybody in S at v or above, or on the last rung below v, and everybody outside
// S below v. Any rota gives S at least what only S can hold, which is all that the bound gives S; so
// the rungs from v upwards that it takes up, over all leaders, are no fewer than in the bound. Were its
// excesses, from the largest, smaller at the first place where they differ, and v the bound's value
// there, it would take up fewer.
func Certify(p rota.Problem, d rota.Draft) []Breach {
	c := newChecker(p)
	c.leaveOut(d.Duties)
	var dimensions []rota.Dimension
	for _, proof := range d.Certificate {
		dimensions = append(dimensions, proof.Dimension)
		check := newProof(c, d, proof)
		check.given()
		check.levels()
		check.sharper(d)
	}
	if want := c.dimensions(); !slices.Equal(dimensions, want) {
		c.breach(RuleCertificate, "", "", "the certificate is about %v, and should be about %v", dimensions, want)
	}
	return c.breaches
}

// dimensions lists by what the rota has points: in total, and in each category from the heaviest.
func (c *checker) dimensions() []rota.Dimension {
	var sum rota.Load
	for _, d := range c.wanted {
		sum = sum.Plus(d.Load)
	}
	var dimensions []rota.Dimension
	if sum.Total() > 0 {
		dimensions = append(dimensions, "total")
	}
	for _, category := range []rota.Category{rota.Festive, rota.BankHoliday, rota.Weekend, rota.Weekday} {
		if sum[category] > 0 {
			dimensions = append(dimensions, rota.Dimension(category.String()))
		}
	}
	return dimensions
}

// points gives what the proof's dimension counts in a load.
func (p *proof) points(l rota.Load) rota.Points {
	for _, category := range []rota.Category{rota.Festive, rota.BankHoliday, rota.Weekend, rota.Weekday} {
		if string(p.Dimension) == category.String() {
			return l[category]
		}
	}
	var sum rota.Points
	for _, points := range l {
		sum += points
	}
	return sum
}

// proof is a certificate with what the problem says about it.
type proof struct {
	*checker
	rota.Proof
	base   map[rota.LeaderID]rota.Points // excess without any of the rota's duties
	excess map[rota.LeaderID]rota.Points // as the bound has it
	people []rota.LeaderID               // who can hold any duty that counts, in order of ID
	rest   []rota.Duty                   // what is shared out: all that is wanted, or less in a case
}

// rounded gives p to the nearest ten thousandth of a point, which is as fine as fairness is compared.
func rounded(p rota.Points) rota.Points {
	const unit = 100
	rest := ((p+unit/2)%unit + unit) % unit
	return p + unit/2 - rest
}

func newProof(c *checker, d rota.Draft, stated rota.Proof) *proof {
	p := &proof{
		checker: c, Proof: stated, base: map[rota.LeaderID]rota.Points{}, excess: map[rota.LeaderID]rota.Points{}, rest: c.wanted,
	}
	for _, s := range d.Standings {
		p.base[s.Leader] = rounded(p.points(s.Before) - p.points(s.Target))
	}
	for _, g := range p.Given {
		p.excess[g.Leader] = g.Excess
	}
	for _, duty := range c.wanted {
		if p.points(duty.Load) != 0 {
			p.people = append(p.people, c.able(duty)...)
		}
	}
	slices.Sort(p.people)
	p.people = slices.Compact(p.people)
	return p
}

// able gives those who could hold the duty.
func (c *checker) able(d rota.Duty) []rota.LeaderID {
	if c.canHold == nil {
		c.canHold = map[rota.DutyID][]rota.LeaderID{}
	}
	who, known := c.canHold[d.ID]
	if !known {
		for _, l := range c.Leaders {
			if c.could(l, d) {
				who = append(who, l.ID)
			}
		}
		c.canHold[d.ID] = who
	}
	return who
}

// could reports whether the leader could hold the duty, by what the rules say of the two and of what the
// leader holds already.
func (c *checker) could(l rota.Leader, d rota.Duty) bool {
	if was, begun := c.begun[d.ID]; begun {
		return was.Holder == l.ID
	}
	if len(c.barred(l, d)) > 0 {
		return false
	}
	d.Holder = l.ID
	diary := []entry{{d, false}}
	for _, held := range c.Held {
		if held.Holder == l.ID {
			diary = append(diary, entry{held, true})
		}
	}
	for _, wanted := range c.wanted { // what has begun is as fixed as what is held
		if was, begun := c.begun[wanted.ID]; begun && was.Holder == l.ID {
			wanted.Holder = l.ID
			diary = append(diary, entry{wanted, true})
		}
	}
	inOrder(diary)
	return len(Hard(c.diary(l.ID, diary))) == 0
}

// given checks what the bound gives everybody: the right people, on their own rungs, and the vector of it.
func (p *proof) given() {
	var people []rota.LeaderID
	var bound []rota.Points
	for _, g := range p.Given {
		people = append(people, g.Leader)
		bound = append(bound, g.Excess)
		if p.Grain > 0 && (g.Excess-p.base[g.Leader])%p.Grain != 0 {
			p.breach(RuleCertificate, "", g.Leader, "%s cannot end at %s points in steps of %s", g.Leader, g.Excess, p.Grain)
		}
	}
	if !slices.Equal(people, p.people) {
		p.breach(RuleCertificate, "", "", "the bound is about %v, and the duties about %v", people, p.people)
	}
	for _, d := range p.rest {
		if p.Grain <= 0 || p.points(d.Load)%p.Grain != 0 {
			p.breach(RuleCertificate, d.ID, "", "%s weighs %s points, which is no multiple of the grain %s", d.ID, p.points(d.Load), p.Grain)
			break
		}
	}
	slices.Sort(bound)
	slices.Reverse(bound)
	if !slices.Equal(bound, p.Bound) {
		p.breach(RuleCertificate, "", "", "the bound is %v, and what it gives people is %v", p.Bound, bound)
	}
}

// levels checks that there is a cut for every level, down to one that takes in everybody.
func (p *proof) levels() {
	if p.places() < len(p.people) {
		p.breach(RuleCertificate, "", "", "no cut takes in everybody, so the lower levels are not proved")
	}
}

// places checks the cuts and gives for how many of the largest excesses they prove the bound. A cut that takes
// in everybody proves all that is below it, too.
func (p *proof) places() int {
	levels, places := slices.Compact(slices.Clone(p.Bound)), 0
	for i, cut := range p.Cuts {
		if i >= len(levels) || cut.Level != levels[i] {
			p.breach(RuleCertificate, "", "", "cut %d is about level %s, which is not the next of the bound", i+1, cut.Level)
			return 0
		}
		p.cut(cut)
		for places < len(p.Bound) && p.Bound[places] >= cut.Level {
			places++
		}
		if len(cut.Members) == len(p.people) {
			places = len(p.Bound)
		}
	}
	return places
}

func (p *proof) cut(c rota.Cut) {
	for _, id := range p.people {
		member := slices.Contains(c.Members, id)
		if !member && p.excess[id] >= c.Level {
			p.breach(RuleCertificate, "", id, "%s is at level %s or above, and not in its cut", id, c.Level)
		}
		if member && p.excess[id] < c.Level-p.Grain {
			p.breach(RuleCertificate, "", id, "%s could take another grain below level %s, and is in its cut", id, c.Level)
		}
	}
	var has, only rota.Points
	duties := 0
	for _, id := range c.Members {
		has += p.excess[id] - p.base[id]
	}
	for _, d := range p.rest {
		if !slices.ContainsFunc(p.checker.able(d), func(id rota.LeaderID) bool { return !slices.Contains(c.Members, id) }) {
			only += p.points(d.Load)
			if p.points(d.Load) != 0 {
				duties++
			}
		}
	}
	if c.Duties != 0 && c.Duties != duties {
		p.breach(RuleCertificate, "", "", "at level %s there are %d duties that only the cut's members can hold, not %d", c.Level, duties, c.Duties)
	}
	if has != only {
		p.breach(RuleCertificate, "", "", "at level %s the bound gives %s points to those who alone can hold %s", c.Level, has, only)
	}
}

// sharper checks the sharpest bound: that it follows, and that the rota at hand is not fairer than it says any
// rota can be.
func (p *proof) sharper(d rota.Draft) {
	switch {
	case p.Cases != nil && p.Leftover == nil:
		newCases(p, d).check(*p.Cases)
	case p.Leftover != nil && p.Cases == nil:
		newLeftover(p, d).check(*p.Leftover)
	case p.Cases != nil || !slices.Equal(p.Least, p.Bound):
		p.breach(RuleCertificate, "", "", "the sharpest bound is %v, and what is proved is %v", p.Least, p.Bound)
	}
	if held := p.held(d.Duties); slices.Compare(held, p.Least) < 0 || slices.Compare(held, p.Bound) < 0 {
		p.breach(RuleCertificate, "", "", "the rota's excesses %v are below the bound %v", held, p.Least)
	}
}

// held gives the excesses of those who hold the duties, the largest first.
func (p *proof) held(duties []rota.Duty) []rota.Points {
	var held []rota.Points
	for _, id := range p.people {
		excess := p.base[id]
		for _, duty := range duties {
			if duty.Holder == id {
				excess += p.points(duty.Load)
			}
		}
		held = append(held, excess)
	}
	slices.Sort(held)
	slices.Reverse(held)
	return held
}
