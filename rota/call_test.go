package rota_test

import (
	"testing"

	"pcnrota/rota"
)

func TestWhatACallWeighsIsSharedOutAsItsDutyWas(t *testing.T) {
	duty := rota.Duty{Load: rota.Load{rota.Weekday: rota.Point, rota.Festive: rota.Point}}
	load := rota.CallPoints(duty, 40, rota.Point)
	if load != (rota.Load{rota.Festive: 666_666}) {
		t.Fatalf("40 minutes weigh %v", load)
	}
	parts := []rota.Part{
		{Duty: "d", Leader: "A", Load: rota.Load{rota.Weekday: 400_000, rota.Festive: 100_000}},
		{Duty: "d", Leader: "B", Load: rota.Load{rota.Weekday: 250_000}},
		{Duty: "d", Leader: "C", Load: rota.Load{rota.Festive: 250_000}},
		{Duty: "d", Leader: "D"}, // has no part, and is to have none
	}
	var sum rota.Load
	shares := rota.ShareCall(load, parts)
	for _, p := range shares {
		sum = sum.Plus(p.Load)
	}
	if sum != load || len(shares) != 3 || shares[0].Load[rota.Festive] != 333_333 {
		t.Errorf("shares %+v", shares)
	}
	if got := rota.ShareCall(rota.Load{}, parts); len(got) != 0 {
		t.Errorf("nothing was shared out as %+v", got)
	}
	if got := rota.ShareCall(load, nil); len(got) != 0 {
		t.Errorf("shared out among nobody: %+v", got)
	}
}

func TestNobodyWorksTheSameMinuteTwice(t *testing.T) {
	calls := called(t, "A", "2027-01-05T02:15", 40)
	for _, test := range []struct {
		of      rota.LeaderID
		at      string
		minutes int
		overlap bool
	}{
		{"A", "2027-01-05T02:00", 16, true},
		{"A", "2027-01-05T02:54", 10, true},
		{"A", "2027-01-05T02:00", 15, false},
		{"A", "2027-01-05T02:55", 10, false},
		{"B", "2027-01-05T02:15", 40, false},
	} {
		c := called(t, test.of, test.at, test.minutes)[0]
		c.ID = 0
		if _, overlap := c.Overlapping(calls); overlap != test.overlap {
			t.Errorf("%+v: overlap is %v", test, overlap)
		}
	}
	more := append(calls, called(t, "A", "2027-01-05T04:40", 5)...)
	if worked := rota.Worked(more)["A"]; worked != 45 {
		t.Errorf("worked %d minutes", worked)
	}
}

func TestNewestHandovers(t *testing.T) {
	note := func(id rota.HandoverID, tier rota.TierName, at string) rota.Handover {
		return rota.Handover{ID: id, Rota: "on-call", Tier: tier, Written: civil(t, at).Instant(zone(t, "Europe/London"))}
	}
	newest := rota.NewestHandovers([]rota.Handover{
		note(1, "first", "2027-01-05T08:00"), note(2, "second", "2027-01-05T08:00"), note(3, "first", "2027-01-06T08:00"),
	})
	if len(newest) != 2 || newest[0].ID != 2 || newest[1].ID != 3 {
		t.Errorf("got %+v", newest)
	}
}
