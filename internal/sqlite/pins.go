package sqlite

import (
	"context"
	"database/sql"
	"fmt"

	"pcnrota/rota"
)

// Pins gives all assignments that were settled by hand, in order of duty and leader.
func (r Reader) Pins(ctx context.Context) ([]rota.Pin, error) {
	return list(ctx, r, scanPin, `SELECT duty, leader, forbid, reason FROM pin ORDER BY duty, leader`)
}

func scanPin(r row) (p rota.Pin, err error) {
	return p, r.Scan(&p.Duty, &p.Leader, &p.Forbid, &p.Reason)
}

// PutPin keeps p, in place of what was said of its duty and leader. Since a duty is kept for one leader at
// most, a pin takes the place of another pin of the same duty too.
func (db *DB) PutPin(ctx context.Context, p rota.Pin) error {
	return db.change(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `DELETE FROM pin WHERE duty = ?1 AND (leader = ?2 OR (forbid = 0 AND NOT ?3))`, p.Duty, p.Leader, p.Forbid)
		if err != nil {
			return fmt.Errorf("replace pin: %w", err)
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO pin (duty, leader, forbid, reason) VALUES (?, ?, ?, ?)`, p.Duty, p.Leader, p.Forbid, p.Reason)
		if err != nil {
			return fmt.Errorf("save pin: %w", err)
		}
		return nil
	})
}

// RemovePins takes back what was said of each of these duties and leaders: all of it, or nothing where one
// of them is not there.
func (db *DB) RemovePins(ctx context.Context, pins []rota.Pin) error {
	return db.change(ctx, func(tx *sql.Tx) error {
		for _, p := range pins {
			missing := refuse(ErrUnknown, "pcnrota rota pins", "nothing is settled by hand about %s and %s", p.Duty, p.Leader)
			if err := must(ctx, tx, missing, `DELETE FROM pin WHERE duty = ? AND leader = ?`, p.Duty, p.Leader); err != nil {
				return err
			}
		}
		return nil
	})
}
