package sqlite

import (
	"strings"
	"testing"
	"time"

	"pcnrota/rota"
)

// partOfTheNight is an offer of 4 January from 22:00 to 23:30, taken by L3.
func partOfTheNight(t *testing.T, d rota.Duty) rota.Offer {
	t.Helper()
	o := rota.Offer{
		Duty: d.ID, Leader: d.Holder, State: rota.OfferDone, Taker: "L3", Asked: []rota.Asked{{Leader: "L3"}},
		From: d.Start.Date.At(22 * 60), Until: d.Start.Date.At(23*60 + 30), Made: at("2026-12-02 09:00"), Changed: at("2026-12-02 09:00"),
	}
	left, part := d.Divide(o.From, o.Until, time.UTC)
	part.Holder = o.Taker
	o.Pieces = append(left, part)
	rota.SortDuties(o.Pieces)
	return o
}

func TestAPartThatIsHandedOverShowsEverywhere(t *testing.T) {
	db := staffed(t)
	publishes(t, db, nights("on-call", "2027-01-04", "L1 L2"), "2026-12-01 10:00")
	d := get(db.Whole(t.Context(), time.Time{}, time.Time{}))[0]
	o := partOfTheNight(t, d.Duty)
	id, err := db.HandOver(t.Context(), o, 0, at("2026-12-02 09:00"))
	ok(t, err)
	if got, want := holders(t, db), "04 L1/1 04 L3/1 04 L1/1 05 L2/0"; got != want {
		t.Errorf("published %s; want %s", got, want)
	}
	if now := get(db.Published(t.Context(), at("2027-01-04 22:00"), at("2027-01-04 22:01"))); len(now) != 1 || now[0].Holder != "L3" {
		t.Errorf("on call at 22:00: %+v", now)
	}
	ledger := map[rota.LeaderID]rota.Points{}
	var sum rota.Points
	for _, s := range get(db.Ledger(t.Context(), "", rota.Date{}, rota.Date{})) {
		ledger[s.Leader] = s.Held.Total()
		sum += s.Held.Total()
	}
	if sum != 2*rota.Point || ledger["L3"] <= 0 || ledger["L1"]+ledger["L3"] != rota.Point {
		t.Errorf("ledger %v", ledger)
	}
	same(t, "the whole duties", get(db.Whole(t.Context(), time.Time{}, time.Time{}))[0].Holder, rota.LeaderID("L1"))

	// It comes together again, and calendars are told of it.
	o.ID, o.State = id, rota.OfferUndone
	_, err = db.HandOver(t.Context(), o, 0, at("2026-12-03 09:00"))
	ok(t, err)
	if got, want := holders(t, db), "04 L1/2 05 L2/0"; got != want {
		t.Errorf("published %s; want %s", got, want)
	}
	if report := get(db.VerifyAudit(t.Context())); len(report.Faults) > 0 {
		t.Errorf("audit: %q", report.Faults)
	}
}

func TestAPartFallsAwayWithItsDuty(t *testing.T) {
	db := staffed(t)
	publishes(t, db, nights("on-call", "2027-01-04", "L1 L2"), "2026-12-01 10:00")
	_, err := db.HandOver(t.Context(), partOfTheNight(t, get(db.Whole(t.Context(), time.Time{}, time.Time{}))[0].Duty), 0, at("2026-12-02 09:00"))
	ok(t, err)
	publishes(t, db, nights("on-call", "2027-01-04", "L4 L2"), "2026-12-03 10:00")
	if got, want := holders(t, db), "04 L4/2 05 L2/0"; got != want {
		t.Errorf("published %s; want %s", got, want)
	}
}

func TestAnOfferIsReadAsItWasWritten(t *testing.T) {
	db := staffed(t)
	publishes(t, db, nights("on-call", "2027-01-04", "L1 L2"), "2026-12-01 10:00")
	o := rota.Offer{
		Duty: "on-call.first.20270104T1830", Leader: "L1", Return: "on-call.first.20270105T1830", State: rota.OfferOpen,
		Asked: []rota.Asked{{Leader: "L2"}, {Leader: "L3", Declined: true}}, Why: awkward[0], Made: at("2026-12-02 09:00"), Changed: at("2026-12-02 09:00"),
	}
	id, err := db.PutOffer(t.Context(), o, 0)
	ok(t, err)
	o.ID = id
	same(t, "offer", get(db.Offer(t.Context(), id)), o)
	if n := len(get(db.Offers(t.Context(), rota.OfferDone, rota.OfferLapsed))); n != 0 {
		t.Errorf("%d offers are done", n)
	}
	_, err = db.Offer(t.Context(), 99)
	refused(t, err, ErrUnknown, "99")
	_, err = db.PutOffer(t.Context(), o, get(db.Revision(t.Context()))-1)
	refused(t, err, ErrStale)
}

// What two leaders agreed is published in one step with the offer's new state, or not at all.
func TestASwapIsPublishedWithItsOffer(t *testing.T) {
	db := staffed(t)
	publishes(t, db, nights("on-call", "2027-01-04", "L1 L2"), "2026-12-01 10:00")
	draft := save(t, db, nights("on-call", "2027-01-06", "L1"))
	o := rota.Offer{Duty: "on-call.first.20270104T1830", Leader: "L1", State: rota.OfferDone, Taker: "L2", Made: at("2026-12-02 09:00"), Changed: at("2026-12-02 09:00")}
	by := byMo("2026-12-02 09:00")
	v, id, err := db.Amend(t.Context(), nights("on-call", "2027-01-04", "L2 L1"), by, o)
	ok(t, err)
	if v.Number != 2 || holders(t, db) != "04 L2/1 05 L1/1" || get(db.Offer(t.Context(), id)).State != rota.OfferDone {
		t.Errorf("version %d: %s", v.Number, holders(t, db))
	}
	// The manager's own draft is kept, and found overtaken.
	kept, _, err := db.DraftOf(t.Context(), "on-call")
	ok(t, err)
	same(t, "draft", kept.ID, draft.ID)
	_, _, err = db.Publish(t.Context(), by)
	refused(t, err, ErrStale)

	by.Revision = 1
	_, _, err = db.Amend(t.Context(), nights("on-call", "2027-01-04", "L3 L1"), by, o)
	refused(t, err, ErrStale)
	begun := byMo("2027-01-04 19:00")
	_, _, err = db.Amend(t.Context(), nights("on-call", "2027-01-04", "L3 L1"), begun, o)
	refused(t, err, ErrPast)
	if n := len(get(db.Offers(t.Context()))); n != 1 || !strings.HasPrefix(holders(t, db), "04 L2/1 05 L1/1") {
		t.Errorf("%d offers; %s", n, holders(t, db))
	}
}
