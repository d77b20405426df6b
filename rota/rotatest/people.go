package rotatest

import (
	"fmt"
	"slices"
	"strings"

	"pcnrota/rota"
)

// barred names what keeps l from holding d, whatever else is on the rota.
func (c *checker) barred(l rota.Leader, d rota.Duty) []Breach {
	if was, begun := c.begun[d.ID]; begun {
		if was.Holder == l.ID {
			return nil // whatever has happened since
		}
		return []Breach{{
			RuleBegun, d.ID, l.ID,
			fmt.Sprintf("%s has begun with %s on call, and %s holds it here", d.ID, was.Holder, l.ID), 0,
		}}
	}
	breaches := append(c.outside(l, d), c.onLeave(l, d)...)
	for _, b := range Hard(c.suits(l.ID, d)) {
		if b.Rule == RuleLeaveWeekend {
			breaches = append(breaches, b)
		}
	}
	return append(breaches, c.overruled(l.ID, d.ID)...)
}

// onLeave names the absences of l that take any time of d.
func (c *checker) onLeave(l rota.Leader, d rota.Duty) (breaches []Breach) {
	first, last := touched(d)
	for _, a := range c.away[l.ID] {
		if a.Kind == rota.NonWorkingDay || a.First.After(last) || first.After(a.Last) || freeAround(a, d) {
			continue
		}
		breaches = append(breaches, Breach{
			RuleAway, d.ID, l.ID,
			fmt.Sprintf("%s holds %s and is away from %s to %s", l.ID, d.ID, spoken(a.First, a.Starts), spoken(a.Last, a.Ends)), 0,
		})
	}
	return breaches
}

// freeAround reports whether the times of an absence leave room for d on the days that both touch: d is
// over when the absence begins, or begins when it is over.
func freeAround(a rota.Absence, d rota.Duty) bool {
	before := a.Starts > 0 && (d.End.Date.Before(a.First) || d.End.Date == a.First && d.End.Time <= a.Starts)
	after := a.Ends > 0 && (d.Start.Date.After(a.Last) || d.Start.Date == a.Last && d.Start.Time >= a.Ends)
	return before || after
}

func spoken(day rota.Date, at rota.TimeOfDay) string {
	if at == 0 {
		return day.String()
	}
	return day.String() + " " + at.String()
}

// overruled names the pins that l's holding d goes against.
func (c *checker) overruled(l rota.LeaderID, d rota.DutyID) (breaches []Breach) {
	for _, pin := range c.byHand[d] {
		if pin.Forbid && pin.Leader == l {
			breaches = append(breaches, Breach{RulePin, d, l, fmt.Sprintf("%s holds %s and is ruled out by hand", l, d), 0})
		}
		if !pin.Forbid && pin.Leader != l {
			breaches = append(breaches, Breach{RulePin, d, l, fmt.Sprintf("%s holds %s, which is kept for %s by hand", l, d, pin.Leader), 0})
		}
	}
	return breaches
}

// outside names what puts l outside the circle of those who could hold d: whoever is inside and only on
// leave has a part in its points all the same.
func (c *checker) outside(l rota.Leader, d rota.Duty) (breaches []Breach) {
	say := func(rule, format string, args ...any) {
		why := fmt.Sprintf(format, args...)
		breaches = append(breaches, Breach{rule, d.ID, l.ID, fmt.Sprintf("%s holds %s and %s", l.ID, d.ID, why), 0})
	}
	tier := c.tier(d.Tier)
	if list := missing(c.Policy.Eligible, l); list != "" {
		say(RuleEligible, "is on none of the rota's %s", list)
	}
	if list := missing(tier.Eligible, l); list != "" {
		say(RuleEligible, "is on none of the %s tier's %s", tier.Name, list)
	}
	if !c.invited(l, d) {
		say(RuleEligible, "is not asked for there")
	}
	first, last := touched(d)
	if !l.Starts.IsZero() && first.Compare(l.Starts) < 0 {
		say(RulePost, "starts on %s", l.Starts)
	}
	if !l.Ends.IsZero() && last.Compare(l.Ends) > 0 {
		say(RulePost, "leaves on %s", l.Ends)
	}
	demand, held := c.Policy.Registration, l.Registration
	if demand == rota.RegistrationRequired && held.Body == "" {
		say(RuleRegistered, "has no registration")
	}
	if demand != rota.RegistrationIgnored && demand != "" && held.Body != "" && !held.Expires.IsZero() && last.Compare(held.Expires) > 0 {
		say(RuleRegistered, "is registered until %s", held.Expires)
	}
	for _, b := range Hard(c.suits(l.ID, d)) {
		if b.Rule != RuleLeaveWeekend { // which is like leave itself
			breaches = append(breaches, b)
		}
	}
	return breaches
}

