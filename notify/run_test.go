package notify_test

import (
	"context"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"pcnrota/notify"
	"pcnrota/rota"
)

func TestRunSendsOnTimeAndStopsCleanly(t *testing.T) {
	synctest.Test(t, func(t *testing.T) { // the clock begins at midnight UTC on 1 January 2000
		w := newWorld(t)
		defer w.db.Close()
		w.publishAt(time.Now(), rota.Date{Year: 2000, Month: 1, Day: 2}, "L1", "L2")
		for range 2 { // days
			time.Sleep(16*time.Hour + 40*time.Minute)
			for range 2 { // runs, from 16:40 to 17:10 and from 17:10 to 17:40
				ctx, stop := context.WithCancel(t.Context())
				done := make(chan error)
				go func() { done <- w.engine(usual[1]).Run(ctx) }()
				time.Sleep(30 * time.Minute)
				stop()
				if err := <-done; err != nil {
					t.Error(err)
				}
			}
			time.Sleep(6*time.Hour + 20*time.Minute)
		}
		if len(w.post.got) != 2 {
			t.Fatalf("sent %q", w.post.letters())
		}
		for i, m := range w.post.got {
			due := time.Date(2000, 1, 1+i, 17, 0, 0, 0, time.UTC)
			if late := m.Date.Sub(due); late < 0 || late > 30*time.Second {
				t.Errorf("due at %s, sent at %s", due, m.Date)
			}
		}
	})
}

func TestRunWaitsForTheMessageOnItsWay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		defer w.db.Close()
		w.publishAt(time.Now(), rota.Date{Year: 2000, Month: 1, Day: 1}, "L1")
		engine := w.engine(usual[1])
		slow := &slowPost{post: w.post, begun: make(chan struct{})}
		engine.Sender = slow
		ctx, stop := context.WithCancel(t.Context())
		done := make(chan error)
		go func() { done <- engine.Run(ctx) }()
		<-slow.begun
		stop()
		if err := <-done; err != nil {
			t.Error(err)
		}
		w.expect("ledger", w.ledger(), []string{"1999-12-31T17:00Z L1 sent"})
	})
}

func TestABatchThatTakesTooLongIsLeftBeforeItsLeaseEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		defer w.db.Close()
		w.publishAt(time.Now(), rota.Date{Year: 2000, Month: 1, Day: 1}, "L1", "L2")
		engine := w.engine(usual...)
		engine.Sender = deafPost{}
		if _, err := engine.Tick(t.Context(), time.Now()); err != nil {
			t.Fatal(err)
		}
		if passed := time.Since(time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)); passed >= 10*time.Minute {
			t.Errorf("it took %s", passed)
		}
		if r := w.only(notify.Retrying); r.Detail != "context deadline exceeded" {
			t.Errorf("got %+v", r)
		}
		w.only(notify.Sending)      // the one that was not tried
		time.Sleep(2 * time.Minute) // its lease has ended
		if _, err := w.engine(usual...).Tick(t.Context(), time.Now()); err != nil {
			t.Fatal(err)
		}
		if len(w.post.got) != 2 {
			t.Errorf("sent %q", w.post.letters())
		}
	})
}

// TestAYear runs one PCN through a year with its two clock changes, a swap in every month, and the
// program down for three days in every five weeks. What is sent is compared with what a much simpler
// account says: for each night, the last rung that passed at each moment at which the program ran.
func TestAYear(t *testing.T) {
	w := newWorld(t)
	first := rota.Date{Year: 2027, Month: 1, Day: 11}
	const nights = 365
	holders := make([]rota.LeaderID, nights)
	for i := range holders {
		holders[i] = rota.LeaderID([]string{"L1", "L2", "L3", "L4"}[i%4])
	}
	start := instant(t, "2027-01-01T00:00Z")
	w.publishAt(start, first, holders...)

	type notice struct {
		night int
		to    rota.LeaderID
		rung  string
	}
	want := map[notice]bool{}
	zone := london(t)
	begins := func(n int) time.Time { return time.Date(2027, 1, 11+n, 18, 30, 0, 0, zone) }
	rung := func(n, days int) time.Time { return time.Date(2027, 1, 11+n-days, 17, 0, 0, 0, zone) }
	for hour := 0; hour < 24*(nights+20); hour++ {
		now := start.Add(time.Duration(hour) * time.Hour)
		day := hour / 24
		if hour%24 == 3 && day%30 == 20 { // two neighbours swap, the nearer one within the lead time
			from := first.DaysUntil(rota.CivilOf(now, zone).Date) + 5
			if from > 0 && from+1 < nights {
				holders[from], holders[from+1] = holders[from+1], holders[from]
				w.publishAt(now, first.AddDays(from), holders[from], holders[from+1])
			}
		}
		if day%35 >= 32 || !slices.Contains([]int{3, 8, 16, 17, 19}, hour%24) {
			continue // down, or nothing can have changed: 17:00 is at 16 or 17 UTC, 18:30 before 19
		}
		if _, err := w.engine(usual...).Tick(t.Context(), now); err != nil {
			t.Fatal(err)
		}
		for n := max(0, day-12); n < min(nights, day); n++ {
			switch {
			case !begins(n).After(now):
			case !rung(n, 1).After(now):
				want[notice{n, holders[n], "1 day before, 17:00"}] = true
			case !rung(n, 7).After(now):
				want[notice{n, holders[n], "7 days before, 17:00"}] = true
			}
		}
	}
	for _, m := range w.post.got {
		n := notice{first.DaysUntil(m.Start.Date), m.To.ID, m.Reminder.Reason}
		if !want[n] {
			t.Errorf("sent %v at %s, which is not wanted or is a repeat", n, m.Date)
		}
		delete(want, n)
	}
	for n := range want {
		t.Errorf("not sent: %v", n)
	}
	if len(w.post.got) < 2*nights-60 {
		t.Errorf("%d messages in a year of %d nights", len(w.post.got), nights)
	}
	if slices.ContainsFunc(w.ledger(), func(s string) bool { return s[len(s)-6:] == "failed" }) {
		t.Error("something failed")
	}
}
