package sqlite

import (
	"testing"
	"time"

	"pcnrota/rota"
)

// recordsPast records d at the start of 2027, with a part of every duty for L4.
func recordsPast(t *testing.T, db *DB, d rota.Draft) (rota.Version, error) {
	t.Helper()
	for _, duty := range d.Duties {
		d.Parts = append(d.Parts, rota.Part{Duty: duty.ID, Leader: "L4", Load: duty.Load})
	}
	return db.RecordPast(t.Context(), d, get(db.Revision(t.Context())), "Mo", "imported from old.csv", at("2027-02-01 09:00"))
}

func TestThePastIsRecordedBesideADraft(t *testing.T) {
	db := staffed(t)
	save(t, db, nights("on-call", "2027-02-08", "L1 L2"))
	v, err := recordsPast(t, db, nights("on-call", "2027-01-04", "L1 - L3"))
	ok(t, err)
	if got := holders(t, db); got != "04 L1/0 06 L3/0" {
		t.Errorf("in force: %s", got)
	}
	versions := get(db.Versions(t.Context(), "on-call"))
	if len(versions) != 1 || v.Number != 1 || versions[0].By != "Mo" || versions[0].Reason != "imported from old.csv" || !versions[0].Published.Equal(at("2027-02-01 09:00")) {
		t.Errorf("versions %+v", versions)
	}
	same(t, "the ledger", get(db.Ledger(t.Context(), "", rota.Date{}, rota.Date{})), []rota.Standing{
		{Leader: "L1", Held: rota.Load{rota.Weekday: rota.Point}},
		{Leader: "L3", Held: rota.Load{rota.Weekday: rota.Point}},
		{Leader: "L4", Target: rota.Load{rota.Weekday: 2 * rota.Point}},
	})
	if report := get(db.VerifyAudit(t.Context())); len(report.Faults) > 0 {
		t.Errorf("audit: %q", report.Faults)
	}
	_, _, err = db.Publish(t.Context(), byMo("2027-02-01 10:00"))
	refused(t, err, ErrStale, "version 1")
}

func TestThePastIsAddedToAndNeverRewritten(t *testing.T) {
	db := staffed(t)
	_, err := recordsPast(t, db, nights("on-call", "2027-01-04", "L1 - L3"))
	ok(t, err)
	for name, holders := range map[string]string{"another holder": "L1 L2 L2", "a duty is missing": "L1 L2 -"} {
		_, err := recordsPast(t, db, nights("on-call", "2027-01-04", holders))
		if err == nil {
			t.Fatalf("%s, and it was recorded", name)
		}
		refused(t, err, ErrPast, "on-call.first.20270106T1830", "L3")
	}
	v, err := recordsPast(t, db, nights("on-call", "2027-01-04", "L1 L2 L3"))
	ok(t, err)
	if got := holders(t, db); got != "04 L1/0 05 L2/0 06 L3/0" || v.Number != 2 {
		t.Errorf("in force: %s, as version %d", got, v.Number)
	}
	if parts := get(db.PartsInForce(t.Context(), "on-call", day("2027-01-05"), day("2027-01-06"))); len(parts) != 1 || parts[0].Leader != "L4" {
		t.Errorf("parts of one day: %+v", parts)
	}
	_, err = db.RecordPast(t.Context(), nights("on-call", "2027-01-01", "L1"), get(db.Revision(t.Context()))-1, "Mo", "", time.Now())
	refused(t, err, ErrStale)
}

func TestAHoleOnRecordMayBeFilled(t *testing.T) {
	db := staffed(t)
	open := nights("on-call", "2027-01-04", "L1 L2 L3")
	open.Duties[1].Holder = ""
	publishes(t, db, open, "2026-12-01 10:00")
	v, err := recordsPast(t, db, nights("on-call", "2027-01-05", "L4"))
	ok(t, err)
	if got := holders(t, db); got != "04 L1/0 05 L4/1 06 L3/0" || v.Number != 2 {
		t.Errorf("in force: %s, as version %d", got, v.Number)
	}
	if report := get(db.VerifyAudit(t.Context())); len(report.Faults) > 0 {
		t.Errorf("audit: %q", report.Faults)
	}
}
