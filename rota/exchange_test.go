package rota_test

import (
	"testing"
	"time"

	"pcnrota/rota"
)

// Whoever takes the first hours of a duty is not held to be from the same practice as themselves; the other tier still counts.
func TestAPartIsNotSetAgainstItself(t *testing.T) {
	zone, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	day := date(t, "2027-01-04")
	p := rota.Problem{
		Policy: rota.Policy{
			Name: "on-call", Tiers: []rota.Tier{{Name: "first", Weight: rota.Point}, {Name: "second", Weight: rota.Point}}, DifferentPractices: true,
			Pattern: []rota.ShiftKind{{Name: "night", Days: []time.Weekday{time.Monday}, Start: 18 * 60, End: 8 * 60, EndDays: 1}},
			Points:  rota.DayPoints{rota.Weekday: rota.Point},
		},
		From: day, Until: day.AddDays(1), Zone: zone,
	}
	for _, l := range []rota.Leader{{ID: "A", Practice: "P1"}, {ID: "B", Practice: "P2"}, {ID: "C", Practice: "P2"}, {ID: "D", Practice: "P3"}} {
		l.Name, l.Share = "Leader "+string(l.ID), rota.FullTime
		p.Leaders = append(p.Leaders, l)
	}
	duties := p.Wanted()
	duties[0].Holder, duties[1].Holder = "A", "B"
	part := rota.Transfer{Duty: duties[0].ID, From: day.At(18 * 60), Until: day.At(22 * 60)}
	got, err := p.Candidates(duties, nil, part)
	if err != nil {
		t.Fatal(err)
	}
	want := map[rota.LeaderID]string{
		"B": "holds on-call.second.20270104T1800: on call at the same time", "C": "from the same practice as Leader B on the second tier", "D": "",
	}
	for _, k := range got {
		if k.Why != want[k.Leader] {
			t.Errorf("%s: %q, want %q", k.Leader, k.Why, want[k.Leader])
		}
	}
	if len(got) != len(want) {
		t.Errorf("candidates: %v", got)
	}
}
