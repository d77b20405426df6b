package notify_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"pcnrota/internal/sqlite"
	"pcnrota/notify"
	"pcnrota/rota"
)

func TestEachReminderIsSentOnceWhateverTheRestarts(t *testing.T) {
	w := newWorld(t)
	w.publish("2027-01-01T09:00Z", "2027-01-18", "L1")
	for _, now := range []string{
		"2027-01-01T09:00Z", "2027-01-11T16:59Z", "2027-01-11T17:00Z", "2027-01-11T17:00Z", "2027-01-12T09:00Z",
		"2027-01-17T17:00Z", "2027-01-17T17:01Z", "2027-01-18T18:30Z", "2027-01-20T09:00Z",
	} {
		w.tick(now)
	}
	w.expect("sent", w.post.letters(), []string{
		"2027-01-11T17:00Z L1 First on call: 7 days before, 17:00",
		"2027-01-17T17:00Z L1 First on call: 1 day before, 17:00",
	})
	if a, b := w.post.got[0], w.post.got[1]; a.Thread != b.Thread || a.Reminder.MessageID == b.Reminder.MessageID {
		t.Errorf("threads %s and %s, Message-IDs %s and %s", a.Thread, b.Thread, a.Reminder.MessageID, b.Reminder.MessageID)
	}
}

func TestAReminderSaysWhereADutyIs(t *testing.T) {
	for place, want := range map[rota.Place]string{rota.AtHome: "at home, or wherever your telephone reaches you", rota.OnSite: "on site"} {
		w := newWorld(t)
		w.publish("2027-01-01T09:00Z", "2027-01-20", "L1")
		e := w.engine(rota.Rung{Days: 1, At: 17 * 60})
		e.Rotas[0].Pattern = slices.Clone(e.Rotas[0].Pattern)
		e.Rotas[0].Pattern[0].Place = place
		if _, err := e.Tick(t.Context(), instant(t, "2027-01-19T17:00Z")); err != nil {
			t.Fatal(err)
		}
		if got := w.post.got[len(w.post.got)-1]; got.Place != want {
			t.Errorf("%s: %q, want %q", place, got.Place, want)
		}
	}
}

func TestAMeetingRemindsAllWhoAttend(t *testing.T) {
	w := newWorld(t)
	id := w.series()
	w.meet("2027-01-01T09:00Z", id, "2027-01-21T08:00", "L1", "L3")
	w.tick("2027-01-20T17:00Z", rota.Rung{Days: 1, At: 17 * 60}, rota.Rung{Days: 0, At: 17 * 60})
	w.expect("sent", w.post.letters(), []string{
		"2027-01-20T17:00Z L1 LMC meeting: 1 day before, 17:00",
		"2027-01-20T17:00Z L3 LMC meeting: 1 day before, 17:00",
	})
	if with := w.post.got[0].With; len(with) != 1 || with[0].Name != "Secretname L3" {
		t.Errorf("with %v", with)
	}
}

func (w *world) series() rota.SeriesID {
	w.t.Helper()
	ids, err := w.db.AddSeries(w.t.Context(), []rota.Series{{Title: "LMC meeting", Body: "LMC", First: civil(w.t, "2027-01-01T00:00").Date, At: 480, Minutes: 60}})
	w.must(err)
	return ids[0]
}

func TestADutyPublishedAtShortNoticeIsRemindedOfAtOnce(t *testing.T) {
	w := newWorld(t)
	w.publish("2027-01-18T10:00Z", "2027-01-18", "L1", "L2")
	w.tick("2027-01-18T10:01Z")
	w.expect("sent", w.post.letters(), []string{
		"2027-01-18T10:01Z L1 First on call: 1 day before, 17:00",
		"2027-01-18T10:01Z L2 First on call: 7 days before, 17:00",
	})
	w.expect("ledger", w.ledger(), []string{
		"2027-01-11T17:00Z L1 missed", "2027-01-12T17:00Z L2 sent", "2027-01-17T17:00Z L1 sent", "2027-01-18T17:00Z L2 planned",
	})
}

func TestAfterDowntimeOnlyTheNewestGoesOut(t *testing.T) {
	w := newWorld(t)
	w.publish("2027-01-01T09:00Z", "2027-01-15", "L1", "L2", "L3", "L4", "L1", "L2", "L3", "L4")
	w.tick("2027-01-07T12:00Z")
	w.tick("2027-01-17T20:00Z") // ten days later: three duties have begun, one begins tomorrow
	w.expect("sent", w.post.letters(), []string{
		"2027-01-17T20:00Z L1 First on call: 7 days before, 17:00", // of the 19th
		"2027-01-17T20:00Z L2 First on call: 7 days before, 17:00", // of the 20th
		"2027-01-17T20:00Z L3 First on call: 7 days before, 17:00", // of the 21st
		"2027-01-17T20:00Z L4 First on call: 1 day before, 17:00",  // of the 18th
		"2027-01-17T20:00Z L4 First on call: 7 days before, 17:00", // of the 22nd, due on the 15th
	})
}

