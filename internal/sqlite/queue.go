package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"pcnrota/notify"
)

// Stamp is another text whenever anything has changed that decides on reminders; see notify.Source.
func (r Reader) Stamp(ctx context.Context) (string, error) {
	stamp, _, err := first(ctx, r, scanString, `SELECT (SELECT revision FROM pcn)
		|| '/' || (SELECT coalesce(max(seq), 0) FROM audit)
		|| '/' || (SELECT count(*) || '-' || coalesce(sum(state = 'sent'), 0) FROM reminder WHERE confirm_by IS NOT NULL AND confirmed IS NULL)
		|| '/' || (SELECT count(*) || '-' || coalesce(max(changed), 0) FROM reminder
			WHERE kind = 'change' AND state IN ('failed', 'missed', 'cancelled', 'superseded'))
		|| '/' || (SELECT count(*) || '-' || coalesce(max(id), 0) FROM handover)
		|| '/' || (SELECT coalesce(group_concat(leader || kind || rung || wanted), '') FROM preference)`)
	return stamp, err
}

// Obstacle gives what stood in the way of all messages at the last try; see notify.Outbox.
func (r Reader) Obstacle(ctx context.Context) (*notify.Obstacle, error) {
	scan := func(r row) (o notify.Obstacle, err error) {
		return o, r.Scan(column[notify.Trouble]{&o.Trouble, notify.ParseTrouble}, &o.Problem, instant{&o.Since}, &o.Tries, instant{&o.Next})
	}
	o, found, err := first(ctx, r, scan, `SELECT trouble, problem, since, tries, next FROM obstacle`)
	if err != nil || !found {
		return nil, err
	}
	return &o, nil
}

// SetObstacle keeps what stands in the way, or forgets it; see notify.Outbox.
func (db *DB) SetObstacle(ctx context.Context, o *notify.Obstacle) error {
	return db.unrecorded(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `DELETE FROM obstacle`)
		if err == nil && o == nil { // what was put off for it need not wait any longer
			_, err = tx.ExecContext(ctx, `UPDATE reminder SET next = due, detail = '' WHERE state IN ('planned', 'retrying') AND detail LIKE 'not tried: %'`)
		}
		if err == nil && o != nil {
			_, err = tx.ExecContext(ctx, `INSERT INTO obstacle (one, trouble, problem, since, tries, next) VALUES (1, ?, ?, ?, ?, ?)`,
				o.Trouble.String(), o.Problem, o.Since.Unix(), o.Tries, o.Next.Unix())
		}
		if err != nil {
			return fmt.Errorf("keep what stands in the way: %w", err)
		}
		return nil
	})
}

// Queue tells how it goes with sending, for notify.Queue.Stuck to judge.
func (r Reader) Queue(ctx context.Context, now time.Time) (q notify.Queue, err error) {
	err = r.View(ctx, func(r Reader) error {
		if q.Obstacle, err = r.Obstacle(ctx); err != nil {
			return err
		}
		scan := func(r row) (n int, err error) { return n, r.Scan(&n, instant{&q.Oldest}) }
		q.Due, _, err = first(ctx, r, scan, `SELECT count(*), min(next) FROM reminder WHERE next <= ?`, now.Unix())
		return err
	})
	return q, err
}

// Alone keeps that this process is the only one that sends; see notify.Outbox.
func (db *DB) Alone(ctx context.Context, now time.Time) (release func(), alone bool, err error) {
	release, alone, err = lockAlone(db.path + "-sending")
	if err != nil || !alone {
		return nil, false, err
	}
	orphans, _, err := first(ctx, db.Reader, scanInt, `SELECT count(*) FROM reminder WHERE state = 'sending' AND next > ?`, now.Unix())
	if err == nil && orphans > 0 {
		err = db.unrecorded(ctx, func(tx *sql.Tx) error {
			_, err := tx.ExecContext(ctx, `UPDATE reminder SET next = ? WHERE state = 'sending' AND next > ?1`, now.Unix())
			return err
		})
	}
	if err != nil {
		release()
		return nil, false, err
	}
	return release, true, nil
}
