package rotatest

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"pcnrota/rota"
)

// This file reads what is expected of one leader.

func expectLeader(known *world, c *clause) expectation {
	l := known.leader(c)
	switch {
	case c.skip("target"):
		return expectTarget(known, l, c)
	case len(c.words) > 0 && strings.EqualFold(c.words[0].text, "within"):
		return withinTarget(c)(l)
	default:
		c.skip("holds")
		return expectHolds(known, l, c)
	}
}

// visible is the smallest difference between two targets that anybody sees: half of a hundredth.
const visible = 0.005

// withinTarget reads "within 3 points of target". Where somebody stands counts what was carried in.
func withinTarget(c *clause) func(rota.LeaderID) expectation {
	c.need("within")
	most := c.points()
	if !c.skip("point") {
		c.need("points")
	}
	c.need("of", "target")
	return func(l rota.LeaderID) expectation {
		return func(o *outcome) string {
			if x := standing(o, l).After().Total(); max(x, -x) > most {
				return fmt.Sprintf("%s ends %s points from target", l, x)
			}
			return ""
		}
	}
}

// everybody asks the same of all who have a standing.
func everybody(o *outcome, ask func(rota.LeaderID) expectation) string {
	var found []string
	for _, s := range o.draft.Standings {
		if problem := ask(s.Leader)(o); problem != "" {
			found = append(found, problem)
		}
	}
	return strings.Join(found, "; ")
}

// expectTarget reads "12 to 15 points", "below L01", "above L01" or "0.5 of L01".
func expectTarget(known *world, l rota.LeaderID, c *clause) expectation {
	target := func(o *outcome, id rota.LeaderID) float64 { return standing(o, id).Target.Total().Float() }
	var met func(o *outcome) bool
	switch {
	case c.skip("below"):
		other := known.leader(c)
		met = func(o *outcome) bool { return target(o, l) < target(o, other)-visible }
	case c.skip("above"):
		other := known.leader(c)
		met = func(o *outcome) bool { return target(o, l) > target(o, other)+visible }
	default:
		low := c.points().Float()
		if c.skip("of") {
			other := known.leader(c)
			met = func(o *outcome) bool { return math.Abs(target(o, l)-low*target(o, other)) < visible }
			break
		}
		high := low
		if c.skip("to") {
			high = c.points().Float()
		}
		c.need("points")
		met = func(o *outcome) bool { return low < target(o, l)+visible && target(o, l) < high+visible }
	}
	return func(o *outcome) string {
		if met(o) {
			return ""
		}
		found := make([]string, len(o.draft.Standings))
		for i, s := range o.draft.Standings {
			found[i] = fmt.Sprintf("%s %s", s.Leader, s.Target.Total())
		}
		return "the targets are " + strings.Join(found, ", ")
	}
}

func standing(o *outcome, l rota.LeaderID) rota.Standing {
	i := slices.IndexFunc(o.draft.Standings, func(s rota.Standing) bool { return s.Leader == l })
	if i < 0 {
		return rota.Standing{Leader: l}
	}
	return o.draft.Standings[i]
}

// expectHolds reads "none", "some", "at least 3", "at most 3" or "3", then "on second" for a tier and
// "from DAY to DAY" for the duties that touch these days.
func expectHolds(known *world, l rota.LeaderID, c *clause) expectation {
	least, most := 0, math.MaxInt
	switch {
	case c.skip("none"):
		most = 0
	case c.skip("some"):
		least = 1
	case c.skip("at", "least"):
		least = c.number()
	case c.skip("at", "most"):
		most = c.number()
	default:
		least = c.number()
		most = least
	}
	tier := tierOf(known, c)
	from, to := rota.Date{}, rota.Date{Year: 9999, Month: 12, Day: 31}
	if c.skip("from") {
		from, to = c.days()
	} else if c.skip("on") {
		from = c.date()
		to = from
	}
	return func(o *outcome) string {
		var held []string
		for _, d := range o.draft.Duties {
			first, last := touched(d)
			if d.Holder == l && (tier == "" || d.Tier == tier) && !last.Before(from) && !first.After(to) {
				held = append(held, string(d.ID))
			}
		}
		if len(held) < least || len(held) > most {
			return fmt.Sprintf("%s holds %d: %s", l, len(held), strings.Join(held, ", "))
		}
		return ""
	}
}

// tierOf reads "on second" where second is a tier of the rota that was built.
func tierOf(known *world, c *clause) rota.TierName {
	for _, tier := range known.policies[known.building].Tiers {
		if c.skip("on", string(tier.Name)) {
			return tier.Name
		}
	}
	return ""
}
