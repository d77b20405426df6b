package config

import (
	"fmt"
	"reflect"

	"pcnrota/rota"
)

const (
	maxRestHours   = 1000 // about six weeks
	maxLimitDuties = 366
	maxLimitDays   = 366
	maxLimitWeeks  = 52
)

// readRules reads the hard rules of a rota: a ready-made set, and over it whatever else is given. The set
// gives its name only to rules that are its own without a change.
func readRules(s *section) rota.RuleSet {
	set := get(s, "set", readyRules, rota.RuleSet{})
	rules := set
	rules.RestHours = get(s, "rest_hours", whole(0, maxRestHours, 24), set.RestHours)
	rules.WeekendTogether = get(s, "weekend_together", truth(true), set.WeekendTogether)
	rules.NewcomerNeedsExperienced = get(s, "newcomer_needs_experienced", truth(true), set.NewcomerNeedsExperienced)
	if s.has("at_most") {
		rules.AtMost = readLimits(s.tables("at_most"))
	}
	if !reflect.DeepEqual(rules, set) {
		rules.Name = ""
	}
	return rules
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

func readLimits(sections []*section) []rota.Limit {
	var limits []rota.Limit
	for _, s := range sections {
		limits = append(limits, readLimit(s))
	}
	return limits
}

// readLimit reads {duties = 2, days = 7} or {weekends = 1, weeks = 3}.
func readLimit(s *section) rota.Limit {
	const hint = "{ duties = 2, days = 7 } or { weekends = 1, weeks = 3 }"
	duties := get(s, "duties", whole(1, maxLimitDuties, 2), 0)
	days := get(s, "days", whole(1, maxLimitDays, 7), 0)
	weekends := get(s, "weekends", whole(1, maxLimitWeeks, 1), 0)
	weeks := get(s, "weeks", whole(1, maxLimitWeeks, 3), 0)
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
	return rota.Limit{Duties: duties + weekends, Days: days + 7*weeks, Weekends: s.has("weekends")}
}
