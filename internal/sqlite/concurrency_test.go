package sqlite

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/mattn/go-sqlite3"

	"pcnrota/rota"
)

// another opens the database of db a second time, as another process would, and does not wait for locks.
func another(t *testing.T, db *DB) *DB {
	t.Helper()
	path, _, err := first(t.Context(), db.Reader, scanString, `SELECT file FROM pragma_database_list`)
	ok(t, err)
	second, err := open(t.Context(), path, 0, migrations)
	return closing(t, second, err)
}

func TestTheSecondOfTwoManagersIsRefused(t *testing.T) {
	mo := staffed(t)
	jo := another(t, mo)
	revision := get(mo.Revision(t.Context()))
	if seen := get(jo.Revision(t.Context())); seen != revision {
		t.Fatalf("they see revisions %d and %d", revision, seen)
	}
	get(mo.SaveDraft(t.Context(), nights("on-call", "2027-01-04", "L1"), revision, at("2026-12-01 09:00")))
	_, err := jo.SaveDraft(t.Context(), nights("on-call", "2027-01-04", "L2"), revision, at("2026-12-01 09:00"))
	refused(t, err, ErrStale, "nothing was saved")
	_, duties, err := jo.DraftOf(t.Context(), "on-call")
	ok(t, err)
	same(t, "the draft", duties, nights("on-call", "2027-01-04", "L1").Duties)
}

func TestALockedDatabaseIsASentence(t *testing.T) {
	mo := staffed(t)
	jo := another(t, mo)
	tx, err := mo.write.BeginTx(t.Context(), nil)
	ok(t, err)
	defer tx.Rollback()
	err = jo.PutPractices(t.Context(), []rota.Practice{{Code: "Y2"}})
	refused(t, err, ErrBusy, "another pcnrota command is writing; try again")
	if n := len(get(jo.Practices(t.Context()))); n != 1 {
		t.Errorf("a reader beside the writer sees %d practices", n)
	}
	another(t, mo) // opening needs no lock either
	ok(t, tx.Rollback())
	ok(t, jo.PutPractices(t.Context(), []rota.Practice{{Code: "Y2"}}))
}

func TestAFullDiskIsASentenceAndLeavesNothingHalfWritten(t *testing.T) {
	db := staffed(t)
	exec := func(statement string) {
		t.Helper()
		_, err := db.write.ExecContext(t.Context(), statement)
		ok(t, err)
	}
	exec(`PRAGMA max_page_count = 1`) // raised by SQLite to what the file has now
	var many []rota.Absence
	for n := range 5000 {
		many = append(many, rota.Absence{Leader: "L1", Kind: rota.Annual, First: day("2027-01-01").AddDays(n), Last: day("2027-01-01").AddDays(n)})
	}
	revision := get(db.Revision(t.Context()))
	_, err := db.AddAbsences(t.Context(), many)
	refused(t, err, ErrFull, "disk is full")
	if n := len(get(db.Absences(t.Context()))); n != 0 || get(db.Revision(t.Context())) != revision {
		t.Errorf("%d absences of the refused write stayed", n)
	}
	exec(`PRAGMA max_page_count = 100000`)
	if n := len(get(db.AddAbsences(t.Context(), many))); n != len(many) {
		t.Errorf("%d absences were added after room was made", n)
	}
}

// Every write keeps the two practices' sizes the same; no reader may ever see them differ.
func TestReadersBesideAWriterSeeWholeWrites(t *testing.T) {
	db := newDB(t)
	const rounds = 25
	both := func(n int) []rota.Practice {
		return []rota.Practice{{Code: "A", ListSize: n}, {Code: "B", ListSize: n}}
	}
	ok(t, db.PutPractices(t.Context(), both(0)))
	done := make(chan struct{})
	var readers sync.WaitGroup
	for range 4 {
		readers.Go(func() {
			for {
				got, err := db.Practices(t.Context())
				if err != nil || got[0].ListSize != got[1].ListSize {
					t.Errorf("read %v, error %v", got, err)
					return
				}
				select {
				case <-done:
					return
				default:
				}
			}
		})
	}
	for n := range rounds {
		ok(t, db.PutPractices(t.Context(), both(n)))
	}
	close(done)
	readers.Wait()
}

func TestAViewIsOfOneMoment(t *testing.T) {
	db := staffed(t)
	err := db.View(t.Context(), func(r Reader) error {
		before := get(r.Revision(t.Context()))
		ok(t, db.PutPractices(t.Context(), []rota.Practice{{Code: "Y2"}}))
		if n, now := len(get(r.Practices(t.Context()))), get(r.Revision(t.Context())); n != 1 || now != before {
			t.Errorf("the view sees %d practices at revision %d", n, now)
		}
		return nil
	})
	ok(t, err)
	if n := len(get(db.Practices(t.Context()))); n != 2 {
		t.Errorf("after the view there are %d practices", n)
	}
	sorry := errors.New("sorry")
	if err := db.View(t.Context(), func(Reader) error { return sorry }); !errors.Is(err, sorry) {
		t.Errorf("the view gave %v", err)
	}
}

func TestWritersInOneProcessQueueUp(t *testing.T) {
	db := newDB(t)
	var writers sync.WaitGroup
	for n := range 20 {
		writers.Go(func() {
			if err := db.PutPractices(t.Context(), []rota.Practice{{Code: rota.PracticeCode(fmt.Sprint(n))}}); err != nil {
				t.Error(err)
			}
		})
	}
	writers.Wait()
	if n := len(get(db.Practices(t.Context()))); n != 20 {
		t.Errorf("%d practices were written", n)
	}
}

func TestTwoProcessesMayCreateOrOpenAtOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "pcnrota.db")
	outcomes := make(chan error, 4)
	for range cap(outcomes) {
		go func() {
			db, err := Create(t.Context(), path)
			if err == nil {
				err = db.Close()
			}
			outcomes <- err
		}()
	}
	made := 0
	for range cap(outcomes) {
		switch err := <-outcomes; {
		case err == nil:
			made++
		case !errors.Is(err, ErrExists):
			t.Error(err)
		}
	}
	if made != 1 {
		t.Errorf("the database was made %d times", made)
	}
}

func TestWhatIsRefusedNamesNoPrivateData(t *testing.T) {
	db := staffed(t)
	secret := rota.Absence{Leader: "L99", Kind: "a rare disease", First: day("2027-01-01"), Last: day("2027-01-02")}
	_, err := db.AddAbsences(t.Context(), []rota.Absence{secret})
	if err == nil || strings.Contains(err.Error(), string(secret.Kind)) {
		t.Errorf("got %v", err)
	}
}

func TestACancelledContextStopsARead(t *testing.T) {
	db := staffed(t)
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	_, err := list(ctx, db.Reader, scanInt, `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n`)
	if err == nil {
		t.Error("an endless question came to an end")
	}
	get(db.Practices(t.Context()))
}

func TestNoRoomForTheFilesBesideIsAFullDiskToo(t *testing.T) {
	err := explain(fmt.Errorf("read database: %w", sqlite3.Error{Code: sqlite3.ErrIoErr, SystemErrno: syscall.ENOSPC}))
	refused(t, err, ErrFull, "disk is full")
	broken := fmt.Errorf("read database: %w", sqlite3.Error{Code: sqlite3.ErrIoErr, SystemErrno: syscall.EIO})
	if got := explain(broken); got != broken {
		t.Errorf("a broken disk became %v", got)
	}
}
