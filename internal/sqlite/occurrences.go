package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"time"

	"pcnrota/rota"
)

// Occurrences gives the meetings that start at from or later and before until, in order of start, then
// of ID. A zero time is no bound. Title and place of the series are those it had when the meeting was
// last planned.
func (r Reader) Occurrences(ctx context.Context, from, until time.Time) ([]rota.Occurrence, error) {
	return list(ctx, r, scanOccurrence, `SELECT `+occurrenceNames+` FROM occurrence o JOIN series s ON s.id = o.series
		WHERE NOT o.withdrawn AND o.starts >= ? AND o.starts < ? ORDER BY o.starts, o.id`, atOrAfter(from, always), atOrAfter(until, never))
}

const occurrenceNames = seriesNames + `, o.id, o.title, o.place, o.start_civil, o.end_civil, o.starts, o.ends, o.sequence, o.modified,
	(SELECT json_group_array(leader) FROM (SELECT leader FROM attendance WHERE occurrence = o.id ORDER BY leader))`

func scanOccurrence(r row) (o rota.Occurrence, err error) {
	return o, r.Scan(occurrenceInto(&o)...)
}

// occurrenceInto has the title and place of the meeting overwrite those the series has now.
func occurrenceInto(o *rota.Occurrence) []any {
	return append(seriesInto(&o.Series), &o.ID, &o.Series.Title, &o.Series.Place, civilInto(&o.Start), civilInto(&o.End),
		instant{&o.Span.Start}, instant{&o.Span.End}, &o.Sequence, instant{&o.Modified}, jsonInto(&o.Attending))
}

// PutOccurrences inserts meetings, or updates those that are there already. Only where title, place,
// time or attendance differ does the sequence rise and the time of modification become at; changed
// counts those meetings and the new ones. Sequence and Modified of the argument are ignored.
func (db *DB) PutOccurrences(ctx context.Context, occurrences []rota.Occurrence, at time.Time) (changed int, err error) {
	err = db.transact(ctx, func(tx *sql.Tx) error {
		for _, o := range occurrences {
			really, err := putOccurrence(ctx, tx, o, at)
			if err != nil {
				return err
			}
			if really {
				changed++
			}
		}
		if changed == 0 {
			return nil
		}
		return raiseRevision(ctx, tx)
	})
	if err != nil {
		return 0, err
	}
	return changed, nil
}

func putOccurrence(ctx context.Context, tx *sql.Tx, o rota.Occurrence, at time.Time) (changed bool, err error) {
	o.Attending = slices.Compact(slices.Sorted(slices.Values(o.Attending)))
	o.Sequence, o.Modified = 0, toSecond(at)
	was, known, err := occurrenceRecord(ctx, tx, o.ID)
	switch {
	case err != nil || known && !was.withdrawn && sameMeeting(was.Occurrence, o):
		return false, err
	case known:
		o.Sequence = was.Sequence + 1
	}
	return true, writeOccurrence(ctx, tx, o)
}

// meetingRecord is what the table occurrence knows of a meeting.
type meetingRecord struct {
	rota.Occurrence
	withdrawn bool
}

func occurrenceRecord(ctx context.Context, tx *sql.Tx, id rota.OccurrenceID) (meetingRecord, bool, error) {
	scan := func(r row) (was meetingRecord, err error) {
		return was, scanMore(r, occurrenceInto(&was.Occurrence), []any{&was.withdrawn})
	}
	return first(ctx, Reader{ask: tx}, scan,
		`SELECT `+occurrenceNames+`, o.withdrawn FROM occurrence o JOIN series s ON s.id = o.series WHERE o.id = ?`, id)
}

// sameMeeting reports whether a calendar would show o as it showed was.
func sameMeeting(was, o rota.Occurrence) bool {
	return was.Series.ID == o.Series.ID && was.Series.Title == o.Series.Title && was.Series.Place == o.Series.Place &&
		was.Start == o.Start && was.End == o.End &&
		was.Span.Start.Equal(toSecond(o.Span.Start)) && was.Span.End.Equal(toSecond(o.Span.End)) &&
		slices.Equal(was.Attending, o.Attending)
}

func writeOccurrence(ctx context.Context, tx *sql.Tx, o rota.Occurrence) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO occurrence (id, series, title, place, start_civil, end_civil, starts, ends, sequence, modified, withdrawn)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)
		ON CONFLICT (id) DO UPDATE SET series = excluded.series, title = excluded.title, place = excluded.place,
			start_civil = excluded.start_civil, end_civil = excluded.end_civil, starts = excluded.starts, ends = excluded.ends,
			sequence = excluded.sequence, modified = excluded.modified, withdrawn = 0`,
		o.ID, o.Series.ID, o.Series.Title, o.Series.Place, o.Start.String(), o.End.String(), o.Span.Start.Unix(), o.Span.End.Unix(),
		o.Sequence, o.Modified.Unix())
	if err != nil {
		return fmt.Errorf("put meeting %s: %w", o.ID, err)
	}
	if _, err := tx.ExecContext(ctx, `DELETE FROM attendance WHERE occurrence = ?`, o.ID); err != nil {
		return fmt.Errorf("put attendance of %s: %w", o.ID, err)
	}
	return execEach(ctx, tx, `INSERT INTO attendance (occurrence, leader) VALUES (?, ?)`, o.Attending,
		func(leader rota.LeaderID) []any { return []any{o.ID, leader} })
}

// WithdrawOccurrences calls meetings off: Occurrences gives them no more. Planned again, they keep their
// identity and count on. A meeting that has begun by at is refused with ErrPast.
func (db *DB) WithdrawOccurrences(ctx context.Context, ids []rota.OccurrenceID, at time.Time) error {
	return db.change(ctx, func(tx *sql.Tx) error {
		for _, id := range ids {
			was, known, err := occurrenceRecord(ctx, tx, id)
			switch {
			case err != nil:
				return err
			case !known || was.withdrawn:
				return unknown("meeting", string(id))
			case !was.Span.Start.After(at):
				return refuse(ErrPast, "only meetings to come can be called off", "%s has begun: the past stays as it was", id)
			}
		}
		return execEach(ctx, tx, `UPDATE occurrence SET sequence = sequence + 1, modified = ?, withdrawn = 1 WHERE id = ?`, ids,
			func(id rota.OccurrenceID) []any { return []any{at.Unix(), id} })
	})
}
