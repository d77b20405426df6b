package sqlite

import (
	"context"
	"database/sql"
	"fmt"

	"pcnrota/rota"
)

// Absences gives all absences in order of leader, first day and ID. What is only requested, or was refused, is
// none: see Requests. Their kinds are for the manager only.
func (r Reader) Absences(ctx context.Context) ([]rota.Absence, error) {
	return list(ctx, r, scanAbsence, `SELECT `+absenceNames+` FROM absence
		WHERE id NOT IN (SELECT absence FROM request WHERE state <> 'approved') ORDER BY leader, first, id`)
}

const absenceNames = `id, leader, kind, first, last, coalesce(weekday, 0), starts, ends, coalesce(calendar, 0), keyword`

func scanAbsence(r row) (a rota.Absence, err error) {
	return a, r.Scan(absenceInto(&a)...)
}

func absenceInto(a *rota.Absence) []any {
	return []any{
		&a.ID, &a.Leader, &a.Kind, dateInto(&a.First), dateInto(&a.Last), &a.Weekday,
		timeOfDayInto(&a.Starts), timeOfDayInto(&a.Ends), &a.Calendar, &a.Keyword,
	}
}

// Away gives when a leader is away between two days, until excluded, and what became of it since it was entered, in
// order of first day and ID. Weekly non-working days are none, and neither is what is only requested.
func (r Reader) Away(ctx context.Context, leader rota.LeaderID, from, until rota.Date) ([]rota.Away, error) {
	scan := func(r row) (rota.Away, error) {
		var a rota.Absence
		var away rota.Away
		err := scanMore(r, absenceInto(&a), []any{&away.Sequence, instant{&away.Modified}})
		away.ID, away.Leader, away.Start, away.End = a.ID, a.Leader, a.Begin(), a.End()
		return away, err
	}
	return list(ctx, r, scan, `WITH entry AS (SELECT key, count(*) - 1 AS changes, max(at) AS changed FROM audit WHERE subject = 'absence' GROUP BY key)
		SELECT `+absenceNames+`, coalesce(changes, 0), max(coalesce(entry.changed, 0), coalesce(request.decided, 0))
		FROM absence LEFT JOIN entry ON entry.key = absence.id LEFT JOIN request ON request.absence = absence.id
		WHERE leader = ? AND kind <> ? AND absence.last >= ? AND first < ? AND coalesce(request.state, 'approved') = 'approved'
		ORDER BY first, id`, leader, rota.NonWorkingDay, from.String(), until.String())
}

// AddAbsences inserts new absences and gives their numbers in order; any ID they carry is ignored.
func (db *DB) AddAbsences(ctx context.Context, absences []rota.Absence) ([]rota.AbsenceID, error) {
	return insertEach[rota.Absence, rota.AbsenceID](ctx, db,
		insertAbsence, absences, absenceArgs)
}

const insertAbsence = `INSERT INTO absence (leader, kind, first, last, weekday, starts, ends, calendar, keyword) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`

// PutAbsence updates the absence with a's ID.
func (db *DB) PutAbsence(ctx context.Context, a rota.Absence) error {
	return db.change(ctx, func(tx *sql.Tx) error {
		return must(ctx, tx, unknown("absence", fmt.Sprint(a.ID)),
			`UPDATE absence SET leader = ?, kind = ?, first = ?, last = ?, weekday = ?, starts = ?, ends = ?, calendar = ?, keyword = ? WHERE id = ?`, append(absenceArgs(a), a.ID)...)
	})
}

// RemoveAbsence removes an absence.
func (db *DB) RemoveAbsence(ctx context.Context, id rota.AbsenceID) error {
	return db.change(ctx, func(tx *sql.Tx) error {
		return must(ctx, tx, unknown("absence", fmt.Sprint(id)), `DELETE FROM absence WHERE id = ?`, id)
	})
}

// absenceArgs leaves the weekday and the calendar out where they have no meaning.
func absenceArgs(a rota.Absence) []any {
	var weekday any
	if a.Kind == rota.NonWorkingDay {
		weekday = int(a.Weekday)
	}
	var calendar any
	if a.Calendar != 0 {
		calendar = a.Calendar
	}
	return []any{a.Leader, a.Kind, dateOrNull(a.First), dateOrNull(a.Last), weekday, a.Starts.String(), a.Ends.String(), calendar, a.Keyword}
}
