package rota

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
)

// CauseKind says what sort of thing is in the way of a duty.
type CauseKind string

// The kinds of causes, from the one that is most easily changed. It is easier to change what the manager
// settled than what the PCN agreed on, easier to ask for a rule to be eased than for leave to be given up,
// and who is on the rota at all is the last thing to touch.
const (
	CausePin          CauseKind = "pin"
	CauseLimit        CauseKind = "limit"
	CausePractices    CauseKind = "different practices"
	CauseNewcomer     CauseKind = "newcomer"
	CauseRest         CauseKind = "rest"
	CauseRule         CauseKind = "rule"
	CauseHeld         CauseKind = "held"
	CauseAbsence      CauseKind = "absence"
	CauseEligible     CauseKind = "eligible"
	CausePost         CauseKind = "post"
	CauseRegistration CauseKind = "registration"
)

// costs price the causes for the order of what to change first. Leave that nobody chooses to take is dearer
// than other leave: see Absence.cost.
var costs = map[CauseKind]int{
	CausePin: 1, CauseLimit: 3, CausePractices: 4, CauseNewcomer: 5, CauseRest: 6, CauseRule: 6, CauseHeld: 7,
	CauseAbsence: 8, CauseEligible: 20, CausePost: 25, CauseRegistration: 30,
}

// protectedCost is what asking somebody back from sick or parental leave is priced at.
const protectedCost = 16

func (a Absence) cost() int {
	if a.Kind.Protected() {
		return protectedCost
	}
	return costs[CauseAbsence]
}

// Cause is one thing that is in the way of some duties: an absence, a pin, a rule.
type Cause struct {
	Kind   CauseKind
	Leader LeaderID // whom it is about; "" for a rule about everybody
	Reads  string   // a clause: "Bo Chen (A2) is away from 2027-01-04 to 2027-01-31"
	whom   string   // with which Reads begins, where it is about a leader
	cost   int
	lift   func(*Problem)
	ease   Change // the least that could be changed about it, as far as the duties go
}

// About splits what a Cause reads into what is said and, where it is about a leader, of whom.
func (c Cause) About() (what, whom string) {
	if rest, found := strings.CutPrefix(c.Reads, c.whom+" "); found && c.whom != "" {
		return rest, c.whom
	}
	return c.Reads, ""
}

// Lift gives the problem as it would be without the cause.
func (c Cause) Lift(p Problem) Problem { return p.with(c.lift) }

// Change is something that could be otherwise.
type Change struct {
	Kind   CauseKind
	Leader LeaderID // whom it is about; "" for a rule about everybody
	Reads  string   // completes "if ...": "Bo Chen (A2) were not away on 2027-01-12"
	Cost   int      // for the order among changes: see costs
	about  string   // what it changes: of two changes about the same thing the later one counts
	apply  func(*Problem)
}

// Apply gives the problem as it would be with the change made.
func (c Change) Apply(p Problem) Problem { return p.with(c.apply) }

// with changes a copy of everything that a Cause or a Change reaches into.
func (p Problem) with(change func(*Problem)) Problem {
	p.Leaders = slices.Clone(p.Leaders)
	for i := range p.Leaders {
		p.Leaders[i].Roles = slices.Clone(p.Leaders[i].Roles)
		p.Leaders[i].Qualifications = slices.Clone(p.Leaders[i].Qualifications)
	}
	p.Absences, p.Pins, p.Held = slices.Clone(p.Absences), slices.Clone(p.Pins), slices.Clone(p.Held)
	p.Policy.Tiers = slices.Clone(p.Policy.Tiers)
	p.Policy.Rules.AtMost, p.Policy.Rules.Also = slices.Clone(p.Policy.Rules.AtMost), slices.Clone(p.Policy.Rules.Also)
	change(&p)
	return p
}

// causes lists what is in the way of any of the duties, the cheapest to change first.
func (p *planner) causes(duties []Duty) []Cause {
	var all []Cause
	all = append(all, p.pinCauses(duties)...)
	all = append(all, p.ruleCauses(duties)...)
	all = append(all, p.heldCauses(duties)...)
	for _, l := range p.Leaders {
		all = append(all, p.awayCauses(l, duties)...)
		all = append(all, p.poolCauses(l, duties)...)
	}
	slices.SortStableFunc(all, func(a, b Cause) int { return cmp.Compare(a.cost, b.cost) })
	return all
}

// named gives "Bo Chen (A2)".
func named(l Leader) string {
	if l.Name == "" {
		return string(l.ID)
	}
	return fmt.Sprintf("%s (%s)", l.Name, l.ID)
}

func (p *planner) pinCauses(duties []Duty) []Cause {
	var all []Cause
	for _, d := range duties {
		for _, pin := range p.pinsOf[d.ID] {
			c := Cause{Kind: CausePin, Leader: pin.Leader, cost: costs[CausePin]}
			c.lift = func(q *Problem) {
				q.Pins = slices.DeleteFunc(q.Pins, func(other Pin) bool { return other == pin })
			}
			then := fmt.Sprintf("%s were not kept for %s by hand", d.ID, pin.Leader)
			c.Reads = fmt.Sprintf("%s is kept for %s by hand", d.ID, pin.Leader)
			if pin.Forbid {
				then = fmt.Sprintf("%s were not ruled out of %s by hand", pin.Leader, d.ID)
				c.Reads = fmt.Sprintf("%s is ruled out of %s by hand", pin.Leader, d.ID)
			}
			all = append(all, c.easedBy(then, c.lift))
		}
	}
	return all
}

