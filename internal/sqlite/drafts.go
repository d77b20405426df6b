package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"time"

	"pcnrota/rota"
)

// SaveDraft keeps d as the draft of its rota, in place of the draft there was. Revision is what
// Revision gave when the inputs of d were read: where anything was written since, the draft is refused
// with ErrStale.
func (db *DB) SaveDraft(ctx context.Context, d rota.Draft, revision int64, built time.Time) (v rota.Version, err error) {
	err = db.change(ctx, func(tx *sql.Tx) error {
		v, err = saveDraft(ctx, tx, d, revision, built)
		return err
	})
	if err != nil {
		return rota.Version{}, err
	}
	return v, nil
}

// EndLeader stores a leader who has a last day now, and the drafts that give what they held to others: all of
// it or nothing. Revision is as for SaveDraft.
func (db *DB) EndLeader(ctx context.Context, l rota.Leader, drafts []rota.Draft, revision int64, built time.Time) error {
	return db.change(ctx, func(tx *sql.Tx) error {
		if err := execEach(ctx, tx, putLeader, []rota.Leader{l}, leaderArgs); err != nil {
			return err
		}
		for _, d := range drafts {
			if _, err := saveDraft(ctx, tx, d, revision, built); err != nil {
				return err
			}
		}
		return nil
	})
}

func saveDraft(ctx context.Context, tx *sql.Tx, d rota.Draft, revision int64, built time.Time) (rota.Version, error) {
	v := rota.Version{
		Rota: d.Policy.Name, From: d.From, Until: d.Until, Built: toSecond(built), Policy: d.Policy, Seed: d.Seed,
	}
	now, err := Reader{ask: tx}.Revision(ctx)
	if err != nil {
		return v, err
	}
	if now != revision {
		return v, refuse(ErrStale, fmt.Sprintf("pcnrota rota build %s", v.Rota),
			"people, absences, pins, meetings or rotas have changed while %s was being built; nothing was saved", v.Rota)
	}
	if _, err := tx.ExecContext(ctx, `DELETE FROM version WHERE rota = ? AND published IS NULL`, v.Rota); err != nil {
		return v, fmt.Errorf("remove old draft: %w", err)
	}
	v.ID, err = insertVersion(ctx, tx, d, v)
	return v, err
}

// insertVersion writes a version, a draft or one that is published already, and gives its ID.
func insertVersion(ctx context.Context, tx *sql.Tx, d rota.Draft, v rota.Version) (int64, error) {
	result, err := tx.ExecContext(ctx, `INSERT INTO version
		(rota, number, from_day, until_day, built, published, published_by, reason, policy, seed, notes, base)
		VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, (SELECT max(id) FROM version WHERE rota = ?1 AND published IS NOT NULL))`,
		v.Rota, v.Number, v.From.String(), v.Until.String(), v.Built.Unix(), secondsOrNull(v.Published), v.By, v.Reason,
		jsonText(v.Policy), int64(v.Seed), jsonText(d.Notes))
	if err != nil {
		return 0, fmt.Errorf("save version: %w", err)
	}
	version, err := result.LastInsertId()
	if err != nil {
		return 0, fmt.Errorf("save version: %w", err)
	}
	assignments, err := insertDuties(ctx, tx, version, d.Duties)
	if err != nil {
		return 0, err
	}
	if err := insertParts(ctx, tx, assignments, d.Parts); err != nil {
		return 0, err
	}
	if err := insertCertificate(ctx, tx, version, d.Certificate); err != nil {
		return 0, err
	}
	return version, insertStandings(ctx, tx, version, d.Standings)
}

// insertDuties writes the duties of a version and gives their assignment numbers.
func insertDuties(ctx context.Context, tx *sql.Tx, version int64, duties []rota.Duty) (map[rota.DutyID]int64, error) {
	insert, err := tx.PrepareContext(ctx, `INSERT INTO assignment
		(version, duty, tier, kind, start_civil, end_civil, starts, ends, holder, `+loadNames+`)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, nullif(?, ''), ?, ?, ?, ?, ?, ?)`)
	if err != nil {
		return nil, fmt.Errorf("save duties: %w", err)
	}
	defer insert.Close()
	assignments := make(map[rota.DutyID]int64, len(duties))
	for _, d := range duties {
		args := []any{
			version, d.ID, d.Tier, d.Kind, d.Start.String(), d.End.String(), d.Span.Start.Unix(), d.Span.End.Unix(), d.Holder,
		}
		result, err := insert.ExecContext(ctx, append(args, loadArgs(d.Load)...)...)
		if err != nil {
			return nil, fmt.Errorf("save duty %s: %w", d.ID, err)
		}
		if assignments[d.ID], err = result.LastInsertId(); err != nil {
			return nil, fmt.Errorf("save duty %s: %w", d.ID, err)
		}
	}
	return assignments, nil
}

