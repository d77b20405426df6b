package sqlite

import (
	"strings"
	"testing"

	"pcnrota/rota"
)

// oneCall is forty minutes in the night of 4 January, held by L1, that weigh two thirds of a point.
func oneCall() (rota.Call, []rota.Part) {
	load := rota.Load{rota.Weekday: 666_666}
	c := rota.Call{
		Duty: "on-call.first.20270104T1830", Leader: "L1", At: at("2027-01-05 02:15"), Minutes: 40,
		Note: "the boiler at Quay", Load: load, Logged: at("2027-01-05 08:30"),
	}
	return c, []rota.Part{
		{Duty: c.Duty, Leader: "L1", Load: rota.Load{rota.Weekday: 333_333}}, {Duty: c.Duty, Leader: "L3", Load: rota.Load{rota.Weekday: 333_333}},
	}
}

func TestCallsAreKeptAndWeighInTheLedger(t *testing.T) {
	db := staffed(t)
	publishes(t, db, nights("on-call", "2027-01-04", "L1 L2"), "2026-12-01 10:00")
	c, parts := oneCall()
	before := get(db.Ledger(t.Context(), "", rota.Date{}, rota.Date{}))
	id, err := db.AddCall(t.Context(), c, parts, get(db.Revision(t.Context())))
	ok(t, err)
	c.ID = id
	same(t, "the calls", get(db.Calls(t.Context())), []rota.Call{c})
	after := []rota.Standing{
		{Leader: "L1", Held: rota.Load{rota.Weekday: rota.Point + 666_666}, Target: rota.Load{rota.Weekday: 333_333}},
		{Leader: "L2", Held: rota.Load{rota.Weekday: rota.Point}},
		{Leader: "L3", Target: rota.Load{rota.Weekday: 333_333}},
	}
	same(t, "the ledger", get(db.Ledger(t.Context(), "", rota.Date{}, rota.Date{})), after)

	// Where the duty is about to be built anew, the call stays: nothing that is built brings it back.
	rest := get(db.Ledger(t.Context(), "on-call", day("2027-01-04"), day("2027-01-06")))
	same(t, "the rest of the ledger", rest[0].Held, rota.Load{rota.Weekday: 666_666})

	ok(t, db.RemoveCall(t.Context(), id))
	same(t, "the ledger without it", get(db.Ledger(t.Context(), "", rota.Date{}, rota.Date{})), before)
	refused(t, db.RemoveCall(t.Context(), id), ErrUnknown, "call")
	auditIsSilentAbout(t, db, "boiler")
}

func TestACallThatWeighsNothingIsNotInTheLedger(t *testing.T) {
	db := staffed(t)
	c, _ := oneCall()
	c.Load = rota.Load{}
	_, err := db.AddCall(t.Context(), c, nil, get(db.Revision(t.Context())))
	ok(t, err)
	if ledger := get(db.Ledger(t.Context(), "", rota.Date{}, rota.Date{})); len(ledger) != 0 {
		t.Errorf("ledger %+v", ledger)
	}
	_, err = db.AddCall(t.Context(), c, nil, get(db.Revision(t.Context()))-1)
	refused(t, err, ErrStale, "somebody else")
}

func TestHandoverNotesAreKept(t *testing.T) {
	db := staffed(t)
	revision := get(db.Revision(t.Context()))
	h := rota.Handover{
		Duty: "on-call.first.20270104T1830", Rota: "on-call", Tier: "first", Leader: "L1",
		Note: "the boiler at Quay\nis out", Written: at("2027-01-05 08:00"),
	}
	id, err := db.AddHandover(t.Context(), h)
	ok(t, err)
	h.ID = id
	same(t, "the notes", get(db.Handovers(t.Context())), []rota.Handover{h})
	same(t, "the revision, as no rota is built from notes", get(db.Revision(t.Context())), revision)
	ok(t, db.RemoveHandover(t.Context(), id))
	refused(t, db.RemoveHandover(t.Context(), id), ErrUnknown, "handover")
	auditIsSilentAbout(t, db, "boiler")
}

// auditIsSilentAbout checks that the trail is whole, knows of what came and went, and does not have the word.
func auditIsSilentAbout(t *testing.T, db *DB, word string) {
	t.Helper()
	if report := get(db.VerifyAudit(t.Context())); len(report.Faults) > 0 {
		t.Errorf("audit: %q", report.Faults)
	}
	entries := get(list(t.Context(), db.Reader, scanString, `SELECT subject || ' ' || coalesce(old, '') || coalesce(new, '') FROM audit`))
	text := strings.Join(entries, "\n")
	if !strings.Contains(text, "call_out ") && !strings.Contains(text, "handover ") {
		t.Error("the audit trail does not know of it")
	}
	if strings.Contains(text, word) {
		t.Errorf("the audit trail says %q", word)
	}
}
