package sqlite

import (
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"pcnrota/notify"
	"pcnrota/rota"
)

// reminder is planned for L1 and due at the time given.
func reminder(key, due string) notify.Reminder {
	return notify.Reminder{
		Key: notify.Key(key), Kind: notify.Duty, About: "on-call.first.20270111T1830", Leader: "L1", Start: at("2027-01-11 18:30"),
		Due: at(due), Until: at("2027-01-11 18:30"), Reason: awkward[0], MessageID: key + "@example.org",
		State: notify.Planned, Next: at(due), Changed: at("2027-01-01 09:00"),
	}
}

// unnumbered leaves out the numbers, of which a test expects nothing.
func unnumbered(reminders []notify.Reminder) []notify.Reminder {
	for i := range reminders {
		reminders[i].Number = 0
	}
	return reminders
}

// fate is how the outbox has one reminder.
func fate(t *testing.T, db *DB, key string) notify.Reminder {
	t.Helper()
	for _, m := range unnumbered(get(db.Reminders(t.Context(), notify.Filter{}))) {
		if string(m.Key) == key {
			return m
		}
	}
	t.Fatalf("no reminder %s", key)
	return notify.Reminder{}
}

func TestRemindersRoundTripOnceEach(t *testing.T) {
	db := staffed(t)
	a, b := reminder("a", "2027-01-04 17:00"), reminder("b", "2027-01-03 17:00")
	b.Kind, b.Leader, b.State, b.Next, b.Detail = notify.Meeting, "L2", notify.Missed, time.Time{}, awkward[3]
	if n := get(db.Plan(t.Context(), []notify.Reminder{a, b})); n != 2 {
		t.Errorf("%d are new, want 2", n)
	}
	if n := get(db.Plan(t.Context(), []notify.Reminder{a, b})); n != 0 {
		t.Errorf("%d are new the second time", n)
	}
	same(t, "outbox", unnumbered(get(db.Reminders(t.Context(), notify.Filter{}))), []notify.Reminder{b, a})
}

func TestFiltersOfReminders(t *testing.T) {
	db := staffed(t)
	a, b, c := reminder("a", "2027-01-04 17:00"), reminder("b", "2027-01-04 17:00"), reminder("c", "2027-01-10 17:00")
	b.Leader, b.Until = "L2", at("2027-01-05 00:00")
	c.State, c.Next = notify.Missed, time.Time{}
	get(db.Plan(t.Context(), []notify.Reminder{c, b, a}))
	for _, test := range []struct {
		name   string
		filter notify.Filter
		want   []notify.Reminder
	}{
		{"all", notify.Filter{}, []notify.Reminder{a, b, c}},
		{"one state", notify.Filter{States: []notify.State{notify.Missed}}, []notify.Reminder{c}},
		{"two states", notify.Filter{States: []notify.State{notify.Missed, notify.Planned}}, []notify.Reminder{a, b, c}},
		{"a leader", notify.Filter{Leader: "L2"}, []notify.Reminder{b}},
		{"still useful", notify.Filter{UsefulAfter: b.Until}, []notify.Reminder{a, c}},
		{"the first", notify.Filter{Limit: 1}, []notify.Reminder{a}},
		{"none", notify.Filter{States: []notify.State{notify.Sent}}, nil},
	} {
		same(t, test.name, unnumbered(get(db.Reminders(t.Context(), test.filter))), test.want)
	}
}

func TestWhatWasGivenUpCanBePlannedAgain(t *testing.T) {
	for _, test := range []struct {
		stored, given notify.State
		again         bool
	}{
		{notify.Missed, notify.Planned, true},
		{notify.Cancelled, notify.Planned, true},
		{notify.Superseded, notify.Planned, true},
		{notify.Sent, notify.Planned, false},
		{notify.Failed, notify.Planned, false},
		{notify.Cancelled, notify.Missed, false},
	} {
		t.Run(string(test.stored)+" then "+string(test.given), func(t *testing.T) {
			db := staffed(t)
			get(db.Plan(t.Context(), []notify.Reminder{reminder("a", "2027-01-04 17:00")}))
			claimed := get(db.Claim(t.Context(), at("2027-01-04 17:00"), time.Minute, 9))[0]
			ok(t, db.Record(t.Context(), []notify.Result{{Reminder: claimed, Outcome: notify.Outcome{State: test.stored, At: at("2027-01-04 17:01"), Detail: "x"}}}))
			before := fate(t, db, "a")

			wanted := reminder("a", "2027-01-05 17:00")
			wanted.State, wanted.MessageID, wanted.Reason, wanted.Changed = test.given, "other@example.org", "again", at("2027-01-04 18:00")
			wanted.Until = at("2027-01-12 00:00")
			if test.given != notify.Planned {
				wanted.Next = time.Time{}
			}
			n := get(db.Plan(t.Context(), []notify.Reminder{wanted}))
			want := before
			if test.again {
				want = wanted
				want.MessageID, want.Attempts = before.MessageID, before.Attempts
			}
			same(t, "reminder", fate(t, db, "a"), want)
			if (n == 1) != test.again {
				t.Errorf("%d were planned again", n)
			}
		})
	}
}

