package sqlite

import (
	"context"
	"database/sql"
	"fmt"

	"pcnrota/notify"
	"pcnrota/rota"
)

const invitedLeaders = `SELECT leader FROM preference WHERE kind = 'invitation' AND rung = '' AND wanted = 1 ORDER BY leader`

func scanLeaderID(r row) (id rota.LeaderID, err error) { return id, r.Scan(&id) }

// Invited gives the leaders who asked for calendar invitations, in order of ID.
func (r Reader) Invited(ctx context.Context) ([]rota.LeaderID, error) {
	return list(ctx, r, scanLeaderID, invitedLeaders)
}

// SetInvited keeps whether a leader wants calendar invitations, and plans what follows from it.
func (db *DB) SetInvited(ctx context.Context, leader rota.LeaderID, wanted bool, then []notify.Reminder) error {
	return db.transact(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO preference (leader, kind, rung, wanted) VALUES (?, 'invitation', '', ?)
			ON CONFLICT (leader, kind, rung) DO UPDATE SET wanted = excluded.wanted`, leader, wanted)
		if err != nil {
			return fmt.Errorf("keep who wants invitations: %w", err)
		}
		_, err = plan(ctx, tx, then)
		return err
	})
}

// invite plans the invitations and cancellations that follow from changes, in the transaction that makes them.
func (db *DB) invite(ctx context.Context, tx *sql.Tx, name string, news notify.News, changed []notify.Changed) error {
	asked, err := list(ctx, Reader{ask: tx}, scanLeaderID, invitedLeaders)
	if err != nil || len(asked) == 0 {
		return err
	}
	var failed error
	sequence := func(id rota.DutyID) int {
		n, _, err := first(ctx, Reader{ask: tx}, scanInt, `SELECT sequence FROM duty WHERE id = ?`, id.Whole())
		if err != nil {
			failed = err
		}
		return int(n)
	}
	invitations := db.notices.Invite(name, news, changed, asked, sequence)
	if failed != nil {
		return failed
	}
	_, err = plan(ctx, tx, invitations)
	return err
}
