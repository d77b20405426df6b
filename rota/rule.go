package rota

import (
	"cmp"
	"slices"
	"strings"
)

// RuleSet holds the rules on how duties of one leader may follow each other, and on who goes with whom.
// They count the duties of all rotas together. A zero field asks nothing. The plain fields are hard rules
// that bind everybody, but for the prices in AtMost; Also holds every other rule.
type RuleSet struct {
	Name                     string  `json:"name"`             // "pcn-daily", "pcn-daily + wtr-1998", or "" for rules of the PCN's own
	RestHours                int     `json:"rest_hours"`       // from the end of one duty to the start of the next
	WeekendTogether          bool    `json:"weekend_together"` // RestHours are not asked between a Saturday's duty and the Sunday's after it
	AtMost                   []Limit `json:"at_most,omitempty"`
	NewcomerNeedsExperienced bool    `json:"newcomer_needs_experienced"` // a newcomer is never first without an experienced second
	Also                     []Rule  `json:"also,omitempty"`
}

// Limit allows a leader at most Duties duties that start within any Days consecutive days. With
// Weekends it counts weekends instead (a Saturday, a Sunday or both on call is one) and Days is a
// number of weeks times seven: {1, 21, true, 0} is one weekend in three.
type Limit struct {
	Duties   int  `json:"duties"`
	Days     int  `json:"days"`
	Weekends bool `json:"weekends,omitempty"`
	Price    int  `json:"price,omitempty"` // 0: hard; otherwise as Rule.Price
}

// Rule is one rule, hard or soft. What Hours, Days and Most mean is told by its kind.
type Rule struct {
	Kind            RuleKind `json:"kind"`
	Hours           int      `json:"hours,omitempty"`
	Days            int      `json:"days,omitempty"`
	Most            int      `json:"most,omitempty"`
	Beside          Minutes  `json:"beside_minutes,omitempty"`   // of other work a week for a whole post, in WorkingHours
	WeekendTogether bool     `json:"weekend_together,omitempty"` // a Rest that is not asked between a Saturday's duty and the Sunday's after it

	// Price is what breaking the rule once costs, on the scale of a wish's weight. A soft rule is never
	// kept at the price of fairness or of a hard rule. 0 makes the rule hard.
	Price int `json:"price,omitempty"`
	// Binds makes a rule hard for the leaders of one employment, whatever its price, and soft for all
	// others: the Working Time Regulations protect employees, and a partner is only warned.
	Binds  Employment `json:"binds,omitempty"`
	Source string     `json:"source,omitempty"` // where it stands: "Schedule 3 paragraph 26"
}

// RuleKind says what a Rule is about.
type RuleKind string

// The kinds of rule. Days are counted on the wall calendar; a day on call is as Duty.OnCall has it, and a
// duty counts for every weekend of which it touches the Saturday or the Sunday.
const (
	// Rest asks for Hours from the end of a duty to the start of the next, or for Days clear days, by
	// the wall clock: with Days 14 a duty that ended on a Monday at nine is followed by none before
	// nine on the Monday two weeks later, whatever the clocks did.
	Rest RuleKind = "rest"
	// RestOnSite asks for Hours from the end of a duty on site to the start of the next on site.
	RestOnSite RuleKind = "rest_on_site"
	// Longest allows no duty longer than Hours, on the wall clock: the night of October on which the
	// clock shows an hour twice is no longer than others.
	Longest RuleKind = "longest"
	// LongestOnSite allows no duty on site longer than Hours, on the wall clock.
	LongestOnSite RuleKind = "longest_on_site"
	// InARow allows duties on at most Days consecutive days on call. One day in a row is never the next
	// day, except a Saturday and its Sunday.
	InARow RuleKind = "in_a_row"
	// AtMostDuties allows Most duties that start within any Days consecutive days.
	AtMostDuties RuleKind = "duties"
	// AtMostWeekends allows Most weekends within any Days/7 consecutive weekends.
	AtMostWeekends RuleKind = "weekends"
	// WorkingHours allows on average Hours a week of working time that is expected over any Days
	// consecutive days, a multiple of seven. What is longer than a week is counted in weeks from Monday.
	// Working time is that of the duties (ShiftKind.Work), each day on call of which counts on the day it
	// begins, and besides them Beside a week, in proportion to the leader's share up to a whole post.
	WorkingHours RuleKind = "working_hours"
	// DaysOnSite allows duties on site to touch at most Most of any Days consecutive days.
	DaysOnSite RuleKind = "days_on_site"
	// RestOnCall asks that in a day on call at home 8 hours of rest can be expected, and 5 of them in one
	// piece between 22:00 and 07:00: a shift with more than 16 hours of expected work does not give
	// them, nor one with more than 4 that lasts through those nine hours, were the calls to come then.
	RestOnCall RuleKind = "rest_on_call"
	// FestivePeriods allows duties in at most Most of any three festive periods that follow each other:
	// Easter, Christmas and New Year come round once a year.
	FestivePeriods RuleKind = "festive"
	// LeaveWeekend allows no duty on a weekend whose Friday before or Monday after is leave.
	LeaveWeekend RuleKind = "leave_weekend"
	// Newcomer asks for somebody experienced on the second tier while somebody new is on the first, and
	// the other way round.
	Newcomer RuleKind = "newcomer"
)

