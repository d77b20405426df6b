package config

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"pcnrota/rota"
)

const (
	maxRestHours   = 1000 // about six weeks
	maxLimitDuties = 366
	maxLimitDays   = 366
	maxLimitWeeks  = 52
	maxPrice       = 100
	weekHours      = 168
)

// readRules reads the rules of a rota: a ready-made set or several, and over it whatever else is given. The
// sets give their name only to rules that are theirs without a change.
func readRules(s *section) rota.RuleSet {
	set := readSets(s)
	rules := readRest(s, set)
	if s.has("at_most") {
		rules = rules.Without(rota.AtMostDuties, rota.AtMostWeekends)
		rules.AtMost = readLimits(s.tables("at_most"))
	}
	if s.has("newcomer_needs_experienced") {
		rules = rules.Without(rota.Newcomer)
		rules.NewcomerNeedsExperienced = get(s, "newcomer_needs_experienced", truth(true), false)
	}
	for _, key := range ruleKeys {
		rules = key.read(s, rules)
	}
	if s.has("working_hours") {
		rules = rules.Without(rota.WorkingHours)
		for _, one := range s.tables("working_hours") {
			rules.Also = append(rules.Also, readWorkingHours(one))
		}
	}
	rules = readPrices(s, rules)
	if !reflect.DeepEqual(rules, set) {
		rules.Name = ""
	}
	return rules
}

// readSets reads set = "pcn-daily", or set = ["pcn-daily", "wtr-1998"] for the rules of both.
func readSets(s *section) rota.RuleSet {
	n := s.ask("set")
	if n == nil || n.kind != isList || n.heading {
		return get(s, "set", readyRules, rota.RuleSet{})
	}
	var joined rota.RuleSet
	for i, set := range getList(s, "set", readyRules) {
		if i == 0 {
			joined = set
		} else {
			joined = joined.And(set)
		}
	}
	return joined
}

var readyRules = words(`"pcn-daily"`, func(s string) (rota.RuleSet, error) {
	var names []string
	for _, ready := range rota.ReadyRuleSets() {
		if ready.Rules.Name == s {
			return ready.Rules, nil
		}
		names = append(names, ready.Rules.Name)
	}
	return rota.RuleSet{}, notOneOf(s, names)
})

// readRest reads what is asked between duties: hours, clear days by the wall clock, or both.
func readRest(s *section, rules rota.RuleSet) rota.RuleSet {
	together := get(s, "weekend_together", truth(true), rules.WeekendTogether)
	if s.has("rest_hours") || s.has("rest_days") {
		rules = rules.Without(rota.Rest)
		rules.RestHours = get(s, "rest_hours", whole(0, maxRestHours, 24), 0)
		if days := get(s, "rest_days", whole(0, maxLimitDays, 14), 0); days > 0 {
			rules.Also = append(rules.Also, rota.Rule{Kind: rota.Rest, Days: days, WeekendTogether: together})
		}
	}
	rules.WeekendTogether = together
	return rules
}

// ruleKey is a setting that takes the place of the set's rule of one kind. 0 or false takes the rule away.
type ruleKey struct {
	name string
	kind rota.RuleKind
	most int // of the number it takes; 0 where it takes true or false
	into func(*rota.Rule) *int
}

func inHours(r *rota.Rule) *int { return &r.Hours }
func inDays(r *rota.Rule) *int  { return &r.Days }
func inMost(r *rota.Rule) *int  { return &r.Most }

var ruleKeys = []ruleKey{
	{"longest_hours", rota.Longest, maxRestHours, inHours},
	{"longest_on_site_hours", rota.LongestOnSite, maxRestHours, inHours},
	{"rest_on_site_hours", rota.RestOnSite, maxRestHours, inHours},
	{"days_in_a_row", rota.InARow, maxLimitDays, inDays},
	{"days_on_site_in_14", rota.DaysOnSite, 13, inMost},
	{"festive_periods", rota.FestivePeriods, 2, inMost},
	{"rest_on_call", rota.RestOnCall, 0, nil},
	{"no_leave_weekends", rota.LeaveWeekend, 0, nil},
}

func (k ruleKey) read(s *section, rules rota.RuleSet) rota.RuleSet {
	if !s.has(k.name) {
		return rules
	}
	rules = rules.Without(k.kind)
	rule := rota.Rule{Kind: k.kind}
	if k.into == nil {
		if get(s, k.name, truth(true), false) {
			rules.Also = append(rules.Also, rule)
		}
		return rules
	}
	if *k.into(&rule) = get(s, k.name, whole(0, k.most, 1), 0); *k.into(&rule) > 0 {
		if k.kind == rota.DaysOnSite {
			rule.Days = 14
		}
		rules.Also = append(rules.Also, rule)
	}
	return rules
}

// readWorkingHours reads { hours = 48, weeks = 17, other_hours = 37.5 }.
func readWorkingHours(s *section) rota.Rule {
	const hint = "{ hours = 48, weeks = 17, other_hours = 37.5 }"
	if !s.has("hours") || !s.has("weeks") {
		s.object("needs hours a week, and over how many weeks they are an average", hint)
	}
	other := get(s, "other_hours", number("37.5", func(f float64) bool { return f >= 0 && f <= weekHours }, "a number of hours from 0 to 168"), 0)
	return rota.Rule{
		Kind: rota.WorkingHours, Hours: get(s, "hours", whole(1, weekHours, 48), 48), Days: 7 * get(s, "weeks", whole(1, maxLimitWeeks, 17), 17),
		Beside: rota.Minutes(other*60 + 0.5), Price: readPrice(s),
	}
}

