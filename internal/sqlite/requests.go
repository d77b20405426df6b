package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"pcnrota/rota"
)

// Requests gives absences with what became of each, those of the states given where any are, in order of
// leader, first day and ID. Their kinds are for the manager only.
func (r Reader) Requests(ctx context.Context, states ...rota.RequestState) ([]rota.Request, error) {
	return list(ctx, r, scanRequest, `SELECT `+absenceNames+`, coalesce(q.state, 'approved'), q.asked, q.decided, coalesce(q.why, '')
		FROM absence LEFT JOIN request q ON q.absence = id
		WHERE ?1 = '[]' OR coalesce(q.state, 'approved') IN (SELECT value FROM json_each(?1)) ORDER BY leader, first, id`, jsonText(states))
}

func scanRequest(r row) (q rota.Request, err error) {
	return q, scanMore(r, absenceInto(&q.Absence), []any{&q.State, instant{&q.Asked}, instant{&q.Decided}, &q.Why})
}

// AddRequest records that an absence is asked for, and gives its number; any ID it carries is ignored. It is
// nothing that rotas are built from, so the revision stays.
func (db *DB) AddRequest(ctx context.Context, q rota.Request) (id rota.AbsenceID, err error) {
	err = db.transact(ctx, func(tx *sql.Tx) error {
		result, err := tx.ExecContext(ctx, insertAbsence, absenceArgs(q.Absence)...)
		if err != nil {
			return fmt.Errorf("add request: %w", err)
		}
		number, err := result.LastInsertId()
		if err != nil {
			return fmt.Errorf("add request: %w", err)
		}
		id = rota.AbsenceID(number)
		_, err = tx.ExecContext(ctx, `INSERT INTO request (absence, state, asked, decided, why) VALUES (?, ?, ?, ?, ?)`,
			number, q.State, q.Asked.Unix(), secondsOrNull(q.Decided), q.Why)
		if err != nil {
			return fmt.Errorf("add request: %w", err)
		}
		return nil
	})
	return id, err
}

// Consequences are what is done about the duties that an approved absence falls on.
type Consequences struct {
	Drafts []rota.Draft // repairs, each in place of the draft of its rota
	Offers []rota.Offer // to those who could cover
}

// ApproveRequest makes what was asked for an absence, and keeps its consequences, all or nothing. It gives the
// numbers of the offers in their order. It refuses with ErrStale what was decided meanwhile, and where anything
// was written since the revision.
func (db *DB) ApproveRequest(ctx context.Context, q rota.Request, then Consequences, revision int64, at time.Time) (offers []rota.OfferID, err error) {
	err = db.change(ctx, func(tx *sql.Tx) error {
		if err := unchangedSince(ctx, tx, revision); err != nil {
			return err
		}
		if err := decide(ctx, tx, q); err != nil {
			return err
		}
		for _, d := range then.Drafts {
			if _, err := saveDraft(ctx, tx, d, revision, at); err != nil {
				return err
			}
		}
		for _, o := range then.Offers {
			id, err := db.putOffer(ctx, tx, o, at)
			if err != nil {
				return err
			}
			offers = append(offers, id)
		}
		return db.tellAbsence(ctx, tx, q)
	})
	if err != nil {
		return nil, err
	}
	return offers, nil
}

// RefuseRequest records that an absence was refused. It refuses with ErrStale what was decided meanwhile.
func (db *DB) RefuseRequest(ctx context.Context, q rota.Request) error {
	return db.transact(ctx, func(tx *sql.Tx) error {
		if err := decide(ctx, tx, q); err != nil {
			return err
		}
		return db.tellAbsence(ctx, tx, q)
	})
}

// decide records the state of a request that nobody has decided yet.
func decide(ctx context.Context, tx *sql.Tx, q rota.Request) error {
	state, known, err := first(ctx, Reader{ask: tx}, scanString, `SELECT state FROM request WHERE absence = ?`, q.ID)
	switch {
	case err != nil:
		return err
	case !known:
		return unknown("absence", fmt.Sprint(q.ID))
	case state != string(rota.Requested):
		return refuse(ErrStale, fmt.Sprintf("pcnrota absence show %d", q.ID), "somebody else has decided it: absence %d is %s already", q.ID, state)
	}
	_, err = tx.ExecContext(ctx, `UPDATE request SET state = ?, decided = ?, why = ? WHERE absence = ?`, q.State, q.Decided.Unix(), q.Why, q.ID)
	if err != nil {
		return fmt.Errorf("decide request: %w", err)
	}
	return nil
}
