package rota_test

import (
	"context"
	"testing"
	"time"

	"pcnrota/rota"
	"pcnrota/rota/rotatest"
)

// fourMeetings are a PCN of four, with meetings on four Tuesdays in March 2027.
func fourMeetings(t *testing.T) rota.Problem {
	t.Helper()
	from := date(t, "2027-03-01")
	zone, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	p := rota.Problem{
		Policy: rota.MeetingPolicy(rota.MeetingRules{PerHour: rota.Point, NightHours: 4}, rota.Point/4),
		From:   from, Until: from.AddDays(28), Zone: zone, Seed: 1, AllowGaps: true,
	}
	for _, id := range []rota.LeaderID{"L1", "L2", "L3", "L4"} {
		p.Leaders = append(p.Leaders, rota.Leader{ID: id, Name: string(id), Share: rota.FullTime})
	}
	series := rota.Series{ID: 1, Title: "Board", First: from, Who: rota.Who{Mode: rota.AnyGoes}}
	var meetings []rota.Occurrence
	for day := from.AddDays(1); day.Before(p.Until); day = day.AddDays(7) {
		start, end := day.At(10*60), day.At(11*60)
		meetings = append(meetings, rota.Occurrence{
			ID: rota.NewOccurrenceID(1, day), Series: series, Start: start, End: end,
			Span: rota.Span{Start: start.Instant(p.Zone), End: end.Instant(p.Zone)},
		})
	}
	p.Sittings = rota.SittingsOf(meetings, nil)
	return p
}

