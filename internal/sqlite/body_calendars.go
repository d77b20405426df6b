package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"pcnrota/rota"
)

// BodyCalendar is a calendar of a partner body, from which its meetings are read.
type BodyCalendar struct {
	ID       rota.BodyCalendarID
	Body     rota.BodyID
	Name     string        // what can be shown: the machine that has it, or the name of the file
	Address  string        // SECRET: whoever knows it reads the calendar; "" for a file
	Only     string        // words of which a meeting's title must have one, by commas; "" for all meetings
	Capacity rota.Capacity // our part in its meetings, until one says otherwise
	Who      rota.Who      // who goes to them, likewise
	Added    time.Time
	Visit    Visit // the last one; Free is not used
}

// ToldSeries is what a calendar tells of one series of meetings, or of a single one.
type ToldSeries struct {
	UID      string
	Once     bool // it does not repeat: it is the same meeting wherever it goes
	Meetings []rota.Announced
}

// BodyCalendars gives the calendars of partner bodies in order of ID.
func (r Reader) BodyCalendars(ctx context.Context) ([]BodyCalendar, error) {
	scan := func(r row) (c BodyCalendar, err error) {
		v := &c.Visit
		return c, r.Scan(&c.ID, &c.Body, &c.Name, &c.Address, &c.Only, &c.Capacity, column[rota.WhoMode]{&c.Who.Mode, parseWhoMode}, &c.Who.Name,
			instant{&c.Added}, instant{&v.Tried}, instant{&v.Read}, &v.Problem, &v.ETag, &v.Modified)
	}
	return list(ctx, r, scan, `SELECT id, body, name, address, only, capacity, who_mode, who_name, added, tried, read, problem, etag, modified
		FROM body_calendar ORDER BY id`)
}

// PutBodyCalendar records a new calendar, not visited yet, or what is wanted from the one with c's ID. It gives
// the number.
func (db *DB) PutBodyCalendar(ctx context.Context, c BodyCalendar) (id rota.BodyCalendarID, err error) {
	err = db.transact(ctx, func(tx *sql.Tx) error {
		if id = c.ID; id != 0 {
			return must(ctx, tx, unknown("calendar", fmt.Sprint(id)), `UPDATE body_calendar SET only = ?, capacity = ?, who_mode = ?, who_name = ? WHERE id = ?`,
				c.Only, c.Capacity, whoModeNames[c.Who.Mode], c.Who.Name, id)
		}
		result, err := tx.ExecContext(ctx, `INSERT INTO body_calendar (body, name, address, only, capacity, who_mode, who_name, added) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
			c.Body, c.Name, c.Address, c.Only, c.Capacity, whoModeNames[c.Who.Mode], c.Who.Name, c.Added.Unix())
		if err != nil {
			return fmt.Errorf("add calendar: %w", err)
		}
		number, err := result.LastInsertId()
		id = rota.BodyCalendarID(number)
		return err
	})
	return id, err
}

// NoteBodyVisit records a visit that gave nothing new. What was read before stays.
func (db *DB) NoteBodyVisit(ctx context.Context, id rota.BodyCalendarID, v Visit) error {
	return db.transact(ctx, func(tx *sql.Tx) error { return putBodyVisit(ctx, tx, id, v) })
}

func putBodyVisit(ctx context.Context, tx *sql.Tx, id rota.BodyCalendarID, v Visit) error {
	return must(ctx, tx, unknown("calendar", fmt.Sprint(id)), `UPDATE body_calendar SET tried = ?, read = ?, problem = ?, etag = ?, modified = ? WHERE id = ?`,
		secondsOrNull(v.Tried), secondsOrNull(v.Read), v.Problem, v.ETag, v.Modified, id)
}

// TakeMeetings puts what was read from a calendar in the place of what was read from it before, all or nothing;
// what was planned before from stays as it was. A series that is new is one of c's body, of which c says who goes;
// what was said about one that is known stays. A meeting that does not repeat keeps the day by which it is known. Series
// of which the calendar tells no more have no meetings to come.
func (db *DB) TakeMeetings(ctx context.Context, c BodyCalendar, from rota.Date, told []ToldSeries) error {
	return db.change(ctx, func(tx *sql.Tx) error {
		if err := putBodyVisit(ctx, tx, c.ID, c.Visit); err != nil {
			return err
		}
		r := Reader{ask: tx}
		scan := func(r row) (s rota.Series, err error) { return s, r.Scan(seriesInto(&s)...) }
		had, err := list(ctx, r, scan, `SELECT `+seriesNames+` FROM series s WHERE calendar = ? ORDER BY id`, c.ID)
		if err != nil {
			return err
		}
		before, err := r.Announced(ctx)
		if err != nil {
			return err
		}
		known := map[string]rota.Series{}
		for _, s := range had {
			known[s.UID] = s
			if err := putAnnounced(ctx, tx, s.ID, from, nil); err != nil {
				return err
			}
		}
		for _, t := range told {
			if err := takeSeries(ctx, tx, c, known[t.UID], before, from, t); err != nil {
				return err
			}
		}
		return nil
	})
}

// takeSeries stores what is told of one series; s is the one there is, or none.
func takeSeries(ctx context.Context, tx *sql.Tx, c BodyCalendar, s rota.Series, before map[rota.SeriesID][]rota.Announced, from rota.Date, t ToldSeries) error {
	if was := before[s.ID]; t.Once && len(was) > 0 {
		t.Meetings[0].Planned = was[len(was)-1].Planned
	}
	usual := usualOf(t.Meetings)
	s.Title, s.Place, s.Link = usual.Title, usual.Place, usual.Link
	s.At, s.Minutes = usual.Start.Time, max(1, minutesBetween(usual.Start, usual.End))
	if s.ID != 0 {
		if err := putSeries(ctx, tx, s); err != nil {
			return err
		}
		return putAnnounced(ctx, tx, s.ID, from, t.Meetings)
	}
	s.Body, s.First, s.Calendar, s.UID = c.Body, t.Meetings[0].Planned, c.ID, t.UID
	s.Capacity, s.Who, s.PapersTo, s.PapersFrom = c.Capacity, c.Who, rota.AsBody, rota.AsBody
	result, err := tx.ExecContext(ctx, insertSeries, seriesArgs(s)...)
	if err != nil {
		return fmt.Errorf("add series: %w", err)
	}
	id, err := result.LastInsertId()
	if err != nil {
		return err
	}
	return putAnnounced(ctx, tx, rota.SeriesID(id), from, t.Meetings)
}

// usualOf gives the first meeting that is called as most of them are: one that was moved may have a title of its own,
// and the series must not take it on.
func usualOf(meetings []rota.Announced) rota.Announced {
	called := map[string]int{}
	for _, m := range meetings {
		called[m.Title]++
	}
	usual := meetings[0]
	for _, m := range meetings {
		if called[m.Title] > called[usual.Title] {
			usual = m
		}
	}
	return usual
}

// minutesBetween counts on the clock: how long a meeting takes as far as a list says it.
func minutesBetween(start, end rota.Civil) int {
	return start.Date.DaysUntil(end.Date)*24*60 + int(end.Time) - int(start.Time)
}
