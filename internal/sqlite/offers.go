package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"time"

	"pcnrota/rota"
)

// Offers gives all offers of duties in order of ID, those of the states given where any are.
func (r Reader) Offers(ctx context.Context, states ...rota.OfferState) (offers []rota.Offer, err error) {
	err = r.View(ctx, func(r Reader) error {
		offers, err = list(ctx, r, scanOffer, `SELECT id, duty, coalesce(leader, ''), from_civil, until_civil, in_return, state, coalesce(taker, ''), made, changed, why, says
			FROM offer WHERE ?1 = '[]' OR state IN (SELECT value FROM json_each(?1)) ORDER BY id`, jsonText(states))
		for i := range offers {
			if err == nil {
				err = r.offerDetails(ctx, &offers[i])
			}
		}
		return err
	})
	return offers, err
}

func scanOffer(r row) (o rota.Offer, err error) {
	return o, r.Scan(&o.ID, &o.Duty, &o.Leader, civilInto(&o.From), civilInto(&o.Until), &o.Return, &o.State, &o.Taker,
		instant{&o.Made}, instant{&o.Changed}, &o.Why, &o.Says)
}

func (r Reader) offerDetails(ctx context.Context, o *rota.Offer) (err error) {
	scanAsked := func(r row) (a rota.Asked, err error) { return a, r.Scan(&a.Leader, &a.Declined) }
	o.Asked, err = list(ctx, r, scanAsked, `SELECT leader, declined FROM asked WHERE offer = ? ORDER BY leader`, o.ID)
	if err != nil {
		return err
	}
	o.Pieces, err = list(ctx, r, scanPiece, `SELECT `+strings.Replace(pieceNames, "holder", "coalesce(holder, '')", 1)+` FROM piece x WHERE offer = ? ORDER BY starts`, o.ID)
	return err
}

var pieceNames = `duty, start_civil, end_civil, starts, ends, holder, ` + loadNames // of the table piece

func scanPiece(r row) (d rota.Duty, err error) {
	return d, scanMore(r, []any{&d.ID, civilInto(&d.Start), civilInto(&d.End), instant{&d.Span.Start}, instant{&d.Span.End}, &d.Holder}, loadInto(&d.Load))
}

// Offer finds an offer by its number. It refuses with ErrUnknown where there is none.
func (r Reader) Offer(ctx context.Context, id rota.OfferID) (rota.Offer, error) {
	offers, err := r.Offers(ctx)
	if err != nil {
		return rota.Offer{}, err
	}
	for _, o := range offers {
		if o.ID == id {
			return o, nil
		}
	}
	return rota.Offer{}, refuse(ErrUnknown, "pcnrota swap list", "there is no offer %d", id)
}

// PutOffer keeps an offer as it is now. One without an ID is new, and gets one. Revision is what Revision gave
// when it was looked at: where anything was written since, it is refused with ErrStale; 0 asks nothing.
func (db *DB) PutOffer(ctx context.Context, o rota.Offer, revision int64) (id rota.OfferID, err error) {
	err = db.change(ctx, func(tx *sql.Tx) error {
		if err := unchangedSince(ctx, tx, revision); err != nil {
			return err
		}
		id, err = db.putOffer(ctx, tx, o, o.Changed)
		return err
	})
	return id, err
}

// putOffer is putOffer with what those concerned are told of it.
func (db *DB) putOffer(ctx context.Context, tx *sql.Tx, o rota.Offer, at time.Time) (rota.OfferID, error) {
	before, err := offerBefore(ctx, tx, o.ID)
	if err != nil {
		return 0, err
	}
	if o.ID, err = putOffer(ctx, tx, o); err != nil {
		return 0, err
	}
	return o.ID, db.tellOffer(ctx, tx, before, o, at)
}

// offerBefore gives an offer as it was; nil for one that is new.
func offerBefore(ctx context.Context, tx *sql.Tx, id rota.OfferID) (*rota.Offer, error) {
	if id == 0 {
		return nil, nil
	}
	before, err := Reader{ask: tx}.Offer(ctx, id)
	return &before, err
}

// unchangedSince refuses where anything was written since the revision.
func unchangedSince(ctx context.Context, tx *sql.Tx, revision int64) error {
	now, err := Reader{ask: tx}.Revision(ctx)
	if err == nil && revision != 0 && now != revision {
		return refuse(ErrStale, "look again, and give the command once more", "somebody else has changed something at the same moment; nothing was done")
	}
	return err
}

