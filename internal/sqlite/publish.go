package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"pcnrota/rota"
)

// Change is what a publication did to one duty.
type Change struct {
	Duty   rota.Duty     // as it is now, or as it was where it is withdrawn
	Before rota.LeaderID // who held it; "" for a new duty, and where nobody did
	After  rota.LeaderID // who holds it; "" for a withdrawn duty, and where nobody does. The same as Before where time or points changed.

	InForce   bool // it was published before
	Withdrawn bool // the version has it no more
}

// Publication is what makes a draft valid.
type Publication struct {
	Rota       rota.RotaName
	By, Reason string // who decided it and why, kept for ever
	At         time.Time
	Revision   int64 // at which the draft was found to keep the rules of today; 0 asks nothing
}

// Publish makes the draft of a rota its next version. It gives the duties that really changed, in order of
// SortDuties.
//
// It refuses with ErrNoDraft where there is no draft, ErrStale where another version of the rota was
// published since the draft was built or anything was written since the revision, ErrPast where a duty that
// has begun would change or be withdrawn, and ErrNoReason where a published duty changes and nobody says
// why. Days in the past may be published for the first time.
func (db *DB) Publish(ctx context.Context, p Publication) (v rota.Version, changes []Change, err error) {
	p.At = toSecond(p.At)
	err = db.change(ctx, func(tx *sql.Tx) error {
		var was map[rota.DutyID]record
		if v, was, changes, err = publish(ctx, tx, p); err != nil {
			return err
		}
		return db.tellChanges(ctx, tx, v, was, changes, changes, nil)
	})
	if err != nil {
		return rota.Version{}, nil, err
	}
	return v, changes, nil
}

// RehearsePublish gives what Publish would change, and refuses where it would. It changes nothing.
func (db *DB) RehearsePublish(ctx context.Context, p Publication) (changes []Change, err error) {
	p.At = toSecond(p.At)
	rehearsed := errors.New("rehearsed")
	err = db.transact(ctx, func(tx *sql.Tx) error {
		if _, _, changes, err = publish(ctx, tx, p); err != nil {
			return err
		}
		return rehearsed // which undoes it
	})
	if errors.Is(err, rehearsed) {
		return changes, nil
	}
	return nil, err
}

func publish(ctx context.Context, tx *sql.Tx, p Publication) (rota.Version, map[rota.DutyID]record, []Change, error) {
	r := Reader{ask: tx}
	draft, next, err := r.DraftOf(ctx, p.Rota)
	if err != nil {
		return draft, nil, nil, err
	}
	if err := checkBase(ctx, r, draft, p.Revision); err != nil {
		return draft, nil, nil, err
	}
	was, err := recordsOf(ctx, r, p.Rota)
	if err != nil {
		return draft, nil, nil, err
	}
	changes := compare(was, next, draft.From, draft.Until)
	if err := pastStays(was, changes, p.At); err != nil {
		return draft, nil, nil, err
	}
	if err := reasonGiven(changes, p); err != nil {
		return draft, nil, nil, err
	}
	if err := enforce(ctx, tx, draft, changes, p.At); err != nil {
		return draft, nil, nil, err
	}
	draft.Published, draft.By, draft.Reason = p.At, p.By, p.Reason
	if draft.Number, err = finish(ctx, tx, draft); err != nil {
		return draft, nil, nil, err
	}
	return draft, was, changes, recordPublication(ctx, tx, draft, was, changes)
}

// reasonGiven refuses to change what people rely on without a word.
func reasonGiven(changes []Change, p Publication) error {
	altered := 0
	for _, c := range changes {
		if c.InForce {
			altered++
		}
	}
	if altered == 0 || strings.TrimSpace(p.Reason) != "" {
		return nil
	}
	what := fmt.Sprintf("%d duties that are published already", altered)
	if altered == 1 {
		what = "1 duty that is published already"
	}
	return refuse(ErrNoReason, fmt.Sprintf("pcnrota rota publish %s --reason \"WHY\"", p.Rota), "this changes %s, and no reason was given", what)
}

// checkBase refuses a draft that another publication has overtaken, and one that was checked against what is
// no longer so.
func checkBase(ctx context.Context, r Reader, draft rota.Version, checked int64) error {
	newer, found, err := first(ctx, r, scanVersion, `SELECT `+versionNames+` FROM version
		WHERE rota = ? AND published IS NOT NULL AND id > coalesce((SELECT base FROM version WHERE id = ?), 0)
		ORDER BY number DESC LIMIT 1`, draft.Rota, draft.ID)
	if err != nil {
		return err
	}
	now, err := r.Revision(ctx)
	switch {
	case err != nil:
		return err
	case !found && checked != 0 && now != checked:
		return refuse(ErrStale, fmt.Sprintf("pcnrota rota publish %s, once more", draft.Rota),
			"somebody else has changed something at the same moment; nothing was published")
	case !found:
		return nil
	}
	return refuse(ErrStale, fmt.Sprintf("pcnrota rota build %s", draft.Rota),
		"version %d of %s was published by %s after this draft was built", newer.Number, draft.Rota, newer.By)
}

