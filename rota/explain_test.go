package rota_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"pcnrota/rota"
)

// nightly is a rota of single nights from Monday 11 January 2027, with Saturdays and Sundays, for Ann, Bob,
// Cat and Dan, who are alike; held is who has which night, one letter a night and tier: "A B C".
func nightly(t testing.TB, held string, tiers ...rota.TierName) (rota.Problem, rota.Draft) {
	t.Helper()
	p := rota.Problem{
		Policy: rota.Policy{
			Name: "nights", Points: rota.DefaultDayPoints, Registration: rota.RegistrationNotLapsed,
			Pattern: []rota.ShiftKind{{Name: "night", Start: 18*60 + 30, End: 8 * 60, EndDays: 1}},
		},
		From: date(t, "2027-01-11"), Zone: time.UTC, Holidays: rota.NewHolidays(nil),
	}
	for day := range 7 {
		p.Policy.Pattern[0].Days = append(p.Policy.Pattern[0].Days, time.Weekday(day))
	}
	for _, tier := range tiers {
		p.Policy.Tiers = append(p.Policy.Tiers, rota.Tier{Name: tier, Weight: rota.Point})
	}
	for _, name := range []string{"Ann", "Bob", "Cat", "Dan"} {
		p.Leaders = append(p.Leaders, rota.Leader{ID: rota.LeaderID(name[:1]), Name: name, Share: rota.FullTime, Practice: rota.PracticeCode(name)})
	}
	holders := strings.Fields(held)
	p.Until = p.From.AddDays(len(holders) / len(tiers))
	d := rota.Draft{Policy: p.Policy, From: p.From, Until: p.Until, Duties: p.Policy.Duties(p.From, p.Until, p.Zone, p.Holidays)}
	for i := range d.Duties {
		d.Duties[i].Holder = rota.LeaderID(holders[i])
	}
	return p, d
}

func TestExplainNamesTheRuleThatBars(t *testing.T) {
	tests := []struct {
		name   string
		held   string
		tiers  []rota.TierName
		change func(*rota.Problem)
		leader rota.LeaderID
		duty   rota.DutyID
		want   string
	}{
		{"leave, without its kind", "A B C D", nil, func(p *rota.Problem) {
			p.Absences = []rota.Absence{{Leader: "B", Kind: rota.Sick, First: p.From, Last: p.From.AddDays(2)}}
		}, "B", "nights.first.20270111T1830", "away from 2027-01-11 to 2027-01-13"},
		{"not yet in post", "A B C D", nil, func(p *rota.Problem) { p.Leaders[1].Starts = p.From.AddDays(1) }, "B", "nights.first.20270111T1830", "starts on 2027-01-12"},
		{"gone", "A B C D", nil, func(p *rota.Problem) { p.Leaders[1].Ends = p.From }, "B", "nights.first.20270111T1830", "leaves on 2027-01-11"},
		{"lapsed", "A B C D", nil, func(p *rota.Problem) {
			p.Leaders[1].Registration = rota.Registration{Body: "GMC", Expires: p.From}
		}, "B", "nights.first.20270111T1830", "GMC registration ends on 2027-01-11"},
		{
			"rest", "A B C D", nil, func(p *rota.Problem) { p.Policy.Rules.RestHours = 24 }, "B", "nights.first.20270111T1830",
			"holds nights.first.20270112T1830: 24 hours of rest are asked for, and there would be 10.5",
		},
		{
			"the same shift", "A B C D",
			[]rota.TierName{"first", "second"},
			nil, "B", "nights.first.20270111T1830",
			"holds nights.second.20270111T1830: on call at the same time",
		},
		{"the same practice", "A B C D", []rota.TierName{"first", "second"}, func(p *rota.Problem) {
			p.Policy.DifferentPractices = true
			p.Leaders[2].Practice = "Bob"
		}, "C", "nights.first.20270111T1830", "from the same practice as Bob on the second tier"},
		{"too many duties", "A B B C B", nil, func(p *rota.Problem) {
			p.Policy.Rules.AtMost = []rota.Limit{{Duties: 3, Days: 5}}
		}, "B", "nights.first.20270114T1830", "would hold 4 duties in 5 days, 3 are allowed"},
		{"too many duties, in the worst of the stretches", "B B A B C B", nil, func(p *rota.Problem) {
			p.Policy.Rules.AtMost = []rota.Limit{{Duties: 2, Days: 4}}
		}, "B", "nights.first.20270113T1830", "would hold 4 duties in 4 days, 2 are allowed"},
		{"one duty too many where one is allowed", "A C C B", nil, func(p *rota.Problem) {
			p.Policy.Rules.AtMost = []rota.Limit{{Duties: 1, Days: 7}}
		}, "B", "nights.first.20270111T1830", "would hold 2 duties in 7 days, 1 is allowed"},
		{"a second weekend", "C C C D D A A C C C D D B B", nil, func(p *rota.Problem) {
			p.Policy.Rules.AtMost = []rota.Limit{{Duties: 1, Days: 14, Weekends: true}}
		}, "B", "nights.first.20270116T1830", "would have a second weekend in 2 weeks, 1 is allowed"},
		{"published duties of another rota count", "A C C D", nil, func(p *rota.Problem) {
			p.Policy.Rules.RestHours = 24
			other := p.Policy
			other.Name = "other"
			p.Held = other.Duties(p.From.AddDays(-1), p.From, p.Zone, p.Holidays)
			p.Held[0].Holder = "B"
		}, "B", "nights.first.20270111T1830", "holds other.first.20270110T1830: 24 hours of rest are asked for, and there would be 10.5"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if tt.tiers == nil {
				tt.tiers = []rota.TierName{"first"}
			}
			p, d := nightly(t, tt.held, tt.tiers...)
			if tt.change != nil {
				tt.change(&p)
			}
			got := alternative(t, p, d, tt.duty, tt.leader)
			if !got.Barred || got.Why != tt.want {
				t.Errorf("got %q, want %q", got.Why, tt.want)
			}
		})
	}
}