func TestWhoeverNoLongerHoldsADutyIsNotReminded(t *testing.T) {
	w := newWorld(t)
	w.publish("2027-01-01T09:00Z", "2027-01-18", "L1")
	w.tick("2027-01-11T17:00Z")
	w.publish("2027-01-14T09:00Z", "2027-01-18", "L2")
	w.tick("2027-01-14T09:01Z")
	w.expect("ledger", w.ledger(), []string{
		"2027-01-11T17:00Z L1 sent", "2027-01-11T17:00Z L2 sent", "2027-01-17T17:00Z L1 cancelled", "2027-01-17T17:00Z L2 planned",
	})
	if why := w.only(notify.Cancelled).Detail; why != "L1 is not expected there at that time any more, or wants no reminder of it" {
		t.Errorf("the reason is %q", why)
	}
}

func TestADutySwappedAwayAndBackIsRemindedOf(t *testing.T) {
	w := newWorld(t)
	w.publish("2027-01-01T09:00Z", "2027-01-18", "L1")
	w.tick("2027-01-11T17:00Z")
	w.publish("2027-01-14T09:00Z", "2027-01-18", "L2")
	w.tick("2027-01-14T09:01Z")
	w.publish("2027-01-17T20:00Z", "2027-01-18", "L1")
	w.tick("2027-01-17T20:01Z")
	w.expect("sent", w.post.letters(), []string{
		"2027-01-11T17:00Z L1 First on call: 7 days before, 17:00",
		"2027-01-14T09:01Z L2 First on call: 7 days before, 17:00",
		"2027-01-17T20:01Z L1 First on call: 1 day before, 17:00",
	})
}

func TestASwapBetweenClaimAndSendingIsNoticed(t *testing.T) {
	w := newWorld(t)
	w.publish("2027-01-01T09:00Z", "2027-01-18", "L1", "L2")
	w.tick("2027-01-01T09:00Z", usual[1])
	w.tick("2027-01-17T12:00Z", usual[1])
	engine := w.engine(usual[1])
	engine.Outbox = swappedAfterClaim{w.db, func() { w.publish("2027-01-17T17:00Z", "2027-01-18", "L3", "L2") }}
	_, err := engine.Tick(t.Context(), instant(t, "2027-01-17T17:00Z"))
	w.must(err)
	w.expect("sent", w.post.letters(), nil)
	w.tick("2027-01-17T17:01Z", usual[1])
	w.expect("sent", w.post.letters(), []string{"2027-01-17T17:01Z L3 First on call: 1 day before, 17:00"})
}

// swappedAfterClaim is an outbox whose claim is followed at once by a publication.
type swappedAfterClaim struct {
	notify.Outbox
	publish func()
}

func (s swappedAfterClaim) Claim(ctx context.Context, now time.Time, lease time.Duration, limit int) ([]notify.Reminder, error) {
	claimed, err := s.Outbox.Claim(ctx, now, lease, limit)
	if len(claimed) > 0 {
		s.publish()
	}
	return claimed, err
}

func TestAMeetingThatMovesIsRemindedOfAnew(t *testing.T) {
	w := newWorld(t)
	id := w.series()
	w.meet("2027-01-01T09:00Z", id, "2027-01-21T08:00", "L1")
	w.tick("2027-01-14T17:00Z")
	w.meet("2027-01-15T09:00Z", id, "2027-01-22T14:00", "L1")
	w.tick("2027-01-15T17:00Z")
	w.expect("sent", w.post.letters(), []string{
		"2027-01-14T17:00Z L1 LMC meeting: 7 days before, 17:00",
		"2027-01-15T17:00Z L1 LMC meeting: 7 days before, 17:00",
	})
	if why := w.only(notify.Superseded).Detail; why != "moved: it now starts at 2027-01-22T14:00:00Z" {
		t.Errorf("the reason is %q", why)
	}
}

