package sqlite

import (
	"testing"

	"pcnrota/rota"
)

const firstNight, secondNight rota.DutyID = "on-call.first.20270104T1830", "on-call.first.20270105T1830"

func TestPinsRoundTrip(t *testing.T) {
	db := staffed(t)
	pins := []rota.Pin{
		{Duty: firstNight, Leader: "L1", Reason: awkward[0]},
		{Duty: firstNight, Leader: "L2", Forbid: true},
		{Duty: firstNight, Leader: "L3", Forbid: true, Reason: awkward[4]},
		{Duty: secondNight, Leader: "L1"},
	}
	for i := range pins {
		before := get(db.Revision(t.Context()))
		ok(t, db.PutPin(t.Context(), pins[len(pins)-1-i]))
		if now := get(db.Revision(t.Context())); now <= before {
			t.Errorf("the revision stayed at %d", now)
		}
	}
	same(t, "pins", get(db.Pins(t.Context())), pins)

	ok(t, db.RemovePins(t.Context(), pins[1:3]))
	same(t, "pins that are left", get(db.Pins(t.Context())), []rota.Pin{pins[0], pins[3]})
	refused(t, db.RemovePins(t.Context(), []rota.Pin{pins[0], pins[1]}), ErrUnknown, string(firstNight), "L2")
	same(t, "pins after a refusal", get(db.Pins(t.Context())), []rota.Pin{pins[0], pins[3]})
}

func TestADutyIsKeptForOneLeader(t *testing.T) {
	db := staffed(t)
	for _, p := range []rota.Pin{
		{Duty: firstNight, Leader: "L1"},
		{Duty: firstNight, Leader: "L3", Forbid: true},
		{Duty: firstNight, Leader: "L2", Reason: "swapped"}, // instead of L1
	} {
		ok(t, db.PutPin(t.Context(), p))
	}
	want := []rota.Pin{{Duty: firstNight, Leader: "L2", Reason: "swapped"}, {Duty: firstNight, Leader: "L3", Forbid: true}}
	same(t, "pins", get(db.Pins(t.Context())), want)

	want[0].Forbid, want[0].Reason = true, ""
	ok(t, db.PutPin(t.Context(), want[0]))
	same(t, "pins after a change of mind", get(db.Pins(t.Context())), want)
}

func TestPinsAreOfLeadersAndGoWithThem(t *testing.T) {
	db := staffed(t)
	refused(t, db.PutPin(t.Context(), rota.Pin{Duty: firstNight, Leader: "L99"}), ErrUnknown, "leader")
	ok(t, db.PutPin(t.Context(), rota.Pin{Duty: firstNight, Leader: "L1"}))
	ok(t, db.RemoveLeader(t.Context(), "L1"))
	if left := get(db.Pins(t.Context())); len(left) > 0 {
		t.Errorf("%v stayed", left)
	}
}

// A draft that was begun before a pin does not know it.
func TestAPinMakesADraftStale(t *testing.T) {
	db := staffed(t)
	revision := get(db.Revision(t.Context()))
	ok(t, db.PutPin(t.Context(), rota.Pin{Duty: firstNight, Leader: "L1"}))
	_, err := db.SaveDraft(t.Context(), nights("on-call", "2027-01-04", "L2"), revision, at("2026-12-01 09:00"))
	refused(t, err, ErrStale, "on-call")
}
