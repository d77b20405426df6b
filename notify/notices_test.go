package notify_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pcnrota/internal/sqlite"
	"pcnrota/notify"
	"pcnrota/rota"
)

// telling has the world tell of what is published.
func (w *world) telling() {
	w.db.Announce(notify.Notices{
		Zone: london(w.t), Domain: "pcn.example", Manager: true,
		Confirm: notify.Confirming{Within: 24 * time.Hour, Ahead: 14 * 24 * time.Hour},
	})
}

// heard says of each message to whom it went and what it told.
func (w *world) heard() (all []string) {
	for _, m := range w.post.got {
		all = append(all, fmt.Sprintf("%s %s %s: %s", m.Date.UTC().Format("02T15:04"), m.Reminder.Kind, m.To.ID, told(m)))
	}
	slices.Sort(all)
	return all
}

// told gives "+18 from L2" for a duty of the 18th that somebody has now, and "-18 to L2" for one they have no more.
func told(m notify.Message) string {
	var parts []string
	for _, move := range m.Moves {
		switch {
		case move.Was == nil:
			parts = append(parts, fmt.Sprintf("+%d from %s", move.Is.Start.Date.Day, move.Other.Name))
		case move.Is == nil:
			parts = append(parts, fmt.Sprintf("-%d to %s", move.Was.Start.Date.Day, move.Other.Name))
		default:
			parts = append(parts, fmt.Sprintf("%s -> %s", move.Was.Start, move.Is.Start))
		}
	}
	if len(parts) == 0 {
		return m.Reminder.Reason
	}
	return strings.ReplaceAll(strings.Join(parts, ", "), "Secretname ", "")
}

func TestOnlyThoseWhoseOwnDutiesChangedAreToldOfAPublication(t *testing.T) {
	w := newWorld(t)
	w.telling()
	w.publish("2027-01-01T09:00Z", "2027-02-18", "L1", "L2", "L3")
	w.tick("2027-01-01T09:00Z")
	w.publish("2027-01-02T09:00Z", "2027-02-18", "L2", "L1", "L3")
	w.tick("2027-01-02T09:00Z")
	w.tick("2027-01-02T09:01Z")
	w.expect("told", w.heard(), []string{
		"01T09:00 change L1: +18 from ", "01T09:00 change L2: +19 from ", "01T09:00 change L3: +20 from ",
		"02T09:00 change L1: -18 to L2, +19 from L2", "02T09:00 change L2: +18 from L1, -19 to L1",
	})
}

func TestAReminderThatIsDueAtOnceIsMergedWithTheChange(t *testing.T) {
	w := newWorld(t)
	w.publish("2027-01-01T09:00Z", "2027-01-18", "L1")
	w.tick("2027-01-11T17:00Z")
	w.telling()
	w.publish("2027-01-14T09:00Z", "2027-01-18", "L2")
	w.tick("2027-01-14T09:00Z")
	w.tick("2027-01-17T17:00Z")
	w.expect("told", w.heard(), []string{
		"11T17:00 duty L1: 7 days before, 17:00",
		"14T09:00 change L1: -18 to L2", "14T09:00 change L2: +18 from L1",
		"17T17:00 duty L2: 1 day before, 17:00",
	})
	if why := w.only(notify.Superseded).Detail; why != "its time had passed when the duty became theirs, and the notice of the change tells of it" {
		t.Errorf("the reason is %q", why)
	}
}

func TestWhatChangesTwiceBeforeItIsSentIsToldOnce(t *testing.T) {
	w := newWorld(t)
	w.publish("2027-01-01T09:00Z", "2027-02-18", "L1", "L2", "L3")
	w.telling()
	w.publish("2027-01-02T09:00Z", "2027-02-18", "L2", "L1", "L3") // and nothing runs
	w.publish("2027-01-02T09:05Z", "2027-02-18", "L1", "L3", "L2")
	w.tick("2027-01-02T09:06Z")
	w.expect("told", w.heard(), []string{
		"02T09:06 change L2: -19 to L3, +20 from L3", "02T09:06 change L3: +19 from L1, -20 to L2",
	})
}

