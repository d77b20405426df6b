package rota_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"pcnrota/rota"
	"pcnrota/rota/rotatest"
)

// pinAtRandom settles a few duties of p by hand, at times against each other or against a rule.
func pinAtRandom(p *rota.Problem, r *rand.Rand) {
	for _, d := range p.Policy.Duties(p.From, p.Until, p.Zone, p.Holidays) {
		l := p.Leaders[r.IntN(len(p.Leaders))].ID
		switch r.IntN(5) {
		case 0:
			p.Pins = append(p.Pins, rota.Pin{Duty: d.ID, Leader: l})
		case 1:
			p.Pins = append(p.Pins, rota.Pin{Duty: d.ID, Leader: l, Forbid: true})
		}
	}
}

// TestPinsAreKept builds random rotas with random pins: every one of them is kept, what is proved takes
// them into account, no rota that keeps them is fairer, and those that cannot be built have no rota at all.
func TestPinsAreKept(t *testing.T) {
	built, open := 0, 0
	for seed := range uint64(12) {
		r := rand.New(rand.NewPCG(seed, 11))
		p := smallProblem(r)
		pinAtRandom(&p, r)
		draft, err := rota.Build(context.Background(), p, nil)
		if u := (*rota.Uncoverable)(nil); errors.As(err, &u) {
			open++
			nobodyCan(t, p, u)
			continue
		}
		built++
		for _, breach := range slices.Concat(rotatest.Check(p, draft), rotatest.Certify(p, draft)) {
			t.Errorf("problem %d: %s", seed, breach)
		}
		for _, pin := range p.Pins {
			at := slices.IndexFunc(draft.Duties, func(d rota.Duty) bool { return d.ID == pin.Duty })
			if holds := draft.Duties[at].Holder == pin.Leader; holds == pin.Forbid {
				t.Errorf("problem %d: %+v, and %s holds it", seed, pin, draft.Duties[at].Holder)
			}
		}
		_, excesses := draft.Certificate[0].Proven(draft.Standings)
		everyRota(p, draft, func(other []rota.Points) {
			if slices.Compare(other, excesses) < 0 {
				t.Fatalf("problem %d: built %v, and %v is possible", seed, excesses, other)
			}
		})
	}
	if built < 4 || open < 2 {
		t.Errorf("%d rotas were built and %d could not be: the problems should be of both kinds", built, open)
	}
}

// nobodyCan asks that each open duty has a reason for everybody, and that no rota exists.
func nobodyCan(t *testing.T, p rota.Problem, u *rota.Uncoverable) {
	t.Helper()
	for _, d := range u.Duties {
		if len(d.Reasons) != len(p.Leaders) {
			t.Errorf("%s is open for %d reasons", d.Duty.ID, len(d.Reasons))
		}
	}
	anything := rota.Draft{
		Duties:      p.Policy.Duties(p.From, p.Until, p.Zone, p.Holidays),
		Certificate: rota.Certificate{{Dimension: rota.Total}},
	}
	everyRota(p, anything, func([]rota.Points) { t.Fatalf("%s, although a rota exists", u) })
}

func TestABreachedPinIsFound(t *testing.T) {
	p := smallProblem(rand.New(rand.NewPCG(5, 3)))
	draft, err := rota.Build(context.Background(), p, nil)
	if err != nil {
		t.Fatal(err)
	}
	d := draft.Duties[0]
	other := p.Leaders[0].ID
	if other == d.Holder {
		other = p.Leaders[1].ID
	}
	for name, pin := range map[string]rota.Pin{
		"pinned to somebody else":  {Duty: d.ID, Leader: other},
		"forbidden to its holder":  {Duty: d.ID, Leader: d.Holder, Forbid: true},
		"pinned to nobody we know": {Duty: d.ID, Leader: "L99"},
	} {
		pinned := p
		pinned.Pins = []rota.Pin{pin}
		breaches := rotatest.CheckDuties(pinned, draft.Duties)
		if len(breaches) != 1 || breaches[0].Rule != rotatest.RulePin || breaches[0].Duty != d.ID || breaches[0].Leader != d.Holder {
			t.Errorf("%s: %v", name, breaches)
		}
	}
}

