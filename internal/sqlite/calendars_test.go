package sqlite

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pcnrota/rota"
)

const secretAddress = "https://cal.example.org/very-secret-token.ics"

// followed is a calendar of L2 that is followed, not visited yet.
func followed(t *testing.T, db *DB) Calendar {
	t.Helper()
	get(db.AddCalendar(t.Context(), Calendar{Leader: "L2", Name: "cal.example.org", Address: secretAddress, Added: at("2026-12-01 09:00")}))
	all := get(db.Calendars(t.Context()))
	return all[len(all)-1]
}

func awayOn(first, last string) rota.Absence {
	return rota.Absence{Kind: rota.Other, First: day(first), Last: day(last), Keyword: "leave"}
}

func TestACalendarIsReread(t *testing.T) {
	db := staffed(t)
	byHand := rota.Absence{Leader: "L2", Kind: rota.Annual, First: day("2027-01-04"), Last: day("2027-01-05")}
	get(db.AddAbsences(t.Context(), []rota.Absence{byHand}))
	c := followed(t, db)
	c.Visit = Visit{Tried: at("2026-12-01 10:00"), Read: at("2026-12-01 10:00"), ETag: `"1"`, Modified: "yesterday", Free: 2}
	evening := awayOn("2027-02-01", "2027-02-01")
	evening.Starts, evening.Ends = 18*60, 23*60

	added, removed, err := db.Reread(t.Context(), c, day("2026-11-01"), []rota.Absence{awayOn("2026-11-30", "2026-12-02"), awayOn("2027-01-01", "2027-01-02"), evening})
	ok(t, err)
	if len(added) != 3 || removed != 0 || added[0].Leader != "L2" || added[0].Calendar != c.ID {
		t.Fatalf("added %v, removed %d", added, removed)
	}
	same(t, "calendar", get(db.Calendars(t.Context())), []Calendar{c})
	before, revision := get(db.Absences(t.Context())), get(db.Revision(t.Context()))

	// The same again is no change.
	added, removed, err = db.Reread(t.Context(), c, day("2026-11-01"), []rota.Absence{evening, awayOn("2027-01-01", "2027-01-02"), awayOn("2026-11-30", "2026-12-02")})
	ok(t, err)
	if len(added)+removed != 0 || get(db.Revision(t.Context())) != revision {
		t.Errorf("added %v, removed %d, revision %d after %d", added, removed, get(db.Revision(t.Context())), revision)
	}
	same(t, "absences", get(db.Absences(t.Context())), before)

	// What is over stays, what has gone goes, and what was entered by hand is nobody's business.
	_, removed, err = db.Reread(t.Context(), c, day("2026-12-31"), nil)
	ok(t, err)
	left := get(db.Absences(t.Context()))
	if removed != 2 || len(left) != 2 || left[0].First != day("2026-11-30") || left[1].Kind != rota.Annual {
		t.Errorf("removed %d, left %+v", removed, left)
	}

	ok(t, db.RemoveCalendar(t.Context(), c.ID))
	if left := get(db.Absences(t.Context())); len(left) != 1 || left[0].Kind != rota.Annual {
		t.Errorf("left %+v", left)
	}
	_, _, err = db.Reread(t.Context(), c, day("2026-11-01"), []rota.Absence{evening})
	refused(t, err, ErrUnknown, "calendar")
	refused(t, db.RemoveCalendar(t.Context(), c.ID), ErrUnknown, "calendar")
	if n := len(get(db.Absences(t.Context()))); n != 1 {
		t.Error("absences of a calendar that is gone came back")
	}
}

