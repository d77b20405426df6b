package sqlite

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"pcnrota/rota"
)

const versionNames = `id, rota, number, from_day, until_day, built, published, published_by, reason, policy, seed`

func scanVersion(r row) (v rota.Version, err error) {
	var seed int64
	err = r.Scan(&v.ID, &v.Rota, &v.Number, dateInto(&v.From), dateInto(&v.Until), instant{&v.Built}, instant{&v.Published},
		&v.By, &v.Reason, jsonInto(&v.Policy), &seed)
	v.Seed = uint64(seed) // all 64 bits, see insertVersion
	return v, err
}

// Versions gives the published versions of a rota in order of number.
func (r Reader) Versions(ctx context.Context, name rota.RotaName) ([]rota.Version, error) {
	return list(ctx, r, scanVersion, `SELECT `+versionNames+` FROM version WHERE rota = ? AND published IS NOT NULL ORDER BY number`, name)
}

// dutyNames are the columns of a duty in a query over assignment a and its version v.
const dutyNames = `a.duty, v.rota, a.tier, a.kind, a.start_civil, a.end_civil, a.starts, a.ends, coalesce(a.holder, ''),
	a.weekday, a.weekend, a.bank_holiday, a.festive, a.meeting, a.responsibility`

func dutyInto(d *rota.Duty) []any {
	into := []any{
		(*string)(&d.ID), (*string)(&d.Rota), (*string)(&d.Tier), &d.Kind, civilInto(&d.Start), civilInto(&d.End),
		instant{&d.Span.Start},
		instant{&d.Span.End},
		(*string)(&d.Holder),
	}
	return append(into, loadInto(&d.Load)...)
}

// inForce joins a duty d with what the newest published version says of it.
const inForce = ` FROM duty d JOIN assignment a ON a.id = d.assignment JOIN version v ON v.id = a.version`

func scanPublished(r row) (p rota.Published, err error) {
	return p, scanMore(r, dutyInto(&p.Duty), []any{&p.Version, &p.Sequence, instant{&p.Modified}})
}

// Published gives the duties on call in force of all rotas that share any moment with the time from from to
// until, in order of SortDuties. A zero time is no bound. Spans are in UTC. A duty of which a part was handed
// over is given in pieces, each with its own holder.
func (r Reader) Published(ctx context.Context, from, until time.Time) (duties []rota.Published, err error) {
	err = r.View(ctx, func(r Reader) error {
		if duties, err = r.Whole(ctx, from, until); err != nil {
			return err
		}
		duties, err = r.divide(ctx, duties)
		return err
	})
	outside := func(d rota.Published) bool {
		return d.Span.End.Unix() <= after(from, always) || d.Span.Start.Unix() >= atOrAfter(until, never)
	}
	duties = slices.DeleteFunc(duties, outside)
	slices.SortStableFunc(duties, func(a, b rota.Published) int {
		return cmp.Or(a.Span.Start.Compare(b.Span.Start), cmp.Compare(a.Rota, b.Rota), cmp.Compare(a.ID, b.ID))
	})
	return duties, err
}

// Whole is Published without the handing over of parts: every duty as the rota's pattern asks for it, with the
// holder who answers for it.
func (r Reader) Whole(ctx context.Context, from, until time.Time) ([]rota.Published, error) {
	all, err := r.InForce(ctx, from, until)
	return slices.DeleteFunc(all, func(d rota.Published) bool { return d.Rota == rota.Meetings }), err
}

// InForce is Whole with the duties of those who go to meetings.
func (r Reader) InForce(ctx context.Context, from, until time.Time) ([]rota.Published, error) {
	return list(ctx, r, scanPublished, `SELECT `+dutyNames+`, v.id, d.sequence, d.modified`+inForce+`
		WHERE NOT d.withdrawn AND a.ends > ? AND a.starts < ? ORDER BY a.starts, d.rota, d.id`,
		after(from, always), atOrAfter(until, never))
}

// AnyInForce reports whether a duty in force of a rota ends after from.
func (r Reader) AnyInForce(ctx context.Context, name rota.RotaName, from time.Time) (bool, error) {
	n, _, err := first(ctx, r, scanInt, `SELECT EXISTS (SELECT 1`+inForce+` WHERE d.rota = ? AND NOT d.withdrawn AND a.ends > ?)`, name, after(from, always))
	return n > 0, err
}