func readPrice(s *section) int { return get(s, "price", whole(0, maxPrice, 2), 0) }

// readPrices reads what it costs to break rules that are not given in lists: prices = { festive_periods = 3 }.
func readPrices(s *section, rules rota.RuleSet) rota.RuleSet {
	prices := s.table("prices")
	for _, key := range pricedKeys() {
		n := prices.ask(key.name)
		if n == nil {
			continue
		}
		price := get(prices, key.name, whole(0, maxPrice, 2), 0)
		has := func(r rota.Rule) bool { return slices.Contains(key.kinds, r.Kind) }
		if !slices.ContainsFunc(rules.All(), has) {
			prices.refuse(key.name, n, "is the price of a rule that this rota does not have", "take the line out, or give the rule: "+key.name+" = ...")
			continue
		}
		rules = priced(rules, has, price)
	}
	return rules
}

type pricedKey struct {
	name  string
	kinds []rota.RuleKind
}

func pricedKeys() []pricedKey {
	keys := []pricedKey{
		{"rest", []rota.RuleKind{rota.Rest}},
		{"newcomer_needs_experienced", []rota.RuleKind{rota.Newcomer}},
		{"working_hours", []rota.RuleKind{rota.WorkingHours}},
	}
	for _, key := range ruleKeys {
		keys = append(keys, pricedKey{key.name, []rota.RuleKind{key.kind}})
	}
	return keys
}

// priced gives a price to every rule that is one of those. 0 makes it hard for everybody.
func priced(rules rota.RuleSet, those func(rota.Rule) bool, price int) rota.RuleSet {
	rules.Also = slices.Clone(rules.Also)
	for i, r := range rules.Also {
		if those(r) {
			rules.Also[i].Price = price
			if price == 0 {
				rules.Also[i].Binds = ""
			}
		}
	}
	if rest := (rota.Rule{Kind: rota.Rest, Hours: rules.RestHours, WeekendTogether: rules.WeekendTogether, Price: price}); price > 0 && rules.RestHours > 0 && those(rest) {
		rules.RestHours, rules.WeekendTogether, rules.Also = 0, false, append(rules.Also, rest)
	}
	if newcomer := (rota.Rule{Kind: rota.Newcomer, Price: price}); price > 0 && rules.NewcomerNeedsExperienced && those(newcomer) {
		rules.NewcomerNeedsExperienced, rules.Also = false, append(rules.Also, newcomer)
	}
	return rules
}

func readLimits(sections []*section) []rota.Limit {
	var limits []rota.Limit
	for _, s := range sections {
		limits = append(limits, readLimit(s))
	}
	return limits
}

// readLimit reads {duties = 2, days = 7} or {weekends = 1, weeks = 3}, with price = 2 where it is soft.
func readLimit(s *section) rota.Limit {
	const hint = "{ duties = 2, days = 7 } or { weekends = 1, weeks = 3 }"
	duties := get(s, "duties", whole(1, maxLimitDuties, 2), 0)
	days := get(s, "days", whole(1, maxLimitDays, 7), 0)
	weekends := get(s, "weekends", whole(1, maxLimitWeeks, 1), 0)
	weeks := get(s, "weeks", whole(1, maxLimitWeeks, 3), 0)
	price := readPrice(s)
	switch {
	case !s.sound():
	case s.has("duties") == s.has("weekends"):
		s.object("needs either duties or weekends", hint)
	case s.has("weekends") && (!s.has("weeks") || s.has("days")):
		s.object("counts weekends, and needs weeks to count them in", hint)
	case s.has("days") == s.has("weeks"):
		s.object("counts duties, and needs either days or weeks to count them in", hint)
	case s.has("weekends") && weekends >= weeks:
		s.object(fmt.Sprintf("allows %d weekends in %d, which forbids nothing", weekends, weeks), hint)
	}
	return rota.Limit{Duties: duties + weekends, Days: days + 7*weeks, Weekends: s.has("weekends"), Price: price}
}

// refuseMisfits notes each kind of shift that the rules leave to nobody.
func refuseMisfits(s *section, p rota.Policy) {
	for _, m := range p.Misfits() {
		source := ""
		if m.Rule.Source != "" {
			source = ", " + m.Rule.Source
		}
		problem := fmt.Sprintf("ask for %s%s, and nobody can hold shift %q: %s", m.Rule, source, m.Shift.Name, m.Why)
		hint := fmt.Sprintf("another pattern with shorter shifts, another set%s", easing(m.Rule))
		if n := s.ask("set"); n != nil {
			s.refuse("set", n, strings.Replace(problem, "ask", "asks", 1), hint)
			continue
		}
		s.object(problem, hint)
	}
}

// easing says what to type to take back the rule.
func easing(r rota.Rule) string {
	for _, key := range ruleKeys {
		switch {
		case key.kind != r.Kind:
		case key.into == nil:
			return ", or " + key.name + " = false"
		default:
			return ", or " + key.name + " = 0 for no such rule"
		}
	}
	return ""
}
