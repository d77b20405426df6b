package rota_test

import (
	"strings"
	"testing"
	"time"

	"pcnrota/rota"
)

func TestAnOfferGoesItsWay(t *testing.T) {
	at := time.Date(2027, 1, 2, 9, 0, 0, 0, time.UTC)
	open := rota.Offer{ID: 7, Duty: "d", Leader: "A", State: rota.OfferOpen, Asked: []rota.Asked{{Leader: "B"}, {Leader: "C"}}}
	step := func(o rota.Offer, word string) (rota.Offer, error) {
		verb, who, _ := strings.Cut(word, " ")
		switch verb {
		case "accept":
			return o.Accept(rota.LeaderID(who), false, at)
		case "agree":
			return o.Accept(rota.LeaderID(who), true, at)
		case "approve":
			return o.Approve(at)
		case "refuse":
			return o.Refuse("no", at)
		case "decline":
			return o.Decline(rota.LeaderID(who), at)
		case "withdraw":
			return o.Withdraw(at)
		default:
			return o.Undo(at)
		}
	}
	for _, test := range []struct{ steps, want string }{
		{"accept B", "done"},
		{"accept B, undo", "undone"},
		{"accept B, accept C", "! offer 7 is done and cannot be answered: only what is open can"},
		{"accept X", "! offer 7 was not made to X"},
		{"decline B", "open"},
		{"decline B, accept C", "done"},
		{"decline B, accept B", "! B has declined offer 7 already"},
		{"decline B, decline C", "declined"},
		{"agree B", "accepted"},
		{"agree B, approve", "done"},
		{"agree B, refuse", "refused"},
		{"agree B, withdraw", "withdrawn"},
		{"approve", "! offer 7 is open and cannot be approved: only what is accepted can"},
		{"refuse", "! offer 7 is open and cannot be refused: only what is accepted can"},
		{"withdraw", "withdrawn"},
		{"withdraw, withdraw", "! offer 7 is withdrawn and cannot be withdrawn: only what is open or accepted can"},
		{"undo", "! offer 7 is open and cannot be undone: only what is done can"},
		{"accept B, undo, undo", "! offer 7 is undone and cannot be undone: only what is done can"},
	} {
		o, err := open, error(nil)
		for word := range strings.SplitSeq(test.steps, ", ") {
			if err == nil {
				o, err = step(o, word)
			}
		}
		got := string(o.State)
		if err != nil {
			got = "! " + err.Error()
		}
		if got != test.want {
			t.Errorf("%s: %s; want %s", test.steps, got, test.want)
		}
		if open.Asked[0].Declined {
			t.Fatalf("%s: the offer before it changed too", test.steps)
		}
	}
}

