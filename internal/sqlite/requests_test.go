package sqlite

import (
	"testing"
	"time"

	"pcnrota/rota"
)

// requested is a request of L1's for 1 to 3 January 2027, as it stands in the database.
func requested(t *testing.T, db *DB) rota.Request {
	t.Helper()
	q := rota.Request{
		Absence: rota.Absence{Leader: "L1", Kind: rota.Annual, First: day("2027-01-01"), Last: day("2027-01-03")},
		State:   rota.Requested, Asked: at("2026-12-01 09:00"),
	}
	var err error
	q.ID, err = db.AddRequest(t.Context(), q)
	ok(t, err)
	return q
}

func TestWhatIsRequestedIsNoAbsence(t *testing.T) {
	db := staffed(t)
	get(db.AddAbsences(t.Context(), []rota.Absence{{Leader: "L2", Kind: rota.Sick, First: day("2027-02-01"), Last: day("2027-02-01")}}))
	revision := get(db.Revision(t.Context()))
	q := requested(t, db)
	same(t, "revision after a request", get(db.Revision(t.Context())), revision)
	same(t, "what is requested", get(db.Requests(t.Context(), rota.Requested)), []rota.Request{q})
	if all := get(db.Absences(t.Context())); len(all) != 1 || all[0].Leader != "L2" {
		t.Errorf("absences: %+v", all)
	}
	all := get(db.Requests(t.Context()))
	if len(all) != 2 || all[0] != q || all[1].State != rota.Approved || !all[1].Asked.IsZero() {
		t.Errorf("requests: %+v", all)
	}

	no, err := q.Refuse("nobody is left", at("2026-12-02 09:00"))
	ok(t, err)
	ok(t, db.RefuseRequest(t.Context(), no))
	same(t, "revision after a refusal", get(db.Revision(t.Context())), revision)
	same(t, "what was refused", get(db.Requests(t.Context(), rota.Refused)), []rota.Request{no})
	if all := get(db.Absences(t.Context())); len(all) != 1 {
		t.Errorf("absences after a refusal: %+v", all)
	}
	ok(t, db.RemoveAbsence(t.Context(), q.ID))
	same(t, "requests after a removal", len(get(db.Requests(t.Context()))), 1)
	if report := get(db.VerifyAudit(t.Context())); len(report.Faults) > 0 {
		t.Errorf("audit: %q", report.Faults)
	}
}

func TestApprovalComesWithItsConsequences(t *testing.T) {
	db := staffed(t)
	publishes(t, db, nights("on-call", "2027-01-01", "L1 L2"), "2026-12-01 10:00")
	q, err := requested(t, db).Approve(at("2026-12-02 09:00"))
	ok(t, err)
	then := Consequences{
		Drafts: []rota.Draft{nights("on-call", "2027-01-01", "L3 L2")},
		Offers: []rota.Offer{{Duty: "on-call.first.20270101T1830", Leader: "L1", State: rota.OfferOpen, Asked: []rota.Asked{{Leader: "L2"}}}},
	}
	revision := get(db.Revision(t.Context()))

	// Where one of them cannot be kept, nothing is.
	bad := then
	bad.Offers = append(bad.Offers[:1:1], rota.Offer{Duty: "on-call.first.20270101T1830", Leader: "L99", State: rota.OfferOpen})
	_, err = db.ApproveRequest(t.Context(), q, bad, revision, at("2026-12-02 09:00"))
	refused(t, err, ErrUnknown, "leader")
	same(t, "absences", len(get(db.Absences(t.Context()))), 0)
	same(t, "offers", len(get(db.Offers(t.Context()))), 0)
	_, _, err = db.DraftOf(t.Context(), "on-call")
	refused(t, err, ErrNoDraft, "no draft")

	offers, err := db.ApproveRequest(t.Context(), q, then, revision, at("2026-12-02 09:00"))
	ok(t, err)
	same(t, "absences", get(db.Absences(t.Context())), []rota.Absence{q.Absence})
	same(t, "requests", get(db.Requests(t.Context(), rota.Approved)), []rota.Request{q})
	if all := get(db.Offers(t.Context())); len(offers) != 1 || len(all) != 1 || all[0].ID != offers[0] {
		t.Errorf("offers %v: %+v", offers, all)
	}
	_, duties, err := db.DraftOf(t.Context(), "on-call")
	ok(t, err)
	same(t, "the draft's first holder", duties[0].Holder, rota.LeaderID("L3"))
	if get(db.Revision(t.Context())) == revision {
		t.Error("the revision stayed where it was")
	}
}

// Of two who decide at the same moment the second is told, whatever they want.
func TestARequestIsDecidedOnce(t *testing.T) {
	db := staffed(t)
	q := requested(t, db)
	yes, err := q.Approve(at("2026-12-02 09:00"))
	ok(t, err)
	no, err := q.Refuse("", at("2026-12-02 09:01"))
	ok(t, err)
	revision := get(db.Revision(t.Context()))
	get(db.AddWishes(t.Context(), []rota.Wish{{Leader: "L1", Kind: rota.Avoid, Weight: 1}}))
	_, err = db.ApproveRequest(t.Context(), yes, Consequences{}, revision, time.Time{})
	refused(t, err, ErrStale, "somebody else has changed something")
	_, err = db.ApproveRequest(t.Context(), yes, Consequences{}, 0, time.Time{})
	ok(t, err)
	_, err = db.ApproveRequest(t.Context(), yes, Consequences{}, 0, time.Time{})
	refused(t, err, ErrStale, "absence 1 is approved already")
	refused(t, db.RefuseRequest(t.Context(), no), ErrStale, "absence 1 is approved already")
	no.ID = 99
	refused(t, db.RefuseRequest(t.Context(), no), ErrUnknown, "absence 99")
}