func TestAChangeOfTheLadderSendsNobodyWhatTheyKnow(t *testing.T) {
	w := newWorld(t)
	w.publish("2027-01-01T09:00Z", "2027-01-18", "L1", "L2")
	w.tick("2027-01-12T17:00Z")
	before := len(w.post.got)
	w.tick("2027-01-12T18:30Z", rota.Rung{Days: 7, At: 18 * 60}, rota.Rung{Days: 1, At: 18 * 60})
	w.tick("2027-01-13T09:00Z", rota.Rung{Days: 7, At: 18 * 60}, rota.Rung{Days: 1, At: 18 * 60})
	if len(w.post.got) != before {
		t.Errorf("sent %q", w.post.letters()[before:])
	}
	w.tick("2027-01-17T18:00Z", rota.Rung{Days: 7, At: 18 * 60}, rota.Rung{Days: 1, At: 18 * 60})
	if len(w.post.got) != before+1 {
		t.Errorf("the rungs of the new ladder are not used: %q", w.post.letters())
	}
}

func TestATemporaryRefusalIsTriedAgainUnderTheSameMessageID(t *testing.T) {
	w := newWorld(t)
	w.publish("2027-01-01T09:00Z", "2027-01-18", "L1")
	var tries []string
	w.post.fail = func(m notify.Message) error {
		tries = append(tries, m.Reminder.MessageID)
		if len(tries) < 4 {
			return &notify.SendError{Trouble: notify.Temporary, Problem: "refused for now (451)", Unsure: len(tries) == 1}
		}
		return nil
	}
	for minute := range 20 { // tries at 17:00, 17:01, 17:03 and 17:08
		_, err := w.engine(usual...).Tick(t.Context(), instant(t, "2027-01-17T17:00Z").Add(time.Duration(minute)*time.Minute))
		w.must(err)
	}
	w.expect("sent", w.post.letters(), []string{"2027-01-17T17:08Z L1 First on call: 1 day before, 17:00"})
	for _, id := range tries {
		if id != tries[0] {
			t.Errorf("Message-IDs %q", tries)
		}
	}
	if r := w.only(notify.Sent); r.Attempts != 4 || r.Unknown != 1 || r.Detail != "" {
		t.Errorf("got %+v", r)
	}
}

func TestWhatIsNeverTakenIsMissedWhenItBegins(t *testing.T) {
	w := newWorld(t)
	w.publish("2027-01-01T09:00Z", "2027-01-18", "L1")
	tries := 0
	w.post.fail = func(notify.Message) error { tries++; return errors.New("451 later") }
	for half := range 60 {
		_, err := w.engine(usual[1]).Tick(t.Context(), instant(t, "2027-01-17T17:00Z").Add(time.Duration(half)*30*time.Minute))
		w.must(err)
	}
	r := w.only(notify.Missed)
	if r.Changed != r.Start {
		t.Errorf("recorded at %s, want the start %s", r.Changed, r.Start)
	}
	if want := "it began before the reminder could be sent; the last try: 451 later"; r.Detail != want {
		t.Errorf("got %q, want %q", r.Detail, want)
	}
	if tries != 29 { // the seven waits of the table take until 20:30, then it is once an hour until 18:30
		t.Errorf("%d tries", tries)
	}
}

func TestAPermanentRefusalConcernsOneMessage(t *testing.T) {
	w := newWorld(t)
	w.publish("2027-01-17T10:00Z", "2027-01-18", "L1", "L2", "L3")
	w.post.fail = func(m notify.Message) error {
		if m.To.ID == "L2" {
			return &notify.SendError{Trouble: notify.Permanent, Problem: "refused for good (550)", Err: errors.New("no mailbox mail.L2@secret.example")}
		}
		return nil
	}
	if tally := w.tick("2027-01-17T17:00Z"); tally.Sent != 2 || tally.Failed != 1 {
		t.Errorf("got %+v", tally)
	}
	if r := w.only(notify.Failed); r.Leader != "L2" || r.Detail != "refused for good (550): no mailbox mail.L2@secret.example" {
		t.Errorf("got %+v", r)
	}
	w.tick("2027-01-17T18:00Z")
	if len(w.post.got) != 2 {
		t.Errorf("sent %q", w.post.letters())
	}
}

func TestAConfigurationErrorHoldsEverythingAndLosesNothing(t *testing.T) {
	w := newWorld(t)
	w.publish("2027-01-17T10:00Z", "2027-01-18", "L1", "L2", "L3")
	tries := 0
	w.post.fail = func(notify.Message) error {
		tries++
		return &notify.SendError{Trouble: notify.Configuration, Problem: "mail.example:587 does not accept the user name and password"}
	}
	w.tick("2027-01-17T17:00Z")
	if tries != 1 {
		t.Errorf("%d messages were tried with the wrong password, want 1", tries)
	}
	if !strings.Contains(w.log.String(), "level=ERROR") || !strings.Contains(w.log.String(), "does not accept the user name and password") {
		t.Errorf("the log does not tell:\n%s", &w.log)
	}
	w.post.fail = nil
	if tally := w.tick("2027-01-17T17:05Z"); tally.Sent != 3 {
		t.Errorf("got %+v", tally)
	}
}

