package rotatest_test

import (
	"slices"
	"testing"
	"time"

	"pcnrota/rota"
	"pcnrota/rota/rotatest"
)

// sound is a hand-made rota without fault: eight days from Monday 4 January 2027, two tiers, eight
// leaders who take turns in pairs, so that each has three clear days between two duties.
func sound(t *testing.T) (rota.Problem, rota.Draft) {
	t.Helper()
	p := rota.Problem{
		Policy: rota.Policy{
			Name:  "call",
			Tiers: []rota.Tier{{Name: "first", Weight: rota.Point}, {Name: "second", Weight: rota.Point / 2}},
			Pattern: []rota.ShiftKind{{
				Name: "day", Start: 8 * 60, End: 8 * 60, EndDays: 1,
				Days: []time.Weekday{time.Sunday, time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday, time.Saturday},
			}},
			Points: rota.DefaultDayPoints, DifferentPractices: true,
			Rules: rota.RuleSet{RestHours: 24, NewcomerNeedsExperienced: true},
		},
		From: day(t, "2027-01-04"), Until: day(t, "2027-01-12"), Zone: london(t), Seed: 3,
	}
	for i, id := range []rota.LeaderID{"L1", "L2", "L3", "L4", "L5", "L6", "L7", "L8"} {
		practice := []rota.PracticeCode{"A", "B", "C"}[i%3]
		p.Leaders = append(p.Leaders, rota.Leader{ID: id, Practice: practice, Share: rota.FullTime})
	}
	d := rota.Draft{Policy: p.Policy, From: p.From, Until: p.Until, Seed: p.Seed}
	for i, duty := range p.Policy.Duties(p.From, p.Until, p.Zone, p.Holidays) {
		duty.Holder = p.Leaders[i%8].ID
		d.Duties = append(d.Duties, duty)
	}
	settle(&p, &d)
	return p, d
}

// settle writes the parts and standings of a rota in which everybody has an equal part of everything.
func settle(p *rota.Problem, d *rota.Draft) {
	d.Parts, d.Standings = nil, nil
	standings := map[rota.LeaderID]rota.Standing{}
	for _, duty := range d.Duties {
		for _, l := range p.Leaders {
			s := standings[l.ID]
			part := rota.Part{Duty: duty.ID, Leader: l.ID}
			for c, points := range duty.Load {
				part.Load[c] = points / rota.Points(len(p.Leaders))
			}
			d.Parts = append(d.Parts, part)
			s.Target = s.Target.Plus(part.Load)
			if duty.Holder == l.ID {
				s.Held = s.Held.Plus(duty.Load)
			}
			standings[l.ID] = s
		}
	}
	for _, l := range p.Leaders {
		s := standings[l.ID]
		s.Leader, s.Before = l.ID, p.Balances[l.ID]
		d.Standings = append(d.Standings, s)
	}
}

func TestASoundRotaHasNoBreach(t *testing.T) {
	p, d := sound(t)
	for _, b := range rotatest.Check(p, d) {
		t.Error(b)
	}
}

// edit is a rota that a test spoils.
type edit struct {
	*testing.T
	p      *rota.Problem
	duties []rota.Duty
}

// give changes the holder of the i-th duty: 0 and 1 are the tiers of Monday, 2 and 3 those of Tuesday.
func (e *edit) give(i int, l rota.LeaderID) { e.duties[i].Holder = l }

// leader gives the i-th leader to be changed.
func (e *edit) leader(i int) *rota.Leader { return &e.p.Leaders[i-1] }

// hold adds a duty of another rota that l holds already.
func (e *edit) hold(l rota.LeaderID, from, until string) {
	start, end := civil(e.T, from), civil(e.T, until)
	e.p.Held = append(e.p.Held, rota.Duty{
		ID: rota.DutyID("other.only." + from), Rota: "other", Tier: "only", Kind: "any", Start: start, End: end, Holder: l,
		Span: rota.Span{Start: start.Instant(e.p.Zone), End: end.Instant(e.p.Zone)},
	})
}

