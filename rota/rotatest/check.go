package rotatest

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"

	"pcnrota/rota"
)

// The rules a Breach can name.
const (
	RuleAsked       = "asked"               // the draft is for the policy, days and seed that were asked for
	RuleCover       = "cover"               // every shift of the pattern is covered once in each tier, but for gaps that were asked for
	RuleGap         = "gap"                 // a gap is a duty that nobody could hold as the rota stands, and is listed as one
	RuleInvented    = "invented duty"       // no duty that the pattern does not ask for
	RuleTimes       = "times"               // a duty has the civil times and instants of its shift
	RulePoints      = "points"              // a duty weighs what its days on call weigh
	RuleOrder       = "order"               // duties and standings are in their order
	RuleHolder      = "holder"              // every duty is held by somebody who exists
	RuleEligible    = "eligible"            // by the lists of the rota and of the tier
	RulePost        = "in post"             // on every day the duty touches
	RuleRegistered  = "registration"        // as the rota demands, on every day the duty touches
	RulePin         = "by hand"             // a pinned duty is its leader's, a forbidden one anybody else's
	RuleBegun       = "begun"               // what has begun keeps its holder
	RuleAway        = "away"                // nobody on call on a day of leave
	RulePeople      = "different people"    // in all tiers of a shift
	RulePractices   = "different practices" // in all tiers of a shift but shadows, where the rota asks for it
	RuleNewcomer    = "newcomer"            // never first without an experienced second
	RuleOverlap     = "overlap"             // nobody in two places at once
	RuleTravel      = "travel"              // enough time between meetings in different places
	RuleNight       = "after a night"       // no meeting straight after a night on call
	RuleRest        = "rest"                // between two duties, over all rotas
	RuleLimit       = "limit"               // at most so many duties in so many days, over all rotas
	RuleShare       = "share"               // the parts of a duty are fair and add up to it
	RuleStanding    = "standing"            // held, target and balance are the sums they claim to be
	RuleFestive     = "festive"             // who has a festive period again before all have had it, is named; and it was not to be helped
	RuleTolerance   = "tolerance"           // nobody's place in line is further above the fairest rota found than the policy allows
	RuleCertificate = "certificate"         // what it says about the fairness of any rota follows from the problem
	RuleFair        = "fairness"            // nobody far from target whom a move or two could bring nearer
	shareTolerance  = 1                     // millionths of a point, for the rounding of one part
	pointsTolerance = 1                     // millionths of a point, for the rounding of one day
)

// Breach is one rule that a rota does not keep.
type Breach struct {
	Rule   string        // one of the Rule constants
	Duty   rota.DutyID   // where it shows; "" for what concerns no single duty
	Leader rota.LeaderID // whom it concerns; "" for what concerns nobody in particular
	Detail string        // a sentence without its full stop
	Price  int           // 0 for what must not be; otherwise the rule is soft for the leader, and this is what breaking it costs
}

// String is a sentence that a manager can read.
func (b Breach) String() string { return fmt.Sprintf("%s: %s.", b.Rule, b.Detail) }

// Hard leaves those breaches that must not be.
func Hard(breaches []Breach) []Breach {
	return slices.DeleteFunc(slices.Clone(breaches), func(b Breach) bool { return b.Price > 0 })
}

// Soft leaves those breaches that only cost something: warnings.
func Soft(breaches []Breach) []Breach {
	return slices.DeleteFunc(slices.Clone(breaches), func(b Breach) bool { return b.Price == 0 })
}

// Check re-derives every hard rule, the points and the fair shares from p, the question, and names each
// place where d, the answer, does not keep them. It shares no decision with the planner: it reads the
// fields of p and works out again who may hold what. Breaches come rule by rule, each in order of time. A
// duty without a holder is a breach unless p.AllowGaps. Breaches
// of soft rules are among them, with their price.
func Check(p rota.Problem, d rota.Draft) []Breach {
	c := newChecker(p)
	c.asked(d)
	c.rota(d.Duties)
	c.gaps(d)
	c.leaveOut(d.Duties)
	c.shares(d)
	c.standings(d)
	c.told(d)
	c.spent(d)
	return c.breaches
}

// CheckDuties checks a rota that did not come from the planner, a published or a hand-made one, by the
// rules alone: it asks nothing about shares and standings.
func CheckDuties(p rota.Problem, duties []rota.Duty) []Breach {
	c := newChecker(p)
	c.rota(duties)
	return c.breaches
}