func TestADutyThatMovesIsToldFromOldToNew(t *testing.T) {
	w := newWorld(t)
	w.publish("2027-01-01T09:00Z", "2027-02-18", "L1")
	w.telling()
	w.move("2027-01-02T09:00Z", "2027-02-18", time.Hour)
	w.tick("2027-01-02T09:00Z")
	w.expect("told", w.heard(), []string{"02T09:00 change L1: 2027-02-18T18:30 -> 2027-02-18T19:30"})
}

// move publishes the duty of a day anew, so much later.
func (w *world) move(now, day string, by time.Duration) {
	w.t.Helper()
	published, err := w.db.Whole(w.t.Context(), time.Time{}, time.Time{})
	w.must(err)
	first := civil(w.t, day+"T00:00").Date
	draft := rota.Draft{Policy: policy, From: first, Until: first.AddDays(1)}
	for _, d := range published {
		if d.Start.Date == first {
			d.Span = rota.Span{Start: d.Span.Start.Add(by), End: d.Span.End.Add(by)}
			d.Start, d.End = rota.CivilOf(d.Span.Start, london(w.t)), rota.CivilOf(d.Span.End, london(w.t))
			draft.Duties = append(draft.Duties, d.Duty)
		}
	}
	revision, err := w.db.Revision(w.t.Context())
	w.must(err)
	_, err = w.db.SaveDraft(w.t.Context(), draft, revision, instant(w.t, now))
	w.must(err)
	_, _, err = w.db.Publish(w.t.Context(), sqlite.Publication{Rota: "on-call", By: "Mo", Reason: "test", At: instant(w.t, now)})
	w.must(err)
}

func TestAPublicationThatFailsTellsNobody(t *testing.T) {
	w := newWorld(t)
	w.telling()
	w.publish("2027-01-01T09:00Z", "2027-02-18", "L1")
	_, _, err := w.db.Publish(t.Context(), sqlite.Publication{Rota: "on-call", By: "Mo", At: instant(t, "2027-01-02T09:00Z")})
	if err == nil {
		t.Fatal("there was no draft to publish")
	}
	if n := len(w.ledger()); n != 1 {
		t.Errorf("%d messages, want the one of the version that was published", n)
	}
}

func TestAnOfferTellsThoseWhoAreAskedAndWhoAsked(t *testing.T) {
	w := newWorld(t)
	w.publish("2027-01-01T09:00Z", "2027-02-18", "L1", "L2")
	w.telling()
	at := func(s string) time.Time { return instant(t, s) }
	o := rota.Offer{
		Duty: "on-call.first.20270218T1830", Leader: "L1", Asked: []rota.Asked{{Leader: "L2"}, {Leader: "L3"}},
		State: rota.OfferOpen, Made: at("2027-01-02T09:00Z"), Changed: at("2027-01-02T09:00Z"), Why: "a wedding",
	}
	var err error
	o.ID, err = w.db.PutOffer(t.Context(), o, 0)
	w.must(err)
	w.tick("2027-01-02T09:00Z")
	accepted, err := o.Accept("L3", true, at("2027-01-02T10:00Z"))
	w.must(err)
	_, err = w.db.PutOffer(t.Context(), accepted, 0)
	w.must(err)
	refused, err := accepted.Refuse("not this time", at("2027-01-02T11:00Z"))
	w.must(err)
	engine := w.engine(usual...)
	engine.Manager = rota.Leader{Name: "PCN manager", Email: "mo@secret.example"}
	_, err = engine.Tick(t.Context(), at("2027-01-02T10:00Z"))
	w.must(err)
	_, err = w.db.PutOffer(t.Context(), refused, 0)
	w.must(err)
	w.tick("2027-01-02T11:00Z")
	w.expect("told", w.heard(), []string{
		"02T09:00 swap-asked L2: +18 from ", "02T09:00 swap-asked L3: +18 from ",
		"02T10:00 swap-answered : +18 from ", "02T10:00 swap-answered L1: +18 from ",
		"02T11:00 swap-answered L1: +18 from ", "02T11:00 swap-answered L3: +18 from ",
	})
	first := w.post.got[0]
	if first.From.Name != "Secretname L1" || first.Reminder.News.Offer.Why != "a wedding" || first.Thread != w.post.got[2].Thread && first.To.ID == w.post.got[2].To.ID {
		t.Errorf("got %+v", first)
	}
}

