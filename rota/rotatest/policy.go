package rotatest

import (
	"fmt"
	"slices"
	"strings"

	"pcnrota/rota"
)

// This file reads the statements about how a rota works.

// parseRota reads a rota, or adds to one that is known already: long rotas take several lines.
func parseRota(known *world, c *clause, more []*clause) (step, error) {
	name := rota.RotaName(c.take("the name of the rota"))
	if err := c.done(); err != nil {
		return nil, err
	}
	policy, ok := known.policies[name]
	if !ok {
		policy = rota.Policy{Name: name, Title: string(name), Registration: rota.RegistrationIgnored, Points: rota.DefaultDayPoints}
	}
	policy.Tiers = slices.Clone(policy.Tiers)
	policy.Rules.AtMost = slices.Clone(policy.Rules.AtMost)
	policy.Rules.Also = slices.Clone(policy.Rules.Also)
	for _, c := range more {
		rotaClause(known, &policy, c)
		if err := c.done(); err != nil {
			return nil, err
		}
	}
	return fact(func(w *world) { w.policies[name] = policy }), nil
}

func rotaClause(known *world, p *rota.Policy, c *clause) {
	switch {
	case c.skip("pattern"):
		p.Pattern = read(c, "the name of a pattern", readyPattern)
	case c.skip("tier"):
		p.Tiers = append(p.Tiers, tierClause(known, c))
	case c.skip("for"):
		p.Eligible = eligibleClause(known, c, p.Eligible)
	case c.skip("registration", "required"):
		p.Registration = rota.RegistrationRequired
	case c.skip("registration", "not", "lapsed"):
		p.Registration = rota.RegistrationNotLapsed
	case c.skip("registration", "ignored"):
		p.Registration = rota.RegistrationIgnored
	case c.skip("different", "practices"):
		p.DifferentPractices = true
	case c.skip("tolerance"):
		p.Tolerance = c.points()
		if !c.skip("point") {
			c.need("points")
		}
	case c.skip("points"):
		p.Points = pointsClause(c)
	default:
		ruleClause(&p.Rules, c)
	}
}

func ruleClause(r *rota.RuleSet, c *clause) {
	switch {
	case c.skip("rules"):
		*r = read(c, "the name of a rule set", readyRules)
		for c.skip("and") {
			*r = r.And(read(c, "the name of a rule set", readyRules))
		}
	case c.skip("rest"):
		n := c.number()
		if c.skip("days") {
			r.Also = append(r.Also, rota.Rule{Kind: rota.Rest, Days: n})
			return
		}
		r.RestHours = n
		c.need("hours")
	case c.skip("weekend", "together"):
		r.WeekendTogether = true
	case c.skip("newcomers", "need", "somebody", "experienced"):
		r.NewcomerNeedsExperienced = true
	case c.skip("at", "most"):
		r.AtMost = append(r.AtMost, limitClause(c))
	default:
		c.fail("%q is nothing that can be said of a rota: use pattern, tier, for, rules, rest, at most, weekend together, newcomers need somebody experienced, different practices, registration or points", c.take("what is said of the rota"))
	}
}

// limitClause reads "2 duties in 7 days" or "1 weekend in 3 weeks at price 2".
func limitClause(c *clause) rota.Limit {
	limit := rota.Limit{Duties: c.number()}
	unit := 1
	if c.skip("weekend") || c.skip("weekends") {
		limit.Weekends, unit = true, 7
	} else if !c.skip("duties") {
		c.need("duty")
	}
	c.need("in")
	limit.Days = c.number() * unit
	if limit.Weekends {
		c.need("weeks")
	} else {
		c.need("days")
	}
	if c.skip("at", "price") {
		limit.Price = c.number()
	}
	return limit
}

// tierClause reads "second counts 0.5 shadow for role GP".
func tierClause(known *world, c *clause) rota.Tier {
	name := c.take("the name of a tier")
	tier := rota.Tier{Name: rota.TierName(name), Title: name, Weight: rota.Point}
	for !c.empty() {
		switch {
		case c.skip("counts"):
			tier.Weight = c.points()
		case c.skip("shadow"):
			tier.Shadow = true
		case c.skip("for"):
			tier.Eligible = eligibleClause(known, c, tier.Eligible)
		default:
			c.fail("%q is nothing that can be said of a tier: use counts, shadow or for", c.words[0].text)
		}
	}
	return tier
}

