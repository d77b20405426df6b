package rota

import (
	"cmp"
	"fmt"
	"math"
	"slices"
)

// This file lists the rules that can be in the way of duties, and what could be eased about each.

// ruleCauses are the rules on what may go together.
func (p *planner) ruleCauses(duties []Duty) []Cause {
	var all []Cause
	rules := p.Policy.Rules
	for i, limit := range rules.AtMost {
		if limit.Price == 0 {
			all = append(all, limitCause(i, limit))
		}
	}
	for _, rule := range rules.Also {
		if rule.Hard() || rule.Binds != "" {
			all = append(all, ruleCause(rule))
		}
	}
	if p.Policy.DifferentPractices && len(p.Policy.Tiers) > 1 {
		c := Cause{Kind: CausePractices, cost: costs[CausePractices], Reads: "the tiers of a shift are held from different practices"}
		c.lift = func(q *Problem) { q.Policy.DifferentPractices = false }
		all = append(all, c.easedBy("two tiers of a shift could be held from one practice", c.lift))
	}
	if rules.NewcomerNeedsExperienced {
		c := Cause{Kind: CauseNewcomer, cost: costs[CauseNewcomer], Reads: "newcomers are not on call without somebody experienced"}
		c.lift = func(q *Problem) { q.Policy.Rules.NewcomerNeedsExperienced = false }
		all = append(all, c.easedBy("newcomers could be on call without somebody experienced", c.lift))
	}
	if rules.RestHours > 0 {
		c := Cause{Kind: CauseRest, cost: costs[CauseRest], Reads: fmt.Sprintf("%d hours of rest are asked for between two duties", rules.RestHours)}
		c.lift = func(q *Problem) { q.Policy.Rules.RestHours = 0 }
		enough := p.restBelow(duties)
		then := fmt.Sprintf("%d hours of rest were enough", enough)
		if enough == 0 {
			then = "duties could follow one another without rest"
		}
		c = c.easedBy(then, func(q *Problem) { q.Policy.Rules.RestHours = enough })
		c.ease.about = string(CauseRest)
		all = append(all, c)
	}
	return all
}

// ruleCause is a rule of Also. To ease it is to do without it.
func ruleCause(rule Rule) Cause {
	c := Cause{Kind: CauseRule, cost: costs[CauseRule], Reads: rule.String()}
	if rule.Binds != "" {
		c.Reads += fmt.Sprintf(" for %ss", rule.Binds)
	}
	c.lift = func(q *Problem) {
		q.Policy.Rules.Also = slices.DeleteFunc(q.Policy.Rules.Also, func(r Rule) bool { return r == rule })
	}
	return c.easedBy(fmt.Sprintf("it were not for the rule %q", c.Reads), c.lift)
}

// limitCause is the rule at index i of AtMost. To ease it is to allow one more.
func limitCause(i int, limit Limit) Cause {
	set := func(n int) func(*Problem) {
		return func(q *Problem) { q.Policy.Rules.AtMost[i].Duties = n }
	}
	c := Cause{Kind: CauseLimit, cost: costs[CauseLimit], Reads: fmt.Sprintf("at most %s", limit.words()), lift: set(math.MaxInt32)}
	more := limit
	more.Duties++
	verb := "were"
	if more.Duties == 1 {
		verb = "was"
	}
	c = c.easedBy(fmt.Sprintf("%s %s allowed", more.words(), verb), set(more.Duties))
	c.ease.about = fmt.Sprint(CauseLimit, i)
	return c
}

// words gives "3 duties in 7 days" or "1 weekend in 3 weeks".
func (limit Limit) words() string {
	what, per := "duties", fmt.Sprintf("%d days", limit.Days)
	if limit.Weekends {
		what, per = "weekends", fmt.Sprintf("%d weeks", limit.Days/7)
	}
	if limit.Duties == 1 {
		what = map[bool]string{false: "duty", true: "weekend"}[limit.Weekends]
	}
	return fmt.Sprintf("%d %s in %s", limit.Duties, what, per)
}

