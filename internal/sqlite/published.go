package sqlite

import (
	"context"
	"time"

	"pcnrota/rota"
)

const versionNames = `id, rota, number, from_day, until_day, built, published, published_by, reason, policy, seed`

func scanVersion(r row) (v rota.Version, err error) {
	var seed int64
	err = r.Scan(&v.ID, &v.Rota, &v.Number, dateInto(&v.From), dateInto(&v.Until), instant{&v.Built}, instant{&v.Published},
		&v.By, &v.Reason, jsonInto(&v.Policy), &seed)
	v.Seed = uint64(seed) // all 64 bits, see insertDraft
	return v, err
}

// Versions gives the published versions of a rota in order of number.
func (r Reader) Versions(ctx context.Context, name rota.RotaName) ([]rota.Version, error) {
	return list(ctx, r, scanVersion, `SELECT `+versionNames+` FROM version WHERE rota = ? AND published IS NOT NULL ORDER BY number`, name)
}

// dutyNames are the columns of a duty in a query over assignment a and its version v.
const dutyNames = `a.duty, v.rota, a.tier, a.kind, a.start_civil, a.end_civil, a.starts, a.ends, a.holder,
	a.weekday, a.weekend, a.bank_holiday, a.festive, a.meeting, a.responsibility`

func dutyInto(d *rota.Duty) []any {
	into := []any{
		&d.ID, &d.Rota, &d.Tier, &d.Kind, civilInto(&d.Start), civilInto(&d.End),
		instant{&d.Span.Start},
		instant{&d.Span.End},
		&d.Holder,
	}
	return append(into, loadInto(&d.Load)...)
}

// inForce joins a duty d with what the newest published version says of it.
const inForce = ` FROM duty d JOIN assignment a ON a.id = d.assignment JOIN version v ON v.id = a.version`

func scanPublished(r row) (p rota.Published, err error) {
	return p, scanMore(r, dutyInto(&p.Duty), []any{&p.Version, &p.Sequence, instant{&p.Modified}})
}

// Published gives the duties in force of all rotas that share any moment with the time from from to
// until, in order of SortDuties. A zero time is no bound. Spans are in UTC.
func (r Reader) Published(ctx context.Context, from, until time.Time) ([]rota.Published, error) {
	return list(ctx, r, scanPublished, `SELECT `+dutyNames+`, v.id, d.sequence, d.modified`+inForce+`
		WHERE NOT d.withdrawn AND a.ends > ? AND a.starts < ? ORDER BY a.starts, d.rota, d.id`,
		after(from, always), atOrAfter(until, never))
}

// Balances gives, for everybody who has held a published duty or has a part in one, the points held
// minus the fair share, over all duties in force. Left out are those of the rota exclude that start on
// from or later and before until: they are what is about to be built anew.
func (r Reader) Balances(ctx context.Context, exclude rota.RotaName, from, until rota.Date) (map[rota.LeaderID]rota.Load, error) {
	type balance struct {
		leader rota.LeaderID
		load   rota.Load
	}
	scan := func(r row) (b balance, err error) { return b, scanMore(r, []any{&b.leader}, loadInto(&b.load)) }
	all, err := list(ctx, r, scan, `WITH counted AS (
			SELECT a.*`+inForce+`
			WHERE NOT d.withdrawn AND NOT (d.rota = ? AND substr(a.start_civil, 1, 10) >= ? AND substr(a.start_civil, 1, 10) < ?)
		), entry AS (
			SELECT holder AS leader, `+loadNames+` FROM counted
			UNION ALL
			SELECT p.leader, -p.weekday, -p.weekend, -p.bank_holiday, -p.festive, -p.meeting, -p.responsibility
			FROM counted c JOIN part p ON p.assignment = c.id
		)
		SELECT leader, sum(weekday), sum(weekend), sum(bank_holiday), sum(festive), sum(meeting), sum(responsibility)
		FROM entry GROUP BY leader`, exclude, from.String(), until.String())
	if err != nil {
		return nil, err
	}
	balances := make(map[rota.LeaderID]rota.Load, len(all))
	for _, b := range all {
		balances[b.leader] = b.load
	}
	return balances, nil
}