// checker is a problem with its look-up tables, and the breaches found so far.
type checker struct {
	rota.Problem
	leaders  map[rota.LeaderID]rota.Leader
	away     map[rota.LeaderID][]rota.Absence
	byHand   map[rota.DutyID][]rota.Pin
	rules    map[rota.LeaderID][]bound
	begun    map[rota.DutyID]rota.Duty // of Published
	wanted   []rota.Duty               // what the pattern asks for, unheld
	breaches []Breach

	canHold map[rota.DutyID][]rota.LeaderID // see able
}

func newChecker(p rota.Problem) *checker {
	p.Held = onlyOnCall(p)
	c := &checker{
		Problem: p, leaders: map[rota.LeaderID]rota.Leader{}, away: map[rota.LeaderID][]rota.Absence{},
		byHand: map[rota.DutyID][]rota.Pin{}, begun: map[rota.DutyID]rota.Duty{}, rules: map[rota.LeaderID][]bound{},
	}
	for _, d := range p.Published {
		if !p.Now.Before(d.Span.Start) {
			c.begun[d.ID] = d
		}
	}
	for _, l := range p.Leaders {
		c.leaders[l.ID] = l
		c.rules[l.ID] = rulesFor(p.Policy.Rules, l)
	}
	for _, a := range p.Absences {
		c.away[a.Leader] = append(c.away[a.Leader], a)
	}
	for _, pin := range p.Pins {
		c.byHand[pin.Duty] = append(c.byHand[pin.Duty], pin)
	}
	c.wanted = expand(p)
	return c
}

func (c *checker) breach(rule string, d rota.DutyID, l rota.LeaderID, format string, args ...any) {
	c.breaches = append(c.breaches, Breach{rule, d, l, fmt.Sprintf(format, args...), 0})
}

// asked compares the frame of the draft with that of the problem.
func (c *checker) asked(d rota.Draft) {
	if d.From != c.From || d.Until != c.Until || d.Seed != c.Seed {
		c.breach(RuleAsked, "", "", "the draft is for %s to %s with seed %d, and %s to %s with seed %d was asked for",
			d.From, d.Until, d.Seed, c.From, c.Until, c.Seed)
	}
	if !reflect.DeepEqual(d.Policy, c.Policy) {
		c.breach(RuleAsked, "", "", "the draft was built under another policy than the one asked for")
	}
}

// rota checks the duties themselves.
func (c *checker) rota(duties []rota.Duty) {
	c.order(duties)
	settled := c.cover(duties)
	for _, d := range settled {
		if c.known(d) {
			c.breaches = append(c.breaches, c.barred(c.leaders[d.Holder], d)...)
			c.breaches = append(c.breaches, Soft(c.suits(d.Holder, d))...)
		}
	}
	c.breaches = append(c.breaches, c.shifts(settled)...)
	byHolder := c.diaries(settled)
	for _, l := range c.Leaders {
		c.breaches = append(c.breaches, c.diary(l.ID, byHolder[l.ID])...)
	}
}

func (c *checker) order(duties []rota.Duty) {
	for i := 1; i < len(duties); i++ {
		a, b := duties[i-1], duties[i]
		if cmp.Or(a.Span.Start.Compare(b.Span.Start), cmp.Compare(a.Rota, b.Rota), cmp.Compare(a.ID, b.ID)) > 0 {
			c.breach(RuleOrder, b.ID, "", "%s stands after %s, and belongs before it", b.ID, a.ID)
		}
	}
}

// known reports whether the duty's holder exists.
func (c *checker) known(d rota.Duty) bool {
	_, ok := c.leaders[d.Holder]
	switch {
	case d.Holder == "":
		c.breach(RuleCover, d.ID, "", "nobody holds %s", d.ID)
	case !ok:
		c.breach(RuleHolder, d.ID, d.Holder, "%s is held by %s, whom nobody knows", d.ID, d.Holder)
	}
	return ok
}

// entry is a duty in somebody's diary.
type entry struct {
	rota.Duty
	fixed bool // of Problem.Held, or begun: not this rota's doing
}

// diaries gives everybody's duties, of this rota and of all others, in order of time.
func (c *checker) diaries(duties []rota.Duty) map[rota.LeaderID][]entry {
	diaries := map[rota.LeaderID][]entry{}
	for _, d := range c.Held {
		diaries[d.Holder] = append(diaries[d.Holder], entry{d, true})
	}
	for _, d := range duties {
		_, begun := c.begun[d.ID]
		diaries[d.Holder] = append(diaries[d.Holder], entry{d, begun})
	}
	for _, diary := range diaries {
		inOrder(diary)
	}
	return diaries
}

func inOrder(diary []entry) {
	slices.SortStableFunc(diary, func(a, b entry) int {
		return cmp.Or(a.Span.Start.Compare(b.Span.Start), cmp.Compare(a.ID, b.ID))
	})
}