func TestClaimTakesWhatIsDueInOrder(t *testing.T) {
	db := staffed(t)
	get(db.Plan(t.Context(), []notify.Reminder{
		reminder("c", "2027-01-04 17:00"), reminder("a", "2027-01-04 17:00"), reminder("b", "2027-01-03 17:00"), reminder("d", "2027-01-04 17:01"),
	}))
	now := at("2027-01-04 17:00")
	claim := func(limit int) (keys string) {
		for _, m := range unnumbered(get(db.Claim(t.Context(), now, 10*time.Minute, limit))) {
			keys += string(m.Key)
			want := reminder(string(m.Key), m.Due.Format("2006-01-02 15:04"))
			want.State, want.Attempts, want.Next, want.Changed = notify.Sending, 1, now.Add(10*time.Minute), now
			same(t, "claimed", m, want)
			same(t, "stored", fate(t, db, string(m.Key)), want)
		}
		return keys
	}
	if got := claim(2) + " " + claim(9) + " " + claim(9); got != "ba c " {
		t.Errorf("claimed %q", got)
	}
}

func TestALeaseThatRanOutIsClaimedAgain(t *testing.T) {
	db := staffed(t)
	get(db.Plan(t.Context(), []notify.Reminder{reminder("a", "2027-01-04 17:00")}))
	crashed := unnumbered(get(db.Claim(t.Context(), at("2027-01-04 17:00"), 10*time.Minute, 1)))[0]
	if n := len(get(db.Claim(t.Context(), at("2027-01-04 17:09"), 10*time.Minute, 1))); n != 0 {
		t.Error("claimed within the lease")
	}
	again := unnumbered(get(db.Claim(t.Context(), at("2027-01-04 17:10"), 10*time.Minute, 1)))[0]
	if again.Attempts != 2 || again.Unknown != 1 || again.MessageID != crashed.MessageID {
		t.Errorf("claimed again as %+v", again)
	}

	// Whoever lost the claim can no longer postpone it, but may still tell that it was sent.
	ok(t, db.Record(t.Context(), []notify.Result{{Reminder: crashed, Outcome: notify.Outcome{State: notify.Retrying, At: at("2027-01-04 17:11"), Next: at("2027-01-04 17:20")}}}))
	same(t, "after a late outcome", fate(t, db, "a"), again)
	ok(t, db.Record(t.Context(), []notify.Result{{Reminder: crashed, Outcome: notify.Outcome{State: notify.Sent, At: at("2027-01-04 17:12"), Detail: "250 ok"}}}))
	ok(t, db.Record(t.Context(), []notify.Result{{Reminder: again, Outcome: notify.Outcome{State: notify.Failed, At: at("2027-01-04 17:13")}}}))
	again.State, again.Next, again.Changed, again.Detail = notify.Sent, time.Time{}, at("2027-01-04 17:12"), "250 ok"
	same(t, "in the end", fate(t, db, "a"), again)
}

func TestARetryWaitsForItsTime(t *testing.T) {
	db := staffed(t)
	get(db.Plan(t.Context(), []notify.Reminder{reminder("a", "2027-01-04 17:00")}))
	m := get(db.Claim(t.Context(), at("2027-01-04 17:00"), time.Minute, 1))[0]
	ok(t, db.Record(t.Context(), []notify.Result{{Reminder: m, Outcome: notify.Outcome{State: notify.Retrying, At: at("2027-01-04 17:00"), Next: at("2027-01-04 17:05")}}}))
	if n := len(get(db.Claim(t.Context(), at("2027-01-04 17:04"), time.Minute, 1))); n != 0 {
		t.Error("tried before its time")
	}
	m = get(db.Claim(t.Context(), at("2027-01-04 17:05"), time.Minute, 1))[0]
	if m.Attempts != 2 || m.Unknown != 0 {
		t.Errorf("retried as %+v", m)
	}
}

func TestATryThatMayHaveArrivedIsCounted(t *testing.T) {
	db := staffed(t)
	get(db.Plan(t.Context(), []notify.Reminder{reminder("a", "2027-01-04 17:00")}))
	m := get(db.Claim(t.Context(), at("2027-01-04 17:00"), time.Minute, 1))[0]
	ok(t, db.Record(t.Context(), []notify.Result{{Reminder: m, Outcome: notify.Outcome{State: notify.Retrying, At: at("2027-01-04 17:00"), Next: at("2027-01-04 17:05"), Unsure: true}}}))
	if m := get(db.Claim(t.Context(), at("2027-01-04 17:05"), time.Minute, 1))[0]; m.Attempts != 2 || m.Unknown != 1 {
		t.Errorf("retried as %+v", m)
	}
}