// A visit that went wrong leaves everything that was read before.
func TestAFailedVisitEmptiesNothing(t *testing.T) {
	db := staffed(t)
	c := followed(t, db)
	c.Visit = Visit{Tried: at("2026-12-01 10:00"), Read: at("2026-12-01 10:00"), ETag: `"1"`}
	_, _, err := db.Reread(t.Context(), c, day("2026-11-01"), []rota.Absence{awayOn("2027-01-01", "2027-01-02")})
	ok(t, err)
	before, revision := get(db.Absences(t.Context())), get(db.Revision(t.Context()))
	c.Visit.Tried, c.Visit.Problem = at("2026-12-01 11:00"), "cal.example.org answers 500"
	ok(t, db.NoteVisit(t.Context(), c.ID, c.Visit))
	same(t, "absences", get(db.Absences(t.Context())), before)
	same(t, "calendar", get(db.Calendars(t.Context())), []Calendar{c})
	if get(db.Revision(t.Context())) != revision {
		t.Error("a visit that gave nothing made drafts stale")
	}
	// Absences that the database refuses leave it as it was too.
	bad := awayOn("2027-03-02", "2027-03-02")
	bad.Starts, bad.Ends = 12*60, 11*60
	if _, _, err := db.Reread(t.Context(), c, day("2026-11-01"), []rota.Absence{bad}); err == nil {
		t.Error("an absence that ends before it begins was taken")
	}
	same(t, "absences", get(db.Absences(t.Context())), before)
}

// The audit trail tells that a calendar is followed, and neither its address nor every visit.
func TestTheTrailKnowsNoAddress(t *testing.T) {
	db := staffed(t)
	c := followed(t, db)
	ok(t, db.NoteVisit(t.Context(), c.ID, Visit{Tried: at("2026-12-01 10:00"), Problem: "away"}))
	told := false
	for _, e := range get(db.Audit(t.Context(), 0, -1)) {
		if strings.Contains(string(e.New)+string(e.Old)+e.Key, "secret") {
			t.Errorf("entry %d tells the address", e.Seq)
		}
		told = told || e.Subject == "calendar"
		if e.Subject == "calendar" && e.Old != nil {
			t.Errorf("entry %d records a visit", e.Seq)
		}
	}
	if !told {
		t.Error("that a calendar is followed is not recorded")
	}
	if faults := get(db.VerifyAudit(t.Context())).Faults; len(faults) > 0 {
		t.Error(faults)
	}
}

// A database of the schema before comes with its absences, and its numbers are not used again.
func TestAbsencesOfWholeDaysAreMigrated(t *testing.T) {
	path := filepath.Join(t.TempDir(), "old.db")
	this := slices.IndexFunc(migrations, func(script string) bool { return strings.Contains(script, "absence_of_days") })
	ok(t, os.WriteFile(path, nil, 0o600))
	old, err := open(t.Context(), path, busyWait, migrations[:this])
	ok(t, err)
	ok(t, old.PutLeaders(t.Context(), []rota.Leader{{ID: "L1", Name: "A", Share: rota.FullTime}}))
	for _, statement := range []string{
		`INSERT INTO absence (leader, kind, first, last, weekday) VALUES ('L1', 'annual', '2027-01-01', '2027-01-02', NULL)`,
		`INSERT INTO absence (leader, kind, first, last, weekday) VALUES ('L1', 'non-working day', '2027-01-01', '2027-12-31', 2)`,
		`INSERT INTO absence (leader, kind, first, last, weekday) VALUES ('L1', 'sick', '2027-01-01', '2027-01-02', NULL)`,
		`DELETE FROM absence WHERE kind = 'sick'`,
	} {
		if _, err := old.write.ExecContext(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	ok(t, old.Close())
	db, err := Open(t.Context(), path)
	closing(t, db, err)
	same(t, "absences", get(db.Absences(t.Context())), []rota.Absence{
		{ID: 1, Leader: "L1", Kind: rota.Annual, First: day("2027-01-01"), Last: day("2027-01-02")},
		{ID: 2, Leader: "L1", Kind: rota.NonWorkingDay, First: day("2027-01-01"), Last: day("2027-12-31"), Weekday: 2},
	})
	if ids := get(db.AddAbsences(t.Context(), []rota.Absence{{Leader: "L1", Kind: rota.Annual, First: day("2027-03-01"), Last: day("2027-03-01")}})); ids[0] != 4 {
		t.Errorf("the next absence is number %d", ids[0])
	}
}
