package rota_test

import (
	"strings"
	"testing"
	"time"

	"pcnrota/rota"
)

// Whoever takes back a no has back what they gave up, unless somebody relies on having it.
func TestANoIsTakenBack(t *testing.T) {
	const meeting = "m1.20270121"
	front, behind := rota.SittingID(rota.Representative, meeting), rota.SittingID(rota.Deputy, meeting)
	said := time.Date(2027, 1, 4, 9, 0, 0, 0, time.UTC)
	yes := func(who rota.LeaderID, after time.Duration) rota.Reply {
		return rota.Reply{Meeting: meeting, Leader: who, Answer: rota.Accepted, At: said.Add(after)}
	}
	for _, tt := range []struct {
		name         string
		gave         rota.TierName
		beside       rota.LeaderID
		goes, deputy rota.LeaderID // as it has become
		replies      []rota.Reply
		offers       []rota.Offer
		pins         []rota.Pin
		want, says   string
	}{
		{"nobody has said anything", rota.Representative, "B", "B", "C", nil, nil, nil, "A B", "A goes again, and C is free of it"},
		{"the deputy had accepted to deputise", rota.Representative, "B", "B", "C", []rota.Reply{yes("B", -time.Hour)}, nil, nil, "A B", "A goes again, and C is free of it"},
		{"the deputy has accepted to go", rota.Representative, "B", "B", "C", []rota.Reply{yes("B", time.Hour)}, nil, nil, "B C", "B has accepted since, and stays; A is noted as able to come"},
		{"the new deputy has accepted", rota.Representative, "B", "B", "C", []rota.Reply{yes("C", time.Hour)}, nil, nil, "A C", "A goes again, and B is free of it"},
		{"nobody was left", rota.Representative, "", "", "", nil, nil, nil, "A -", "A goes again"},
		{"somebody took it over", rota.Representative, "B", "D", "C", nil, []rota.Offer{{Duty: front, Taker: "D", State: rota.OfferDone, Changed: said.Add(time.Hour)}}, nil, "D C", "D has taken it over since, and stays; A is noted as able to come"},
		{"settled by hand", rota.Representative, "B", "D", "C", nil, nil, []rota.Pin{{Duty: front, Leader: "D"}}, "D C", "D was settled on by hand, and stays; A is noted as able to come"},
		{"a deputy", rota.Deputy, "B", "B", "C", nil, nil, nil, "B A", "A deputises again, and C is free of it"},
		{"a deputy, and the next has accepted", rota.Deputy, "B", "B", "C", []rota.Reply{yes("C", 0)}, nil, nil, "B C", "C has accepted since, and stays; A is noted as able to come"},
		{"a deputy, who has come to represent the PCN", rota.Deputy, "B", "A", "C", nil, nil, nil, "A C", ""},
		{"nothing was given up", "", "", "B", "C", nil, nil, nil, "B C", ""},
	} {
		no := rota.Reply{Meeting: meeting, Leader: "A", Answer: rota.Declined, At: said, Gave: tt.gave, Beside: tt.beside}
		inForce := []rota.Duty{{ID: front, Holder: tt.goes}, {ID: behind, Holder: tt.deputy}}
		got := rota.GiveBack(no, inForce, tt.replies, tt.offers, tt.pins)
		holds := func(d rota.Duty) string { return strings.Repeat("-", max(0, 1-len(d.Holder))) + string(d.Holder) }
		is := holds(got.Duties[0]) + " " + holds(got.Duties[1])
		says := got.Says("A", func(id rota.LeaderID) string { return string(id) })
		if is != tt.want || says != tt.says {
			t.Errorf("%s: %s (%s), want %s (%s)", tt.name, is, says, tt.want, tt.says)
		}
		if inForce[0].Holder != tt.goes || inForce[1].Holder != tt.deputy {
			t.Errorf("%s: what is in force was changed", tt.name)
		}
	}
}