func putOffer(ctx context.Context, tx *sql.Tx, o rota.Offer) (rota.OfferID, error) {
	part := func(c rota.Civil) any {
		if !o.IsPart() {
			return nil
		}
		return c.String()
	}
	var number any
	if o.ID != 0 {
		number = o.ID
	}
	result, err := tx.ExecContext(ctx, `INSERT INTO offer (id, duty, leader, from_civil, until_civil, in_return, state, taker, made, changed, why, says)
		VALUES (?, ?, nullif(?, ''), ?, ?, ?, ?, nullif(?, ''), ?, ?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET state = excluded.state, taker = excluded.taker, changed = excluded.changed, says = excluded.says`,
		number, o.Duty, o.Leader, part(o.From), part(o.Until), o.Return, o.State, o.Taker, o.Made.Unix(), o.Changed.Unix(), o.Why, o.Says)
	if err != nil {
		return 0, fmt.Errorf("save offer: %w", err)
	}
	if o.ID == 0 {
		id, err := result.LastInsertId()
		if err != nil {
			return 0, fmt.Errorf("save offer: %w", err)
		}
		o.ID = rota.OfferID(id)
	}
	err = execEach(ctx, tx, `INSERT INTO asked (offer, leader, declined) VALUES (?, ?, ?)
		ON CONFLICT (offer, leader) DO UPDATE SET declined = excluded.declined`,
		o.Asked, func(a rota.Asked) []any { return []any{o.ID, a.Leader, a.Declined} })
	if err != nil {
		return 0, err
	}
	err = execEach(ctx, tx, `INSERT INTO piece (offer, `+pieceNames+`) VALUES (?, ?, ?, ?, ?, ?, nullif(?, ''), ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
		o.Pieces, func(d rota.Duty) []any {
			return append([]any{o.ID, d.ID, d.Start.String(), d.End.String(), d.Span.Start.Unix(), d.Span.End.Unix(), d.Holder}, loadArgs(d.Load)...)
		})
	return o.ID, err
}

// HandOver carries an offer of a part out, or undoes one: the calendars of both are told of it.
func (db *DB) HandOver(ctx context.Context, o rota.Offer, revision int64, at time.Time) (id rota.OfferID, err error) {
	err = db.change(ctx, func(tx *sql.Tx) error {
		if err := unchangedSince(ctx, tx, revision); err != nil {
			return err
		}
		if id, err = db.putOffer(ctx, tx, o, at); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `UPDATE duty SET sequence = sequence + 1, modified = ? WHERE id = ?`, at.Unix(), o.Duty); err != nil {
			return fmt.Errorf("hand over: %w", err)
		}
		return db.tellHandOver(ctx, tx, id, o, at)
	})
	return id, err
}

// Amend publishes a version that did not come from a draft: the outcome of a swap, or somebody taking over at
// once. Any draft of the rota stays, and is overtaken. The offer becomes what it is given as in the same
// transaction; the checks are those of Publish.
func (db *DB) Amend(ctx context.Context, d rota.Draft, p Publication, o rota.Offer) (v rota.Version, id rota.OfferID, err error) {
	p.At = toSecond(p.At)
	err = db.change(ctx, func(tx *sql.Tx) error {
		if err := unchangedSince(ctx, tx, p.Revision); err != nil {
			return err
		}
		if id, err = db.putOffer(ctx, tx, o, p.At); err != nil {
			return err
		}
		o.ID = id
		v, err = db.amend(ctx, tx, d, p, &o)
		return err
	})
	return v, id, err
}

// amend publishes a version that never was a draft. The offer is nil where none brought it about: then it was planned
// ahead, and notices go only to those who were published before. Calendars are kept up to date all the same.
func (db *DB) amend(ctx context.Context, tx *sql.Tx, d rota.Draft, p Publication, o *rota.Offer) (rota.Version, error) {
	v := versionAt(d, p.By, p.Reason, p.At)
	was, err := recordsOf(ctx, Reader{ask: tx}, v.Rota)
	if err != nil {
		return v, err
	}
	changes := compare(was, d.Duties, v.From, v.Until)
	if err := pastStays(was, changes, p.At); err != nil {
		return v, err
	}
	if v, err = enact(ctx, tx, d, v, was, changes); err != nil {
		return v, err
	}
	toTell := changes
	if o == nil {
		toTell = slices.DeleteFunc(slices.Clone(changes), func(c Change) bool { return !c.InForce })
	}
	return v, db.tellChanges(ctx, tx, v, was, changes, toTell, o)
}

// versionAt is a version that is published as it is built.
func versionAt(d rota.Draft, by, reason string, at time.Time) rota.Version {
	return rota.Version{
		Rota: d.Policy.Name, From: d.From, Until: d.Until, Built: at, Published: at, By: by, Reason: reason, Policy: d.Policy, Seed: d.Seed,
	}
}

// enact publishes a version that never was a draft, as the next of its rota, and gives it its number.
func enact(ctx context.Context, tx *sql.Tx, d rota.Draft, v rota.Version, was map[rota.DutyID]record, changes []Change) (rota.Version, error) {
	number, _, err := first(ctx, Reader{ask: tx}, scanInt, `SELECT 1 + coalesce(max(number), 0) FROM version WHERE rota = ?`, v.Rota)
	if err != nil {
		return v, err
	}
	v.Number = int(number)
	if v.ID, err = insertVersion(ctx, tx, d, v); err != nil {
		return v, err
	}
	if err := enforce(ctx, tx, v, changes, v.Published); err != nil {
		return v, err
	}
	return v, recordPublication(ctx, tx, v, was, changes)
}

// divide cuts the duties of which a part was handed over. Each piece is as old as the change that made it.
func (r Reader) divide(ctx context.Context, duties []rota.Published) ([]rota.Published, error) {
	offers, err := r.Offers(ctx, rota.OfferDone)
	if err != nil {
		return nil, err
	}
	cut := map[rota.DutyID]rota.Offer{}
	for _, o := range offers {
		if o.IsPart() {
			cut[o.Duty] = o
		}
	}
	if len(cut) == 0 {
		return duties, nil
	}
	var all []rota.Published
	for _, d := range duties {
		o, parted := cut[d.ID]
		if !parted || d.Holder != o.Leader || o.Pieces[0].Start != d.Start || o.Pieces[len(o.Pieces)-1].End != d.End {
			all = append(all, d)
			continue
		}
		for _, piece := range o.Pieces {
			piece.Rota, piece.Tier, piece.Kind = d.Rota, d.Tier, d.Kind
			all = append(all, rota.Published{Duty: piece, Version: d.Version, Sequence: d.Sequence, Modified: d.Modified})
		}
	}
	return all, nil
}
