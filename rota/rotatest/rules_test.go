package rotatest_test

import (
	"testing"

	"pcnrota/rota"
	"pcnrota/rota/rotatest"
)

// TestEachRuleJustKeptAndJustBroken gives L1 two duties, "from" to "until" on the wall clock, and holds them
// against one rule. The clocks go forward on 28 March 2027 and back on 31 October.
func TestEachRuleJustKeptAndJustBroken(t *testing.T) {
	site, work := rota.ShiftKind{Place: rota.OnSite}, func(hours rota.Minutes) rota.ShiftKind { return rota.ShiftKind{Expected: 60 * hours} }
	for _, tt := range []struct {
		name   string
		rule   rota.Rule
		kind   rota.ShiftKind
		duties []string // starts and ends in turn
		want   string   // the breach; "" where the rule is kept
	}{
		{"a day", rota.Rule{Kind: rota.Longest, Hours: 24}, work(0), []string{"2027-05-03T08:00", "2027-05-04T08:00"}, ""},
		{"a day of 25 hours", rota.Rule{Kind: rota.Longest, Hours: 24}, work(0), []string{"2027-10-30T08:00", "2027-10-31T08:00"}, ""},
		{"more than a day, of 23 hours and a half", rota.Rule{Kind: rota.Longest, Hours: 24}, work(0), []string{"2027-03-27T08:00", "2027-03-28T08:30"}, rotatest.RuleLongest},
		{"13 hours on site", rota.Rule{Kind: rota.LongestOnSite, Hours: 13}, site, []string{"2027-05-03T08:00", "2027-05-03T21:00"}, ""},
		{"13 hours and a minute on site", rota.Rule{Kind: rota.LongestOnSite, Hours: 13}, site, []string{"2027-05-03T08:00", "2027-05-03T21:01"}, rotatest.RuleLongest},
		{"more at home", rota.Rule{Kind: rota.LongestOnSite, Hours: 13}, work(4), []string{"2027-05-03T08:00", "2027-05-04T08:00"}, ""},
		{"11 hours on site", rota.Rule{Kind: rota.RestOnSite, Hours: 11}, site, []string{"2027-05-03T08:00", "2027-05-03T20:00", "2027-05-04T07:00", "2027-05-04T12:00"}, ""},
		{"11 hours by a clock that has just gone forward", rota.Rule{Kind: rota.RestOnSite, Hours: 11}, site, []string{"2027-03-27T08:00", "2027-03-27T20:00", "2027-03-28T07:00", "2027-03-28T12:00"}, rotatest.RuleRest},
		{"10 hours by a clock that has just gone back", rota.Rule{Kind: rota.RestOnSite, Hours: 11}, site, []string{"2027-10-30T08:00", "2027-10-30T20:00", "2027-10-31T06:00", "2027-10-31T12:00"}, ""},
		{"no rest at home", rota.Rule{Kind: rota.RestOnSite, Hours: 11}, work(4), []string{"2027-05-03T08:00", "2027-05-03T20:00", "2027-05-03T20:00", "2027-05-04T08:00"}, ""},
		{"two clear weeks, an hour short by the sun", rota.Rule{Kind: rota.Rest, Days: 14}, work(0), []string{"2027-03-08T09:00", "2027-03-15T09:00", "2027-03-29T09:00", "2027-04-05T09:00"}, ""},
		{"a minute less than two clear weeks", rota.Rule{Kind: rota.Rest, Days: 14}, work(0), []string{"2027-03-08T09:00", "2027-03-15T09:01", "2027-03-29T09:00", "2027-04-05T09:00"}, rotatest.RuleRest},
		{"Saturday and Sunday", rota.Rule{Kind: rota.InARow, Days: 1}, work(0), []string{"2027-05-08T08:00", "2027-05-09T08:00", "2027-05-09T08:00", "2027-05-10T08:00"}, ""},
		{"Sunday and Monday", rota.Rule{Kind: rota.InARow, Days: 1}, work(0), []string{"2027-05-09T08:00", "2027-05-10T08:00", "2027-05-10T08:00", "2027-05-11T08:00"}, rotatest.RuleInARow},
		{"a weekend in one", rota.Rule{Kind: rota.InARow, Days: 1}, work(0), []string{"2027-05-07T18:30", "2027-05-10T08:00"}, rotatest.RuleInARow},
		{"seven days in a row", rota.Rule{Kind: rota.InARow, Days: 7}, work(0), []string{"2027-05-03T09:00", "2027-05-10T09:00"}, ""},
		{"eight days in a row", rota.Rule{Kind: rota.InARow, Days: 7}, work(0), []string{"2027-05-03T09:00", "2027-05-10T09:00", "2027-05-10T09:00", "2027-05-11T09:00"}, rotatest.RuleInARow},
		{"72 hours in 7 days", rota.Rule{Kind: rota.WorkingHours, Hours: 72, Days: 7}, site, []string{"2027-05-03T08:00", "2027-05-05T08:00", "2027-05-09T08:00", "2027-05-10T08:00"}, ""},
		{"72 hours and one", rota.Rule{Kind: rota.WorkingHours, Hours: 72, Days: 7}, site, []string{"2027-05-03T08:00", "2027-05-05T08:00", "2027-05-09T08:00", "2027-05-10T09:00"}, ""}, // the last hour counts on the eighth day
		{"73 hours in 6 days", rota.Rule{Kind: rota.WorkingHours, Hours: 72, Days: 7}, site, []string{"2027-05-03T08:00", "2027-05-05T09:00", "2027-05-08T08:00", "2027-05-09T08:00"}, rotatest.RuleWorkingHours},
		{"with other work beside", rota.Rule{Kind: rota.WorkingHours, Hours: 72, Days: 7, Beside: 37*60 + 30}, site, []string{"2027-05-03T08:00", "2027-05-04T19:00"}, rotatest.RuleWorkingHours},
		{"what is expected at home", rota.Rule{Kind: rota.WorkingHours, Hours: 8, Days: 7}, work(4), []string{"2027-05-03T08:00", "2027-05-05T08:00"}, ""},
		{"more than that", rota.Rule{Kind: rota.WorkingHours, Hours: 8, Days: 7}, work(4), []string{"2027-05-03T08:00", "2027-05-05T09:00"}, rotatest.RuleWorkingHours},
		{"on site on 3 days of 4", rota.Rule{Kind: rota.DaysOnSite, Most: 3, Days: 4}, site, []string{"2027-05-03T08:00", "2027-05-04T08:00", "2027-05-06T08:00", "2027-05-06T20:00"}, ""},
		{"on site on 4 days of 4", rota.Rule{Kind: rota.DaysOnSite, Most: 3, Days: 4}, site, []string{"2027-05-03T08:00", "2027-05-04T08:00", "2027-05-05T08:00", "2027-05-06T08:00"}, rotatest.RuleDaysOnSite},
		{"4 hours expected at night", rota.Rule{Kind: rota.RestOnCall}, work(4), []string{"2027-05-03T18:30", "2027-05-04T08:00"}, ""},
		{"5 hours expected at night", rota.Rule{Kind: rota.RestOnCall}, work(5), []string{"2027-05-03T18:30", "2027-05-04T08:00"}, rotatest.RuleRestOnCall},
		{"5 hours expected by day", rota.Rule{Kind: rota.RestOnCall}, work(5), []string{"2027-05-03T08:00", "2027-05-03T22:30"}, ""},
		{"Easter, and Easter again", rota.Rule{Kind: rota.FestivePeriods, Most: 1}, work(0), []string{"2027-03-28T08:00", "2027-03-29T08:00", "2028-04-16T08:00", "2028-04-17T08:00"}, ""},
		{"Christmas and New Year's Day", rota.Rule{Kind: rota.FestivePeriods, Most: 1}, work(0), []string{"2027-12-24T08:00", "2027-12-25T08:00", "2028-01-01T08:00", "2028-01-02T08:00"}, rotatest.RuleFestivePeriods},
		{"two days of one Christmas", rota.Rule{Kind: rota.FestivePeriods, Most: 1}, work(0), []string{"2027-12-24T08:00", "2027-12-25T08:00", "2027-12-26T08:00", "2027-12-27T08:00"}, ""},
		{"a weekend before leave", rota.Rule{Kind: rota.LeaveWeekend}, work(0), []string{"2027-06-05T08:00", "2027-06-06T08:00"}, rotatest.RuleLeaveWeekend},
		{"a weekend a day from leave", rota.Rule{Kind: rota.LeaveWeekend}, work(0), []string{"2027-06-12T08:00", "2027-06-13T08:00"}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p, d := handMade(t, tt.kind, tt.duties)
			p.Absences = []rota.Absence{{Leader: "L1", Kind: rota.Annual, First: day(t, "2027-06-07"), Last: day(t, "2027-06-10")}}
			for _, force := range []string{"hard", "soft", "soft for a partner"} {
				rule := tt.rule
				switch force {
				case "soft":
					rule.Price = 3
				case "soft for a partner":
					rule.Price, rule.Binds = 3, rota.Employee
				}
				p.Policy.Rules.Also = []rota.Rule{rule}
				found := ""
				for _, b := range rotatest.CheckDuties(p, d) {
					if b.Rule == rotatest.RuleInvented {
						continue // no pattern asks for these
					}
					found = b.Rule
					if (b.Price == 0) != (force == "hard") {
						t.Errorf("%s: %s has a price of %d", force, b, b.Price)
					}
				}
				if found != tt.want {
					t.Errorf("%s: the breach is %q, want %q", force, found, tt.want)
				}
			}
		})
	}
}

// handMade gives the duties to L1, a partner.
func handMade(t *testing.T, kind rota.ShiftKind, times []string) (rota.Problem, []rota.Duty) {
	kind.Name = "any"
	p := rota.Problem{
		Policy: rota.Policy{Name: "call", Tiers: []rota.Tier{{Name: "first", Weight: rota.Point}}, Pattern: []rota.ShiftKind{kind}},
		From:   day(t, "2027-01-01"), Until: day(t, "2028-12-31"), Zone: london(t),
		Leaders: []rota.Leader{{ID: "L1", Share: rota.FullTime, Employment: rota.Partner}},
	}
	var duties []rota.Duty
	for i := 0; i < len(times); i += 2 {
		start, end := civil(t, times[i]), civil(t, times[i+1])
		duties = append(duties, rota.Duty{
			ID: rota.DutyID("call.first." + times[i]), Rota: "call", Tier: "first", Kind: "any", Start: start, End: end, Holder: "L1",
			Span: rota.Span{Start: start.Instant(p.Zone), End: end.Instant(p.Zone)},
		})
	}
	return p, duties
}