func TestAProgramThatIsStartedAnewTriesAtOnceWhatWasPutOff(t *testing.T) {
	w := newWorld(t)
	w.publish("2027-01-17T10:00Z", "2027-01-18", "L1", "L2", "L3")
	w.post.fail = func(notify.Message) error {
		return &notify.SendError{Trouble: notify.Configuration, Problem: "mail.example:587 does not accept the user name and password"}
	}
	first := w.engine(usual...)
	for _, now := range []string{"2027-01-17T17:00Z", "2027-01-17T17:01Z"} {
		_, err := first.Tick(t.Context(), instant(t, now))
		w.must(err)
	}
	w.post.fail = nil
	if tally, err := first.Tick(t.Context(), instant(t, "2027-01-17T17:02Z")); err != nil || tally.Sent != 0 {
		t.Errorf("whoever tried it waits: got %+v (%v)", tally, err)
	}
	if tally, err := w.engine(usual...).Tick(t.Context(), instant(t, "2027-01-17T17:03Z")); err != nil || tally.Sent != 3 {
		t.Errorf("got %+v (%v)", tally, err)
	}
}

func TestWhatWasCalledOffBeforeItsTimeWaitsForItAgain(t *testing.T) {
	w := newWorld(t)
	w.publish("2027-01-10T10:00Z", "2027-01-18", "L1")
	w.tick("2027-01-10T10:00Z")
	settle := func(now string, decide func(notify.Reminder) (notify.Outcome, error)) {
		all, err := w.db.Reminders(t.Context(), notify.Filter{})
		w.must(err)
		outcome, err := decide(all[len(all)-1])
		w.must(err)
		w.must(w.db.Record(t.Context(), []notify.Result{{Reminder: all[len(all)-1], Outcome: outcome}}))
		w.tick(now)
	}
	now := instant(t, "2027-01-10T10:00Z")
	settle("2027-01-10T10:00Z", func(r notify.Reminder) (notify.Outcome, error) { return r.Withhold("Mo", "", now) })
	settle("2027-01-10T10:01Z", func(r notify.Reminder) (notify.Outcome, error) { return r.Again(now) })
	if len(w.post.got) != 0 {
		t.Errorf("sent before its time: %q", w.post.letters())
	}
	if tally := w.tick("2027-01-17T17:00Z"); tally.Sent != 1 {
		t.Errorf("sent %q", w.post.letters())
	}
}

func TestALeaderWithNoAddressIsNotLost(t *testing.T) {
	w := newWorld(t)
	w.publish("2027-01-17T10:00Z", "2027-01-18", "L1")
	w.post.fail = func(m notify.Message) error {
		if m.To.Email == "" {
			return &notify.SendError{Trouble: notify.Temporary, Problem: "leader L1 has no e-mail address"}
		}
		return nil
	}
	leaders, err := w.db.Leaders(t.Context())
	w.must(err)
	address := leaders[0].Email
	leaders[0].Email = ""
	w.must(w.db.PutLeaders(t.Context(), leaders))
	w.tick("2027-01-17T17:00Z")
	leaders[0].Email = address
	w.must(w.db.PutLeaders(t.Context(), leaders))
	w.tick("2027-01-17T18:00Z")
	w.expect("sent", w.post.letters(), []string{"2027-01-17T18:00Z L1 First on call: 1 day before, 17:00"})
}

func TestACrashBetweenAcceptanceAndRecordRepeatsUnderTheSameMessageID(t *testing.T) {
	w := newWorld(t)
	w.publish("2027-01-01T09:00Z", "2027-01-18", "L1")
	engine := w.engine(usual...)
	engine.Outbox = forgetful{w.db}
	if _, err := engine.Tick(t.Context(), instant(t, "2027-01-11T17:00Z")); err == nil {
		t.Fatal("the record was not lost")
	}
	w.tick("2027-01-11T17:01Z") // within the lease nobody else tries
	w.tick("2027-01-11T17:10Z")
	w.tick("2027-01-11T17:30Z")
	if len(w.post.got) != 2 || w.post.got[0].Reminder.MessageID != w.post.got[1].Reminder.MessageID {
		t.Errorf("sent %q", w.post.letters())
	}
	if r := w.only(notify.Sent); r.Attempts != 2 || r.Unknown != 1 {
		t.Errorf("the ledger does not tell: %+v", r)
	}
}

// forgetful is an outbox of a process that dies before it can record anything.
type forgetful struct{ notify.Outbox }

