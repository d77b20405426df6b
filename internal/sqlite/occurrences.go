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
// of ID. A zero time is no bound. What the series says is what it said when the meeting was last planned,
// with what is different at this one.
func (r Reader) Occurrences(ctx context.Context, from, until time.Time) ([]rota.Occurrence, error) {
	return list(ctx, r, scanOccurrence, `SELECT `+occurrenceNames+` FROM occurrence o JOIN series s ON s.id = o.series
		WHERE NOT o.withdrawn AND o.starts >= ? AND o.starts < ? ORDER BY o.starts, o.id`, atOrAfter(from, always), atOrAfter(until, never))
}

const occurrenceNames = seriesNames + `, o.id, o.planned, o.own, o.detail, o.title, o.place, o.start_civil, o.end_civil, o.starts, o.ends, o.sequence, o.modified,
	(SELECT json_group_array(leader) FROM (SELECT leader FROM attendance WHERE occurrence = o.id ORDER BY leader)),
	coalesce((SELECT leader FROM stand_in WHERE occurrence = o.id), '')`

func scanOccurrence(r row) (o rota.Occurrence, err error) {
	return o, r.Scan(occurrenceInto(&o)...)
}

// occurrenceInto has what the meeting itself knows overwrite what its series says now.
func occurrenceInto(o *rota.Occurrence) []any {
	return append(seriesInto(&o.Series), &o.ID, dateInto(&o.Planned), jsonInto(&o.Own), detailInto{&o.Series}, &o.Series.Title, &o.Series.Place,
		civilInto(&o.Start), civilInto(&o.End), instant{&o.Span.Start}, instant{&o.Span.End}, &o.Sequence, instant{&o.Modified}, jsonInto(&o.Attending), &o.Deputy)
}

// detail is what occurrence.detail keeps of a meeting, besides its title and place: what its series and its body
// said when it was last planned, so that a later change of them is none of what has been.
type detail struct {
	Body       rota.BodyID   `json:"body"`
	Link       string        `json:"link,omitempty"`
	Papers     string        `json:"papers,omitempty"`
	Agenda     string        `json:"agenda,omitempty"`
	Actions    string        `json:"actions,omitempty"`
	Capacity   rota.Capacity `json:"capacity,omitempty"`
	Quorum     int           `json:"quorum,omitempty"`
	Who        rota.Who      `json:"who"`
	PapersTo   rota.Lead     `json:"papers_to"`
	PapersFrom rota.Lead     `json:"papers_from"`
}

func detailOf(s rota.Series) detail {
	return detail{s.Body, s.Link, s.Papers, s.Agenda, s.Actions, s.Capacity, s.Quorum, s.Who, s.PapersTo, s.PapersFrom}
}

// detailInto puts a detail in the place of what the series says now.
type detailInto struct{ series *rota.Series }

// Scan is called by database/sql.
func (d detailInto) Scan(from any) error {
	var kept detail
	if err := jsonInto(&kept).Scan(from); err != nil || kept == (detail{}) {
		return err
	}
	s := d.series
	s.Body, s.Link, s.Papers, s.Agenda, s.Actions = kept.Body, kept.Link, kept.Papers, kept.Agenda, kept.Actions
	s.Capacity, s.Quorum, s.Who, s.PapersTo, s.PapersFrom = kept.Capacity, kept.Quorum, kept.Who, kept.PapersTo, kept.PapersFrom
	return nil
}

// Cancelled gives the meetings that start at from or later and were called off, or whose series has them no more,
// in order of start, then of ID.
func (r Reader) Cancelled(ctx context.Context, from time.Time) ([]rota.Occurrence, error) {
	return list(ctx, r, scanOccurrence, `SELECT `+occurrenceNames+` FROM occurrence o JOIN series s ON s.id = o.series
		WHERE o.withdrawn AND o.starts >= ? ORDER BY o.starts, o.id`, atOrAfter(from, always))
}

// PutOccurrences inserts meetings, or updates those that are there already. Only where something that a
// calendar shows differs does the sequence rise and the time of modification become at; changed
// counts those meetings and the new ones. Sequence and Modified of the argument are ignored.
func (db *DB) PutOccurrences(ctx context.Context, occurrences []rota.Occurrence, at time.Time) (changed int, err error) {
	return db.putOccurrences(ctx, MeetingPlan{Meetings: occurrences}, at)
}

// MeetingPlan is all meetings to come that start before Until; zero is no such claim.
type MeetingPlan struct {
	Meetings []rota.Occurrence
	Until    time.Time
}

// PlanOccurrences is PutOccurrences for a whole plan: meetings that are not in it are called off, and count as
// changed.
func (db *DB) PlanOccurrences(ctx context.Context, occurrences []rota.Occurrence, at, until time.Time) (changed int, err error) {
	return db.putOccurrences(ctx, MeetingPlan{occurrences, until}, at)
}

func (db *DB) putOccurrences(ctx context.Context, plan MeetingPlan, at time.Time) (changed int, err error) {
	err = db.transact(ctx, func(tx *sql.Tx) (err error) {
		if changed, err = plan.put(ctx, tx, at); err != nil || changed == 0 {
			return err
		}
		return raiseRevision(ctx, tx)
	})
	if err != nil {
		return 0, err
	}
	return changed, nil
}

// put writes what has changed, and counts it.
func (plan MeetingPlan) put(ctx context.Context, tx *sql.Tx, at time.Time) (changed int, err error) {
	if !plan.Until.IsZero() {
		if changed, err = plan.callOff(ctx, tx, at); err != nil {
			return 0, err
		}
	}
	for _, o := range plan.Meetings {
		really, err := putOccurrence(ctx, tx, o, at)
		if err != nil {
			return 0, err
		}
		if really {
			changed++
		}
	}
	return changed, nil
}

