package notify_test

import (
	"slices"
	"testing"
	"time"

	"pcnrota/rota"
)

// TestNothingIsLateForBeingLeftAlone lets two weeks pass over two PCNs that publish the same: one engine makes a
// pass every half hour, the other only when Next said so or something was published.
func TestNothingIsLateForBeingLeftAlone(t *testing.T) {
	from, until := instant(t, "2027-03-20T00:00Z"), instant(t, "2027-04-03T00:00Z")
	publish := map[time.Time]rota.LeaderID{
		from:                                "L1",
		instant(t, "2027-03-24T11:30Z"):     "L2", // the nights to come change hands
		instant(t, "2027-03-27T23:45Z"):     "L3",
		until.AddDate(0, 0, -5).UTC():       "L4",
		from.Add(5*time.Hour + time.Hour/2): "L2",
	}
	always, left := newWorld(t), newWorld(t)
	passes := 0
	var next time.Time
	for now := from; now.Before(until); now = now.Add(30 * time.Minute) {
		holder, changed := publish[now]
		for _, w := range []*world{always, left} {
			if changed {
				w.publishAt(now, rota.CivilOf(now, london(t)).Date.AddDays(1), slices.Repeat([]rota.LeaderID{holder}, 40)...)
			}
			if w == left && !changed && now.Before(next) {
				continue
			}
			engine := w.summarising("Mon 08:00")
			_, err := engine.Tick(t.Context(), now)
			w.must(err)
			if w == left {
				passes++
				next, err = engine.Next(t.Context(), now)
				w.must(err)
			}
		}
	}
	if !slices.Equal(left.post.letters(), always.post.letters()) {
		t.Errorf("left alone it sent\n%q\nand otherwise\n%q", left.post.letters(), always.post.letters())
	}
	if len(left.post.got) < 20 || passes > 100 {
		t.Errorf("%d messages in %d passes", len(left.post.got), passes)
	}
}