func (e *edit) limit(l rota.Limit) { e.p.Policy.Rules.AtMost = append(e.p.Policy.Rules.AtMost, l) }

// TestEveryRuleHasItsBreach spoils the sound rota in one way after the other and sees that very breach
// and no other. Where rule is empty the change is allowed.
func TestEveryRuleHasItsBreach(t *testing.T) {
	tests := []struct {
		name  string
		spoil func(e *edit)
		rule  string
		duty  rota.DutyID
	}{
		{"a duty is left out", func(e *edit) { e.duties = e.duties[1:] }, rotatest.RuleCover, "call.first.20270104T0800"},
		{"a duty is there twice", func(e *edit) { twice := e.duties[0]; twice.Holder = "L6"; e.duties = slices.Insert(e.duties, 1, twice) }, rotatest.RuleCover, "call.first.20270104T0800"},
		{"a duty is held already", func(e *edit) { d := e.duties[0]; d.Holder = ""; e.p.Held = append(e.p.Held, d) }, rotatest.RuleCover, "call.first.20270104T0800"},
		{"a duty is invented", func(e *edit) {
			d := e.p.Policy.Duties(e.p.Until.AddDays(9), e.p.Until.AddDays(10), e.p.Zone, e.p.Holidays)[0]
			d.Holder = "L1"
			e.duties = append(e.duties, d)
		}, rotatest.RuleInvented, "call.first.20270121T0800"},
		{"the civil end is wrong", func(e *edit) { e.duties[2].End.Time = 9 * 60 }, rotatest.RuleTimes, "call.first.20270105T0800"},
		{"the instant is an hour out", func(e *edit) { e.duties[2].Span.End = e.duties[2].Span.End.Add(time.Hour) }, rotatest.RuleTimes, "call.first.20270105T0800"},
		{"the kind is wrong", func(e *edit) { e.duties[2].Kind = "night" }, rotatest.RuleTimes, "call.first.20270105T0800"},
		{"the points are wrong", func(e *edit) { e.duties[3].Load[rota.Weekday] = rota.Point }, rotatest.RulePoints, "call.second.20270105T0800"},
		{"the points are off by more than rounding", func(e *edit) { e.duties[10].Load[rota.Weekend] += 2 }, rotatest.RulePoints, "call.first.20270109T0800"},
		{"a bank holiday counts as a weekday", func(e *edit) {
			e.p.Holidays = rota.NewHolidays(map[rota.Date]string{day(e.T, "2027-01-07"): "Founders' day"})
			e.duties[7].Load = rota.Load{rota.BankHoliday: 3 * rota.Point / 2}
			e.duties[6].Load[rota.BankHoliday] = 3 * rota.Point
		}, rotatest.RulePoints, "call.first.20270107T0800"},
		{"duties are out of order", func(e *edit) { e.duties[0], e.duties[1] = e.duties[1], e.duties[0] }, rotatest.RuleOrder, "call.first.20270104T0800"},
		{"nobody holds a duty", func(e *edit) { e.give(4, "") }, rotatest.RuleCover, "call.first.20270106T0800"},
		{"a stranger holds a duty", func(e *edit) { e.give(4, "L9") }, rotatest.RuleHolder, "call.first.20270106T0800"},

		{"not on the rota's list", func(e *edit) {
			e.p.Policy.Eligible.Leaders = []rota.LeaderID{"L1", "L2", "L3", "L4", "L5", "L6", "L7"}
			e.give(15, "L3")
		}, rotatest.RuleEligible, "call.second.20270107T0800"},
		{"not on the tier's list", func(e *edit) {
			for i := range e.p.Leaders[:7] {
				e.p.Leaders[i].Roles = []string{"GP Partner"}
			}
			e.p.Policy.Tiers[1].Eligible.Roles = []string{"Nurse", "gp partner"}
			e.give(15, "L3")
		}, rotatest.RuleEligible, "call.second.20270107T0800"},
		{"not of the practice", func(e *edit) {
			e.p.Policy.Eligible.Practices = []rota.PracticeCode{"A", "B", "C"}
			e.leader(8).Practice = "D"
			e.give(15, "L3")
		}, rotatest.RuleEligible, "call.second.20270107T0800"},
		{"not qualified", func(e *edit) {
			for i := range e.p.Leaders[:7] {
				e.p.Leaders[i].Registration.Body = []string{"GMC", "NMC"}[i%2]
			}
			e.p.Policy.Eligible.Qualifications = []string{"GP", "nmc", "Prescriber"}
			e.give(15, "L3")
		}, rotatest.RuleEligible, "call.second.20270107T0800"},
		{"qualified by a role", func(e *edit) {
			for i := range e.p.Leaders {
				e.p.Leaders[i].Roles = []string{"Salaried GP"}
			}
			e.p.Policy.Eligible.Qualifications = []string{"GP"}
		}, "", ""},
		{"starts the day after", func(e *edit) { e.leader(3).Starts = day(e.T, "2027-01-06") }, rotatest.RulePost, "call.first.20270105T0800"},
		{"starts that day", func(e *edit) { e.leader(3).Starts = day(e.T, "2027-01-05") }, "", ""},
		{"leaves before the last morning", func(e *edit) { e.leader(8).Ends = day(e.T, "2027-01-11") }, rotatest.RulePost, "call.second.20270111T0800"},
		{"leaves after the last morning", func(e *edit) { e.leader(8).Ends = day(e.T, "2027-01-12") }, "", ""},
		{"has no registration", func(e *edit) {
			e.p.Policy.Registration = rota.RegistrationRequired
			for i := range e.p.Leaders[:7] {
				e.p.Leaders[i].Registration.Body = "GMC"
			}
			e.give(15, "L3")
		}, rotatest.RuleRegistered, "call.second.20270107T0800"},
		{"the registration ends before the last morning", func(e *edit) {
			e.p.Policy.Registration = rota.RegistrationNotLapsed
			e.leader(8).Registration = rota.Registration{Body: "GMC", Expires: day(e.T, "2027-01-11")}
		}, rotatest.RuleRegistered, "call.second.20270111T0800"},
		{"a lapsed registration where the rota asks for none", func(e *edit) {
			e.p.Policy.Registration = rota.RegistrationIgnored
			e.leader(8).Registration = rota.Registration{Body: "GMC", Expires: day(e.T, "2020-01-11")}
		}, "", ""},
		{"away on the morning after", func(e *edit) { e.away("L3", rota.Annual, "2027-01-06", "2027-01-06") }, rotatest.RuleAway, "call.first.20270105T0800"},
		{"away around it", func(e *edit) { e.away("L3", rota.Parental, "2027-01-01", "2027-01-08") }, rotatest.RuleAway, "call.first.20270105T0800"},
		{"away between duties", func(e *edit) { e.away("L3", rota.Sick, "2027-01-07", "2027-01-08") }, "", ""},
		{"away for its last hour", func(e *edit) { e.awayAt("L3", "2027-01-06T07:00", "2027-01-06T09:00") }, rotatest.RuleAway, "call.first.20270105T0800"},
		{"away from its end", func(e *edit) { e.awayAt("L3", "2027-01-06T08:00", "2027-01-07T00:00") }, "", ""},
		{"away until its start", func(e *edit) { e.awayAt("L3", "2027-01-04T00:00", "2027-01-05T08:00") }, "", ""},
		{"away at its start", func(e *edit) { e.awayAt("L3", "2027-01-04T00:00", "2027-01-05T08:01") }, rotatest.RuleAway, "call.first.20270105T0800"},
		{"a weekly non-working day", func(e *edit) { e.away("L3", rota.NonWorkingDay, "2027-01-01", "2027-12-31") }, "", ""},

		{"one person in both tiers", func(e *edit) { e.give(1, "L1") }, rotatest.RulePeople, "call.second.20270104T0800"},
		{"both tiers from one practice", func(e *edit) { e.leader(2).Practice = "A"; e.give(9, "L5") }, rotatest.RulePractices, "call.second.20270104T0800"},
		{"both tiers from no practice", func(e *edit) { e.leader(1).Practice = ""; e.leader(2).Practice = "" }, "", ""},
		{"a shadow from the same practice", func(e *edit) { e.p.Policy.Tiers[1].Shadow = true; e.leader(2).Practice = "A" }, "", ""},
		{"both tiers new", func(e *edit) {
			e.leader(7).NewToOnCall, e.leader(8).NewToOnCall = true, true
			e.give(15, "L3")
		}, rotatest.RuleNewcomer, "call.second.20270107T0800"},
		{"one newcomer and one experienced", func(e *edit) { e.leader(7).NewToOnCall = true }, "", ""},
		{"both new where nobody minds", func(e *edit) {
			e.p.Policy.Rules.NewcomerNeedsExperienced = false
			e.leader(7).NewToOnCall, e.leader(8).NewToOnCall = true, true
		}, "", ""},

		{"in two places at once", func(e *edit) { e.hold("L1", "2027-01-04T12:00", "2027-01-04T13:00") }, rotatest.RuleOverlap, "call.first.20270104T0800"},
		{"too little rest in this rota", func(e *edit) { e.give(5, "L4") }, rotatest.RuleRest, "call.second.20270106T0800"},
		{"too little rest after another rota", func(e *edit) { e.hold("L1", "2027-01-02T18:00", "2027-01-03T08:30") }, rotatest.RuleRest, "call.first.20270104T0800"},
		{"just enough rest after another rota", func(e *edit) { e.hold("L1", "2027-01-02T18:00", "2027-01-03T08:00") }, "", ""},
		{"too little rest in the other rota alone", func(e *edit) {
			e.hold("L1", "2026-12-02T18:00", "2026-12-03T08:00")
			e.hold("L1", "2026-12-03T09:00", "2026-12-03T10:00")
		}, "", ""},
		{"Saturday and Sunday together where that is no exception", func(e *edit) { e.give(13, "L3") }, rotatest.RuleRest, "call.second.20270110T0800"},
		{"Saturday and Sunday together as an exception", func(e *edit) { e.p.Policy.Rules.WeekendTogether = true; e.give(13, "L3") }, "", ""},

		{"as many duties as allowed", func(e *edit) { e.limit(rota.Limit{Duties: 2, Days: 7}) }, "", ""},
		{"too many duties in seven days", func(e *edit) { e.limit(rota.Limit{Duties: 2, Days: 7}); e.give(5, "L1") }, rotatest.RuleLimit, "call.first.20270108T0800"},
		{"too many duties with those of another rota", func(e *edit) {
			e.limit(rota.Limit{Duties: 2, Days: 7})
			e.hold("L1", "2027-01-02T08:00", "2027-01-02T09:00")
		}, rotatest.RuleLimit, "call.first.20270108T0800"},
		{"too many duties in the other rota alone", func(e *edit) {
			e.limit(rota.Limit{Duties: 2, Days: 4})
			for _, d := range []string{"2026-12-01", "2026-12-02", "2026-12-03"} {
				e.hold("L1", d+"T08:00", d+"T09:00")
			}
		}, "", ""},
		{"one weekend in two", func(e *edit) { e.limit(rota.Limit{Duties: 1, Days: 14, Weekends: true}) }, "", ""},
		{"two weekends running, one of another rota", func(e *edit) {
			e.limit(rota.Limit{Duties: 1, Days: 14, Weekends: true})
			e.hold("L3", "2027-01-03T20:00", "2027-01-04T00:00")
		}, rotatest.RuleLimit, "call.first.20270109T0800"},
		{"a weekend that is held already", func(e *edit) {
			e.limit(rota.Limit{Duties: 1, Days: 14, Weekends: true})
			e.hold("L3", "2027-01-02T08:00", "2027-01-02T09:00")
			e.hold("L3", "2027-01-10T18:00", "2027-01-10T19:00")
			e.p.Policy.Rules.RestHours = 0
		}, "", ""},
		{"Friday's duty ends on Saturday morning and counts as the weekend", func(e *edit) {
			e.limit(rota.Limit{Duties: 1, Days: 14, Weekends: true})
			e.hold("L1", "2027-01-02T08:00", "2027-01-02T09:00")
		}, rotatest.RuleLimit, "call.first.20270108T0800"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p, d := sound(t)
			e := &edit{t, &p, d.Duties}
			tt.spoil(e)
			breaches := rotatest.CheckDuties(p, e.duties)
			if tt.rule == "" {
				if len(breaches) > 0 {
					t.Errorf("got %v, want nothing", breaches)
				}
				return
			}
			if len(breaches) != 1 || breaches[0].Rule != tt.rule || breaches[0].Duty != tt.duty {
				t.Errorf("got %v, want one breach of %s at %s", breaches, tt.rule, tt.duty)
			}
		})
	}
}