func (forgetful) Record(context.Context, []notify.Result) error {
	return errors.New("out of power")
}

func TestSeveralProcessesNeverSendTwice(t *testing.T) {
	w := newWorld(t)
	w.publish("2027-01-01T09:00Z", "2027-01-18", "L1", "L2", "L3", "L4", "L1", "L2", "L3", "L4", "L1", "L2")
	var processes sync.WaitGroup
	for range 4 {
		db, err := sqlite.Open(t.Context(), w.path)
		w.must(err)
		t.Cleanup(func() { db.Close() })
		engine := w.engine(usual...)
		engine.Source, engine.Outbox = db, db
		processes.Go(func() {
			if _, err := engine.Tick(t.Context(), instant(t, "2027-01-20T17:00Z")); err != nil {
				t.Error(err)
			}
		})
	}
	processes.Wait()
	seen := map[notify.Key]bool{}
	for _, m := range w.post.got {
		if seen[m.Reminder.Key] {
			t.Errorf("%s was sent twice", m.Reminder.Key)
		}
		seen[m.Reminder.Key] = true
	}
	if len(seen) != 8 { // the duties of the 20th, which begins in an hour and a half, to the 27th
		t.Errorf("%d reminders were sent, want 8: %q", len(seen), w.post.letters())
	}
}

func TestStoppingFinishesTheMessageOnItsWayAndLosesNone(t *testing.T) {
	w := newWorld(t)
	w.publish("2027-01-17T10:00Z", "2027-01-18", "L1", "L2", "L3")
	ctx, stop := context.WithCancel(t.Context())
	w.post.fail = func(notify.Message) error { stop(); return nil }
	_, err := w.engine(usual...).Tick(ctx, instant(t, "2027-01-17T17:00Z"))
	w.must(err)
	if len(w.post.got) != 1 {
		t.Errorf("%d messages were sent, want the one on its way", len(w.post.got))
	}
	w.post.fail = nil
	w.tick("2027-01-17T17:00Z") // started again at once: no lease is in the way
	if len(w.post.got) != 3 {
		t.Errorf("sent %q", w.post.letters())
	}
}

func TestAClockThatWasWrongForAWhileLosesNothing(t *testing.T) {
	w := newWorld(t)
	w.publish("2027-01-01T09:00Z", "2027-01-18", "L1")
	w.tick("2027-01-10T09:00Z")
	w.tick("2031-01-01T00:00Z")
	w.tick("2027-01-11T17:00Z")
	w.tick("2027-01-17T17:00Z")
	if len(w.post.got) != 2 {
		t.Errorf("sent %q", w.post.letters())
	}
}

// A clock that jumps while the program runs: what was decided before the jump does not stand after it.
func TestAClockThatJumpsUnderARunningProgramLosesNothing(t *testing.T) {
	w := newWorld(t)
	w.publish("2027-01-01T09:00Z", "2027-01-18", "L1", "L2")
	e := w.engine(usual...)
	w.passesOf(e, "2027-01-10T09:00Z", "2031-01-01T00:00Z", "2027-01-11T16:59Z", "2027-01-11T17:00Z", "2027-01-09T00:00Z",
		"2027-01-12T17:00Z", "2027-01-17T17:00Z", "2027-01-18T17:00Z")
	w.expect("sent", w.letters(), []string{"11 L1", "12 L2", "17 L1", "18 L2"})
}

// letters says of each message on which day of the month it went, and to whom.
func (w *world) letters() (all []string) {
	for _, m := range w.post.got {
		all = append(all, fmt.Sprintf("%s %s", m.Date.UTC().Format("02"), m.To.ID))
	}
	slices.Sort(all)
	return all
}

func TestTheLogHoldsNoNamesAndNoAddresses(t *testing.T) {
	w := newWorld(t)
	w.publish("2027-01-17T10:00Z", "2027-01-18", "L1", "L2")
	w.post.fail = func(m notify.Message) error {
		if m.To.ID == "L2" {
			return &notify.SendError{Trouble: notify.Permanent, Problem: "refused for good (550)", Err: errors.New(m.To.Email + " unknown")}
		}
		return nil
	}
	w.tick("2027-01-17T17:00Z")
	for _, secret := range []string{"Secretname", "secret.example", "07700"} {
		if strings.Contains(w.log.String(), secret) {
			t.Errorf("%q is in the log:\n%s", secret, &w.log)
		}
	}
	if !strings.Contains(w.log.String(), "reminder sent") || !strings.Contains(w.log.String(), "reminder failed") {
		t.Errorf("the log does not tell what happened:\n%s", &w.log)
	}
}