// Balances gives, for everybody who has held a published duty or has a part in one, the points held
// minus the fair share, over all duties in force but those that Ledger leaves out.
func (r Reader) Balances(ctx context.Context, exclude rota.RotaName, from, until rota.Date) (map[rota.LeaderID]rota.Load, error) {
	return balances(r.Ledger(ctx, exclude, from, until))
}

// DutyBalances is Balances over all duties, without responsibilities.
func (r Reader) DutyBalances(ctx context.Context) (map[rota.LeaderID]rota.Load, error) {
	return balances(r.ledger(ctx, "0", "", rota.Date{}, rota.Date{}))
}

func balances(ledger []rota.Standing, err error) (map[rota.LeaderID]rota.Load, error) {
	if err != nil {
		return nil, err
	}
	balances := make(map[rota.LeaderID]rota.Load, len(ledger))
	for _, s := range ledger {
		balances[s.Leader] = s.After()
	}
	return balances, nil
}

// Ledger gives what everybody holds and what their fair share is, over all duties in force of all rotas and all
// responsibilities, in order of leader; nothing comes before it. Left out are the duties of the rota exclude that start on
// from or later and before until: they are what is about to be built anew, or to be set against the rest. What
// calls weigh is never left out, because nothing that is built anew brings it back.
func (r Reader) Ledger(ctx context.Context, exclude rota.RotaName, from, until rota.Date) ([]rota.Standing, error) {
	return r.ledger(ctx, "NOT i.withdrawn AND i.of_leader IS NULL AND i.owner IS NOT NULL AND i.points <> 0", exclude, from, until)
}

// ledger is Ledger with those items i that the condition takes.
func (r Reader) ledger(ctx context.Context, items string, exclude rota.RotaName, from, until rota.Date) ([]rota.Standing, error) {
	scan := func(r row) (s rota.Standing, err error) {
		return s, scanMore(r, []any{&s.Leader}, loadInto(&s.Held), loadInto(&s.Target))
	}
	return list(ctx, r, scan, `WITH counted AS (
			SELECT a.*`+inForce+`
			WHERE NOT d.withdrawn AND NOT (d.rota = ? AND substr(a.start_civil, 1, 10) >= ? AND substr(a.start_civil, 1, 10) < ?)
		), parted AS (
			SELECT c.id AS assignment, o.id AS offer FROM counted c JOIN offer o ON o.duty = c.duty AND o.leader IS c.holder
			WHERE o.state = 'done' AND o.from_civil IS NOT NULL
				AND c.starts = (SELECT min(starts) FROM piece WHERE offer = o.id) AND c.ends = (SELECT max(ends) FROM piece WHERE offer = o.id)
		), entry AS (
			SELECT holder AS leader, 1 AS held, `+loadNames+` FROM counted WHERE holder IS NOT NULL AND id NOT IN (SELECT assignment FROM parted)
			UNION ALL
			SELECT x.holder, 1, `+loadOf("x")+` FROM parted JOIN piece x USING (offer) WHERE x.holder IS NOT NULL
			UNION ALL
			SELECT p.leader, 0, `+loadOf("p")+` FROM counted c JOIN part p ON p.assignment = c.id
			UNION ALL
			SELECT leader, 1, `+loadNames+` FROM call_out WHERE `+weighs+`
			UNION ALL
			SELECT leader, 0, `+loadNames+` FROM call_part
			UNION ALL
			SELECT i.owner, 1, 0, 0, 0, 0, 0, i.points FROM item i WHERE `+items+`
			UNION ALL
			SELECT p.leader, 0, 0, 0, 0, 0, 0, p.points FROM item_part p JOIN item i ON i.id = p.item WHERE `+items+`
		)
		SELECT leader, `+sumsWhere("held")+`, `+sumsWhere("NOT held")+` FROM entry GROUP BY leader ORDER BY leader`,
		exclude, from.String(), until.String())
}

// sumsWhere adds up the columns of a Load over the rows of a group for which the condition holds.
func sumsWhere(condition string) string {
	var sums []string
	for name := range strings.SplitSeq(loadNames, ", ") {
		sums = append(sums, fmt.Sprintf("sum(iif(%s, %s, 0))", condition, name))
	}
	return strings.Join(sums, ", ")
}
