package sqlite

import (
	"context"
	"database/sql"
	"fmt"

	"pcnrota/notify"
	"pcnrota/rota"
)

// Preferences gives what leaders want otherwise than the ladders say, in order of leader, kind and rung.
func (r Reader) Preferences(ctx context.Context) ([]notify.Preference, error) {
	scan := func(r row) (p notify.Preference, err error) { return p, r.Scan(&p.Leader, &p.Kind, &p.Rung, &p.Wanted) }
	return list(ctx, r, scan, `SELECT leader, kind, rung, wanted FROM preference ORDER BY leader, kind, rung`)
}

// PutPreference keeps what a leader wants, in place of what they wanted of the same kind and rung before.
func (db *DB) PutPreference(ctx context.Context, p notify.Preference) error {
	return db.transact(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO preference (leader, kind, rung, wanted) VALUES (?, ?, ?, ?)
			ON CONFLICT (leader, kind, rung) DO UPDATE SET wanted = excluded.wanted`, p.Leader, p.Kind, p.Rung, p.Wanted)
		if err != nil {
			return fmt.Errorf("keep preference: %w", err)
		}
		return nil
	})
}

// ClearPreferences has config.toml count again for a leader, whatever they wanted of the kind and rung: of a rung
// alone, or, where that is "", of the kind as a whole; and of everything where the kind is "". It gives how many
// preferences there were.
func (db *DB) ClearPreferences(ctx context.Context, leader rota.LeaderID, kind notify.Kind, rung string) (cleared int, err error) {
	err = db.transact(ctx, func(tx *sql.Tx) error {
		result, err := tx.ExecContext(ctx, `DELETE FROM preference WHERE leader = ?1 AND (?2 = '' OR (kind = ?2 AND (rung = ?3)))`, leader, kind, rung)
		if err != nil {
			return fmt.Errorf("clear preferences: %w", err)
		}
		n, err := result.RowsAffected()
		cleared = int(n)
		return err
	})
	return cleared, err
}