func insertParts(ctx context.Context, tx *sql.Tx, assignments map[rota.DutyID]int64, parts []rota.Part) error {
	return execEach(ctx, tx, `INSERT INTO part (assignment, leader, `+loadNames+`) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
		parts, func(p rota.Part) []any { return append([]any{assignments[p.Duty], p.Leader}, loadArgs(p.Load)...) })
}

func insertStandings(ctx context.Context, tx *sql.Tx, version int64, standings []rota.Standing) error {
	type line struct {
		leader rota.LeaderID
		ledger string
		load   rota.Load
	}
	var lines []line
	for _, s := range standings {
		lines = append(lines, line{s.Leader, "before", s.Before}, line{s.Leader, "held", s.Held}, line{s.Leader, "target", s.Target})
	}
	return execEach(ctx, tx, `INSERT INTO standing (version, leader, ledger, `+loadNames+`) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		lines, func(l line) []any { return append([]any{version, l.leader, l.ledger}, loadArgs(l.load)...) })
}

// DraftOf gives the draft of a rota with its duties in order of SortDuties. It refuses with ErrNoDraft
// where there is none.
func (r Reader) DraftOf(ctx context.Context, name rota.RotaName) (v rota.Version, duties []rota.Duty, err error) {
	err = r.View(ctx, func(r Reader) error {
		var found bool
		v, found, err = first(ctx, r, scanVersion, `SELECT `+versionNames+` FROM version WHERE rota = ? AND published IS NULL`, name)
		switch {
		case err != nil:
			return err
		case !found:
			return refuse(ErrNoDraft, fmt.Sprintf("pcnrota rota build %s", name), "there is no draft of %s", name)
		}
		duties, err = r.DutiesOf(ctx, v.ID)
		return err
	})
	return v, duties, err
}

// DutiesOf gives the duties of any version, as it was built, in order of SortDuties. Spans are in UTC.
func (r Reader) DutiesOf(ctx context.Context, version int64) ([]rota.Duty, error) {
	scan := func(r row) (d rota.Duty, err error) { return d, scanMore(r, dutyInto(&d)) }
	return list(ctx, r, scan, `SELECT `+dutyNames+` FROM assignment a JOIN version v ON v.id = a.version
		WHERE a.version = ? ORDER BY a.starts, a.duty`, version)
}

// PartsOf gives the fair shares of the duties of any version, in order of duty, then of leader.
func (r Reader) PartsOf(ctx context.Context, version int64) ([]rota.Part, error) {
	scan := func(r row) (p rota.Part, err error) {
		return p, scanMore(r, []any{&p.Duty, &p.Leader}, loadInto(&p.Load))
	}
	return list(ctx, r, scan, `SELECT a.duty, p.leader, `+loadOf("p")+` FROM part p JOIN assignment a ON a.id = p.assignment
		WHERE a.version = ? ORDER BY a.starts, a.duty, p.leader`, version)
}

// NotesOf gives what the builder had to tell the manager about any version, one sentence each.
func (r Reader) NotesOf(ctx context.Context, version int64) ([]string, error) {
	scan := func(r row) (notes []string, err error) { return notes, r.Scan(jsonInto(&notes)) }
	notes, _, err := first(ctx, r, scan, `SELECT notes FROM version WHERE id = ?`, version)
	return notes, err
}

// Standings gives the fairness ledger of any version as it was when built, in order of leader.
func (r Reader) Standings(ctx context.Context, version int64) ([]rota.Standing, error) {
	scan := func(r row) (s rota.Standing, err error) {
		return s, scanMore(r, []any{&s.Leader}, loadInto(&s.Before), loadInto(&s.Held), loadInto(&s.Target))
	}
	return list(ctx, r, scan, `SELECT b.leader, `+strings.Join([]string{loadOf("b"), loadOf("h"), loadOf("t")}, ", ")+`
		FROM standing b JOIN standing h USING (version, leader) JOIN standing t USING (version, leader)
		WHERE b.version = ? AND b.ledger = 'before' AND h.ledger = 'held' AND t.ledger = 'target' ORDER BY b.leader`, version)
}