func TestAnOfferEndsWhenItCanHaveNoEffect(t *testing.T) {
	london := zone(t, "Europe/London")
	night := func(id, start string, holder rota.LeaderID) rota.Duty {
		from, err := rota.ParseCivil(start)
		if err != nil {
			t.Fatal(err)
		}
		until := from.Date.AddDays(1).At(8 * 60)
		return rota.Duty{
			ID: rota.DutyID(id), Holder: holder, Start: from, End: until,
			Span: rota.Span{Start: from.Instant(london), End: until.Instant(london)},
		}
	}
	d, back := night("d", "2027-01-04T18:30", "A"), night("r", "2027-01-11T18:30", "B")
	open := rota.Offer{ID: 7, Duty: "d", Leader: "A", Return: "r", State: rota.OfferOpen, Asked: []rota.Asked{{Leader: "B"}}}
	early, late := d.Span.Start.Add(-time.Hour), d.Span.Start
	part := open
	part.Return, part.From, part.Until = "", d.Start, d.Start.Date.At(22*60)
	done := part
	done.State, done.Taker = rota.OfferDone, "B"
	left, piece := d.Divide(done.From, done.Until, london)
	done.Pieces = append([]rota.Duty{piece}, left...)
	for _, test := range []struct {
		name  string
		offer rota.Offer
		force []rota.Duty
		at    time.Time
		want  string
	}{
		{"it goes on", open, []rota.Duty{d, back}, early, ""},
		{"it follows its duty", open, []rota.Duty{night("d", "2027-01-05T18:30", "A"), back}, late, ""},
		{"the duty is gone", open, []rota.Duty{back}, early, "d is not on the rota any more"},
		{"it is somebody else's", open, []rota.Duty{night("d", "2027-01-04T18:30", "C"), back}, early, "d is not A's any more"},
		{"it has begun", open, []rota.Duty{d, back}, late, "d began before anybody had taken it"},
		{"what was to be given in return is gone", open, []rota.Duty{d}, early, "r, which was to be given in return, is not on the rota any more"},
		{"and is somebody else's", open, []rota.Duty{d, night("r", "2027-01-11T18:30", "C")}, early, "r, which was to be given in return, is not B's any more"},
		{"a part goes on", part, []rota.Duty{d}, early, ""},
		{"a part that is not within the duty any more", part, []rota.Duty{night("d", "2027-01-05T18:30", "A")}, early, "d has moved away from the time that was offered"},
		{"a part that is done", done, []rota.Duty{d}, late, ""},
		{"whose duty moves", done, []rota.Duty{night("d", "2027-01-05T18:30", "A")}, early, "d has moved away from the part that was handed over"},
		{"whose duty goes to somebody else", done, []rota.Duty{night("d", "2027-01-04T18:30", "C")}, early, "d went from A to somebody else as a whole"},
	} {
		force := map[rota.DutyID]rota.Duty{}
		for _, duty := range test.force {
			force[duty.ID] = duty
		}
		o, why := test.offer.Lapse(force, test.at)
		if why != test.want || (why != "") != (o.State == rota.OfferLapsed) {
			t.Errorf("%s: %s, %q; want %q", test.name, o.State, why, test.want)
		}
	}
}

// A duty that is cut is the same time and the same points in pieces, also over both changes of the clocks.
func TestADividedDutyIsWhole(t *testing.T) {
	london := zone(t, "Europe/London")
	for _, day := range []string{"2027-01-04", "2027-03-27", "2027-10-30"} {
		start := date(t, day).At(18*60 + 30)
		end := start.Date.AddDays(1).At(8 * 60)
		d := rota.Duty{
			ID: "on-call.first.x", Holder: "A", Start: start, End: end, Span: rota.Span{Start: start.Instant(london), End: end.Instant(london)},
			Load: rota.Load{rota.Weekday: 1_000_000, rota.Weekend: 333_333},
		}
		morning := start.Date.AddDays(1).At(3 * 60)
		for _, cut := range []struct {
			from, until rota.Civil
			pieces      int
		}{
			{start, morning, 2},
			{morning, end, 2},
			{start.Date.At(22 * 60), morning, 3},
			{start, end, 1},
			{rota.Civil{}, rota.Civil{}, 1},
			{morning, start, 1},
			{end, end.Date.At(9 * 60), 1},
		} {
			left, part := d.Divide(cut.from, cut.until, london)
			all := left
			if part.ID != "" {
				all = append(all, part)
			}
			rota.SortDuties(all)
			var load rota.Load
			at, ids := d.Span.Start, map[rota.DutyID]bool{}
			for _, piece := range all {
				if !piece.Span.Start.Equal(at) {
					t.Errorf("%s, %s to %s: a piece begins at %s instead of %s", day, cut.from, cut.until, piece.Span.Start, at)
				}
				at, load, ids[piece.ID] = piece.Span.End, load.Plus(piece.Load), true
			}
			if len(all) != cut.pieces || len(ids) != cut.pieces || !at.Equal(d.Span.End) || load != d.Load || !ids[d.ID] {
				t.Errorf("%s, %s to %s: %d pieces %v until %s with %v", day, cut.from, cut.until, len(all), ids, at, load)
			}
		}
	}
}