func TestWhoeverWasNotYetAskedIsNotAskedWhenItIsTooLate(t *testing.T) {
	w := newWorld(t)
	w.publish("2027-01-01T09:00Z", "2027-02-18", "L1", "L2")
	w.telling()
	o := rota.Offer{Duty: "on-call.first.20270218T1830", Leader: "L1", Asked: []rota.Asked{{Leader: "L2"}}, State: rota.OfferOpen, Made: instant(t, "2027-01-02T09:00Z"), Changed: instant(t, "2027-01-02T09:00Z")}
	var err error
	o.ID, err = w.db.PutOffer(t.Context(), o, 0)
	w.must(err)
	o, err = o.Withdraw(instant(t, "2027-01-02T09:05Z"))
	w.must(err)
	_, err = w.db.PutOffer(t.Context(), o, 0)
	w.must(err)
	w.tick("2027-01-02T09:06Z")
	w.expect("told", w.heard(), nil)
	if why := w.only(notify.Cancelled).Detail; why != "offer 1 is withdrawn" {
		t.Errorf("the reason is %q", why)
	}
}

func TestAPartThatIsHandedOverIsToldToBoth(t *testing.T) {
	w := newWorld(t)
	w.publish("2027-01-01T09:00Z", "2027-02-18", "L1")
	w.telling()
	whole, err := w.db.Whole(t.Context(), time.Time{}, time.Time{})
	w.must(err)
	o := rota.Offer{
		Duty: whole[0].ID, Leader: "L1", Asked: []rota.Asked{{Leader: "L2"}}, Taker: "L2", State: rota.OfferDone,
		From: civil(t, "2027-02-18T22:00"), Until: civil(t, "2027-02-19T08:00"), Made: instant(t, "2027-01-02T09:00Z"), Changed: instant(t, "2027-01-02T09:00Z"),
	}
	left, part := whole[0].Divide(o.From, o.Until, london(t))
	part.Holder = "L2"
	o.Pieces = append(left, part)
	o.ID, err = w.db.HandOver(t.Context(), o, 0, instant(t, "2027-01-02T09:00Z"))
	w.must(err)
	w.tick("2027-01-02T09:00Z")
	w.expect("told", w.heard(), []string{"02T09:00 change L1: -18 to L2", "02T09:00 change L2: +18 from L1"})
	if is := w.post.got[1].Moves[0].Is; is == nil || is.Start != o.From {
		t.Errorf("the part is told as %+v", w.post.got[1].Moves[0])
	}
}

func TestADecisionAboutAnAbsenceIsToldWithoutItsKind(t *testing.T) {
	w := newWorld(t)
	w.telling()
	q := rota.Request{Absence: rota.Absence{Leader: "L1", Kind: "sick", First: civil(t, "2027-02-01T00:00").Date, Last: civil(t, "2027-02-03T00:00").Date}, State: rota.Requested, Asked: instant(t, "2027-01-01T09:00Z")}
	var err error
	q.ID, err = w.db.AddRequest(t.Context(), q)
	w.must(err)
	q, err = q.Refuse("half term", instant(t, "2027-01-02T09:00Z"))
	w.must(err)
	w.must(w.db.RefuseRequest(t.Context(), q))
	w.tick("2027-01-02T09:00Z")
	w.expect("told", w.heard(), []string{"02T09:00 absence-decided L1: what you asked was decided"})
	if a := w.post.got[0].Reminder.News.Absence; a.State != rota.Refused || a.Why != "half term" || a.Begin.String() != "2027-02-01T00:00" {
		t.Errorf("got %+v", a)
	}
}