// twoTiers is three weeks of nights in two tiers among four leaders of two practices.
func twoTiers(t *testing.T) rota.Problem {
	t.Helper()
	monday, _ := rota.ParseDate("2027-02-01")
	p := rota.Problem{
		From: monday, Until: monday.AddDays(21), Zone: time.UTC, Seed: 1,
		Policy: rota.Policy{
			Name: "on-call", Tiers: []rota.Tier{{Name: "first", Weight: rota.Point}, {Name: "second", Weight: rota.Point / 2}},
			Registration: rota.RegistrationIgnored, DifferentPractices: true, Points: rota.DefaultDayPoints,
			Pattern: []rota.ShiftKind{{
				Name: "night", Days: []time.Weekday{time.Monday, time.Tuesday, time.Thursday}, Start: 18 * 60, End: 8 * 60, EndDays: 1,
			}},
			Rules: rota.RuleSet{RestHours: 24, AtMost: []rota.Limit{{Duties: 2, Days: 7}}},
		},
		Absences: []rota.Absence{{Leader: "L4", Kind: rota.Sick, First: monday.AddDays(3), Last: monday.AddDays(4)}},
	}
	for i, practice := range []rota.PracticeCode{"A", "A", "B", "B"} {
		id := rota.LeaderID(fmt.Sprintf("L%d", i+1))
		p.Leaders = append(p.Leaders, rota.Leader{ID: id, Name: "Leader " + string(id), Practice: practice, Share: rota.FullTime})
	}
	return p
}

func TestWhyAPinCannotBe(t *testing.T) {
	const monday, tuesday, thursday = "on-call.first.20270201T1800", "on-call.first.20270202T1800", "on-call.first.20270204T1800"
	for name, c := range map[string]struct {
		before []rota.Pin
		pin    rota.Pin
		why    string // "" where nothing stands against it
	}{
		"nothing against it":          {nil, rota.Pin{Duty: monday, Leader: "L1"}, ""},
		"no such duty":                {nil, rota.Pin{Duty: "on-call.first.20270203T1800", Leader: "L1"}, "the rota has no such duty"},
		"nobody we know":              {nil, rota.Pin{Duty: monday, Leader: "L9"}, "nobody has that ID"},
		"away":                        {nil, rota.Pin{Duty: thursday, Leader: "L4"}, "away from 2027-02-04 to 2027-02-05"},
		"no rest after another pin":   {[]rota.Pin{{Duty: monday, Leader: "L1"}}, rota.Pin{Duty: tuesday, Leader: "L1"}, "24 hours of rest"},
		"both tiers":                  {[]rota.Pin{{Duty: "on-call.second.20270201T1800", Leader: "L1"}}, rota.Pin{Duty: monday, Leader: "L1"}, "at the same time"},
		"both tiers of one practice":  {[]rota.Pin{{Duty: "on-call.second.20270201T1800", Leader: "L2"}}, rota.Pin{Duty: monday, Leader: "L1"}, "same practice as Leader L2"},
		"too many":                    {[]rota.Pin{{Duty: tuesday, Leader: "L1"}, {Duty: thursday, Leader: "L1"}}, rota.Pin{Duty: "on-call.first.20270208T1800", Leader: "L1"}, "would hold 3 duties in 7 days, 2 are allowed"},
		"forbidden":                   {[]rota.Pin{{Duty: monday, Leader: "L1", Forbid: true}}, rota.Pin{Duty: monday, Leader: "L1"}, "ruled out by hand"},
		"forbidden to somebody else":  {[]rota.Pin{{Duty: monday, Leader: "L2", Forbid: true}}, rota.Pin{Duty: monday, Leader: "L1"}, ""},
		"kept for somebody else":      {[]rota.Pin{{Duty: monday, Leader: "L2"}}, rota.Pin{Duty: monday, Leader: "L1"}, "kept for L2 by hand"},
		"forbidding is free":          {nil, rota.Pin{Duty: monday, Leader: "L1", Forbid: true}, ""},
		"forbidding whom it is kept":  {[]rota.Pin{{Duty: monday, Leader: "L1"}}, rota.Pin{Duty: monday, Leader: "L1", Forbid: true}, "nobody would be left"},
		"forbidding those who remain": {[]rota.Pin{{Duty: thursday, Leader: "L1", Forbid: true}, {Duty: thursday, Leader: "L2", Forbid: true}}, rota.Pin{Duty: thursday, Leader: "L3", Forbid: true}, "L4 away from"},
	} {
		t.Run(name, func(t *testing.T) {
			p := twoTiers(t)
			p.Pins = c.before
			why := p.WhyNot(c.pin)
			if (why == "") != (c.why == "") || !strings.Contains(why, c.why) {
				t.Errorf("it says %q, want %q", why, c.why)
			}
		})
	}
}

