package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"pcnrota/rota"
)

// RecordPast publishes d as the next version of its rota without a draft: it is how what was held before
// comes into the ledger. It adds to what is in force and changes none of it, so d has every duty that
// is in force in its days, with the parts that are in force (see PartsInForce). A draft of the rota stays,
// and is found stale when it comes to be published. By whom and why are kept for ever. Revision is as for
// SaveDraft.
//
// It refuses with ErrStale where anything was written since revision, and with ErrPast where a duty in
// force would change or be withdrawn.
func (db *DB) RecordPast(ctx context.Context, d rota.Draft, revision int64, by, reason string, at time.Time) (v rota.Version, err error) {
	at = toSecond(at)
	v = versionAt(d, by, reason, at)
	err = db.change(ctx, func(tx *sql.Tx) error {
		r := Reader{ask: tx}
		now, err := r.Revision(ctx)
		if err != nil {
			return err
		}
		if now != revision {
			return refuse(ErrStale, "run the command again",
				"people, absences, pins, meetings or rotas have changed while the past of %s was being read; nothing was recorded", v.Rota)
		}
		was, err := recordsOf(ctx, r, v.Rota)
		if err != nil {
			return err
		}
		changes := compare(was, d.Duties, d.From, d.Until)
		for _, c := range changes {
			if c.Before != "" {
				return refuse(ErrPast, "take it out of what is recorded", "%s is on record with %s, and stays so", c.Duty.ID, c.Before)
			}
		}
		v, err = enact(ctx, tx, d, v, was, changes)
		return err
	})
	if err != nil {
		return rota.Version{}, err
	}
	return v, nil
}

// PartsInForce gives the fair shares of the duties in force of a rota that start on from or later and
// before until, in order of duty, then of leader.
func (r Reader) PartsInForce(ctx context.Context, name rota.RotaName, from, until rota.Date) ([]rota.Part, error) {
	scan := func(r row) (p rota.Part, err error) {
		return p, scanMore(r, []any{&p.Duty, &p.Leader}, loadInto(&p.Load))
	}
	return list(ctx, r, scan, fmt.Sprintf(`SELECT a.duty, p.leader, %s%s JOIN part p ON p.assignment = a.id
		WHERE NOT d.withdrawn AND d.rota = ? AND substr(a.start_civil, 1, 10) >= ? AND substr(a.start_civil, 1, 10) < ?
		ORDER BY a.starts, a.duty, p.leader`, loadOf("p"), inForce), name, from.String(), until.String())
}
