package sqlite

import (
	"context"
	"database/sql"
	"fmt"

	"pcnrota/rota"
)

// Bodies gives the partner bodies in order of ID.
func (r Reader) Bodies(ctx context.Context) ([]rota.Body, error) {
	return list(ctx, r, scanBody, `SELECT id, name FROM body ORDER BY id`)
}

func scanBody(r row) (b rota.Body, err error) { return b, r.Scan(&b.ID, &b.Name) }

// PutBodies inserts partner bodies, or updates those that are there already.
func (db *DB) PutBodies(ctx context.Context, bodies []rota.Body) error {
	return changeEach(ctx, db, `INSERT INTO body (id, name) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET name = excluded.name`,
		bodies, func(b rota.Body) []any { return []any{b.ID, b.Name} })
}

const seriesNames = `s.id, s.title, s.body, s.rule, s.first, s.at, s.minutes, s.place, s.who_mode, s.who_name, s.papers_due`

func seriesInto(s *rota.Series) []any {
	return []any{
		&s.ID, &s.Title, &s.Body, &s.Rule, dateInto(&s.First), timeOfDayInto(&s.At), &s.Minutes, &s.Place,
		column[rota.WhoMode]{&s.Who.Mode, parseWhoMode},
		&s.Who.Name, &s.PapersDue,
	}
}

func seriesArgs(s rota.Series) []any {
	return []any{
		s.Title, s.Body, s.Rule, dateOrNull(s.First), s.At.String(), s.Minutes, s.Place,
		whoModeNames[s.Who.Mode], s.Who.Name, s.PapersDue,
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

// AddSeries inserts new series and gives their numbers in order; any ID they carry is ignored.
func (db *DB) AddSeries(ctx context.Context, series []rota.Series) ([]rota.SeriesID, error) {
	return insertEach[rota.Series, rota.SeriesID](ctx, db,
		`INSERT INTO series (title, body, rule, first, at, minutes, place, who_mode, who_name, papers_due)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, series, seriesArgs)
}

// PutSeries updates the series with s's ID. Its meetings stay as they were planned until
// PutOccurrences plans them anew.
func (db *DB) PutSeries(ctx context.Context, s rota.Series) error {
	return db.change(ctx, func(tx *sql.Tx) error {
		return must(ctx, tx, unknown("meeting", fmt.Sprint(s.ID)),
			`UPDATE series SET title = ?, body = ?, rule = ?, first = ?, at = ?, minutes = ?, place = ?,
			who_mode = ?, who_name = ?, papers_due = ? WHERE id = ?`, append(seriesArgs(s), s.ID)...)
	})
}
