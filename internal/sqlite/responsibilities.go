package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"
	"time"

	"pcnrota/rota"
)

const responsibilityNames = `id, title, area, holding, coalesce(owner, ''), coalesce(deputy, ''), among, rule, first, before, within, points,
	evidence, note, source, checked, line, starts, ends, coalesce(series, 0), coalesce((SELECT s.title FROM series s WHERE s.id = responsibility.series), '')`

func scanResponsibility(row row) (r rota.Obligation, err error) {
	return r, row.Scan(&r.ID, &r.Title, &r.Area, &r.Holding, &r.Owner, &r.Deputy, &r.Among, &r.Rule, dateInto(&r.First), leadInto(&r.Before),
		column[rota.Within]{&r.Within, rota.ParseWithin}, &r.Points, &r.Evidence, &r.Note, &r.Source, dateInto(&r.Checked), &r.Line,
		dateInto(&r.Starts), dateInto(&r.Ends), &r.Series, &r.Meeting)
}

func responsibilityArgs(r rota.Obligation) []any {
	return []any{
		r.Title, r.Area, r.Holding, r.Owner, r.Deputy, r.Among, r.Rule, r.First.String(), r.Before.String(), r.Within.String(), int64(r.Points),
		r.Evidence, r.Note, r.Source, dateOrNull(r.Checked), r.Line, dateOrNull(r.Starts), dateOrNull(r.Ends),
		int64(r.Series),
	}
}

// Responsibilities gives all responsibilities in order of ID, those that have ended among them.
func (r Reader) Responsibilities(ctx context.Context) ([]rota.Obligation, error) {
	return list(ctx, r, scanResponsibility, `SELECT `+responsibilityNames+` FROM responsibility ORDER BY id`)
}

// AddResponsibilities inserts new ones and gives their numbers in order; any ID they carry is ignored.
func (db *DB) AddResponsibilities(ctx context.Context, all []rota.Obligation) ([]rota.ObligationID, error) {
	return insertEach[rota.Obligation, rota.ObligationID](ctx, db, `INSERT INTO responsibility (title, area, holding, owner, deputy, among, rule, first,
			before, within, points, evidence, note, source, checked, line, starts, ends, series)
		VALUES (?, ?, ?, nullif(?, ''), nullif(?, ''), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, nullif(?, 0))`, all, responsibilityArgs)
}

// PutResponsibility updates the one with r's ID. Its items stay as they were planned until PlanItems.
func (db *DB) PutResponsibility(ctx context.Context, r rota.Obligation) error {
	return db.change(ctx, func(tx *sql.Tx) error {
		return must(ctx, tx, unknown("responsibility", fmt.Sprint(r.ID)), `UPDATE responsibility SET title = ?, area = ?, holding = ?, owner = nullif(?, ''),
			deputy = nullif(?, ''), among = ?, rule = ?, first = ?, before = ?, within = ?, points = ?, evidence = ?, note = ?, source = ?, checked = ?,
			line = ?, starts = ?, ends = ?, series = nullif(?, 0) WHERE id = ?`, append(responsibilityArgs(r), r.ID)...)
	})
}

// Anchor is the day from which the rule of a responsibility counts for one leader.
type Anchor struct {
	Responsibility rota.ObligationID
	Leader         rota.LeaderID
	First          rota.Date
}

// Anchors gives all anchors in order of responsibility, then leader.
func (r Reader) Anchors(ctx context.Context) ([]Anchor, error) {
	scan := func(r row) (a Anchor, err error) { return a, r.Scan(&a.Responsibility, &a.Leader, dateInto(&a.First)) }
	return list(ctx, r, scan, `SELECT responsibility, leader, first FROM anchor ORDER BY responsibility, leader`)
}

// PutAnchor sets an anchor.
func (db *DB) PutAnchor(ctx context.Context, a Anchor) error {
	return changeEach(ctx, db, `INSERT INTO anchor (responsibility, leader, first) VALUES (?, ?, ?)
		ON CONFLICT (responsibility, leader) DO UPDATE SET first = excluded.first`, []Anchor{a},
		func(a Anchor) []any { return []any{a.Responsibility, a.Leader, a.First.String()} })
}

const itemNames = `id, responsibility, title, area, coalesce(of_leader, ''), planned, due, coalesce(owner, ''), coalesce(deputy, ''), settled, points,
	done_on, done_by, evidence, sequence, modified`

func scanItem(r row) (i rota.Item, err error) {
	return i, r.Scan(&i.ID, &i.Responsibility, &i.Title, &i.Area, &i.For, dateInto(&i.Planned), dateInto(&i.Due), &i.Owner, &i.Deputy, &i.Settled,
		&i.Points, dateInto(&i.Done.On), &i.Done.By, &i.Done.Evidence, &i.Sequence, instant{&i.Modified})
}

// Items gives what is due from one day up to, not including, another, in order of the day it is due, then of ID. A zero
// day is no bound.
func (r Reader) Items(ctx context.Context, from, until rota.Date) ([]rota.Item, error) {
	return list(ctx, r, scanItem, `SELECT `+itemNames+` FROM item WHERE NOT withdrawn AND due >= ? AND (? = '' OR due < ?) ORDER BY due, id`,
		from.String(), until.String(), until.String())
}

// ItemParts gives the fair shares of all that Items knows, in order of item, then of leader.
func (r Reader) ItemParts(ctx context.Context) ([]rota.ItemPart, error) {
	scan := func(r row) (p rota.ItemPart, err error) { return p, r.Scan(&p.Item, &p.Leader, &p.Points) }
	return list(ctx, r, scan, `SELECT p.item, p.leader, p.points FROM item_part p JOIN item i ON i.id = p.item WHERE NOT i.withdrawn ORDER BY p.item, p.leader`)
}