func (e *edit) away(l rota.LeaderID, kind rota.AbsenceKind, first, last string) {
	e.p.Absences = append(e.p.Absences, rota.Absence{Leader: l, Kind: kind, First: day(e.T, first), Last: day(e.T, last), Weekday: time.Tuesday})
}

func (e *edit) awayAt(l rota.LeaderID, start, end string) {
	times := make([]rota.Civil, 2)
	for i, text := range []string{start, end} {
		var err error
		if times[i], err = rota.ParseCivil(text); err != nil {
			e.Fatal(err)
		}
	}
	a := rota.AwayBetween(times[0], times[1])
	a.Leader, a.Kind = l, rota.Other
	e.p.Absences = append(e.p.Absences, a)
}

func TestANewcomerAloneIsABreachWhereThereIsOneTier(t *testing.T) {
	p, d := sound(t)
	p.Policy.Tiers = p.Policy.Tiers[:1]
	duties := slices.DeleteFunc(d.Duties, func(d rota.Duty) bool { return d.Tier == "second" })
	p.Leaders[0].NewToOnCall = true
	breaches := rotatest.CheckDuties(p, duties)
	if len(breaches) != 2 || breaches[0].Rule != rotatest.RuleNewcomer || breaches[1].Rule != rotatest.RuleNewcomer {
		t.Errorf("got %v, want one breach for each of L1's two duties", breaches)
	}
}

