package sqlite

import (
	"context"
	"errors"
	"fmt"
	"time"

	"pcnrota/notify"
)

// Stamp is another text whenever anything has changed that decides on reminders; see notify.Source.
func (r Reader) Stamp(ctx context.Context) (string, error) {
	stamp, _, err := first(inOneGo(ctx), r, scanString, `SELECT (SELECT revision FROM pcn)
		|| '/' || (SELECT coalesce(max(seq), 0) FROM audit)
		|| '/' || (SELECT count(*) || '-' || coalesce(sum(state = 'sent'), 0) FROM reminder WHERE confirm_by IS NOT NULL AND confirmed IS NULL)
		|| '/' || (SELECT count(*) || '-' || coalesce(max(changed), 0) FROM reminder
			WHERE kind = 'change' AND state IN ('failed', 'missed', 'cancelled', 'superseded'))
		|| '/' || (SELECT count(*) || '-' || coalesce(max(id), 0) FROM handover)
		|| '/' || (SELECT coalesce(group_concat(leader || kind || rung || wanted), '') FROM preference)`)
	return stamp, err
}

// Backlog tells what waits to be sent, and what stands in its way; see notify.Outbox.
func (r Reader) Backlog(ctx context.Context) (b notify.Backlog, err error) {
	var o notify.Obstacle
	scan := func(r row) (stands bool, err error) {
		return stands, r.Scan(instant{&b.Next}, &b.Sending, &stands, column[notify.Trouble]{&o.Trouble, notify.ParseTrouble}, &o.Problem,
			instant{&o.Since}, &o.Tries, instant{&o.Next})
	}
	stands, _, err := first(inOneGo(ctx), r, scan, `SELECT (SELECT next FROM reminder WHERE next IS NOT NULL ORDER BY next LIMIT 1),
			EXISTS (SELECT 1 FROM reminder WHERE state = 'sending'),
			one IS NOT NULL, trouble, coalesce(problem, ''), since, coalesce(tries, 0), next
		FROM (SELECT 1) LEFT JOIN obstacle`)
	if stands {
		b.Obstacle = &o
	}
	return b, err
}

// SetObstacle keeps what stands in the way, or forgets it; see notify.Outbox.
func (db *DB) SetObstacle(ctx context.Context, o *notify.Obstacle) error {
	return db.briefly(ctx, func(ctx context.Context, tx transaction) error {
		if o != nil {
			return keepObstacle(ctx, tx, *o)
		}
		_, err := tx.ExecContext(ctx, `DELETE FROM obstacle`)
		if err == nil { // what was put off for it need not wait any longer
			_, err = tx.ExecContext(ctx, `UPDATE reminder SET next = due, detail = '' WHERE state IN ('planned', 'retrying') AND detail LIKE 'not tried: %'`)
		}
		if err != nil {
			return fmt.Errorf("forget what stood in the way: %w", err)
		}
		return nil
	})
}

// keepObstacle keeps what stands in the way, in the place of what did before.
func keepObstacle(ctx context.Context, tx transaction, o notify.Obstacle) error {
	_, err := tx.ExecContext(ctx, `UPDATE reminder SET next = ?1
		WHERE state IN ('planned', 'retrying') AND next > ?1 AND next = (SELECT next FROM obstacle)`, o.Next.Unix())
	if err != nil {
		return fmt.Errorf("keep what stands in the way: %w", err)
	}
	_, err = tx.ExecContext(ctx, `INSERT OR REPLACE INTO obstacle (one, trouble, problem, since, tries, next) VALUES (1, ?, ?, ?, ?, ?)`,
		o.Trouble.String(), o.Problem, o.Since.Unix(), o.Tries, o.Next.Unix())
	if err != nil {
		return fmt.Errorf("keep what stands in the way: %w", err)
	}
	return nil
}

// Queue tells how it goes with sending, for notify.Queue.Stuck to judge.
func (r Reader) Queue(ctx context.Context, now time.Time) (q notify.Queue, err error) {
	err = r.View(ctx, func(r Reader) error {
		backlog, err := r.Backlog(ctx)
		if err != nil {
			return err
		}
		q.Obstacle = backlog.Obstacle
		scan := func(r row) (n int, err error) { return n, r.Scan(&n, instant{&q.Oldest}) }
		q.Due, _, err = first(ctx, r, scan, `SELECT count(*), min(next) FROM reminder WHERE next <= ?`, now.Unix())
		return err
	})
	return q, err
}

// BeginSending tells other processes that this one sends; see notify.Outbox. Whoever sends has a share of a lock, and
// whoever looks for orphans has it alone for that long.
func (db *DB) BeginSending(ctx context.Context, now time.Time, orphans bool) (release func(), err error) {
	lock, alone, err := lockSending(db.path+"-sending", orphans)
	if err != nil || !alone {
		return lock.release, err
	}
	err = db.briefly(ctx, func(ctx context.Context, tx transaction) error {
		_, err := tx.ExecContext(ctx, `UPDATE reminder SET next = ?1 WHERE state = 'sending' AND next > ?1`, now.Unix())
		return err
	})
	if err = errors.Join(err, lock.share()); err != nil {
		lock.release()
		return nil, err
	}
	return lock.release, nil
}