func TestNoReminderIsClaimedTwice(t *testing.T) {
	db := staffed(t)
	processes := []*DB{db, another(t, db)}
	var all []notify.Reminder
	for n := range 40 {
		all = append(all, reminder(string(rune('A'+n)), "2027-01-04 17:00"))
	}
	get(db.Plan(t.Context(), all))
	var mu sync.Mutex
	seen := map[notify.Key]int{}
	var workers sync.WaitGroup
	for n := range 4 {
		workers.Go(func() {
			for range 20 {
				claimed, err := processes[n%2].Claim(t.Context(), at("2027-01-04 17:00"), time.Hour, 3)
				if err != nil {
					continue // the other process is writing, and this one does not wait in the test
				}
				mu.Lock()
				for _, m := range claimed {
					seen[m.Key]++
				}
				mu.Unlock()
			}
		})
	}
	workers.Wait()
	for key, n := range seen {
		if n != 1 {
			t.Errorf("%s was claimed %d times", key, n)
		}
	}
	if len(seen) == 0 {
		t.Error("nothing was claimed")
	}
}

// What a process was sending when it died is free for the next, and what one is sending that lives is not, whoever else
// began or ended meanwhile.
func TestOnlyWhatADeadProcessWasSendingIsFreed(t *testing.T) {
	db := staffed(t)
	get(db.Plan(t.Context(), []notify.Reminder{reminder("a", "2027-01-04 17:00"), reminder("b", "2027-01-04 17:00")}))
	due := at("2027-01-04 17:00")
	claim := func() int { return len(get(db.Claim(t.Context(), due, time.Hour, 1))) }

	first := get(db.BeginSending(t.Context(), due, false))
	claim()
	second := get(db.BeginSending(t.Context(), due, true)) // beside the first
	claim()
	first()
	third := get(db.BeginSending(t.Context(), due, true)) // beside the second
	if n := claim(); n != 0 {
		t.Error("what is being sent was claimed by another")
	}
	second()
	third()
	last := get(db.BeginSending(t.Context(), due, true))
	defer last()
	if n := claim() + claim(); n != 2 {
		t.Errorf("%d of what nobody is sending any more were claimed, want 2", n)
	}
	beside := get(db.BeginSending(t.Context(), due, true)) // waits for nobody
	beside()
}

func TestALeaderWithRemindersStays(t *testing.T) {
	db := staffed(t)
	get(db.Plan(t.Context(), []notify.Reminder{reminder("a", "2027-01-04 17:00")}))
	refused(t, db.RemoveLeader(t.Context(), "L1"), ErrInUse, "L1", "reminders")
}

func TestTheMigrationsKeepEveryReminder(t *testing.T) {
	path := filepath.Join(t.TempDir(), "pcnrota.db")
	ok(t, os.WriteFile(path, nil, 0o600))
	old, err := open(t.Context(), path, busyWait, migrations[:9])
	ok(t, err)
	ok(t, old.PutLeaders(t.Context(), []rota.Leader{{ID: "L1", Name: "One", Share: rota.FullTime}}))
	due := at("2027-01-04 08:00")
	told := notify.Reminder{Key: "a", Kind: notify.Duty, About: "d", Leader: "L1", Start: due, Due: due, Until: due.Add(time.Hour), State: notify.Planned, Next: due, Changed: due}
	_, err = old.write.ExecContext(t.Context(), `INSERT INTO reminder VALUES ('a', 'duty', 'd', 'L1', ?1, ?1, ?1 + 3600, '', '', 'planned', 0, 0, ?1, ?1, '')`, due.Unix())
	ok(t, err)
	ok(t, old.Close())
	before := told
	before.Number = 1

	db, err := Open(t.Context(), path)
	closing(t, db, err)
	if after := get(db.Reminders(t.Context(), notify.Filter{})); len(after) != 1 || after[0] != before {
		t.Errorf("what was %+v became %+v", before, after)
	}
	told.Key, told.Kind, told.Leader = "gaps/2027-W01", notify.Gaps, ""
	if n := get(db.Plan(t.Context(), []notify.Reminder{told})); n != 1 {
		t.Errorf("%d summaries planned, want 1", n)
	}
	claimed := get(db.Claim(t.Context(), due, time.Minute, 5))
	if len(claimed) != 2 || claimed[1].Leader != "" || claimed[1].Kind != notify.Gaps {
		t.Errorf("claimed %+v", claimed)
	}
	told.Key, told.Kind = "b", notify.Duty
	if _, err := db.Plan(t.Context(), []notify.Reminder{told}); err == nil {
		t.Error("a reminder of a duty to nobody was kept")
	}
	n, _, err := first(t.Context(), db.Reader, scanInt, `SELECT count(*) FROM pragma_foreign_key_check`)
	ok(t, err)
	if n != 0 {
		t.Errorf("%d references lead nowhere", n)
	}
}
