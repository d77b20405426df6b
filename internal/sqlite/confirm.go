package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"pcnrota/notify"
)

// Reminder finds a message by its number. It refuses with ErrUnknown where there is none.
func (r Reader) Reminder(ctx context.Context, number int64) (notify.Reminder, error) {
	m, found, err := first(ctx, r, scanReminder, `SELECT `+reminderRead+` FROM reminder WHERE number = ?`, number)
	if err == nil && !found {
		err = refuse(ErrUnknown, "pcnrota remind list", "there is no message %d", number)
	}
	return m, err
}

// Confirm records that somebody has seen a message that asked for it, and with it every other to the same person that
// is about the same duties or some of them. By is who said so. It gives the message as it is then; to confirm
// twice changes nothing. It refuses with ErrUnknown where there is no such message, or it asks nobody.
func (db *DB) Confirm(ctx context.Context, number int64, by string, at time.Time) (m notify.Reminder, err error) {
	err = db.transact(ctx, func(tx *sql.Tx) error {
		r := Reader{ask: tx}
		if m, err = r.Reminder(ctx, number); err != nil {
			return err
		}
		if m.ConfirmBy.IsZero() {
			return refuse(ErrUnknown, "pcnrota remind list", "message %d asks nobody to confirm it", number)
		}
		asked, err := r.Reminders(ctx, notify.Filter{Leader: m.Leader, Unconfirmed: true})
		if err != nil {
			return err
		}
		for _, other := range asked {
			if other.Number != number && !m.Covers(other) {
				continue
			}
			_, err := tx.ExecContext(ctx, `UPDATE reminder SET confirmed = ?, confirmed_by = ? WHERE number = ?`, toSecond(at).Unix(), by, other.Number)
			if err != nil {
				return fmt.Errorf("confirm message: %w", err)
			}
		}
		m, err = r.Reminder(ctx, number)
		return err
	})
	return m, err
}
