package config

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pcnrota/rota"
)

// withRules is a rota of one tier with these rules.
func withRules(pattern, rules string) string {
	return "pcn.name = 'X'\n[[rota]]\nname = 'r'\npattern = '" + pattern + "'\ntier = [{name = 'first'}]\nrules = {" + rules + "}\n"
}

func TestRulesAreHardOrHaveAPrice(t *testing.T) {
	for _, tt := range []struct {
		name, rules string
		want        rota.RuleSet
	}{
		{"a limit at a price", `at_most = [{ weekends = 1, weeks = 3, price = 2 }]`, rota.RuleSet{
			AtMost: []rota.Limit{{Duties: 1, Days: 21, Weekends: true, Price: 2}},
		}},
		{"rest at a price", `rest_hours = 24, weekend_together = true, prices = { rest = 4 }`, rota.RuleSet{
			Also: []rota.Rule{{Kind: rota.Rest, Hours: 24, WeekendTogether: true, Price: 4}},
		}},
		{"a soft rule of a set made hard, and others taken away", `set = "pcn-light", at_most = [], longest_hours = 0, rest_days = 0, no_leave_weekends = false, newcomer_needs_experienced = false, prices = { festive_periods = 0 }`, rota.RuleSet{
			Also: []rota.Rule{{Kind: rota.FestivePeriods, Most: 1, Source: "house rule"}},
		}},
		{"work with what is beside it", `working_hours = [{ hours = 48, weeks = 17, other_hours = 37.5, price = 1 }]`, rota.RuleSet{
			Also: []rota.Rule{{Kind: rota.WorkingHours, Hours: 48, Days: 119, Beside: 2250, Price: 1}},
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := parse(t, withRules("daily", tt.rules))
			if diff := cmp.Diff(tt.want, c.Rotas[0].Rules); diff != "" {
				t.Errorf("rules differ (-want +got):\n%s", diff)
			}
		})
	}
}

func TestSetsAreJoined(t *testing.T) {
	c := parse(t, withRules("daily", `set = ["pcn-daily", "wtr-1998"]`))
	rules := c.Rotas[0].Rules
	if rules.Name != "pcn-daily + wtr-1998" || rules.RestHours != 24 || !rules.Has("wtr-1998") || len(rules.Also) != 4 {
		t.Errorf("rules are %+v", rules)
	}
}

func TestRulesThatLeaveAShiftToNobodyAreRefused(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{
			"a weekend under rdc-2016", withRules("weeknights-and-weekends", `set = "rdc-2016"`),
			`set = "rdc-2016" asks for no duty longer than 24 hours, Schedule 3 paragraph 26, and nobody can hold shift "weekend": it lasts 61.5 hours, and 24 are allowed`,
		},
		{"a week of work on site", strings.Replace(withRules("weekly", `working_hours = [{ hours = 72, weeks = 1 }]`), "pattern", "place = 'site'\npattern", 1), `nobody can hold shift "week"`},
		{"a price for no rule", withRules("daily", `prices = { rest = 2 }`), "is the price of a rule that this rota does not have"},
		{"expected work on site", strings.Replace(withRules("daily", ""), "pattern", "place = 'site'\nexpected_hours = 2\npattern", 1), "on site every hour is working time"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Parse("config.toml", []byte(tt.text), nil)
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error is %v", err)
			}
		})
	}
}
