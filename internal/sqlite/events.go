package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"time"

	"pcnrota/notify"
	"pcnrota/rota"
)

// Announce has everything that is published, offered, answered or decided by this DB from now on told to whom it
// concerns: the messages are written in the transaction of what they tell of. A DB that was not told how to announce
// tells nobody. It is called before the DB is used.
func (db *DB) Announce(n notify.Notices) { db.notices = &n }

// tellChanges plans the invitations of a version that has just been published, and the notices of some of its changes,
// with the offer that brought it about.
func (db *DB) tellChanges(ctx context.Context, tx *sql.Tx, v rota.Version, was map[rota.DutyID]record, changes, toTell []Change, offer *rota.Offer) error {
	if db.notices == nil {
		return nil
	}
	news := notify.News{At: v.Published, By: v.By, Why: v.Reason}
	if offer != nil {
		var err error
		if news.Offer, err = db.offerNews(ctx, tx, *offer); err != nil {
			return err
		}
	}
	name := fmt.Sprintf("%s/%d", v.Rota, v.Number)
	if err := db.invite(ctx, tx, name, news, changedFrom(was, changes)); err != nil {
		return err
	}
	moved := func(id rota.DutyID) bool {
		return slices.ContainsFunc(changes, func(c Change) bool {
			return c.Duty.ID == id.Whole() && (c.Withdrawn || c.Before != c.After || c.Duty.Span != was[c.Duty.ID].Duty.Span)
		})
	}
	gone := notify.Outcome{State: notify.Superseded, At: v.Published, Detail: "the duty has moved, or is another's now"}
	if err := withdrawDeclined(ctx, tx, moved, gone); err != nil {
		return err
	}
	return db.tell(ctx, tx, name, news, changedFrom(was, toTell))
}

func changedFrom(was map[rota.DutyID]record, changes []Change) []notify.Changed {
	changed := make([]notify.Changed, 0, len(changes))
	for _, c := range changes {
		var one notify.Changed
		if old, known := was[c.Duty.ID]; known && !old.withdrawn {
			one.Was = &old.Duty
		}
		if !c.Withdrawn {
			one.Is = &c.Duty
		}
		changed = append(changed, one)
	}
	return changed
}

// tellDeclined plans what the manager is told where a is the holder's no to a duty on call, and withdraws what waits of
// an earlier no.
func (db *DB) tellDeclined(ctx context.Context, tx *sql.Tx, a Answer) error {
	if db.notices == nil {
		return nil
	}
	err := withdrawDeclined(ctx, tx, func(id rota.DutyID) bool { return string(id) == a.About },
		notify.Outcome{State: notify.Cancelled, At: a.Received, Detail: "they have answered again since"})
	if err != nil || a.Says != "declined" {
		return err
	}
	duties, err := Reader{ask: tx}.Published(ctx, a.Received, time.Time{})
	if err != nil {
		return err
	}
	for _, d := range duties {
		if string(d.ID) == a.About && d.Holder == a.Leader {
			_, err = plan(ctx, tx, db.notices.Declined(d.Duty, a.Stamp, a.Received))
		}
	}
	return err
}

// withdrawDeclined calls off what waits to tell that duties were declined, of those that concerns.
func withdrawDeclined(ctx context.Context, tx *sql.Tx, concerns func(rota.DutyID) bool, o notify.Outcome) error {
	waiting, err := list(ctx, Reader{ask: tx}, scanReminder, `SELECT `+reminderRead+` FROM reminder
		WHERE next IS NOT NULL AND kind = ? AND state <> 'sending'`, notify.Declined)
	if err != nil {
		return err
	}
	for _, w := range waiting {
		if !slices.ContainsFunc(w.News.Moves, func(m notify.Move) bool { return concerns(m.Duty) }) {
			continue
		}
		if err := settle(ctx, tx, w, o); err != nil {
			return err
		}
	}
	return nil
}

// tell plans one notice for each whose own duties changed.
func (db *DB) tell(ctx context.Context, tx *sql.Tx, name string, news notify.News, changed []notify.Changed) error {
	waiting, err := list(ctx, Reader{ask: tx}, scanReminder, `SELECT `+reminderRead+` FROM reminder
		WHERE next IS NOT NULL AND kind = ? AND state <> 'sending' AND unknown = 0`, notify.Change)
	if err != nil {
		return err
	}
	notices, taken := db.notices.Changes(name, news, changed, waiting)
	if _, err := plan(ctx, tx, notices); err != nil {
		return err
	}
	for _, w := range taken {
		if err := settle(ctx, tx, w.Reminder, w.Outcome); err != nil {
			return err
		}
	}
	return nil
}

