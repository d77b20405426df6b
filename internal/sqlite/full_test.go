package sqlite

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"pcnrota/notify"
)

// full lets the database have no page more than it has, until the test lets it.
func full(t *testing.T, db *DB) (room func()) {
	t.Helper()
	limit := func(pages int) {
		var is int
		if err := db.write.QueryRowContext(t.Context(), fmt.Sprintf("PRAGMA max_page_count = %d", pages)).Scan(&is); err != nil {
			t.Fatal(err)
		}
	}
	limit(1) // which SQLite takes for: as many as there are
	return func() { limit(1 << 30) }
}

// TestAFullDiskLosesNoReminder has no room while reminders are planned, while they are claimed, and while results are
// stored. What is asked for fails as a whole and says why; it is done when there is room, and the ledger tells what
// was sent without its result being stored.
func TestAFullDiskLosesNoReminder(t *testing.T) {
	db := staffed(t)
	var reminders []notify.Reminder
	for i := range 200 {
		reminders = append(reminders, reminder(fmt.Sprintf("duty/%03d", i), "2027-01-10 17:00"))
	}
	now := reminders[0].Due
	refused := func(what string, err error) {
		t.Helper()
		if err == nil || !strings.Contains(err.Error(), "full") {
			t.Fatalf("%s: %v", what, err)
		}
	}
	states := func(want notify.State) {
		t.Helper()
		stored, err := db.Reminders(t.Context(), notify.Filter{States: []notify.State{want}})
		if err != nil || len(stored) != len(reminders) {
			t.Fatalf("%d are %s, want all %d (%v)", len(stored), want, len(reminders), err)
		}
	}

	room := full(t, db)
	_, err := db.Plan(t.Context(), reminders)
	refused("plan", err)
	room()
	if n, err := db.Plan(t.Context(), reminders); err != nil || n != len(reminders) {
		t.Fatalf("%d planned: %v", n, err)
	}
	states(notify.Planned)

	claimed, err := db.Claim(t.Context(), now, 10*time.Minute, len(reminders))
	if err != nil {
		t.Fatal(err)
	}
	var results []notify.Result
	for _, r := range claimed {
		results = append(results, notify.Result{Reminder: r, Outcome: notify.Outcome{
			State: notify.Retrying, At: now, Next: now.Add(time.Minute), Detail: strings.Repeat("later ", 500),
		}})
	}
	room = full(t, db)
	refused("record", db.Record(t.Context(), results))
	states(notify.Sending) // and they are claimed again when their lease has run out
	room()
	again, err := db.Claim(t.Context(), now.Add(11*time.Minute), 10*time.Minute, len(reminders))
	if err != nil || len(again) != len(reminders) || again[0].Unknown != 1 {
		t.Fatalf("%d claimed again, %+v: %v", len(again), again[:min(1, len(again))], err)
	}
}