// alternative is what Explain says of one leader.
func alternative(t *testing.T, p rota.Problem, d rota.Draft, duty rota.DutyID, leader rota.LeaderID) rota.Alternative {
	t.Helper()
	e, err := rota.Explain(p, d, duty)
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(e.Others, func(a rota.Alternative) bool { return a.Leader == leader })
	if i < 0 || len(e.Others) != len(p.Leaders)-1 {
		t.Fatalf("others are %+v", e.Others)
	}
	return e.Others[i]
}

func TestTwoDutiesOfOneWeekendAreOne(t *testing.T) {
	p, d := nightly(t, "C C C D D A B", "first")
	p.Policy.Rules.AtMost = []rota.Limit{{Duties: 1, Days: 14, Weekends: true}}
	if got := alternative(t, p, d, "nights.first.20270116T1830", "B"); got.Barred {
		t.Errorf("Sunday bars Saturday: %s", got.Why)
	}
}

func TestExplainPricesAHandover(t *testing.T) {
	const monday, saturday = "nights.first.20270111T1830", "nights.first.20270116T1830"
	tests := []struct {
		name   string
		held   string
		change func(*rota.Problem)
		leader rota.LeaderID
		duty   rota.DutyID
		worse  float64
		want   string
	}{
		{
			"from somebody at their share", "A B C D", nil, "B", monday, 1,
			"less fair by 1 point: would end 1 over their share, and Ann 1 under; now 0 over and 0 over",
		},
		{"with what is carried in", "A B C D", func(p *rota.Problem) {
			p.Balances = map[rota.LeaderID]rota.Load{"A": {rota.Weekday: rota.Point / 2}, "B": {rota.Weekday: -rota.Point / 4}}
		}, "B", monday, 0.25, "less fair by 0.25 points: would end 0.75 over their share, and Ann 0.5 under; now 0.25 under and 0.5 over"},
		{
			"from somebody with too much", "A A B C", nil, "D", monday, -1,
			"fairer by 1 point: would end 0 over their share, and Ann 0 over; now 1 under and 1 over",
		},
		{"as fair in all, but not in weekends", "C C C C D A D", func(p *rota.Problem) {
			p.Balances = map[rota.LeaderID]rota.Load{"B": {rota.Weekday: -rota.Point, rota.Weekend: rota.Point}}
		}, "B", saturday, 0, "as fair in all, less fair in weekend days by 1 point: would end 2 over their share of weekend days, and Ann 1 under; now 0 over and 1 over"},
		{"as fair, and nothing to choose", "A C C D", nil, "B", monday, 0, "as fair: it could be either"},
		{"as fair, but not wished for", "A C C D", func(p *rota.Problem) {
			p.Wishes = []rota.Wish{{Leader: "B", Kind: rota.Avoid, Weekday: time.Monday, Weight: 1}}
		}, "B", monday, 0, "as fair, but wishes speak against it"},
		{"as fair, but on a day off, whose kind is not named", "A C C D", func(p *rota.Problem) {
			p.Absences = []rota.Absence{{Leader: "B", Kind: rota.NonWorkingDay, First: p.From, Last: p.Until, Weekday: time.Monday}}
		}, "B", monday, 0, "as fair, but wishes speak against it"},
		{"as fair, but closer together", "A C C D B", func(p *rota.Problem) {
			p.Balances = map[rota.LeaderID]rota.Load{"B": {rota.Weekday: -rota.Point}}
		}, "B", monday, 0, "as fair, but duties would stand closer together"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p, d := nightly(t, tt.held, "first")
			if tt.change != nil {
				tt.change(&p)
			}
			got := alternative(t, p, d, tt.duty, tt.leader)
			if got.Barred || got.Why != tt.want || got.Worse != rota.PointsOf(tt.worse) {
				t.Errorf("worse by %s: %q\nwant %q", got.Worse, got.Why, tt.want)
			}
		})
	}
}

