package sqlite

import (
	"context"
	"fmt"
	"strings"
	"time"

	"pcnrota/notify"
)

// A DB keeps the outbox of the reminders, and knows what is published.
var (
	_ notify.Outbox = (*DB)(nil)
	_ notify.Source = (*DB)(nil)
)

const reminderNames = `key, kind, about, leader, starts, due, useful_until, reason, message_id, news, state, attempts, unknown, next, changed, detail,
	confirm_by, confirmed, confirmed_by`

// reminderRead has them as they are read: the manager, who is no leader, has no ID.
var reminderRead = `number, ` + strings.Replace(reminderNames, "leader", "coalesce(leader, '')", 1)

// scanReminder reads what every pass reads, much of it: into plain strings, because database/sql is slow with any other.
func scanReminder(r row) (m notify.Reminder, err error) {
	return m, r.Scan(number[int64]{&m.Number}, (*string)(&m.Key), (*string)(&m.Kind), &m.About, (*string)(&m.Leader), instant{&m.Start}, instant{&m.Due}, instant{&m.Until}, &m.Reason, &m.MessageID,
		jsonInto(&m.News), (*string)(&m.State), number[int]{&m.Attempts}, number[int]{&m.Unknown}, instant{&m.Next}, instant{&m.Changed}, &m.Detail,
		instant{&m.ConfirmBy}, instant{&m.Confirmed}, &m.ConfirmedBy)
}

func reminderArgs(m notify.Reminder) []any {
	return []any{
		m.Key, m.Kind, m.About, m.Leader, m.Start.Unix(), m.Due.Unix(), m.Until.Unix(), m.Reason, m.MessageID, newsOrNull(m.News),
		m.State, m.Attempts, m.Unknown, secondsOrNull(m.Next), m.Changed.Unix(), m.Detail,
		secondsOrNull(m.ConfirmBy), secondsOrNull(m.Confirmed), m.ConfirmedBy,
	}
}

func newsOrNull(n *notify.News) any {
	if n == nil {
		return nil
	}
	return jsonText(n)
}

// Plan inserts reminders that are new, and plans those again that were given up; see notify.Outbox.
func (db *DB) Plan(ctx context.Context, reminders []notify.Reminder) (planned int, err error) {
	if len(reminders) == 0 {
		return 0, nil
	}
	err = db.briefly(ctx, func(ctx context.Context, tx transaction) error {
		planned, err = plan(ctx, tx, reminders)
		return err
	})
	if err != nil {
		return 0, err
	}
	return planned, nil
}

const insertReminder = `INSERT INTO reminder (` + reminderNames + `) VALUES (?, ?, ?, nullif(?, ''), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
	ON CONFLICT (key) DO UPDATE SET state = excluded.state, due = excluded.due, useful_until = excluded.useful_until,
		reason = excluded.reason, next = excluded.next, changed = excluded.changed, detail = '', confirm_by = excluded.confirm_by
	WHERE excluded.state = 'planned' AND reminder.state IN ('missed', 'cancelled', 'superseded')`

// plan is Plan within the transaction of what the reminders tell of.
func plan(ctx context.Context, tx transaction, reminders []notify.Reminder) (planned int, err error) {
	for _, m := range reminders {
		result, err := tx.ExecContext(ctx, insertReminder, reminderArgs(m)...)
		if err != nil {
			return 0, fmt.Errorf("plan reminder %s: %w", m.Key, err)
		}
		n, err := result.RowsAffected()
		if err != nil {
			return 0, fmt.Errorf("plan reminder %s: %w", m.Key, err)
		}
		planned += int(n)
	}
	return planned, nil
}

var claimable = `SELECT ` + reminderRead + ` FROM reminder WHERE next <= ? ORDER BY next, key LIMIT ?`

// Claim takes the reminders whose time has come; see notify.Outbox.
func (db *DB) Claim(ctx context.Context, now time.Time, lease time.Duration, limit int) ([]notify.Reminder, error) {
	var due []notify.Reminder
	err := db.briefly(ctx, func(ctx context.Context, tx transaction) error {
		var err error
		if due, err = list(ctx, Reader{ask: tx}, scanReminder, claimable, now.Unix(), limit); err != nil {
			return err
		}
		keys := make([]notify.Key, len(due))
		for i := range due {
			due[i], keys[i] = claimed(due[i], now, lease), due[i].Key
		}
		_, err = tx.ExecContext(ctx, claiming, notify.Sending, toSecond(now.Add(lease)).Unix(), toSecond(now).Unix(), jsonText(keys))
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("claim reminders: %w", err)
	}
	return due, nil
}

// claiming makes of all rows at once what claimed makes of each.
const claiming = `UPDATE reminder SET attempts = attempts + 1, unknown = unknown + (state = ?1), state = ?1, next = ?2, changed = ?3
	WHERE key IN (SELECT value FROM json_each(?4))`

// claimed is m while a process tries to send it. Whoever had claimed it before never told what came of it.
func claimed(m notify.Reminder, now time.Time, lease time.Duration) notify.Reminder {
	if m.State == notify.Sending {
		m.Unknown++
	}
	m.State, m.Attempts = notify.Sending, m.Attempts+1
	m.Next, m.Changed = toSecond(now.Add(lease)), toSecond(now)
	return m
}

// Record stores what became of reminders; see notify.Outbox.
func (db *DB) Record(ctx context.Context, results []notify.Result) error {
	return db.briefly(ctx, func(ctx context.Context, tx transaction) error {
		for _, r := range results {
			if err := settle(ctx, tx, r.Reminder, r.Outcome); err != nil {
				return err
			}
			if _, err := plan(ctx, tx, r.Outcome.Then); err != nil {
				return err
			}
			if o := r.Outcome.Obstacle; o != nil {
				if err := keepObstacle(ctx, tx, *o); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

func settle(ctx context.Context, tx transaction, r notify.Reminder, o notify.Outcome) error {
	_, err := tx.ExecContext(ctx, `UPDATE reminder SET state = iif(?9 AND attempts = 1, 'planned', ?1), changed = ?2, next = ?3, detail = ?4,
			unknown = min(unknown + ?8, attempts - ?9), attempts = attempts - ?9
		WHERE key = ?5 AND state <> 'sent' AND (?1 = 'sent' OR (state = ?6 AND attempts = ?7))`,
		o.State, o.At.Unix(), secondsOrNull(o.Next), o.Detail, r.Key, r.State, r.Attempts, o.Unsure, o.Untried)
	if err != nil {
		return fmt.Errorf("record reminder %s: %w", r.Key, err)
	}
	return nil
}

// Reminders lists what f asks for, in order of due time, then of key.
func (r Reader) Reminders(ctx context.Context, f notify.Filter) ([]notify.Reminder, error) {
	limit := f.Limit
	if limit == 0 {
		limit = -1 // no limit, to SQLite
	}
	query := `SELECT ` + reminderRead + ` FROM reminder WHERE useful_until > ?1`
	if f.Unconfirmed {
		query += ` AND confirm_by IS NOT NULL AND confirmed IS NULL` // as the index has it
	}
	if len(f.States) > 0 {
		query += ` AND state IN (SELECT value FROM json_each(?2))`
	}
	if len(f.Kinds) > 0 {
		query += ` AND kind IN (SELECT value FROM json_each(?3))`
	}
	if f.Leader != "" {
		query += ` AND leader = ?4`
	}
	return list(inOneGo(ctx), r, scanReminder, query+` ORDER BY due, key LIMIT ?5`,
		after(f.UsefulAfter, always), jsonText(f.States), jsonText(f.Kinds), f.Leader, limit)
}
