package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"pcnrota/rota"
)

// Seats gives what was settled about who goes to the meetings of series, by series.
func (r Reader) Seats(ctx context.Context) (map[rota.SeriesID]rota.Seat, error) {
	scan := func(r row) (s rota.Seat, err error) {
		var deputies []string
		if err = r.Scan(&s.Series, jsonInto(&deputies), &s.Term, &s.Travel, &s.Points); err != nil {
			return s, err
		}
		for _, text := range deputies {
			who, fault := rota.ParseWho(text)
			err = errors.Join(err, fault)
			s.Deputies = append(s.Deputies, who)
		}
		return s, err
	}
	all, err := list(ctx, r, scan, `SELECT series, deputies, term, travel, points FROM seat ORDER BY series`)
	seats := make(map[rota.SeriesID]rota.Seat, len(all))
	for _, s := range all {
		seats[s.Series] = s
	}
	return seats, err
}

// PutSeat keeps what was settled about a series.
func (db *DB) PutSeat(ctx context.Context, s rota.Seat) error {
	deputies := make([]string, len(s.Deputies))
	for i, who := range s.Deputies {
		deputies[i] = who.String()
	}
	return changeEach(ctx, db, `INSERT INTO seat (series, deputies, term, travel, points) VALUES (?, ?, ?, ?, ?)
		ON CONFLICT (series) DO UPDATE SET deputies = excluded.deputies, term = excluded.term, travel = excluded.travel, points = excluded.points`,
		[]rota.Seat{s}, func(s rota.Seat) []any { return []any{s.Series, jsonText(deputies), s.Term, s.Travel, int64(s.Points)} })
}

// Replies gives what was answered about meetings, in order of meeting, then of leader.
func (r Reader) Replies(ctx context.Context) ([]rota.Reply, error) {
	scan := func(r row) (a rota.Reply, err error) {
		return a, r.Scan(&a.Meeting, &a.Leader, &a.Answer, instant{&a.At}, &a.Why, &a.Gave, &a.Beside)
	}
	return list(ctx, r, scan, `SELECT occurrence, leader, answer, at, why, gave, beside FROM reply ORDER BY occurrence, leader`)
}

// PutReply keeps an answer, in place of an earlier one of the same leader about the same meeting.
func (db *DB) PutReply(ctx context.Context, a rota.Reply) error {
	return changeEach(ctx, db, `INSERT INTO reply (occurrence, leader, answer, at, why, gave, beside) VALUES (?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (occurrence, leader) DO UPDATE SET answer = excluded.answer, at = excluded.at, why = excluded.why,
			gave = excluded.gave, beside = excluded.beside`,
		[]rota.Reply{a}, func(a rota.Reply) []any {
			return []any{a.Meeting, a.Leader, a.Answer, a.At.Unix(), a.Why, a.Gave, a.Beside}
		})
}

// Presences gives who was at meetings that are over and who was not, as far as somebody noted it.
func (r Reader) Presences(ctx context.Context) ([]rota.Presence, error) {
	scan := func(r row) (p rota.Presence, err error) { return p, r.Scan(&p.Meeting, &p.Leader, &p.Came) }
	return list(ctx, r, scan, `SELECT occurrence, leader, came FROM presence ORDER BY occurrence, leader`)
}

// PutPresences notes who was at a meeting and who was not.
func (db *DB) PutPresences(ctx context.Context, noted []rota.Presence) error {
	return changeEach(ctx, db, `INSERT INTO presence (occurrence, leader, came) VALUES (?, ?, ?)
		ON CONFLICT (occurrence, leader) DO UPDATE SET came = excluded.came`,
		noted, func(p rota.Presence) []any { return []any{p.Meeting, p.Leader, p.Came} })
}

// Actions gives what meetings agreed on, in order of the day it is due, then of number.
func (r Reader) Actions(ctx context.Context) ([]rota.Action, error) {
	scan := func(r row) (a rota.Action, err error) {
		return a, r.Scan(&a.ID, &a.Meeting, &a.Owner, &a.What, dateInto(&a.Due), instant{&a.Done})
	}
	return list(ctx, r, scan, `SELECT id, occurrence, owner, what, due, done FROM action ORDER BY due, id`)
}

// AddAction keeps a new action and gives its number.
func (db *DB) AddAction(ctx context.Context, a rota.Action) (rota.ActionID, error) {
	ids, err := insertEach[rota.Action, rota.ActionID](ctx, db, `INSERT INTO action (occurrence, owner, what, due) VALUES (?, ?, ?, ?)`,
		[]rota.Action{a}, func(a rota.Action) []any { return []any{a.Meeting, a.Owner, a.What, a.Due.String()} })
	if err != nil {
		return 0, err
	}
	return ids[0], nil
}

// PutAction keeps an action as it is now.
func (db *DB) PutAction(ctx context.Context, a rota.Action) error {
	return changeEach(ctx, db, `UPDATE action SET owner = ?, what = ?, due = ?, done = ? WHERE id = ?`,
		[]rota.Action{a}, func(a rota.Action) []any {
			return []any{a.Owner, a.What, a.Due.String(), secondsOrNull(a.Done), a.ID}
		})
}

// Settle publishes a version of the rota of meetings that did not come from a draft, and keeps who attends each
// meeting, all at once. A draft of the rota stays, and is overtaken. A version without duties is none: then only
// attendance is kept. It refuses with ErrStale where anything was written since the revision.
func (db *DB) Settle(ctx context.Context, d rota.Draft, p Publication, plan MeetingPlan) (v rota.Version, changed int, err error) {
	p.At = toSecond(p.At)
	err = db.transact(ctx, func(tx *sql.Tx) error {
		if err := unchangedSince(ctx, tx, p.Revision); err != nil {
			return err
		}
		before, err := Reader{ask: tx}.Occurrences(ctx, p.At, time.Time{})
		if err != nil {
			return err
		}
		if changed, err = plan.put(ctx, tx, p.At); err != nil {
			return err
		}
		if err := db.tellUnattended(ctx, tx, before, plan, p.At); err != nil {
			return err
		}
		if err := db.tellContacts(ctx, tx, plan, p.At); err != nil {
			return err
		}
		if !d.From.IsZero() {
			if v, err = db.amend(ctx, tx, d, p, nil); err != nil {
				return err
			}
			changed++
		}
		if changed == 0 {
			return nil
		}
		return raiseRevision(ctx, tx)
	})
	return v, changed, err
}