func (c *checker) tier(name rota.TierName) rota.Tier {
	i := slices.IndexFunc(c.Policy.Tiers, func(t rota.Tier) bool { return t.Name == name })
	if i < 0 {
		return rota.Tier{Name: name}
	}
	return c.Policy.Tiers[i]
}

// missing names the list of e that l is not on, or "".
func missing(e rota.Eligibility, l rota.Leader) string {
	same := func(a string) func(string) bool { return func(b string) bool { return strings.EqualFold(a, b) } }
	hasRole := func(role string) bool { return slices.ContainsFunc(l.Roles, same(role)) }
	gp := same("GMC")(l.Registration.Body)
	for _, role := range l.Roles {
		gp = gp || slices.Contains(strings.Fields(role), "GP")
	}
	qualified := func(q string) bool {
		return slices.ContainsFunc(l.Qualifications, same(q)) || (same(q)("GP") && gp) ||
			(l.Registration.Body != "" && same(q)(l.Registration.Body))
	}
	switch {
	case len(e.Roles) > 0 && !slices.ContainsFunc(e.Roles, hasRole):
		return "roles"
	case len(e.Practices) > 0 && !slices.Contains(e.Practices, l.Practice):
		return "practices"
	case len(e.Qualifications) > 0 && !slices.ContainsFunc(e.Qualifications, qualified):
		return "qualifications"
	case len(e.Leaders) > 0 && !slices.Contains(e.Leaders, l.ID):
		return "names"
	default:
		return ""
	}
}

// touched gives the first and the last day on which d has any time at all.
func touched(d rota.Duty) (first, last rota.Date) {
	if d.End.Time == 0 {
		return d.Start.Date, d.End.Date.AddDays(-1)
	}
	return d.Start.Date, d.End.Date
}

// shifts names what is wrong between the holders of the tiers of one shift.
func (c *checker) shifts(duties []rota.Duty) (breaches []Breach) {
	type shift struct {
		rota  rota.RotaName
		kind  string
		start rota.Civil
	}
	tiers, order := map[shift][]rota.Duty{}, []shift{}
	for _, d := range duties {
		s := shift{d.Rota, d.Kind, d.Start}
		if tiers[s] == nil {
			order = append(order, s)
		}
		tiers[s] = append(tiers[s], d)
	}
	for _, s := range order {
		for i, a := range tiers[s] {
			for _, b := range tiers[s][i+1:] {
				breaches = append(breaches, c.together(a, b)...)
			}
		}
	}
	return breaches
}

// together names what is wrong between two tiers of one shift.
func (c *checker) together(a, b rota.Duty) (breaches []Breach) {
	l, knownL := c.leaders[a.Holder]
	m, knownM := c.leaders[b.Holder]
	_, begun := c.begun[a.ID]
	_, both := c.begun[b.ID]
	if !knownL || !knownM || a.Tier == b.Tier || (begun && both) {
		return nil
	}
	say := func(rule, format string, args ...any) {
		breaches = append(breaches, Breach{rule, b.ID, m.ID, fmt.Sprintf(format, args...), 0})
	}
	if l.ID == m.ID {
		say(RulePeople, "%s holds both %s and %s", l.ID, a.ID, b.ID)
		return breaches
	}
	shadow := c.tier(a.Tier).Shadow || c.tier(b.Tier).Shadow
	if c.Policy.DifferentPractices && !shadow && l.Practice != "" && l.Practice == m.Practice {
		say(RulePractices, "%s on %s and %s on %s are both from practice %s", l.ID, a.ID, m.ID, b.ID, l.Practice)
	}
	for _, r := range c.rules[m.ID] {
		if r.Kind == rota.Newcomer && l.NewToOnCall && m.NewToOnCall && c.firstTwo(a.Tier, b.Tier) {
			breaches = append(breaches, r.breach(RuleNewcomer, b.ID, "%s on %s and %s on %s are both new to on call", l.ID, a.ID, m.ID, b.ID))
		}
	}
	return breaches
}

// firstTwo reports whether a and b are the first and the second tier, in any order.
func (c *checker) firstTwo(a, b rota.TierName) bool {
	if len(c.Policy.Tiers) < 2 {
		return false
	}
	first, second := c.Policy.Tiers[0].Name, c.Policy.Tiers[1].Name
	return a == first && b == second || a == second && b == first
}