// eligibleClause reads "role A or B", "practice A or B", "qualification A or B" or "leader A or B".
func eligibleClause(known *world, c *clause, e rota.Eligibility) rota.Eligibility {
	switch {
	case c.skip("role"):
		e.Roles = c.list("a role")
	case c.skip("qualification"):
		e.Qualifications = c.list("a qualification")
	case c.skip("practice"):
		e.Practices = []rota.PracticeCode{known.practice(c)}
		for c.skip("or") {
			e.Practices = append(e.Practices, known.practice(c))
		}
	default:
		c.need("leader")
		e.Leaders = known.oneOf(c)
	}
	return e
}

// pointsClause reads "weekday 1 weekend 2 bank holiday 3 festive 4".
func pointsClause(c *clause) rota.DayPoints {
	var points rota.DayPoints
	for !c.empty() {
		points[c.category()] = c.points()
	}
	return points
}

// parseShift adds a kind of shift to a rota.
func parseShift(known *world, c *clause, more []*clause) (step, error) {
	policy, name := known.rota(c), c.take("the name of the shift")
	kind := rota.ShiftKind{Name: name}
	for !c.empty() {
		first := c.weekday()
		kind.Days = append(kind.Days, first)
		if c.skip("to") {
			for last := c.weekday(); c.err == nil && kind.Days[len(kind.Days)-1] != last; {
				kind.Days = append(kind.Days, (kind.Days[len(kind.Days)-1]+1)%7)
			}
		}
	}
	if err := c.done(); err != nil {
		return nil, err
	}
	for _, c := range more {
		shiftClause(&kind, c)
		if err := c.done(); err != nil {
			return nil, err
		}
	}
	return fact(func(w *world) {
		p := w.policies[policy.Name]
		p.Pattern = append(slices.Clone(p.Pattern), kind)
		w.policies[policy.Name] = p
	}), nil
}

func shiftClause(kind *rota.ShiftKind, c *clause) {
	switch {
	case c.skip("not", "on", "bank", "holidays"):
		kind.Holidays = rota.NotOnHoliday
	case c.skip("only", "on", "bank", "holidays"):
		kind.Holidays = rota.OnlyOnHoliday
	case c.skip("points"):
		points := pointsClause(c)
		kind.Points = &points
	case c.skip("on", "site"):
		kind.Place = rota.OnSite
	case c.skip("work"):
		kind.Expected = rota.Minutes(c.points() * 60 / rota.Point)
		c.need("hours", "a", "day")
	default:
		kind.Start = c.time()
		c.need("to")
		kind.End = c.time()
		if c.skip("next", "day") {
			kind.EndDays = 1
		} else if c.skip("after") {
			kind.EndDays = c.number()
			c.need("days")
			if kind.EndDays > 31 {
				c.fail("a shift of %d days is too long: 31 is the most", kind.EndDays)
			}
		}
		if c.err == nil && kind.EndDays == 0 && kind.End <= kind.Start {
			c.fail("%s to %s on one day is no time at all: say next day, or after so many days", kind.Start, kind.End)
		}
	}
}

func readyPattern(name string) ([]rota.ShiftKind, error) {
	var names []string
	for _, p := range rota.ReadyPatterns() {
		if p.Name == name {
			return p.Kinds, nil
		}
		names = append(names, p.Name)
	}
	return nil, fmt.Errorf("%q is not a pattern: use one of %s", name, strings.Join(names, ", "))
}

func readyRules(name string) (rota.RuleSet, error) {
	var names []string
	for _, r := range rota.ReadyRuleSets() {
		if r.Rules.Name == name {
			return r.Rules, nil
		}
		names = append(names, r.Rules.Name)
	}
	return rota.RuleSet{}, fmt.Errorf("%q is not a rule set: use one of %s", name, strings.Join(names, ", "))
}

// parseBuild reads "on-call from 2027-01-04 for 26 weeks, seed 7".
func parseBuild(known *world, c *clause, more []*clause) (step, error) {
	order := buildOrder{rota: known.rota(c).Name, seed: 1}
	c.need("from")
	order.from = c.date()
	if c.skip("until") {
		order.until = c.date()
	} else {
		c.need("for")
		days := c.number()
		if c.skip("weeks") || c.skip("week") {
			days *= 7
		} else if !c.skip("day") {
			c.need("days")
		}
		order.until = order.from.AddDays(days)
	}
	if err := c.done(); err != nil {
		return nil, err
	}
	for _, c := range more {
		if c.skip("gaps", "allowed") {
			order.gaps = true
		} else {
			c.need("seed")
			order.seed = uint64(c.number())
		}
		if err := c.done(); err != nil {
			return nil, err
		}
	}
	known.building = order.rota
	return order.build, nil
}

func parsePublish(known *world, c *clause, _ []*clause) (step, error) {
	name := known.rota(c).Name
	if c.err == nil && known.building != name {
		c.fail("%s has not just been built", name)
	}
	return publish, c.done()
}
