package sqlite

import (
	"context"
	"database/sql"
	"fmt"

	"pcnrota/rota"
)

// Absences gives all absences in order of leader, first day and ID. Their kinds are for the manager only.
func (r Reader) Absences(ctx context.Context) ([]rota.Absence, error) {
	return list(ctx, r, scanAbsence, `SELECT id, leader, kind, first, last, coalesce(weekday, 0) FROM absence ORDER BY leader, first, id`)
}

func scanAbsence(r row) (a rota.Absence, err error) {
	return a, r.Scan(&a.ID, &a.Leader, &a.Kind, dateInto(&a.First), dateInto(&a.Last), &a.Weekday)
}

// AddAbsences inserts new absences and gives their numbers in order; any ID they carry is ignored.
func (db *DB) AddAbsences(ctx context.Context, absences []rota.Absence) ([]rota.AbsenceID, error) {
	return insertEach[rota.Absence, rota.AbsenceID](ctx, db,
		`INSERT INTO absence (leader, kind, first, last, weekday) VALUES (?, ?, ?, ?, ?)`, absences, absenceArgs)
}

// PutAbsence updates the absence with a's ID.
func (db *DB) PutAbsence(ctx context.Context, a rota.Absence) error {
	return db.change(ctx, func(tx *sql.Tx) error {
		return must(ctx, tx, unknown("absence", fmt.Sprint(a.ID)),
			`UPDATE absence SET leader = ?, kind = ?, first = ?, last = ?, weekday = ? WHERE id = ?`, append(absenceArgs(a), a.ID)...)
	})
}

// RemoveAbsence removes an absence.
func (db *DB) RemoveAbsence(ctx context.Context, id rota.AbsenceID) error {
	return db.change(ctx, func(tx *sql.Tx) error {
		return must(ctx, tx, unknown("absence", fmt.Sprint(id)), `DELETE FROM absence WHERE id = ?`, id)
	})
}

// absenceArgs leaves the weekday out where it has no meaning.
func absenceArgs(a rota.Absence) []any {
	var weekday any
	if a.Kind == rota.NonWorkingDay {
		weekday = int(a.Weekday)
	}
	return []any{a.Leader, a.Kind, dateOrNull(a.First), dateOrNull(a.Last), weekday}
}
