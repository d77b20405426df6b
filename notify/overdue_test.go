package notify_test

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"pcnrota/internal/sqlite"
	"pcnrota/notify"
	"pcnrota/rota"
)

// pair is on call at the same time: the first is rung first.
var pair = rota.Policy{
	Name: "on-call", Title: "Leadership on call", Pattern: policy.Pattern, Points: policy.Points,
	Tiers: []rota.Tier{{Name: "first", Title: "First on call", Weight: rota.Point}, {Name: "second", Title: "Second on call", Weight: rota.Point / 2}},
}

// publishPair gives one night to two people.
func (w *world) publishPair(now, night string, first, second rota.LeaderID) {
	w.t.Helper()
	day := civil(w.t, night+"T00:00").Date
	draft := rota.Draft{Policy: pair, From: day, Until: day.AddDays(1), Duties: pair.Duties(day, day.AddDays(1), london(w.t), rota.Holidays{})}
	for i, d := range draft.Duties {
		draft.Duties[i].Holder = map[rota.TierName]rota.LeaderID{"first": first, "second": second}[d.Tier]
	}
	revision, err := w.db.Revision(w.t.Context())
	w.must(err)
	_, err = w.db.SaveDraft(w.t.Context(), draft, revision, instant(w.t, now))
	w.must(err)
	_, _, err = w.db.Publish(w.t.Context(), sqlite.Publication{Rota: "on-call", By: "Mo", Reason: "test", At: instant(w.t, now)})
	w.must(err)
}

// asking is an engine that asks for confirmations and has a manager.
func (w *world) asking() *notify.Engine {
	e := w.engine()
	e.Rotas = []rota.Policy{pair}
	e.Rules.Confirm = notify.Confirming{Within: 24 * time.Hour, Ahead: 14 * 24 * time.Hour}
	e.Manager = rota.Leader{Name: "PCN manager", Email: "manager@pcn.example"}
	return e
}

// passesOf makes a pass of e's at each of the instants.
func (w *world) passesOf(e *notify.Engine, instants ...string) {
	w.t.Helper()
	for _, now := range instants {
		_, err := e.Tick(w.t.Context(), instant(w.t, now))
		w.must(err)
	}
}

// went says of each message when it went, its kind and to whom; the manager is "".
func (w *world) went() (all []string) {
	for _, m := range w.post.got {
		all = append(all, fmt.Sprintf("%s %s %q", m.Date.UTC().Format("02T15:04"), m.Reminder.Kind, m.To.ID))
	}
	slices.Sort(all)
	return all
}

func TestWhatNobodyConfirmsGoesToTheOtherTierAndThenToTheManager(t *testing.T) {
	w := newWorld(t)
	w.publishPair("2027-01-09T09:00Z", "2027-01-18", "L2", "L1") // nobody was told of that
	w.telling()
	w.publishPair("2027-01-10T09:00Z", "2027-01-18", "L1", "L2")
	e := w.asking()
	w.passesOf(e, "2027-01-10T09:00Z")
	l2 := w.messageTo("L2", notify.Change)
	_, err := w.db.Confirm(t.Context(), l2.Number, "L2", instant(t, "2027-01-10T12:00Z"))
	w.must(err)
	w.passesOf(e, "2027-01-11T08:59Z", "2027-01-11T09:00Z", "2027-01-12T08:59Z", "2027-01-12T09:00Z", "2027-01-13T09:00Z")
	w.expect("sent", w.went(), []string{
		`10T09:00 change "L1"`, `10T09:00 change "L2"`, `11T09:00 confirm-overdue "L2"`, `12T09:00 confirm-overdue ""`,
	})
	for _, r := range w.inState(notify.Sent) {
		if r.Kind == notify.ConfirmOverdue && (r.News == nil || r.News.Silence == nil || r.News.Silence.Leader != "L1") {
			t.Errorf("the ledger does not tell who did not confirm: %+v", r)
		}
	}
}

func TestWhoeverConfirmsLateStopsWhatIsStillToCome(t *testing.T) {
	w := newWorld(t)
	w.publishPair("2027-01-09T09:00Z", "2027-01-18", "L2", "L1") // nobody was told of that
	w.telling()
	w.publishPair("2027-01-10T09:00Z", "2027-01-18", "L1", "L2")
	e := w.asking()
	w.passesOf(e, "2027-01-10T09:00Z", "2027-01-11T09:00Z")
	for _, to := range []rota.LeaderID{"L1", "L2"} {
		_, err := w.db.Confirm(t.Context(), w.messageTo(to, notify.Change).Number, string(to), instant(t, "2027-01-11T10:00Z"))
		w.must(err)
	}
	w.passesOf(e, "2027-01-11T10:00Z", "2027-01-12T09:00Z", "2027-01-13T09:00Z")
	w.expect("sent", w.went(), []string{
		`10T09:00 change "L1"`, `10T09:00 change "L2"`, `11T09:00 confirm-overdue "L1"`, `11T09:00 confirm-overdue "L2"`,
	})
	if called := w.inState(notify.Cancelled); len(called) != 2 {
		t.Errorf("called off are %v, want the two to the manager", called)
	}
}