func TestAPinOfNoDutyIsNoted(t *testing.T) {
	p := twoTiers(t)
	p.Pins = []rota.Pin{
		{Duty: "on-call.first.20270203T1800", Leader: "L1"}, // a Wednesday
		{Duty: "on-call.first.20270301T1800", Leader: "L1"}, // later
		{Duty: "weekend.first.20270203T1800", Leader: "L1"}, // of another rota
		{Duty: "on-call.first.20270201T1800", Leader: "L1"},
	}
	draft, err := rota.Build(context.Background(), p, nil)
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"The pin of on-call.first.20270203T1800 is idle: the rota has no such duty."}; !slices.Equal(draft.Notes, want) {
		t.Errorf("the notes are %q", draft.Notes)
	}
	if here := p.Pinned(); len(here) != 1 || here[0] != p.Pins[3] {
		t.Errorf("the pins of this rota are %v", here)
	}
}

func TestWhatPinsCost(t *testing.T) {
	p := twoTiers(t)
	without, err := rota.Build(context.Background(), p, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range []rota.DutyID{"on-call.first.20270201T1800", "on-call.first.20270204T1800", "on-call.first.20270208T1800", "on-call.first.20270211T1800", "on-call.first.20270215T1800"} {
		p.Pins = append(p.Pins, rota.Pin{Duty: d, Leader: "L1"})
	}
	with, err := rota.Build(context.Background(), p, nil)
	if err != nil {
		t.Fatal(err)
	}
	price := rota.PriceOfPins(p.Pins, with, without)
	total := price.Levels[0]
	if price.Count != 5 || total.With < rota.Point || total.Without >= total.With || total.Bound > total.Without {
		t.Errorf("the price is %+v", price)
	}
	if reads := price.Verdict(); !strings.HasPrefix(reads, "Pins: 5 settled by hand. Without them the largest excess would be 0 points at best, instead of +") {
		t.Errorf("it reads %q", reads)
	}
}

func TestHowThePriceOfPinsReads(t *testing.T) {
	level := func(m rota.Dimension, with, without, bound rota.Points) rota.PriceLevel {
		return rota.PriceLevel{Dimension: m, With: with * rota.Point / 100, Without: without * rota.Point / 100, Bound: bound * rota.Point / 100}
	}
	for want, levels := range map[string][]rota.PriceLevel{
		"The rota has no points, so they cost none.":                                            nil,
		"Without them the largest excess would be +0.29 points at best, instead of +1.79.":      {level("total", 179, 29, 29)},
		"Without them the largest excess would be +0.29 points instead of +1.79; +0.1 at best.": {level("total", 179, 29, 10)},
		"The largest excess is +0.29 points, and no smaller without them.":                      {level("total", 29, 29, 29)},
		"The largest excess is +0.29 points, and none smaller was found without them.":          {level("total", 29, 29, 10), level("weekend", 1, 1, 0)},
		"The largest excess is 0 points, and no smaller without them. By category it would be: " +
			"bank holidays +1 instead of +3, weekdays -0.5 instead of +2.": {level("total", 0, 0, 0), level("bank_holiday", 300, 100, 100), level("weekend", 100, 100, 0), level("weekday", 200, -50, -50)},
	} {
		if got := (rota.PinsPrice{Count: 2, Levels: levels}).Verdict(); got != "Pins: 2 settled by hand. "+want {
			t.Errorf("it reads %q, want %q", got, want)
		}
	}
}