func builtMeetings(t *testing.T, p rota.Problem) rota.Draft {
	t.Helper()
	draft, err := rota.Build(context.Background(), p, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, breach := range append(rotatest.Check(p, draft), rotatest.Certify(p, draft)...) {
		t.Error(breach)
	}
	return draft
}

// Who was published stays; whoever cannot come makes way for the deputy, and only the deputy's seat is given anew.
func TestTheDeputyStepsIn(t *testing.T) {
	p := fourMeetings(t)
	inForce := builtMeetings(t, p).Duties
	if s := p.Settle(inForce); len(s.Fill) != 0 || len(s.Keep) != 8 || len(s.Vacated) != 0 {
		t.Fatalf("nothing has changed, and this is to be done: %+v", s)
	}
	front, second := inForce[0], inForce[1]
	if front.Tier != rota.Representative {
		front, second = second, front
	}
	_, meeting, _ := front.ID.MeetingOf()
	p.Pins = rota.ReplyPins([]rota.Reply{{Meeting: meeting, Leader: front.Holder, Answer: rota.Declined}}, inForce)
	s := p.Settle(inForce)
	if len(s.Vacated) != 1 || s.Vacated[0].Why != "has declined" || s.Vacated[0].Duty.Holder != second.Holder {
		t.Errorf("%s is not said to step in for %s: %+v", second.Holder, front.Holder, s.Vacated)
	}
	if len(s.Fill) != 1 || s.Fill[0].ID != second.ID {
		t.Fatalf("not only the deputy's seat is to be given: %+v", s.Fill)
	}
	p.Held = s.Keep
	for _, d := range builtMeetings(t, p).Duties {
		if d.Holder == front.Holder || d.Holder == second.Holder || d.Holder == "" {
			t.Errorf("%s is the deputy now", d.Holder)
		}
	}
}

// In a series with terms one person goes for so many months, and where they cannot, somebody else goes once.
func TestATermIsOnePersons(t *testing.T) {
	p := fourMeetings(t)
	p.Balances = map[rota.LeaderID]rota.Load{"L3": {rota.Weekday: -rota.Point}}
	p.Absences = []rota.Absence{{Leader: "L3", Kind: rota.Annual, First: date(t, "2027-03-09"), Last: date(t, "2027-03-09")}}
	p.Pins = p.TermPins(map[rota.SeriesID]rota.Seat{1: {Series: 1, Term: 6}}, nil)
	for _, d := range builtMeetings(t, p).Duties {
		away := d.Start.Date == date(t, "2027-03-09")
		if d.Tier == rota.Representative && (d.Holder == "L3") == away {
			t.Errorf("%s goes on %s in the term of L3", d.Holder, d.Start)
		}
	}
}

func TestWhoAttends(t *testing.T) {
	p := fourMeetings(t)
	leaders := p.Leaders
	leaders[0].Roles, leaders[1].Roles = []string{"Director"}, []string{"Director"}
	all, role := p.Sittings[0].Occurrence, p.Sittings[1].Occurrence
	all.Series.Who, role.Series.Who = rota.Who{Mode: rota.EverybodyGoes}, rota.Who{Mode: rota.RoleGoes, Name: "Director"}
	one, nobody := p.Sittings[2].Occurrence, p.Sittings[3].Occurrence
	s := rota.Seating{Leaders: leaders, Held: []rota.Duty{
		{ID: rota.SittingID(rota.Representative, role.ID), Holder: "L2"},
		{ID: rota.SittingID(rota.Deputy, role.ID), Holder: "L4"},
		{ID: rota.SittingID(rota.Representative, one.ID)},
		{ID: rota.SittingID(rota.Deputy, one.ID), Holder: "L3"},
	}, Replies: []rota.Reply{{Meeting: all.ID, Leader: "L2", Answer: rota.Declined}}}
	want := [][]rota.LeaderID{{"L1", "L3", "L4"}, {"L1", "L2"}, {"L3"}, nil}
	for i, m := range s.Attend([]rota.Occurrence{all, role, one, nobody}) {
		if len(m.Attending) != len(want[i]) {
			t.Errorf("%s attend meeting %d, want %s", m.Attending, i, want[i])
			continue
		}
		for n := range want[i] {
			if m.Attending[n] != want[i][n] {
				t.Errorf("%s attend meeting %d, want %s", m.Attending, i, want[i])
			}
		}
		if deputy := map[int]rota.LeaderID{1: "L4"}[i]; m.Deputy != deputy {
			t.Errorf("%q deputises at meeting %d, want %q", m.Deputy, i, deputy)
		}
	}
}

// Whoever is named by role goes with the representative, but no more than the planner would have sent them.
func TestNobodyAttendsStraightAfterANightOrInTwoPlaces(t *testing.T) {
	p := fourMeetings(t)
	leaders := p.Leaders[:2]
	leaders[0].Roles, leaders[1].Roles = []string{"Director"}, []string{"Director"}
	role, all := p.Sittings[0].Occurrence, p.Sittings[1].Occurrence
	role.Series.Who, all.Series.Who = rota.Who{Mode: rota.RoleGoes, Name: "Director"}, rota.Who{Mode: rota.EverybodyGoes}
	other := p.Sittings[1].Occurrence
	other.ID = "m9.20270309"
	night := rota.Duty{ID: "on-call.first.20270301T1830", Rota: "on-call", Holder: "L1", Start: date(t, "2027-03-01").At(18*60 + 30), End: date(t, "2027-03-02").At(8 * 60)}
	night.Span = rota.Span{Start: night.Start.Instant(p.Zone), End: night.End.Instant(p.Zone)}
	s := rota.Seating{Leaders: leaders, NightHours: 4, OnCall: []rota.Duty{night}, Held: []rota.Duty{
		{ID: rota.SittingID(rota.Representative, role.ID), Tier: rota.Representative, Holder: "L2", Span: role.Span},
		{ID: rota.SittingID(rota.Representative, other.ID), Tier: rota.Representative, Holder: "L1", Span: other.Span},
	}}
	for i, m := range s.Attend([]rota.Occurrence{role, all}) {
		if len(m.Attending) != 1 || m.Attending[0] != "L2" {
			t.Errorf("%s attend meeting %d, want L2 alone", m.Attending, i)
		}
	}
	if s.NightHours = 2; len(s.Attend([]rota.Occurrence{role})[0].Attending) != 2 {
		t.Error("two hours after the night are enough where the config says so")
	}
}

// Who went once in turn with others has no term to go on with: the one who owes most is elected.
func TestATermIsNotWonByOneMeetingInFour(t *testing.T) {
	p := fourMeetings(t)
	p.Balances = map[rota.LeaderID]rota.Load{"L1": {rota.Meeting: 5 * rota.Point}}
	held := func(holders ...rota.LeaderID) []rota.Duty {
		var duties []rota.Duty
		for i, id := range holders {
			duties = append(duties, rota.Duty{ID: rota.SittingID(rota.Representative, p.Sittings[i].ID), Tier: rota.Representative, Holder: id})
		}
		return duties
	}
	seats := map[rota.SeriesID]rota.Seat{1: {Series: 1, Term: 6}}
	for want, inForce := range map[rota.LeaderID][]rota.Duty{"L2": held("L1", "L2", "L3", "L4"), "L1": held("L1", "L1", "L3", "L4")} {
		for _, pin := range p.TermPins(seats, inForce) {
			if pin.Leader != want {
				t.Errorf("%s goes for the term, want %s", pin.Leader, want)
			}
		}
	}
}