// putItemParts stores the fair shares of items, in place of all that are stored; of what is withdrawn there are none. It
// reports whether any differ.
func putItemParts(ctx context.Context, tx *sql.Tx, parts []rota.ItemPart) (changed bool, err error) {
	was, err := Reader{ask: tx}.ItemParts(ctx)
	if err != nil {
		return false, err
	}
	parts = slices.SortedFunc(slices.Values(parts), func(a, b rota.ItemPart) int {
		return cmp.Or(cmp.Compare(a.Item, b.Item), cmp.Compare(a.Leader, b.Leader))
	})
	if slices.Equal(was, parts) {
		return false, nil
	}
	if _, err := tx.ExecContext(ctx, `DELETE FROM item_part`); err != nil {
		return false, fmt.Errorf("put shares of responsibilities: %w", err)
	}
	return true, execEach(ctx, tx, `INSERT INTO item_part (item, leader, points) VALUES (?, ?, ?)`, parts,
		func(p rota.ItemPart) []any { return []any{p.Item, p.Leader, int64(p.Points)} })
}

// allItems gives those too that are no longer to be done.
func allItems(ctx context.Context, tx *sql.Tx) (items map[rota.ItemID]rota.Item, withdrawn map[rota.ItemID]bool, err error) {
	all, err := list(ctx, Reader{ask: tx}, scanItem, `SELECT `+itemNames+` FROM item`)
	items, withdrawn = map[rota.ItemID]rota.Item{}, map[rota.ItemID]bool{}
	for _, i := range all {
		items[i.ID] = i
	}
	if err != nil {
		return nil, nil, err
	}
	gone, err := list(ctx, Reader{ask: tx}, scanString, `SELECT id FROM item WHERE withdrawn`)
	for _, id := range gone {
		withdrawn[rota.ItemID(id)] = true
	}
	return items, withdrawn, err
}

// PlanItems stores what there is to do: items that are not among them are no longer to be done, but for what is
// done. Only where something that a calendar shows differs does the sequence rise and the time of modification
// become at; changed counts those and the new ones. Sequence and Modified of the argument are ignored. Parts are the
// fair shares of all of them.
func (db *DB) PlanItems(ctx context.Context, items []rota.Item, parts []rota.ItemPart, at time.Time) (changed int, err error) {
	err = db.transact(ctx, func(tx *sql.Tx) error {
		known, withdrawn, err := allItems(ctx, tx)
		if err != nil {
			return err
		}
		kept := map[rota.ItemID]bool{}
		var write []rota.Item
		for _, i := range items {
			kept[i.ID] = true
			was, there := known[i.ID]
			i.Sequence, i.Modified = was.Sequence, was.Modified
			switch {
			case there && was == i && !withdrawn[i.ID]:
				continue
			case !there:
				i.Sequence, i.Modified = 0, toSecond(at)
			default:
				i.Sequence, i.Modified = was.Sequence+1, toSecond(at)
			}
			write = append(write, i)
		}
		var gone []rota.ItemID
		for id, was := range known {
			if !kept[id] && was.Open() && !withdrawn[id] {
				gone = append(gone, id)
			}
		}
		changed = len(write) + len(gone)
		if err := withdrawItems(ctx, tx, gone, at); err != nil {
			return err
		}
		if err := execEach(ctx, tx, putItem, write, itemArgs); err != nil {
			return err
		}
		shared, err := putItemParts(ctx, tx, parts)
		if err != nil || changed == 0 && !shared {
			return err
		}
		return raiseRevision(ctx, tx)
	})
	if err != nil {
		return 0, err
	}
	return changed, nil
}

func withdrawItems(ctx context.Context, tx *sql.Tx, ids []rota.ItemID, at time.Time) error {
	slices.Sort(ids)
	return execEach(ctx, tx, `UPDATE item SET withdrawn = 1, sequence = sequence + 1, modified = ? WHERE id = ?`, ids,
		func(id rota.ItemID) []any { return []any{at.Unix(), id} })
}

const putItem = `INSERT INTO item (id, responsibility, title, area, of_leader, planned, due, owner, deputy, settled, points, done_on, done_by, evidence,
		sequence, modified, withdrawn)
	VALUES (?, ?, ?, ?, nullif(?, ''), ?, ?, nullif(?, ''), nullif(?, ''), ?, ?, ?, ?, ?, ?, ?, 0)
	ON CONFLICT (id) DO UPDATE SET responsibility = excluded.responsibility, title = excluded.title, area = excluded.area, planned = excluded.planned,
		due = excluded.due, owner = excluded.owner, deputy = excluded.deputy, settled = excluded.settled, points = excluded.points,
		done_on = excluded.done_on, done_by = excluded.done_by, evidence = excluded.evidence, sequence = excluded.sequence,
		modified = excluded.modified, withdrawn = 0`

func itemArgs(i rota.Item) []any {
	return []any{
		i.ID, i.Responsibility, i.Title, i.Area, i.For, i.Planned.String(), i.Due.String(), i.Owner, i.Deputy, i.Settled, int64(i.Points),
		dateOrNull(i.Done.On), i.Done.By, i.Done.Evidence, i.Sequence, i.Modified.Unix(),
	}
}

// PutItem stores one item that is known: that it is done, or who has it now. The sequence rises.
func (db *DB) PutItem(ctx context.Context, i rota.Item, at time.Time) error {
	return db.change(ctx, func(tx *sql.Tx) error {
		known, _, err := allItems(ctx, tx)
		if err != nil {
			return err
		}
		was, there := known[i.ID]
		if !there {
			return unknown("item", string(i.ID))
		}
		i.Sequence, i.Modified = was.Sequence+1, toSecond(at)
		return execEach(ctx, tx, putItem, []rota.Item{i}, itemArgs)
	})
}
