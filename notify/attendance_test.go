package notify_test

import (
	"testing"

	"pcnrota/notify"
	"pcnrota/rota"
)

// TestAContactIsToldOnceAndAnewWhenSomebodyElseComes goes through what may have become of the message before.
func TestAContactIsToldOnceAndAnewWhenSomebodyElseComes(t *testing.T) {
	n := notify.Notices{Zone: london(t), Domain: "pcn.example"}
	at, start := instant(t, "2027-01-10T09:00Z"), civil(t, "2027-01-21T08:00")
	meeting := func(leaders ...rota.LeaderID) rota.Occurrence {
		return rota.Occurrence{
			ID: "m1.20270121", Series: rota.Series{ID: 1, Title: "LMC meeting", Body: "LMC"}, Attending: leaders, Start: start, End: start.Date.At(9 * 60),
			Span: rota.Span{Start: start.Instant(london(t)), End: start.Date.At(9 * 60).Instant(london(t))},
		}
	}
	first, _ := n.Attendance(meeting("L2", "L1"), nil, at)
	if len(first) != 1 || first[0].Leader != "" || first[0].Key != "attendance/m1.20270121/1/LMC" || first[0].News.Attends.Again {
		t.Fatalf("told %+v", first)
	}
	for _, test := range []struct {
		name              string
		state             notify.State
		now               rota.Occurrence
		messages, instead int
		again             bool
	}{
		{"the same", notify.Sent, meeting("L1", "L2"), 0, 0, false},
		{"the same, which waits", notify.Planned, meeting("L1", "L2"), 0, 0, false},
		{"the same, which never arrived", notify.Failed, meeting("L1", "L2"), 1, 0, false},
		{"somebody else", notify.Sent, meeting("L1", "L3"), 1, 0, true},
		{"somebody else, while it is on its way", notify.Sending, meeting("L3"), 1, 0, true},
		{"somebody else, before it was sent", notify.Planned, meeting("L3"), 1, 1, false},
		{"nobody", notify.Sent, meeting(), 0, 0, false},
	} {
		was := first[0]
		was.Number, was.State = 7, test.state
		other := was
		about := *was.News.Attends
		about.Meeting = "m2.20270121"
		other.News = &notify.News{Attends: &about}
		messages, instead := n.Attendance(test.now, []notify.Reminder{was, other}, at)
		if len(messages) != test.messages || len(instead) != test.instead {
			t.Errorf("%s: %d messages, %d instead", test.name, len(messages), len(instead))
		} else if len(messages) == 1 && (messages[0].News.Attends.Again != test.again || messages[0].Key != "attendance/m1.20270121/2/LMC") {
			t.Errorf("%s: %s, again %v", test.name, messages[0].Key, messages[0].News.Attends.Again)
		}
	}
	if late, _ := n.Attendance(meeting("L1"), nil, instant(t, "2027-01-21T08:00Z")); len(late) > 0 {
		t.Error("told of a meeting that has begun")
	}
}