// poolCauses are what keeps l out of the duties for good or for a long time: not eligible, not in post, not
// registered.
func (p *planner) poolCauses(l Leader, duties []Duty) []Cause {
	var all []Cause
	add := func(kind CauseKind, reads, then string, ease func(*Problem, *Leader)) {
		c := Cause{Kind: kind, Leader: l.ID, whom: named(l), Reads: reads, cost: costs[kind]}
		c.lift = ofLeader(l.ID, ease)
		all = append(all, c.easedBy(then, c.lift))
	}
	if ok, missing := p.Policy.Eligible.Admits(l); !ok {
		add(CauseEligible, fmt.Sprintf("%s is not eligible for this rota by %s", named(l), missing), named(l)+" were eligible for this rota",
			func(q *Problem, l *Leader) { q.Policy.Eligible.admit(l) })
	}
	for i, tier := range p.Policy.Tiers {
		asked := slices.ContainsFunc(duties, func(d Duty) bool { return d.Tier == tier.Name })
		if ok, missing := tier.Eligible.Admits(l); asked && !ok {
			add(CauseEligible, fmt.Sprintf("%s is not eligible for the %s tier by %s", named(l), tier.Name, missing),
				fmt.Sprintf("%s were eligible for the %s tier", named(l), tier.Name),
				func(q *Problem, l *Leader) { q.Policy.Tiers[i].Eligible.admit(l) })
		}
	}
	first, last := spanOf(duties)
	if first.Before(l.Starts) {
		add(CausePost, fmt.Sprintf("%s starts on %s", named(l), l.Starts), fmt.Sprintf("%s started by %s instead of %s", named(l), first, l.Starts),
			func(_ *Problem, l *Leader) { l.Starts = first })
	}
	if !l.Ends.IsZero() && last.After(l.Ends) {
		add(CausePost, fmt.Sprintf("%s leaves on %s", named(l), l.Ends), fmt.Sprintf("%s stayed until %s instead of %s", named(l), last, l.Ends),
			func(_ *Problem, l *Leader) { l.Ends = last })
	}
	return append(all, p.registrationCauses(l, last)...)
}

// ofLeader makes a change to one leader of a problem.
func ofLeader(id LeaderID, change func(*Problem, *Leader)) func(*Problem) {
	return func(q *Problem) {
		at := slices.IndexFunc(q.Leaders, func(l Leader) bool { return l.ID == id })
		change(q, &q.Leaders[at])
	}
}

func (p *planner) registrationCauses(l Leader, last Date) []Cause {
	c := Cause{Kind: CauseRegistration, Leader: l.ID, whom: named(l), cost: costs[CauseRegistration]}
	var then string
	switch missing := l.Registration.Body == ""; {
	case p.Policy.Registration == RegistrationIgnored, missing && p.Policy.Registration != RegistrationRequired:
		return nil
	case missing:
		c.Reads, then = named(l)+" has no professional registration", named(l)+" were registered"
	case l.LapsedOn(last):
		body := l.Registration.Body
		c.Reads = fmt.Sprintf("the %s registration of %s ends on %s", body, named(l), l.Registration.Expires)
		then = fmt.Sprintf("the %s registration of %s ran until %s", body, named(l), last)
	default:
		return nil
	}
	c.lift = ofLeader(l.ID, func(_ *Problem, l *Leader) {
		l.Registration.Expires = last
		l.Registration.Body = cmp.Or(l.Registration.Body, "a professional body")
	})
	return []Cause{c.easedBy(then, c.lift)}
}

// admit makes l satisfy the lists of e, by giving l what the first entry of a list asks for, or the list
// l's practice or name.
func (e *Eligibility) admit(l *Leader) {
	for ok, missing := e.Admits(*l); !ok; ok, missing = e.Admits(*l) {
		switch missing {
		case "role":
			l.Roles = append(l.Roles, e.Roles[0])
		case "practice":
			e.Practices = append(slices.Clone(e.Practices), l.Practice)
		case "qualification":
			l.Qualifications = append(l.Qualifications, e.Qualifications[0])
		default:
			e.Leaders = append(slices.Clone(e.Leaders), l.ID)
		}
	}
}

// spanOf gives the first and the last day that the duties touch.
func spanOf(duties []Duty) (first, last Date) {
	for i, d := range duties {
		from, until := d.Days()
		if i == 0 {
			first, last = from, until
		}
		first, last = earlier(first, from), later(last, until)
	}
	return first, last
}
