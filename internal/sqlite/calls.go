package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"time"

	"pcnrota/rota"
)

// Calls gives all call-outs in order of SortCalls. Times are in UTC.
func (r Reader) Calls(ctx context.Context) ([]rota.Call, error) {
	scan := func(r row) (c rota.Call, err error) {
		return c, scanMore(r, []any{&c.ID, &c.Duty, &c.Leader, instant{&c.At}, &c.Minutes, &c.Note, instant{&c.Logged}}, loadInto(&c.Load))
	}
	return list(ctx, r, scan, `SELECT id, duty, leader, at, minutes, note, logged, `+loadNames+` FROM call_out ORDER BY at, id`)
}

// CallParts gives what everybody owes of the calls from one time up to, not including, another, by the duties they were in, in
// order of call, then of leader.
func (r Reader) CallParts(ctx context.Context, from, until time.Time) ([]rota.Part, error) {
	scan := func(r row) (p rota.Part, err error) {
		return p, scanMore(r, []any{&p.Duty, &p.Leader}, loadInto(&p.Load))
	}
	return list(ctx, r, scan, `SELECT c.duty, p.leader, `+loadOf("p")+` FROM call_part p JOIN call_out c ON c.id = p.call
		WHERE c.at >= ? AND c.at < ? ORDER BY c.at, c.id, p.leader`, from.Unix(), until.Unix())
}

// AddCall keeps a new call-out, with what it weighs shared out as parts, and gives its number; any ID it
// carries is ignored. Revision is what Revision gave when it was looked at: where anything was written since, it is
// refused with ErrStale.
func (db *DB) AddCall(ctx context.Context, c rota.Call, parts []rota.Part, revision int64) (id rota.CallID, err error) {
	err = db.change(ctx, func(tx *sql.Tx) error {
		if err := unchangedSince(ctx, tx, revision); err != nil {
			return err
		}
		result, err := tx.ExecContext(ctx, `INSERT INTO call_out (duty, leader, at, minutes, note, logged, `+loadNames+`)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			append([]any{c.Duty, c.Leader, c.At.Unix(), int(c.Minutes), c.Note, c.Logged.Unix()}, loadArgs(c.Load)...)...)
		if err != nil {
			return fmt.Errorf("log call: %w", err)
		}
		number, err := result.LastInsertId()
		if err != nil {
			return fmt.Errorf("log call: %w", err)
		}
		id = rota.CallID(number)
		return execEach(ctx, tx, `INSERT INTO call_part (call, leader, `+loadNames+`) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
			parts, func(p rota.Part) []any { return append([]any{id, p.Leader}, loadArgs(p.Load)...) })
	})
	return id, err
}

// RemoveCall removes a call-out, and what it weighed with it. The audit trail keeps that it was there, without
// its note.
func (db *DB) RemoveCall(ctx context.Context, id rota.CallID) error {
	return db.change(ctx, func(tx *sql.Tx) error {
		return must(ctx, tx, unknown("call", fmt.Sprint(id)), `DELETE FROM call_out WHERE id = ?`, id)
	})
}

// weighs is the SQL condition that a row has points.
var weighs = `(` + strings.ReplaceAll(loadNames, ", ", " <> 0 OR ") + ` <> 0)`
