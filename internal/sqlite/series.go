package sqlite

import (
	"context"
	"database/sql"
	"fmt"

	"pcnrota/rota"
)

const seriesNames = `s.id, s.title, s.body, s.rule, s.first, s.from_day, s.until_day, coalesce(s.follows, 0), s.at, s.minutes, s.off_holidays,
	s.place, s.link, s.papers, s.agenda, s.actions, s.capacity, s.quorum, s.who_mode, s.who_name, s.papers_to, s.papers_from,
	coalesce(s.calendar, 0), s.uid`

func seriesInto(s *rota.Series) []any {
	return []any{
		&s.ID, &s.Title, &s.Body, &s.Rule, dateInto(&s.First), dateInto(&s.From), dateInto(&s.Until), &s.Follows, timeOfDayInto(&s.At), &s.Minutes,
		&s.OffHolidays, &s.Place, &s.Link, &s.Papers, &s.Agenda, &s.Actions, &s.Capacity, &s.Quorum,
		column[rota.WhoMode]{&s.Who.Mode, parseWhoMode},
		&s.Who.Name, leadInto(&s.PapersTo), leadInto(&s.PapersFrom), &s.Calendar, &s.UID,
	}
}

func seriesArgs(s rota.Series) []any {
	return []any{
		s.Title, s.Body, s.Rule, dateOrNull(s.First), dateOrNull(s.From), dateOrNull(s.Until), s.Follows, s.At.String(), s.Minutes,
		s.OffHolidays, s.Place, s.Link, s.Papers, s.Agenda, s.Actions, s.Capacity, s.Quorum,
		whoModeNames[s.Who.Mode], s.Who.Name, max(s.PapersTo.Days, 0), s.PapersTo.String(), s.PapersFrom.String(), s.Calendar, s.UID,
	}
}

// whoModeNames are the words of series.who_mode.
var whoModeNames = [...]string{
	rota.EverybodyGoes: "everybody", rota.RoleGoes: "role", rota.AnyGoes: "any", rota.LeaderGoes: "leader",
}

func parseWhoMode(text string) (rota.WhoMode, error) {
	for mode, name := range whoModeNames {
		if name == text {
			return rota.WhoMode(mode), nil
		}
	}
	return 0, fmt.Errorf("%q is not a way to find who goes", text)
}

// AllSeries gives the series of meetings in order of ID.
func (r Reader) AllSeries(ctx context.Context) ([]rota.Series, error) {
	scan := func(r row) (s rota.Series, err error) { return s, r.Scan(seriesInto(&s)...) }
	return list(ctx, r, scan, `SELECT `+seriesNames+` FROM series s ORDER BY s.id`)
}

const insertSeries = `INSERT INTO series (title, body, rule, first, from_day, until_day, follows, at, minutes, off_holidays, place, link, papers,
		agenda, actions, capacity, quorum, who_mode, who_name, papers_due, papers_to, papers_from, calendar, uid)
	VALUES (?, ?, ?, ?, ?, ?, nullif(?, 0), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, nullif(?, 0), ?)`

// AddSeries inserts new series and gives their numbers in order; any ID they carry is ignored.
func (db *DB) AddSeries(ctx context.Context, series []rota.Series) ([]rota.SeriesID, error) {
	return insertEach[rota.Series, rota.SeriesID](ctx, db, insertSeries, series, seriesArgs)
}

// PutSeries updates the series with s's ID. Its meetings stay as they were planned until
// PutOccurrences plans them anew.
func (db *DB) PutSeries(ctx context.Context, s rota.Series) error {
	return db.change(ctx, func(tx *sql.Tx) error { return putSeries(ctx, tx, s) })
}

func putSeries(ctx context.Context, tx *sql.Tx, s rota.Series) error {
	return must(ctx, tx, unknown("meeting", fmt.Sprint(s.ID)),
		`UPDATE series SET title = ?, body = ?, rule = ?, first = ?, from_day = ?, until_day = ?, follows = nullif(?, 0), at = ?, minutes = ?,
		off_holidays = ?, place = ?, link = ?, papers = ?, agenda = ?, actions = ?, capacity = ?, quorum = ?, who_mode = ?, who_name = ?,
		papers_due = ?, papers_to = ?, papers_from = ?, calendar = nullif(?, 0), uid = ? WHERE id = ?`, append(seriesArgs(s), s.ID)...)
}

// SplitSeries ends a series as ended says and goes on with goesOn, whose ID and Follows are ignored, in one
// step. It gives the number of the new one.
func (db *DB) SplitSeries(ctx context.Context, ended, goesOn rota.Series) (id rota.SeriesID, err error) {
	goesOn.Follows = ended.ID
	err = db.change(ctx, func(tx *sql.Tx) error {
		if err := putSeries(ctx, tx, ended); err != nil {
			return err
		}
		result, err := tx.ExecContext(ctx, insertSeries, seriesArgs(goesOn)...)
		if err != nil {
			return fmt.Errorf("split series: %w", err)
		}
		number, err := result.LastInsertId()
		id = rota.SeriesID(number)
		return err
	})
	return id, err
}
