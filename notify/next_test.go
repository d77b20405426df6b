package notify_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"pcnrota/notify"
	"pcnrota/rota"
)

// TestNothingIsLateForBeingLeftAlone lets two weeks pass over two PCNs that publish the same: in one a new engine makes
// a pass every half hour, in the other one engine only when Next said so or something was published.
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
	lasting := left.summarising("Mon 08:00")
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
			if w == left {
				engine = lasting
			}
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

// readings counts how often what is published is read.
type readings struct {
	notify.Source
	count int
}

func (r *readings) Published(ctx context.Context, from, until time.Time) ([]rota.Published, error) {
	r.count++
	return r.Source.Published(ctx, from, until)
}

func TestWhatIsPublishedIsReadAgainOnlyWhereThatCanMatter(t *testing.T) {
	w := newWorld(t)
	start := instant(t, "2027-03-20T00:00Z")
	w.publishAt(start, rota.CivilOf(start, london(t)).Date.AddDays(1), slices.Repeat([]rota.LeaderID{"L1"}, 20)...)
	engine := w.engine(usual...)
	source := &readings{Source: w.db}
	engine.Source = source
	now := start
	read := func(passes int, what string, want int) {
		t.Helper()
		source.count = 0
		for range passes {
			now = now.Add(time.Hour)
			_, err := engine.Tick(t.Context(), now)
			w.must(err)
		}
		if source.count != want {
			t.Errorf("%s: it was read %d times, want %d", what, source.count, want)
		}
	}
	read(1, "an engine that has just been started", 1)
	read(6*24, "six days in which reminders are sent", 0)
	read(2*24, "and two more", 1)
	w.publishAt(now, rota.CivilOf(now, london(t)).Date.AddDays(1), "L2")
	read(3, "a publication", 1)
	w.must(w.db.PutPreference(t.Context(), notify.Preference{Leader: "L1", Kind: notify.Duty}))
	read(3, "a preference", 1)
	now = now.AddDate(0, 0, -3)
	read(3, "a clock that was put back", 1)
	w.post.fail = func(notify.Message) error {
		return &notify.SendError{Trouble: notify.Permanent, Problem: "no such mailbox"}
	}
	w.publishAt(now, rota.CivilOf(now, london(t)).Date.AddDays(2), "L3")
	read(3, "a publication of which nobody could be told", 2)
	if len(w.post.got) < 8 {
		t.Errorf("%d messages were sent", len(w.post.got))
	}
}