// TestSharesAreChecked spoils what a draft says about fairness.
func TestSharesAreChecked(t *testing.T) {
	tests := []struct {
		name   string
		spoil  func(p *rota.Problem, d *rota.Draft)
		rules  []string
		leader rota.LeaderID
	}{
		{"a part is too large", func(_ *rota.Problem, d *rota.Draft) {
			d.Parts[0].Load[rota.Weekday] += 2
			d.Standings[0].Target[rota.Weekday] += 2
			d.Parts[8].Load[rota.Weekday] -= 2
			d.Standings[0].Target[rota.Weekday] -= 2
		}, []string{rotatest.RuleShare, rotatest.RuleShare, rotatest.RuleShare, rotatest.RuleShare}, "L1"},
		{"a part is rounded and another the other way", func(_ *rota.Problem, d *rota.Draft) {
			d.Parts[0].Load[rota.Weekday]++
			d.Standings[0].Target[rota.Weekday]++
			d.Parts[1].Load[rota.Weekday]--
			d.Standings[1].Target[rota.Weekday]--
		}, nil, ""},
		{"the parts do not add up", func(_ *rota.Problem, d *rota.Draft) {
			d.Parts[0].Load[rota.Weekday]++
			d.Standings[0].Target[rota.Weekday]++
		}, []string{rotatest.RuleShare}, ""},
		{"a part for somebody who cannot hold it", func(p *rota.Problem, _ *rota.Draft) {
			p.Policy.Tiers = slices.Clone(p.Policy.Tiers)
			p.Absences = []rota.Absence{{Leader: "L8", Kind: rota.Parental, First: rota.Date{Year: 2027, Month: 1, Day: 4}, Last: rota.Date{Year: 2027, Month: 1, Day: 4}}}
		}, slices.Repeat([]string{rotatest.RuleShare}, 16), "L1"},
		{"annual leave leaves the parts as they are", func(p *rota.Problem, _ *rota.Draft) {
			p.Absences = []rota.Absence{{Leader: "L8", Kind: rota.Annual, First: rota.Date{Year: 2027, Month: 1, Day: 4}, Last: rota.Date{Year: 2027, Month: 1, Day: 4}}}
		}, nil, ""},
		{"points held are misstated", func(_ *rota.Problem, d *rota.Draft) { d.Standings[2].Held[rota.Weekday]++ }, []string{rotatest.RuleStanding}, "L3"},
		{"a target is misstated", func(_ *rota.Problem, d *rota.Draft) { d.Standings[2].Target[rota.Weekday]++ }, []string{rotatest.RuleStanding}, "L3"},
		{"a balance is forgotten", func(p *rota.Problem, _ *rota.Draft) {
			p.Balances = map[rota.LeaderID]rota.Load{"L4": {rota.Weekend: rota.Point}}
		}, []string{rotatest.RuleStanding}, "L4"},
		{"a standing is missing", func(_ *rota.Problem, d *rota.Draft) { d.Standings = d.Standings[1:] }, []string{rotatest.RuleStanding}, "L1"},
		{"standings are out of order", func(_ *rota.Problem, d *rota.Draft) {
			d.Standings[0], d.Standings[1] = d.Standings[1], d.Standings[0]
		}, []string{rotatest.RuleOrder}, "L1"},
		{"another seed than asked for", func(_ *rota.Problem, d *rota.Draft) { d.Seed++ }, []string{rotatest.RuleAsked}, ""},
		{"other days than asked for", func(_ *rota.Problem, d *rota.Draft) { d.Until = d.Until.AddDays(1) }, []string{rotatest.RuleAsked}, ""},
		{"another policy than asked for", func(_ *rota.Problem, d *rota.Draft) { d.Policy.Rules.RestHours = 1 }, []string{rotatest.RuleAsked}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p, d := sound(t)
			tt.spoil(&p, &d)
			breaches := rotatest.Check(p, d)
			var rules []string
			for _, b := range breaches {
				rules = append(rules, b.Rule)
			}
			if !slices.Equal(rules, tt.rules) {
				t.Fatalf("got %v, want %v", breaches, tt.rules)
			}
			if len(breaches) > 0 && breaches[0].Leader != tt.leader {
				t.Errorf("got %s first, want it to concern %q", breaches[0], tt.leader)
			}
		})
	}
}

func TestABreachReadsAsASentence(t *testing.T) {
	p, d := sound(t)
	p.Absences = []rota.Absence{{Leader: "L3", Kind: rota.Sick, First: day(t, "2027-01-05"), Last: day(t, "2027-01-07")}}
	breaches := rotatest.CheckDuties(p, d.Duties)
	const want = "away: L3 holds call.first.20270105T0800 and is away from 2027-01-05 to 2027-01-07."
	if len(breaches) != 1 || breaches[0].String() != want {
		t.Errorf("got %v, want %q without the kind of leave", breaches, want)
	}
}

func day(t *testing.T, s string) rota.Date {
	t.Helper()
	d, err := rota.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func civil(t *testing.T, s string) rota.Civil {
	t.Helper()
	c, err := rota.ParseCivil(s)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func london(t *testing.T) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}
