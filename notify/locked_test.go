package notify_test

import (
	"context"
	"database/sql"
	"strings"
	"testing"
	"time"

	_ "github.com/mattn/go-sqlite3" // to get in the way of a database

	"pcnrota/notify"
)

// hindered is an outbox that something gets in the way of just before it writes, once.
type hindered struct {
	notify.Outbox
	at     string // which writing
	hinder func()
}

func (h *hindered) now(what string) {
	if what == h.at && h.hinder != nil {
		h.hinder()
		h.hinder = nil
	}
}

func (h *hindered) Plan(ctx context.Context, r []notify.Reminder) (int, error) {
	h.now("plan")
	return h.Outbox.Plan(ctx, r)
}

func (h *hindered) Claim(ctx context.Context, now time.Time, lease time.Duration, limit int) ([]notify.Reminder, error) {
	h.now("claim")
	return h.Outbox.Claim(ctx, now, lease, limit)
}

func (h *hindered) Record(ctx context.Context, r []notify.Result) error {
	h.now("record")
	return h.Outbox.Record(ctx, r)
}

// TestALockedDatabaseLosesNothing has another program hold the database for longer than anybody waits for it, before each
// thing that the engine writes. The pass fails; the one after it sends. Only what was on its way when its
// result could not be stored is sent again, under the same Message-ID.
func TestALockedDatabaseLosesNothing(t *testing.T) {
	for at, copies := range map[string]int{"plan": 1, "claim": 1, "record": 2} {
		t.Run(at, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.publish("2027-01-01T09:00Z", "2027-01-18", "L1")
			if at != "plan" {
				w.tick("2027-01-12T17:00Z", usual[1])
			}
			other, err := sql.Open("sqlite3", "file:"+w.path+"?_txlock=immediate")
			w.must(err)
			defer other.Close()
			var lock *sql.Tx
			e := w.engine(usual[1])
			e.Outbox = &hindered{w.db, at, func() {
				lock, err = other.BeginTx(t.Context(), nil)
				w.must(err)
			}}
			if _, err := e.Tick(t.Context(), instant(t, "2027-01-17T17:00Z")); err == nil || !strings.Contains(err.Error(), "another pcnrota command is writing") {
				t.Fatalf("the pass says %v", err)
			}
			w.must(lock.Rollback())
			w.sentAfter(e, copies)
		})
	}
}

// sentAfter makes a pass when nothing is in the way any more, and counts what has arrived.
func (w *world) sentAfter(e *notify.Engine, copies int) {
	w.t.Helper()
	_, err := e.Tick(w.t.Context(), instant(w.t, "2027-01-17T17:11Z"))
	w.must(err)
	if len(w.post.got) != copies {
		w.t.Errorf("%d copies arrived, want %d: %q", len(w.post.got), copies, w.post.letters())
	}
	for _, m := range w.post.got {
		if m.Reminder.MessageID != w.post.got[0].Reminder.MessageID {
			w.t.Errorf("Message-IDs %s and %s", m.Reminder.MessageID, w.post.got[0].Reminder.MessageID)
		}
	}
	if r := w.only(notify.Sent); r.Unknown != copies-1 {
		w.t.Errorf("the ledger does not tell of the copies: %+v", r)
	}
}
