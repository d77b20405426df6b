package sqlite

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"pcnrota/rota"
)

// gap is a draft in which nobody holds the night of the given day of January.
func gap(d rota.Draft, on int) rota.Draft {
	for i := range d.Duties {
		if d.Duties[i].Start.Date.Day == on {
			d.Duties[i].Holder = ""
		}
	}
	return d
}

func TestADutyWithoutAHolderIsKeptAsOne(t *testing.T) {
	db := staffed(t)
	draft := gap(nights("on-call", "2027-01-04", "L1 L2 L1"), 5)
	for _, d := range draft.Duties {
		if d.Holder != "" {
			draft.Parts = append(draft.Parts, rota.Part{Duty: d.ID, Leader: "L2", Load: d.Load})
		}
	}
	v, changes := publishes(t, db, draft, "2026-12-02 09:00")
	if got := holders(t, db); got != "04 L1/0 05 /0 06 L1/0" {
		t.Errorf("published %s", got)
	}
	if len(changes) != 3 || changes[1].After != "" || changes[1].Withdrawn {
		t.Errorf("changes are %+v", changes)
	}
	if held := get(db.DutiesOf(t.Context(), v.ID)); held[1].Holder != "" {
		t.Errorf("the version has %q on call", held[1].Holder)
	}
	var sum rota.Points
	for _, balance := range get(db.Balances(t.Context(), "", rota.Date{}, rota.Date{})) {
		sum += balance.Total()
	}
	if sum != 0 {
		t.Errorf("the balances add up to %s points", sum)
	}

	_, changes = publishes(t, db, nights("on-call", "2027-01-04", "L1 L2 L1"), "2026-12-03 09:00")
	if got := holders(t, db); got != "04 L1/0 05 L2/1 06 L1/0" || len(changes) != 1 {
		t.Errorf("published %s after %+v", got, changes)
	}
	publishes(t, db, gap(nights("on-call", "2027-01-04", "L1 L2 L1"), 6), "2026-12-04 09:00")
	if got := holders(t, db); got != "04 L1/0 05 L2/1 06 /1" {
		t.Errorf("published %s", got)
	}
}

// TestAGapThatHasBegunStays makes sure that nobody is put on call in hindsight.
func TestAGapThatHasBegunStays(t *testing.T) {
	db := staffed(t)
	publishes(t, db, gap(nights("on-call", "2027-01-04", "L1 L2 L1"), 5), "2026-12-02 09:00")
	save(t, db, nights("on-call", "2027-01-04", "L1 L2 L1"))
	_, _, err := db.Publish(t.Context(), byMo("2027-01-05 19:00"))
	refused(t, err, ErrPast, "with nobody on call")
}

func TestTheMigrationForGapsKeepsEveryRow(t *testing.T) {
	path := filepath.Join(t.TempDir(), "pcnrota.db")
	ok(t, os.WriteFile(path, nil, 0o600))
	old, err := open(t.Context(), path, busyWait, migrations[:5])
	ok(t, err)
	ok(t, old.PutLeaders(t.Context(), []rota.Leader{{ID: "L1", Name: "One", Share: rota.FullTime}, {ID: "L2", Name: "Two", Share: rota.FullTime}}))
	draft := nights("on-call", "2027-01-04", "L1 L2 L1")
	draft.Parts = []rota.Part{{Duty: draft.Duties[0].ID, Leader: "L2", Load: draft.Duties[0].Load}}
	v, _ := publishes(t, old, draft, "2026-12-02 09:00")
	save(t, old, nights("on-call", "2027-01-04", "L2 L2 L1"))
	before, parts := "04 L1/0 05 L2/0 06 L1/0", get(old.PartsOf(t.Context(), v.ID))
	ok(t, old.Close())

	db, err := Open(t.Context(), path)
	closing(t, db, err)
	if got := holders(t, db); got != before {
		t.Errorf("what was %s became %s", before, got)
	}
	if got := get(db.PartsOf(t.Context(), v.ID)); len(got) != 1 || got[0] != parts[0] {
		t.Errorf("the parts became %v", got)
	}
	n, _, err := first(t.Context(), db.Reader, scanInt, `SELECT count(*) FROM pragma_foreign_key_check`)
	ok(t, err)
	if n != 0 {
		t.Errorf("%d references lead nowhere", n)
	}
	for _, statement := range []string{`UPDATE assignment SET holder = NULL WHERE version = ?`, `DELETE FROM assignment WHERE version = ?`} {
		if _, err := db.write.ExecContext(t.Context(), statement, v.ID); err == nil {
			t.Errorf("%s went through", statement)
		}
	}
	if _, err := db.write.ExecContext(t.Context(), `DELETE FROM version WHERE published IS NULL`); err != nil {
		t.Error(err)
	}
	n, _, err = first(t.Context(), db.Reader, scanInt, `SELECT count(*) FROM assignment WHERE version <> ?`, v.ID)
	ok(t, err)
	if n != 0 {
		t.Errorf("%d assignments of the removed draft are left", n)
	}
	_, err = db.SaveDraft(t.Context(), gap(nights("on-call", "2027-01-04", "L1 L2 L1"), 5), get(db.Revision(t.Context())), time.Unix(0, 0))
	ok(t, err)
}
