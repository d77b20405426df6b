package notify_test

import (
	"context"
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
