package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"pcnrota/rota"
)

// Calendar is a leader's own calendar, from which absences are read: one on the web that is followed, or a
// file that was read once.
type Calendar struct {
	ID      rota.CalendarID
	Leader  rota.LeaderID
	Name    string // what can be shown: the machine that has it, or the name of the file
	Address string // SECRET: whoever knows it reads the calendar; "" for a file
	Added   time.Time
	Visit   Visit // the last one
}

// Visit is what is known of the last visits to a calendar.
type Visit struct {
	Tried          time.Time // zero before the first
	Read           time.Time // when it was last read in full; zero before that
	Problem        string    // what went wrong when it was last tried, in a sentence; "" where nothing did
	ETag, Modified string    // of what was read, to ask only for what is newer
	Free           int       // entries with a keyword that their owner shows as free
}

// Calendars gives all calendars in order of leader and ID.
func (r Reader) Calendars(ctx context.Context) ([]Calendar, error) {
	return list(ctx, r, scanCalendar, `SELECT id, leader, name, address, added, tried, read, problem, etag, modified, free
		FROM calendar ORDER BY leader, id`)
}

func scanCalendar(r row) (c Calendar, err error) {
	v := &c.Visit
	return c, r.Scan(&c.ID, &c.Leader, &c.Name, &c.Address, instant{&c.Added},
		instant{&v.Tried}, instant{&v.Read}, &v.Problem, &v.ETag, &v.Modified, &v.Free)
}

// AddCalendar records a new calendar, not visited yet; any ID it carries is ignored.
func (db *DB) AddCalendar(ctx context.Context, c Calendar) (id rota.CalendarID, err error) {
	err = db.transact(ctx, func(tx *sql.Tx) error {
		result, err := tx.ExecContext(ctx, `INSERT INTO calendar (leader, name, address, added) VALUES (?, ?, ?, ?)`,
			c.Leader, c.Name, c.Address, c.Added.Unix())
		if err != nil {
			return fmt.Errorf("add calendar: %w", err)
		}
		number, err := result.LastInsertId()
		id = rota.CalendarID(number)
		return err
	})
	return id, err
}

// RemoveCalendar forgets a calendar, and every absence that was read from it.
func (db *DB) RemoveCalendar(ctx context.Context, id rota.CalendarID) error {
	return db.change(ctx, func(tx *sql.Tx) error {
		return must(ctx, tx, unknown("calendar", fmt.Sprint(id)), `DELETE FROM calendar WHERE id = ?`, id)
	})
}

// NoteVisit records a visit that gave nothing new: nothing had changed, or something went wrong. What was
// read before stays.
func (db *DB) NoteVisit(ctx context.Context, id rota.CalendarID, v Visit) error {
	return db.transact(ctx, func(tx *sql.Tx) error { return putVisit(ctx, tx, id, v) })
}

func putVisit(ctx context.Context, tx *sql.Tx, id rota.CalendarID, v Visit) error {
	return must(ctx, tx, unknown("calendar", fmt.Sprint(id)),
		`UPDATE calendar SET tried = ?, read = ?, problem = ?, etag = ?, modified = ?, free = ? WHERE id = ?`,
		secondsOrNull(v.Tried), secondsOrNull(v.Read), v.Problem, v.ETag, v.Modified, v.Free, id)
}

// Reread puts what was read from a calendar in the place of what was read from it before, all or nothing;
// what was over before from stays as a record. It gives the absences that are new and how many are gone.
// Where none is either, the revision stays as it is.
func (db *DB) Reread(ctx context.Context, c Calendar, from rota.Date, absences []rota.Absence) (added []rota.Absence, removed int, err error) {
	err = db.transact(ctx, func(tx *sql.Tx) error {
		if err := putVisit(ctx, tx, c.ID, c.Visit); err != nil {
			return err
		}
		had, err := list(ctx, Reader{ask: tx}, scanAbsence,
			`SELECT `+absenceNames+` FROM absence WHERE calendar = ? AND last >= ? ORDER BY id`, c.ID, from.String())
		if err != nil {
			return err
		}
		gone := map[rota.Absence]rota.AbsenceID{}
		for _, a := range had {
			id := a.ID
			a.ID = 0
			gone[a] = id
		}
		for _, a := range absences {
			a.ID, a.Leader, a.Calendar = 0, c.Leader, c.ID
			if _, same := gone[a]; same {
				delete(gone, a)
				continue
			}
			added = append(added, a)
		}
		removed = len(gone)
		for _, a := range had { // in their order
			a.ID = 0
			if id, yes := gone[a]; yes {
				if _, err := tx.ExecContext(ctx, `DELETE FROM absence WHERE id = ?`, id); err != nil {
					return fmt.Errorf("reread calendar: %w", err)
				}
			}
		}
		if err := execEach(ctx, tx, insertAbsence, added, absenceArgs); err != nil || len(added)+removed == 0 {
			return err
		}
		return raiseRevision(ctx, tx)
	})
	if err != nil {
		return nil, 0, err
	}
	return added, removed, nil
}