// record is what the table duty knows of a duty.
type record struct {
	rota.Duty
	withdrawn bool
}

// recordsOf gives everything that was ever published of a rota, as it is in force, by duty.
func recordsOf(ctx context.Context, r Reader, name rota.RotaName) (map[rota.DutyID]record, error) {
	scan := func(r row) (was record, err error) {
		return was, scanMore(r, dutyInto(&was.Duty), []any{&was.withdrawn})
	}
	all, err := list(ctx, r, scan, `SELECT `+dutyNames+`, d.withdrawn`+inForce+` WHERE d.rota = ?`, name)
	if err != nil {
		return nil, err
	}
	records := make(map[rota.DutyID]record, len(all))
	for _, was := range all {
		records[was.ID] = was
	}
	return records, nil
}

// compare finds what publishing next for the days from from to until changes, in order of SortDuties.
func compare(was map[rota.DutyID]record, next []rota.Duty, from, until rota.Date) []Change {
	var changes []Change
	kept := make(map[rota.DutyID]bool, len(next))
	for _, d := range next {
		kept[d.ID] = true
		old, known := was[d.ID]
		switch {
		case !known || old.withdrawn:
			changes = append(changes, Change{Duty: d, After: d.Holder})
		case !sameDuty(old.Duty, d):
			changes = append(changes, Change{Duty: d, Before: old.Holder, After: d.Holder, InForce: true})
		}
	}
	for id, old := range was {
		if !kept[id] && !old.withdrawn && !old.Start.Date.Before(from) && old.Start.Date.Before(until) {
			changes = append(changes, Change{Duty: old.Duty, Before: old.Holder, InForce: true, Withdrawn: true})
		}
	}
	slices.SortFunc(changes, func(a, b Change) int {
		return cmp.Or(a.Duty.Span.Start.Compare(b.Duty.Span.Start), cmp.Compare(a.Duty.ID, b.Duty.ID))
	})
	return changes
}

// sameDuty reports whether nothing changed that people are told: holder, time, points.
func sameDuty(was, d rota.Duty) bool {
	return was.Holder == d.Holder && was.Start == d.Start && was.End == d.End &&
		was.Span.Start.Equal(d.Span.Start) && was.Span.End.Equal(d.Span.End) &&
		was.Load == d.Load && was.Tier == d.Tier
}

// pastStays refuses changes to what has begun: who was on call stays true.
func pastStays(was map[rota.DutyID]record, changes []Change, at time.Time) error {
	var begun []rota.Duty
	for _, c := range changes {
		if old := was[c.Duty.ID]; c.InForce && !old.Span.Start.After(at) {
			begun = append(begun, old.Duty)
		}
	}
	if len(begun) == 0 {
		return nil
	}
	earliest, latest := begun[0], begun[len(begun)-1]
	return refuse(ErrPast, fmt.Sprintf("build from a later day: pcnrota rota build %s --from %s", earliest.Rota, latest.Start.Date.AddDays(1)),
		"%s has begun on %s with %s on call, and the draft changes it: the past stays as it was",
		earliest.ID, earliest.Start.Date.Format("Monday 2 January 2006"), cmp.Or(earliest.Holder, "nobody"))
}

// enforce lets the version speak for its duties, and withdraws those it does not have. A duty that is
// new here starts at sequence 0; one that was withdrawn and comes back counts on.
func enforce(ctx context.Context, tx *sql.Tx, v rota.Version, changes []Change, at time.Time) error {
	err := execEach(ctx, tx, `UPDATE duty SET sequence = sequence + 1, modified = ?, withdrawn = ? WHERE id = ?`,
		changes, func(c Change) []any { return []any{at.Unix(), c.Withdrawn, c.Duty.ID} })
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO duty (id, rota, assignment, sequence, modified, withdrawn)
		SELECT duty, ?, id, 0, ?, 0 FROM assignment WHERE version = ?
		ON CONFLICT (id) DO UPDATE SET assignment = excluded.assignment`, v.Rota, at.Unix(), v.ID)
	if err != nil {
		return fmt.Errorf("put duties in force: %w", err)
	}
	return nil
}

// finish turns the draft into a published version and gives its number.
func finish(ctx context.Context, tx *sql.Tx, v rota.Version) (int, error) {
	number, _, err := first(ctx, Reader{ask: tx}, scanInt, `SELECT 1 + max(number) FROM version WHERE rota = ?`, v.Rota)
	if err != nil {
		return 0, err
	}
	_, err = tx.ExecContext(ctx, `UPDATE version SET number = ?, published = ?, published_by = ?, reason = ? WHERE id = ?`,
		number, v.Published.Unix(), v.By, v.Reason, v.ID)
	if err != nil {
		return 0, fmt.Errorf("publish version: %w", err)
	}
	return int(number), nil
}