// tellOffer plans what those concerned are told of an offer that has come to another state, before being what it was.
func (db *DB) tellOffer(ctx context.Context, tx *sql.Tx, before *rota.Offer, o rota.Offer, at time.Time) error {
	if db.notices == nil {
		return nil
	}
	if before != nil && before.State == rota.OfferOpen && o.State != rota.OfferOpen {
		_, err := tx.ExecContext(ctx, `UPDATE reminder SET state = 'cancelled', changed = ?, next = NULL, detail = ?
			WHERE kind = ? AND about = ? AND state IN ('planned', 'retrying')`,
			at.Unix(), fmt.Sprintf("offer %d is %s", o.ID, o.State), notify.SwapAsked, fmt.Sprintf("%d/%s", o.ID, rota.OfferOpen))
		if err != nil {
			return fmt.Errorf("withdraw what was asked: %w", err)
		}
	}
	duty, there, err := dutyOf(ctx, tx, o.Duty)
	if err != nil || !there {
		return err
	}
	if before != nil && before.State == rota.OfferDone && o.State == rota.OfferLapsed && o.IsPart() {
		return db.tellPart(ctx, tx, o, duty, at)
	}
	back, given, err := dutyOf(ctx, tx, o.Return)
	if err != nil {
		return err
	}
	returned := &back
	if !given {
		returned = nil
	}
	_, err = plan(ctx, tx, db.notices.Offer(before, o, duty, returned, toSecond(at)))
	return err
}

// tellHandOver plans what is told of an offer of a part that was carried out or undone.
func (db *DB) tellHandOver(ctx context.Context, tx *sql.Tx, id rota.OfferID, o rota.Offer, at time.Time) error {
	if db.notices == nil {
		return nil
	}
	duty, _, err := dutyOf(ctx, tx, o.Duty)
	if err != nil {
		return err
	}
	o.ID = id
	return db.tellPart(ctx, tx, o, duty, at)
}

// tellPart plans the notices of a part that was handed over, or given back.
func (db *DB) tellPart(ctx context.Context, tx *sql.Tx, o rota.Offer, duty rota.Duty, at time.Time) error {
	news := notify.News{At: toSecond(at), By: authorOf(ctx).Who, Why: o.Why, Offer: db.notices.News(o, duty, nil)}
	name := fmt.Sprintf("offer/%d-%s", o.ID, o.State)
	if err := db.invite(ctx, tx, name, news, notify.PiecesChanged(o, duty)); err != nil {
		return err
	}
	return db.tell(ctx, tx, name, news, []notify.Changed{db.notices.PartChanged(o, duty)})
}

// offerNews describes an offer; nil where its duty is not known.
func (db *DB) offerNews(ctx context.Context, tx *sql.Tx, o rota.Offer) (*notify.OfferNews, error) {
	duty, there, err := dutyOf(ctx, tx, o.Duty)
	if err != nil || !there {
		return nil, err
	}
	back, given, err := dutyOf(ctx, tx, o.Return)
	if err != nil || !given {
		return db.notices.News(o, duty, nil), err
	}
	return db.notices.News(o, duty, &back), nil
}

// dutyOf finds a duty that was ever published, as the newest version that has it says.
func dutyOf(ctx context.Context, tx *sql.Tx, id rota.DutyID) (rota.Duty, bool, error) {
	scan := func(r row) (d rota.Duty, err error) { return d, scanMore(r, dutyInto(&d)) }
	return first(ctx, Reader{ask: tx}, scan, `SELECT `+dutyNames+inForce+` WHERE d.id = ?`, id)
}

// tellAbsence plans what is told of an absence that was decided.
func (db *DB) tellAbsence(ctx context.Context, tx *sql.Tx, q rota.Request) error {
	if db.notices == nil {
		return nil
	}
	_, err := plan(ctx, tx, []notify.Reminder{db.notices.Absence(q, authorOf(ctx).Who)})
	return err
}
