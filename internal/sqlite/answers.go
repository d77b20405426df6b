package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"pcnrota/notify"
	"pcnrota/rota"
)

// Answer is what somebody says to an invitation.
type Answer struct {
	About    string // a rota.DutyID or rota.OccurrenceID
	Leader   rota.LeaderID
	Sequence int       // of the invitation that it answers
	Stamp    time.Time // when it was given, by its own word
	Says     string    // accepted, declined or tentative
	Received time.Time
}

// Answers gives the last answer of each leader to each invitation, in order of time.
func (r Reader) Answers(ctx context.Context) ([]Answer, error) {
	scan := func(r row) (a Answer, err error) {
		return a, r.Scan(&a.About, &a.Leader, &a.Sequence, instant{&a.Stamp}, &a.Says, instant{&a.Received})
	}
	return list(ctx, r, scan, `SELECT about, leader, sequence, stamp, answer, received FROM answer ORDER BY received, about, leader`)
}

// PutAnswer keeps an answer, unless a later one is there: to a later invitation, or given later to the same. It
// reports whether it was kept. Of a duty on call that its holder declines the manager is told.
func (db *DB) PutAnswer(ctx context.Context, a Answer) (kept bool, err error) {
	err = db.transact(ctx, func(tx *sql.Tx) error {
		scan := func(r row) (b Answer, err error) { return b, r.Scan(&b.Sequence, &b.Says) }
		before, _, err := first(ctx, Reader{ask: tx}, scan, `SELECT sequence, answer FROM answer WHERE about = ? AND leader = ?`, a.About, a.Leader)
		if err != nil {
			return err
		}
		result, err := tx.ExecContext(ctx, `INSERT INTO answer (about, leader, sequence, stamp, answer, received) VALUES (?, ?, ?, ?, ?, ?)
			ON CONFLICT (about, leader) DO UPDATE SET sequence = excluded.sequence, stamp = excluded.stamp, answer = excluded.answer, received = excluded.received
			WHERE (excluded.sequence, excluded.stamp) > (sequence, stamp)`,
			a.About, a.Leader, a.Sequence, a.Stamp.Unix(), a.Says, a.Received.Unix())
		if err != nil {
			return fmt.Errorf("keep answer: %w", err)
		}
		n, err := result.RowsAffected()
		if kept = n > 0; err != nil || !kept || before.Says == a.Says && before.Sequence == a.Sequence {
			return err
		}
		return db.tellDeclined(ctx, tx, a)
	})
	return kept, err
}

// Bounce is the last report that mail to somebody did not arrive.
type Bounce struct {
	Leader    rota.LeaderID
	Email     string // at this address
	Received  time.Time
	Permanent bool   // it never will
	Words     string // of the mail system; may hold an address
}

// Bounces gives the last report of each leader whose address is still the one at which nothing arrived, in order of ID.
func (r Reader) Bounces(ctx context.Context) ([]Bounce, error) {
	scan := func(r row) (b Bounce, err error) {
		return b, r.Scan(&b.Leader, &b.Email, instant{&b.Received}, &b.Permanent, &b.Words)
	}
	return list(ctx, r, scan, `SELECT leader, bounce.email, received, permanent, words FROM bounce JOIN leader ON id = leader AND leader.email = bounce.email ORDER BY leader`)
}

// PutBounce marks an address at which the message of that Message-ID did not arrive, with what that message is now
// and with the messages that tell of it. Where the message is not among ours, was never sent, or is marked already, it
// reports false and changes nothing.
func (db *DB) PutBounce(ctx context.Context, messageID string, b Bounce, tell []notify.Reminder) (found bool, err error) {
	err = db.transact(ctx, func(tx *sql.Tx) error {
		m, known, err := first(ctx, Reader{ask: tx}, scanReminder, `SELECT `+reminderRead+` FROM reminder WHERE message_id = ? AND state = 'sent' AND leader IS NOT NULL`, messageID)
		if err != nil || !known {
			return err
		}
		email, _, err := first(ctx, Reader{ask: tx}, scanString, `SELECT email FROM leader WHERE id = ?`, m.Leader)
		if err != nil {
			return err
		}
		if b.Permanent {
			if _, err := tx.ExecContext(ctx, `UPDATE reminder SET state = 'failed', changed = ?, detail = ? WHERE number = ?`, b.Received.Unix(), b.Words, m.Number); err != nil {
				return fmt.Errorf("mark message: %w", err)
			}
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO bounce (leader, email, received, permanent, words) VALUES (?1, ?2, ?3, ?4, ?5)
			ON CONFLICT (leader) DO UPDATE SET email = ?2, received = ?3, permanent = ?4, words = ?5`, m.Leader, email, b.Received.Unix(), b.Permanent, b.Words)
		if err != nil {
			return fmt.Errorf("mark address: %w", err)
		}
		found = true
		_, err = plan(ctx, tx, tell)
		return err
	})
	return found, err
}

// RemoveBounce forgets that nothing arrives at somebody's address.
func (db *DB) RemoveBounce(ctx context.Context, leader rota.LeaderID) error {
	return db.transact(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `DELETE FROM bounce WHERE leader = ?`, leader)
		return err
	})
}
