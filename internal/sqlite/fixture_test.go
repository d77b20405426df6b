package sqlite

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pcnrota/rota"
)

// newDB makes an empty database in a folder of its own.
func newDB(t *testing.T) *DB {
	t.Helper()
	return created(t, filepath.Join(t.TempDir(), "pcnrota.db"))
}

func created(t *testing.T, path string) *DB {
	t.Helper()
	db, err := Create(t.Context(), path)
	return closing(t, db, err)
}

func closing(t *testing.T, db *DB, err error) *DB {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return db
}

// staffed is a database with the practice Y1 and the leaders L1 to L4.
func staffed(t *testing.T) *DB {
	t.Helper()
	db := newDB(t)
	ok(t, db.PutPractices(t.Context(), []rota.Practice{{Code: "Y1", Name: "Quay", ListSize: 9000}}))
	var leaders []rota.Leader
	for _, id := range []rota.LeaderID{"L1", "L2", "L3", "L4"} {
		leaders = append(leaders, rota.Leader{ID: id, Name: "Leader " + string(id), Practice: "Y1", Employment: rota.Partner, Share: rota.FullTime})
	}
	ok(t, db.PutLeaders(t.Context(), leaders))
	return db
}

func ok(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// get gives the answer of a question that cannot go wrong.
func get[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// refused checks that err is a refusal of the kind, that its sentence says all of the words, and that it
// has a hint.
func refused(t *testing.T, err, kind error, words ...string) {
	t.Helper()
	var r *Refusal
	switch {
	case err == nil:
		t.Fatalf("it was accepted; want a refusal: %v", kind)
	case !errors.Is(err, kind) || !errors.As(err, &r):
		t.Fatalf("got %v; want a refusal: %v", err, kind)
	case r.Hint() == "":
		t.Errorf("no hint with: %v", err)
	}
	for _, word := range words {
		if !strings.Contains(err.Error(), word) {
			t.Errorf("%q does not say %q", err, word)
		}
	}
}

func day(s string) rota.Date {
	d, err := rota.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// at is an instant written "2027-01-04 18:30", UTC.
func at(s string) time.Time {
	t, err := time.Parse("2006-01-02 15:04", s)
	if err != nil {
		panic(err)
	}
	return t
}

// night is a duty of the rota from 18:30 to 08:00; in winter the clock of London is UTC.
func night(name rota.RotaName, on rota.Date, holder rota.LeaderID, points rota.Points) rota.Duty {
	start, end := on.At(18*60+30), on.AddDays(1).At(8*60)
	return rota.Duty{
		ID:   rota.DutyID(string(name) + ".first." + strings.ReplaceAll(on.String(), "-", "") + "T1830"),
		Rota: name, Tier: "first", Kind: "night", Start: start, End: end,
		Span: rota.Span{Start: start.Instant(time.UTC), End: end.Instant(time.UTC)},
		Load: rota.Load{rota.Weekday: points}, Holder: holder,
	}
}

// nights is a draft with a night from each day on, held as told: "L1 L2 -" leaves the third out.
func nights(name rota.RotaName, from, holders string) rota.Draft {
	fields := strings.Fields(holders)
	d := rota.Draft{Policy: rota.Policy{Name: name, Points: rota.DefaultDayPoints}, From: day(from), Until: day(from).AddDays(len(fields))}
	for n, holder := range fields {
		if holder != "-" {
			d.Duties = append(d.Duties, night(name, d.From.AddDays(n), rota.LeaderID(holder), rota.Point))
		}
	}
	return d
}

// save keeps a draft that was built just now.
func save(t *testing.T, db *DB, d rota.Draft) rota.Version {
	t.Helper()
	revision := get(db.Revision(t.Context()))
	return get(db.SaveDraft(t.Context(), d, revision, at("2026-12-01 09:00")))
}

// publishes saves and publishes a draft at the time given.
func publishes(t *testing.T, db *DB, d rota.Draft, when string) (rota.Version, []Change) {
	t.Helper()
	save(t, db, d)
	v, changes, err := db.Publish(t.Context(), Publication{Rota: d.Policy.Name, By: "Mo", Reason: "because", At: at(when)})
	ok(t, err)
	return v, changes
}

// holders tells who holds what, in short: "04 L1/0 05 L2/1" are days of the month, holders, sequences.
func holders(t *testing.T, db *DB) string {
	t.Helper()
	var words []string
	for _, p := range get(db.Published(t.Context(), time.Time{}, time.Time{})) {
		words = append(words, p.Start.Date.Format("02"), string(p.Holder)+"/"+string(rune('0'+p.Sequence)))
	}
	return strings.Join(words, " ")
}

// byMo is a publication of the rota on-call at that moment.
func byMo(when string) Publication {
	return Publication{Rota: "on-call", By: "Mo", Reason: "because", At: at(when)}
}
