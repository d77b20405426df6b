package rota_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"pcnrota/rota"
)

func TestWatchFindsMeetingsWithoutPeople(t *testing.T) {
	now := day(4).At(9 * 60).Instant(time.UTC)
	meeting := func(series rota.SeriesID, on, quorum int, goes ...rota.LeaderID) rota.Occurrence {
		start := day(on).At(10 * 60)
		return rota.Occurrence{
			ID: rota.NewOccurrenceID(series, day(on)), Series: rota.Series{ID: series, Title: fmt.Sprintf("Board %d", series), Quorum: quorum}, Start: start, Attending: goes,
			Span: rota.Span{Start: start.Instant(time.UTC), End: start.Instant(time.UTC).Add(time.Hour)},
		}
	}
	accepts := func(m rota.OccurrenceID, l rota.LeaderID) rota.Reply {
		return rota.Reply{Meeting: m, Leader: l, Answer: rota.Accepted}
	}
	l := rota.Lookout{
		Zone: time.UTC, Now: now,
		Meetings: []rota.Occurrence{
			meeting(1, 3, 0), meeting(1, 20, 0), meeting(1, 27, 0), meeting(2, 11, 2, "A", "B", "C"), meeting(2, 12, 2, "A", "B"), meeting(3, 6, 1, "A"),
		},
		Replies: []rota.Reply{accepts("m2.20270111", "A"), accepts("m2.20270111", "D"), accepts("m3.20270106", "A")},
	}
	var got []string
	for _, f := range rota.Watch(l) {
		got = append(got, fmt.Sprintf("%s %s %s %t: %s", f.Urgency(day(4)), f.Kind, f.About, f.Uncovers(), f.Says))
	}
	want := []string{"soon nobody goes m1.20270120 true: nobody goes to Board 1, Wed 20 Jan 2027 10:00, and to 1 later meeting of it"}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("before it is near: %s", strings.Join(got, "\n"))
	}
	l.Now = now.Add(2 * time.Hour)
	got = nil
	for _, f := range rota.Watch(l) {
		got = append(got, fmt.Sprintf("%s %t: %s", f.About, f.Uncovers(), f.Says))
	}
	want = []string{
		"m2.20270111 false: Board 2, Mon 11 Jan 2027 10:00, has no quorum yet: 1 of 3 accepted, 2 needed",
		"m1.20270120 true: nobody goes to Board 1, Wed 20 Jan 2027 10:00, and to 1 later meeting of it",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got %s\nwant %s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
