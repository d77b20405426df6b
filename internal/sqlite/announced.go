package sqlite

import (
	"context"
	"database/sql"

	"pcnrota/rota"
)

// Announced gives the meetings that bodies' calendars tell of, by series, in order of the day by which the
// calendar knows them.
func (r Reader) Announced(ctx context.Context) (map[rota.SeriesID][]rota.Announced, error) {
	type meeting struct {
		of rota.SeriesID
		rota.Announced
	}
	scan := func(r row) (m meeting, err error) {
		return m, r.Scan(&m.of, dateInto(&m.Planned), civilInto(&m.Start), civilInto(&m.End), &m.Title, &m.Place, &m.Link)
	}
	all, err := list(ctx, r, scan, `SELECT series, planned, start_civil, end_civil, title, place, link FROM announced ORDER BY series, planned`)
	by := map[rota.SeriesID][]rota.Announced{}
	for _, m := range all {
		by[m.of] = append(by[m.of], m.Announced)
	}
	return by, err
}

// putAnnounced puts what a calendar tells of a series in the place of what it told from that day on.
func putAnnounced(ctx context.Context, tx *sql.Tx, of rota.SeriesID, from rota.Date, meetings []rota.Announced) error {
	if _, err := tx.ExecContext(ctx, `DELETE FROM announced WHERE series = ? AND planned >= ?`, of, from.String()); err != nil {
		return err
	}
	return execEach(ctx, tx, `INSERT INTO announced (series, planned, start_civil, end_civil, title, place, link) VALUES (?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (series, planned) DO UPDATE SET start_civil = excluded.start_civil, end_civil = excluded.end_civil,
			title = excluded.title, place = excluded.place, link = excluded.link`, meetings,
		func(a rota.Announced) []any {
			return []any{of, a.Planned.String(), a.Start.String(), a.End.String(), a.Title, a.Place, a.Link}
		})
}
