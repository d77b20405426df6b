package sqlite

import (
	"context"
	"database/sql"
	"slices"
	"time"

	"pcnrota/notify"
	"pcnrota/rota"
)

// tellUnattended plans what the manager is told of meetings of the plan to which somebody went before, and nobody does
// now.
func (db *DB) tellUnattended(ctx context.Context, tx *sql.Tx, before []rota.Occurrence, now MeetingPlan, at time.Time) error {
	if db.notices == nil {
		return nil
	}
	attended := map[rota.OccurrenceID]bool{}
	for _, m := range before {
		attended[m.ID] = len(m.Attending) > 0
	}
	var deserted []rota.Occurrence
	for _, m := range now.Meetings {
		if attended[m.ID] && len(m.Attending) == 0 {
			deserted = append(deserted, m)
		}
	}
	_, err := plan(ctx, tx, db.notices.Unattended(deserted, at))
	return err
}

// Tell plans messages and settles others in their place, all at once.
func (db *DB) Tell(ctx context.Context, messages []notify.Reminder, instead []notify.Result) error {
	return db.transact(ctx, func(tx *sql.Tx) error { return tellInstead(ctx, tx, messages, instead) })
}

func tellInstead(ctx context.Context, tx *sql.Tx, messages []notify.Reminder, instead []notify.Result) error {
	if _, err := plan(ctx, tx, messages); err != nil {
		return err
	}
	for _, r := range instead {
		if err := settle(ctx, tx, r.Reminder, r.Outcome); err != nil {
			return err
		}
	}
	return nil
}

// tellContacts plans what the contacts of bodies are told anew of meetings to which somebody else comes than they were
// told. Whom nobody has told anything is not told now.
func (db *DB) tellContacts(ctx context.Context, tx *sql.Tx, now MeetingPlan, at time.Time) error {
	if db.notices == nil {
		return nil
	}
	told, err := list(ctx, Reader{ask: tx}, scanReminder, `SELECT `+reminderRead+` FROM reminder
		WHERE kind = ? AND useful_until > ? ORDER BY number`, notify.Attendance, at.Unix())
	if err != nil || len(told) == 0 {
		return err
	}
	for _, m := range now.Meetings {
		known := slices.ContainsFunc(told, func(r notify.Reminder) bool {
			return r.News != nil && r.News.Attends != nil && r.News.Attends.Meeting == m.ID
		})
		if !known {
			continue
		}
		messages, instead := db.notices.Attendance(m, told, at)
		if err := tellInstead(ctx, tx, messages, instead); err != nil {
			return err
		}
	}
	return nil
}
