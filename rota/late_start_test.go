package rota_test

import (
	"testing"

	"pcnrota/rota"
)

// called makes the calls of one leader in one duty: a civil time in London and minutes each.
func called(t *testing.T, of rota.LeaderID, times ...any) []rota.Call {
	t.Helper()
	var calls []rota.Call
	for i := 0; i < len(times); i += 2 {
		calls = append(calls, rota.Call{
			ID: rota.CallID(i/2 + 1), Duty: "on-call.first.20270104T1830", Leader: of,
			At: civil(t, times[i].(string)).Instant(zone(t, "Europe/London")), Minutes: rota.Minutes(times[i+1].(int)),
		})
	}
	return calls
}

func TestLateStart(t *testing.T) {
	tests := []struct {
		name  string
		calls []rota.Call
		want  string // "" for no late start
	}{
		{"no call", nil, ""},
		{"one call before midnight leaves rest enough", called(t, "A", "2027-01-04T23:10", 30), ""},
		{"calls of the evening are not of the night", called(t, "A", "2027-01-04T19:00", 60, "2027-01-04T20:30", 60, "2027-01-04T21:00", 45), ""},
		{
			"two calls break the five hours on end", called(t, "A", "2027-01-05T02:15", 40, "2027-01-05T04:40", 5),
			"A was called at 02:15 and 04:40: late start on Tuesday 5 January 2027, not before 09:45 (no more than 4 h 15 min of rest on end between 22:00 and 07:00, where 5 h are expected).",
		},
		{
			"three short calls after 23:00", called(t, "A", "2027-01-04T23:00", 5, "2027-01-04T23:20", 5, "2027-01-04T23:40", 5),
			"A was called at 23:00, 23:20 and 23:40: late start on Tuesday 5 January 2027, not before 09:15 (3 calls after 23:00).",
		},
		{"of three the first was before 23:00", called(t, "A", "2027-01-04T22:59", 5, "2027-01-04T23:20", 5, "2027-01-04T23:40", 5), ""},
		{
			"an hour and a half of work", called(t, "A", "2027-01-04T21:30", 120),
			"A was called at 21:30: late start on Tuesday 5 January 2027, not before 10:30 (7 h 30 min of rest in all between 22:00 and 07:00, where 8 h are expected).",
		},
		{
			"still at work when the day begins", called(t, "A", "2027-01-05T02:00", 10, "2027-01-05T06:50", 240),
			"A was called at 02:00 and 06:50: late start on Tuesday 5 January 2027, not before 10:50 (no more than 4 h 40 min of rest on end between 22:00 and 07:00, where 5 h are expected).",
		},
		{"Saturday is no working day", called(t, "A", "2027-01-09T02:15", 40, "2027-01-09T04:40", 5), ""},
		{"Good Friday is none", called(t, "A", "2027-03-26T02:15", 40, "2027-03-26T04:40", 5), ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := ""
			for _, late := range mornings(t).LateStarts(test.calls, nil) {
				got += late.Says("A")
			}
			if got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

func mornings(t *testing.T) rota.Mornings {
	t.Helper()
	return rota.Mornings{Starts: 9 * 60, Zone: zone(t, "Europe/London")}
}

func TestLateStartNamesTheDutyThatComesTooSoon(t *testing.T) {
	duty := func(holder rota.LeaderID, id rota.DutyID, from string) rota.Duty {
		start := civil(t, from)
		end := rota.Civil{Date: start.Date.AddDays(1), Time: start.Time}
		return rota.Duty{ID: id, Holder: holder, Start: start, End: end, Span: rota.Span{Start: start.Instant(zone(t, "Europe/London")), End: end.Instant(zone(t, "Europe/London"))}}
	}
	duties := []rota.Duty{
		duty("A", "late.first.20270109T1000", "2027-01-09T10:00"),
		duty("A", "day.first.20270109T0800", "2027-01-09T08:00"),
		duty("B", "day.second.20270109T0800", "2027-01-09T08:00"),
	}
	late := mornings(t).LateStarts(called(t, "A", "2027-01-09T02:15", 40, "2027-01-09T04:40", 5), duties)
	if len(late) != 1 || len(late[0].Clashes) != 1 || late[0].Clashes[0].ID != "day.first.20270109T0800" {
		t.Fatalf("got %+v", late)
	}
	const want = "A was called at 02:15 and 04:40: late start on Saturday 9 January 2027, not before 09:45 (no more than 4 h 15 min of rest on end between 22:00 and 07:00, where 5 h are expected). But day.first.20270109T0800 of theirs begins at 08:00."
	if got := late[0].Says("A"); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// The calls of two people in the same night are two nights.
func TestLateStartsAreEachLeadersOwn(t *testing.T) {
	calls := append(called(t, "B", "2027-01-05T02:15", 40), called(t, "A", "2027-01-05T04:40", 5)...)
	if late := mornings(t).LateStarts(calls, nil); len(late) != 1 || late[0].Leader != "B" {
		t.Errorf("got %+v", late)
	}
}