// easedBy completes the cause by the change that would ease it.
func (c Cause) easedBy(then string, apply func(*Problem)) Cause {
	c.ease = Change{Kind: c.Kind, Leader: c.Leader, Reads: then, Cost: c.cost, about: c.Reads, apply: apply}
	return c
}

// heldCauses are duties that leaders hold already and that keep them from some of the duties.
func (p *planner) heldCauses(duties []Duty) []Cause {
	var all []Cause
	for _, held := range p.held {
		l := p.Leaders[p.index[held.Holder]]
		if !slices.ContainsFunc(duties, func(d Duty) bool { return p.clash(l, d, held) != "" || p.countedWith(l, d, held) }) {
			continue
		}
		who := named(l)
		c := Cause{Kind: CauseHeld, Leader: held.Holder, whom: who, cost: costs[CauseHeld], Reads: fmt.Sprintf("%s holds %s already", who, held.ID)}
		c.lift = func(q *Problem) {
			q.Held = slices.DeleteFunc(q.Held, func(other Duty) bool { return other.ID == held.ID && other.Holder == held.Holder })
		}
		all = append(all, c.easedBy(fmt.Sprintf("%s did not hold %s", who, held.ID), c.lift))
	}
	return all
}

// countedWith reports whether some rule that l must keep counts d and held together.
func (p *planner) countedWith(l Leader, d, held Duty) bool {
	return slices.ContainsFunc(p.rules, func(r Rule) bool {
		w, counts := p.window(r)
		return counts && r.HardFor(l) && w.fullest(p.From, d, []Duty{held}) > w.fullest(p.From, d, nil)
	})
}

// awayCauses are l's absences on days of the duties. The change is to be there on those days alone.
func (p *planner) awayCauses(l Leader, duties []Duty) []Cause {
	var all []Cause
	for _, a := range p.absencesOf[l.ID] {
		free := a.daysOf(duties)
		twice := slices.ContainsFunc(all, func(c Cause) bool { return c.ease.about == a.about() })
		if !a.Bars() || len(free) == 0 || twice {
			continue
		}
		c := Cause{Kind: CauseAbsence, Leader: l.ID, whom: named(l), cost: a.cost(), Reads: fmt.Sprintf("%s is away %s", named(l), a.when())}
		c.lift = func(q *Problem) {
			q.Absences = slices.DeleteFunc(q.Absences, a.sameTime)
		}
		first, last := free[0], free[len(free)-1]
		then := fmt.Sprintf("%s were not away %s", named(l), days(first, last))
		if first != a.First || last != a.Last || !a.WholeDays() {
			then += fmt.Sprintf(" (away %s)", a.when())
		}
		c = c.easedBy(then, func(q *Problem) { q.Absences = a.interrupted(q.Absences, first, last) })
		c.ease.about = a.about()
		all = append(all, c)
	}
	return all
}

// about names the absence to Change. An absence that was entered twice is one.
func (a Absence) about() string { return fmt.Sprint("away ", a.Leader, a.Begin(), a.End()) }

func (a Absence) sameTime(o Absence) bool {
	return o.Bars() && a.Leader == o.Leader && a.Begin() == o.Begin() && a.End() == o.End()
}

// daysOf lists the days of the absence on which it takes time from one of the duties, in order.
func (a Absence) daysOf(duties []Duty) []Date {
	var all []Date
	for _, d := range duties {
		if !a.Overlaps(d.Start, d.End) {
			continue
		}
		first, last := d.Days()
		for day := first; !day.After(last); day = day.AddDays(1) {
			if a.Covers(day) && !slices.Contains(all, day) {
				all = append(all, day)
			}
		}
	}
	slices.SortFunc(all, Date.Compare)
	return all
}

// interrupted takes the days from first to last out of the absence.
func (a Absence) interrupted(all []Absence, first, last Date) []Absence {
	var out []Absence
	for _, other := range all {
		if !a.sameTime(other) {
			out = append(out, other)
			continue
		}
		before, after := other, other
		before.Last, before.Ends = first.AddDays(-1), 0
		after.First, after.Starts = last.AddDays(1), 0
		for _, left := range []Absence{before, after} {
			if !left.Last.Before(left.First) {
				out = append(out, left)
			}
		}
	}
	return out
}

// restBelow gives the most hours of rest, less than what is asked for, that some pair of the duties, or of
// one of them and a held one, would leave.
func (p *planner) restBelow(duties []Duty) int {
	most := 0
	for _, a := range slices.Concat(duties, p.held) {
		for _, b := range duties {
			if gap := int(a.Span.Gap(b.Span) / time.Hour); a.ID != b.ID && !a.Span.Overlaps(b.Span) && gap < p.Policy.Rules.RestHours {
				most = max(most, gap)
			}
		}
	}
	return most
}