// RuleKinds lists the kinds in the order in which rules are told.
var RuleKinds = []RuleKind{
	Longest, LongestOnSite, Rest, RestOnSite, RestOnCall, InARow, AtMostDuties, AtMostWeekends,
	WorkingHours, DaysOnSite, FestivePeriods, LeaveWeekend, Newcomer,
}

// PriceFor gives the price at which l may break the rule; 0 where l must keep it.
func (r Rule) PriceFor(l Leader) int {
	switch {
	case r.Binds == "":
		return r.Price
	case r.Binds == l.Employment:
		return 0
	default:
		return max(r.Price, 1)
	}
}

// HardFor reports whether l must keep the rule.
func (r Rule) HardFor(l Leader) bool { return r.PriceFor(l) == 0 }

// Hard reports whether everybody must keep the rule.
func (r Rule) Hard() bool { return r.Price == 0 && r.Binds == "" }

// All lists the rules one by one, in the order of RuleKinds.
func (s RuleSet) All() []Rule {
	var all []Rule
	if s.RestHours > 0 {
		all = append(all, Rule{Kind: Rest, Hours: s.RestHours, WeekendTogether: s.WeekendTogether})
	}
	for _, limit := range s.AtMost {
		kind := AtMostDuties
		if limit.Weekends {
			kind = AtMostWeekends
		}
		all = append(all, Rule{Kind: kind, Most: limit.Duties, Days: limit.Days, Price: limit.Price})
	}
	if s.NewcomerNeedsExperienced {
		all = append(all, Rule{Kind: Newcomer})
	}
	all = append(all, s.Also...)
	slices.SortStableFunc(all, func(a, b Rule) int {
		return cmp.Compare(slices.Index(RuleKinds, a.Kind), slices.Index(RuleKinds, b.Kind))
	})
	return all
}

// Has reports whether the named set is the rules, or one of those that were joined to them.
func (s RuleSet) Has(name string) bool { return slices.Contains(strings.Split(s.Name, " + "), name) }

// Soft reports whether some rule of the set may be broken by somebody at a price.
func (s RuleSet) Soft() bool {
	return slices.ContainsFunc(s.All(), func(r Rule) bool { return !r.Hard() })
}

// And joins two sets: every rule of both holds. What both ask alike is asked once.
func (s RuleSet) And(o RuleSet) RuleSet {
	joined := RuleSet{
		Name: s.Name + " + " + o.Name, RestHours: s.RestHours, WeekendTogether: s.WeekendTogether,
		NewcomerNeedsExperienced: s.NewcomerNeedsExperienced || o.NewcomerNeedsExperienced,
		AtMost:                   slices.Clone(s.AtMost), Also: slices.Clone(s.Also),
	}
	also := o.Also
	if s.RestHours == 0 {
		joined.RestHours, joined.WeekendTogether = o.RestHours, o.WeekendTogether
	} else if o.RestHours > 0 {
		also = append([]Rule{{Kind: Rest, Hours: o.RestHours, WeekendTogether: o.WeekendTogether}}, also...)
	}
	for _, limit := range o.AtMost {
		if !slices.Contains(joined.AtMost, limit) {
			joined.AtMost = append(joined.AtMost, limit)
		}
	}
	for _, rule := range also {
		if !slices.Contains(joined.Also, rule) {
			joined.Also = append(joined.Also, rule)
		}
	}
	return joined
}

// Without drops all rules of the given kinds.
func (s RuleSet) Without(kinds ...RuleKind) RuleSet {
	drop := func(k RuleKind) bool { return slices.Contains(kinds, k) }
	if drop(Rest) {
		s.RestHours, s.WeekendTogether = 0, false
	}
	s.AtMost = slices.DeleteFunc(slices.Clone(s.AtMost), func(l Limit) bool {
		return l.Weekends && drop(AtMostWeekends) || !l.Weekends && drop(AtMostDuties)
	})
	s.Also = slices.DeleteFunc(slices.Clone(s.Also), func(r Rule) bool { return drop(r.Kind) })
	s.NewcomerNeedsExperienced = s.NewcomerNeedsExperienced && !drop(Newcomer)
	if len(s.AtMost) == 0 {
		s.AtMost = nil
	}
	if len(s.Also) == 0 {
		s.Also = nil
	}
	return s
}