// callOff withdraws the meetings to come that are not in the plan.
func (plan MeetingPlan) callOff(ctx context.Context, tx *sql.Tx, at time.Time) (int, error) {
	kept := map[rota.OccurrenceID]bool{}
	for _, o := range plan.Meetings {
		kept[o.ID] = true
	}
	scan := func(r row) (id rota.OccurrenceID, err error) { return id, r.Scan(&id) }
	gone, err := list(ctx, Reader{ask: tx}, scan, `SELECT id FROM occurrence WHERE NOT withdrawn AND starts > ? AND starts < ? ORDER BY id`,
		after(at, always), atOrAfter(plan.Until, never))
	if err != nil {
		return 0, err
	}
	gone = slices.DeleteFunc(gone, func(id rota.OccurrenceID) bool { return kept[id] })
	return len(gone), withdrawOccurrences(ctx, tx, gone, at)
}

func putOccurrence(ctx context.Context, tx *sql.Tx, o rota.Occurrence, at time.Time) (changed bool, err error) {
	o.Attending = slices.Compact(slices.Sorted(slices.Values(o.Attending)))
	o.Sequence, o.Modified = 0, toSecond(at)
	if o.Planned.IsZero() {
		o.Planned = o.Start.Date
	}
	was, known, err := occurrenceRecord(ctx, tx, o.ID)
	switch {
	case err != nil || known && !was.withdrawn && was.Planned == o.Planned && asStored(was.Occurrence, o):
		return false, err
	case known && !was.withdrawn && sameMeeting(was.Occurrence, o):
		return false, writeQuietly(ctx, tx, o)
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
	return was.Series.Title == o.Series.Title && was.Series.Place == o.Series.Place &&
		detailOf(was.Series) == detailOf(o.Series) && was.Start == o.Start && was.End == o.End &&
		was.Span.Start.Equal(toSecond(o.Span.Start)) && was.Span.End.Equal(toSecond(o.Span.End)) &&
		slices.Equal(was.Attending, o.Attending) && was.Deputy == o.Deputy
}

// asStored reports whether storing o where was is changes nothing.
func asStored(was, o rota.Occurrence) bool {
	return was.Series.ID == o.Series.ID && jsonText(was.Own) == jsonText(o.Own) && sameMeeting(was, o)
}

// writeQuietly stores what no calendar shows of a meeting.
func writeQuietly(ctx context.Context, tx *sql.Tx, o rota.Occurrence) error {
	_, err := tx.ExecContext(ctx, `UPDATE occurrence SET series = ?, planned = ?, own = ? WHERE id = ?`, o.Series.ID, o.Planned.String(), jsonText(o.Own), o.ID)
	if err != nil {
		return fmt.Errorf("put meeting %s: %w", o.ID, err)
	}
	return nil
}

func writeOccurrence(ctx context.Context, tx *sql.Tx, o rota.Occurrence) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO occurrence (id, series, planned, own, detail, title, place, start_civil, end_civil, starts, ends, sequence, modified, withdrawn)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)
		ON CONFLICT (id) DO UPDATE SET series = excluded.series, planned = excluded.planned, own = excluded.own, detail = excluded.detail, title = excluded.title, place = excluded.place,
			start_civil = excluded.start_civil, end_civil = excluded.end_civil, starts = excluded.starts, ends = excluded.ends,
			sequence = excluded.sequence, modified = excluded.modified, withdrawn = 0`,
		o.ID, o.Series.ID, o.Planned.String(), jsonText(o.Own), jsonText(detailOf(o.Series)), o.Series.Title, o.Series.Place, o.Start.String(), o.End.String(), o.Span.Start.Unix(), o.Span.End.Unix(),
		o.Sequence, o.Modified.Unix())
	if err != nil {
		return fmt.Errorf("put meeting %s: %w", o.ID, err)
	}
	for _, table := range []string{"attendance", "stand_in"} {
		if _, err := tx.ExecContext(ctx, `DELETE FROM `+table+` WHERE occurrence = ?`, o.ID); err != nil {
			return fmt.Errorf("put attendance of %s: %w", o.ID, err)
		}
	}
	if o.Deputy != "" {
		if _, err := tx.ExecContext(ctx, `INSERT INTO stand_in (occurrence, leader) VALUES (?, ?)`, o.ID, o.Deputy); err != nil {
			return fmt.Errorf("put deputy of %s: %w", o.ID, err)
		}
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
		return withdrawOccurrences(ctx, tx, ids, at)
	})
}

func withdrawOccurrences(ctx context.Context, tx *sql.Tx, ids []rota.OccurrenceID, at time.Time) error {
	return execEach(ctx, tx, `UPDATE occurrence SET sequence = sequence + 1, modified = ?, withdrawn = 1 WHERE id = ?`, ids,
		func(id rota.OccurrenceID) []any { return []any{at.Unix(), id} })
}

// DecideOccurrence stores what was decided about one meeting alone. It counts from the next time that the
// meetings are planned. A meeting that has begun by at is refused with ErrPast.
func (db *DB) DecideOccurrence(ctx context.Context, id rota.OccurrenceID, own rota.Own, at time.Time) error {
	return db.change(ctx, func(tx *sql.Tx) error {
		was, known, err := occurrenceRecord(ctx, tx, id)
		switch {
		case err != nil:
			return err
		case !known:
			return unknown("meeting", string(id))
		case !was.Span.Start.After(at):
			return refuse(ErrPast, "only meetings to come can be changed", "%s has begun: the past stays as it was", id)
		}
		return must(ctx, tx, unknown("meeting", string(id)), `UPDATE occurrence SET own = ? WHERE id = ?`, jsonText(own), id)
	})
}