func TestExplainPutsTheLeastUnfairFirst(t *testing.T) {
	p, d := nightly(t, "A B C D", "first")
	p.Balances = map[rota.LeaderID]rota.Load{"C": {rota.Weekday: -rota.Point / 2}}
	p.Absences = []rota.Absence{{Leader: "B", Kind: rota.Annual, First: p.From, Last: p.From}}
	e, err := rota.Explain(p, d, "nights.first.20270111T1830")
	if err != nil {
		t.Fatal(err)
	}
	var order string
	for _, a := range e.Others {
		order += string(a.Leader)
	}
	if order != "CDB" {
		t.Errorf("in order %s, want C, who would be nearest, D, and B, who is away, last", order)
	}
}

func TestExplainSaysWhatBarsTheHolderToday(t *testing.T) {
	p, d := nightly(t, "A B C D", "first")
	p.Absences = []rota.Absence{{Leader: "A", Kind: rota.Sick, First: p.From, Last: p.From}}
	e, err := rota.Explain(p, d, "nights.first.20270111T1830")
	if err != nil || e.Breach != "away on 2027-01-11" {
		t.Errorf("%q, %v", e.Breach, err)
	}
}

func TestExplainRefusesWhatItDoesNotKnow(t *testing.T) {
	p, d := nightly(t, "A B C D", "first")
	if _, err := rota.Explain(p, d, "nights.first.20270211T1830"); err == nil || err.Error() != "the rota has no duty nights.first.20270211T1830" {
		t.Errorf("got %v", err)
	}
	if _, err := rota.AccountFor(p, d, "Z"); err == nil || err.Error() != "there is no leader Z" {
		t.Errorf("got %v", err)
	}
}

// TestExplainAgreesWithBuild holds that, as long as nothing changes, nobody's own duty is barred to them,
// and that excesses are those of the draft.
func TestExplainAgreesWithBuild(t *testing.T) {
	p := harbourside(t, 8)
	d, err := rota.Build(context.Background(), p, nil)
	if err != nil {
		t.Fatal(err)
	}
	ends := map[rota.LeaderID]rota.Points{}
	for _, s := range d.Standings {
		ends[s.Leader] = s.After().Total()
	}
	for _, duty := range d.Duties {
		e, err := rota.Explain(p, d, duty.ID)
		if err != nil || e.Breach != "" || e.Excess != ends[duty.Holder] {
			t.Fatalf("%s: %q, excess %s, %v; want %s", duty.ID, e.Breach, e.Excess, err, ends[duty.Holder])
		}
		for _, a := range e.Others {
			if a.Now != ends[a.Leader] {
				t.Errorf("%s: %s has %s now, want %s", duty.ID, a.Leader, a.Now, ends[a.Leader])
			}
			if !a.Barred && a.Worse < 0 {
				t.Errorf("%s: a simple hand-over to %s is fairer: %s", duty.ID, a.Leader, a.Why)
			}
		}
	}
}

func TestAccount(t *testing.T) {
	p, d := nightly(t, "A B C D A B C D A C", "first")
	p.Leaders[1].Share = rota.FullTime / 2
	p.Leaders[1].Ends = p.From.AddDays(7)
	p.Absences = []rota.Absence{
		{Leader: "B", Kind: rota.Parental, First: p.From.AddDays(2), Last: p.From.AddDays(3)},
		{Leader: "B", Kind: rota.Annual, First: p.From.AddDays(5), Last: p.From.AddDays(5)},
		{Leader: "B", Kind: rota.NonWorkingDay, First: p.From, Last: p.Until, Weekday: time.Monday},
	}
	a, err := rota.AccountFor(p, d, "B")
	if err != nil {
		t.Fatal(err)
	}
	if a.Duties != 10 || a.Shared != 5 || len(a.Held) != 2 || a.Typical != 10 {
		t.Errorf("%d duties, a part in %d, %d held, others in %d", a.Duties, a.Shared, len(a.Held), a.Typical)
	}
	wantOutside := []rota.Spell{{Why: "away from 2027-01-13 to 2027-01-14, which lowers the share", Duties: 2}, {Why: "leaves on 2027-01-18", Duties: 3}}
	if !slices.Equal(a.Outside, wantOutside) {
		t.Errorf("outside: %+v", a.Outside)
	}
	if want := []rota.Spell{{Why: "away from 2027-01-13 to 2027-01-14", Duties: 1}, {Why: "away on 2027-01-16", Duties: 2}}; !slices.Equal(a.Barred, want) {
		t.Errorf("barred: %+v", a.Barred)
	}
	if a.Pool != 7*rota.Point || a.Posts != 3500 || a.Standing.Target.Total().String() != "1" {
		t.Errorf("%s points shared by %s posts make a target of %s", a.Pool, a.Posts, a.Standing.Target.Total())
	}
}

func TestAccountKeepsThePartsOfTheDraft(t *testing.T) {
	p, d := nightly(t, "A B C D", "first")
	for _, duty := range d.Duties {
		d.Parts = append(d.Parts, rota.Part{Duty: duty.ID, Leader: "A", Load: duty.Load})
	}
	a, err := rota.AccountFor(p, d, "B")
	if err != nil {
		t.Fatal(err)
	}
	if want := []rota.Spell{{Why: "not counted when the rota was built", Duties: 4}}; a.Shared != 0 || !slices.Equal(a.Outside, want) {
		t.Errorf("a part in %d, %+v", a.Shared, a.Outside)
	}
}