// TestNobodyIsWokenOverWhatCanWait lets the time to confirm end at night, days before the duty: whoever is told next is
// told in the morning.
func TestNobodyIsWokenOverWhatCanWait(t *testing.T) {
	w := newWorld(t)
	w.publishPair("2027-01-09T09:00Z", "2027-01-18", "L2", "L1") // nobody was told of that
	w.telling()
	e := w.asking()
	e.Rules.Quiet = notify.Hours{From: 22 * 60, Until: 7 * 60}
	w.publishPair("2027-01-10T23:00Z", "2027-01-18", "L1", "L2")
	w.passesOf(e, "2027-01-10T23:00Z")
	_, err := w.db.Confirm(t.Context(), w.messageTo("L2", notify.Change).Number, "L2", instant(t, "2027-01-11T12:00Z"))
	w.must(err)
	w.halfHours(e, "2027-01-11T12:00Z", "2027-01-13T12:00Z")
	w.expect("sent", w.went(), []string{
		`10T23:00 change "L1"`, `10T23:00 change "L2"`, `12T07:00 confirm-overdue "L2"`, `13T07:00 confirm-overdue ""`,
	})
}

// TestWhoIsToldLateHasAsLongToConfirm sends a change two days after it was made: the message gives a day from then, and so
// does whoever waits for the answer.
func TestWhoIsToldLateHasAsLongToConfirm(t *testing.T) {
	w := newWorld(t)
	w.publishPair("2027-01-09T09:00Z", "2027-01-18", "L2", "L1") // nobody was told of that
	w.telling()
	w.publishPair("2027-01-10T09:00Z", "2027-01-18", "L1", "L2")
	e := w.asking()
	w.passesOf(e, "2027-01-12T10:00Z")
	for _, m := range w.post.got {
		if want := instant(t, "2027-01-13T10:00Z"); !m.Reminder.ConfirmBy.Equal(want) {
			t.Errorf("%s is asked to confirm by %s, want %s", m.To.ID, m.Reminder.ConfirmBy, want)
		}
	}
	w.passesOf(e, "2027-01-13T09:59Z", "2027-01-13T10:00Z")
	w.expect("sent", w.went(), []string{
		`12T10:00 change "L1"`, `12T10:00 change "L2"`, `13T10:00 confirm-overdue "L1"`, `13T10:00 confirm-overdue "L2"`,
	})
}

// TestANewRotaIsConfirmedOnlyByThoseWhoBeginSoon publishes three nights from tomorrow, in ten days and in twelve. Who
// does not confirm is not asked about later ones either.
func TestANewRotaIsConfirmedOnlyByThoseWhoBeginSoon(t *testing.T) {
	w := newWorld(t)
	w.telling()
	w.publishAt(instant(t, "2027-01-10T09:00Z"), civil(t, "2027-01-11T00:00").Date,
		"L1", "L3", "L3", "L3", "L3", "L3", "L3", "L3", "L3", "L2", "L2", "L1", "L2", "L2", "L2", "L2", "L2", "L1")
	e := w.asking()
	w.passesOf(e, "2027-01-10T09:00Z", "2027-01-11T12:00Z")
	asked, nights := map[rota.LeaderID]bool{}, 0
	for _, r := range w.inState(notify.Sent) {
		if r.Kind == notify.Change {
			asked[r.Leader] = !r.ConfirmBy.IsZero()
		}
		if r.Kind == notify.ConfirmOverdue && r.News.Silence.Leader == "L1" {
			nights = len(r.News.Silence.Moves)
		}
	}
	if nights != 2 {
		t.Errorf("the manager is told of %d nights of L1, want those of 11 and 22 January and not that of the 28th", nights)
	}
	if want := map[rota.LeaderID]bool{"L1": true, "L2": false, "L3": true}; !maps.Equal(asked, want) {
		t.Errorf("asked are %v, want %v", asked, want)
	}
}

func TestAnUnknownMailboxIsToldToTheOtherTierAndTheManager(t *testing.T) {
	w := newWorld(t)
	w.telling()
	w.post.fail = func(m notify.Message) error {
		if m.To.ID == "L1" {
			return &notify.SendError{Trouble: notify.Permanent, Problem: "refused for good (550)", Err: errors.New("no such mailbox")}
		}
		return nil
	}
	w.publishPair("2027-01-10T09:00Z", "2027-01-18", "L1", "L2")
	w.passesOf(w.asking(), "2027-01-10T09:00Z", "2027-01-10T09:01Z", "2027-01-10T09:02Z")
	w.expect("sent", w.went(), []string{`10T09:00 change "L2"`, `10T09:00 undelivered ""`, `10T09:00 undelivered "L2"`})
	if r := w.only(notify.Failed); r.Leader != "L1" || r.Detail != "refused for good (550): no such mailbox" {
		t.Errorf("got %+v", r)
	}
}

func (w *world) inState(s notify.State) []notify.Reminder {
	w.t.Helper()
	all, err := w.db.Reminders(w.t.Context(), notify.Filter{States: []notify.State{s}})
	w.must(err)
	return all
}

// messageTo is the one message of a kind that was sent to a leader.
func (w *world) messageTo(to rota.LeaderID, kind notify.Kind) notify.Reminder {
	w.t.Helper()
	for _, r := range w.inState(notify.Sent) {
		if r.Leader == to && r.Kind == kind {
			return r
		}
	}
	w.t.Fatalf("no %s was sent to %s: %v", kind, to, w.ledger())
	return notify.Reminder{}
}
