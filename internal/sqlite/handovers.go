package sqlite

import (
	"context"
	"database/sql"
	"fmt"

	"pcnrota/rota"
)

// Handovers gives all handover notes in order of time. Times are in UTC.
func (r Reader) Handovers(ctx context.Context) ([]rota.Handover, error) {
	scan := func(r row) (h rota.Handover, err error) {
		return h, r.Scan(&h.ID, &h.Duty, &h.Rota, &h.Tier, &h.Leader, &h.Note, instant{&h.Written})
	}
	return list(ctx, r, scan, `SELECT id, duty, rota, tier, leader, note, written FROM handover ORDER BY written, id`)
}

// AddHandover keeps a new note and gives its number; any ID it carries is ignored.
func (db *DB) AddHandover(ctx context.Context, h rota.Handover) (id rota.HandoverID, err error) {
	err = db.transact(ctx, func(tx *sql.Tx) error {
		result, err := tx.ExecContext(ctx, `INSERT INTO handover (duty, rota, tier, leader, note, written) VALUES (?, ?, ?, ?, ?, ?)`,
			h.Duty, h.Rota, h.Tier, h.Leader, h.Note, h.Written.Unix())
		if err != nil {
			return fmt.Errorf("write handover note: %w", err)
		}
		number, err := result.LastInsertId()
		id = rota.HandoverID(number)
		return err
	})
	return id, err
}

// RemoveHandover removes a note. The audit trail keeps that it was there, without what it said.
func (db *DB) RemoveHandover(ctx context.Context, id rota.HandoverID) error {
	return db.transact(ctx, func(tx *sql.Tx) error {
		return must(ctx, tx, unknown("handover", fmt.Sprint(id)), `DELETE FROM handover WHERE id = ?`, id)
	})
}
