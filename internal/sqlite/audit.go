package sqlite

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"
)

// Author is who is behind the changes of a transaction.
type Author struct {
	Who     string           // the name they go by
	Command string           // what they typed, without arguments: "leader edit"
	Why     string           // the reason they gave; ""
	Now     func() time.Time // the clock by which it happens; nil: the database's
}

// outside is the author of what lies in the database without this program having written it.
var outside = Author{Who: "not pcnrota", Command: "a change from outside"}

type authorKey struct{}

// WithAuthor names the author of everything that is written under the context.
func WithAuthor(ctx context.Context, a Author) context.Context {
	return context.WithValue(ctx, authorKey{}, a)
}

func authorOf(ctx context.Context) Author {
	if a, ok := ctx.Value(authorKey{}).(Author); ok {
		return a
	}
	return Author{Who: "pcnrota"}
}

// AuditEntry is one change of one row, as it was recorded. Nothing can change or remove it.
type AuditEntry struct {
	Seq               int64
	At                time.Time // UTC
	Who, Command, Why string
	Subject, Key      string          // table and primary key
	Old, New          json.RawMessage // the row; nil where it did not exist. PRIVATE
	Hash              []byte          // of everything above and of the entry before
}

// Sum gives the hash that the entry should have after one with the hash before.
func (e AuditEntry) Sum(before []byte) []byte {
	h := sha256.New()
	h.Write(before)
	// An array of strings and numbers has one form in JSON, whatever the strings hold.
	fmt.Fprint(h, jsonText([]any{e.Seq, e.At.Unix(), e.Who, e.Command, e.Why, e.Subject, e.Key, string(e.Old), string(e.New)}))
	return h.Sum(nil)
}

const auditNames = `seq, at, who, command, why, subject, key, old, new, hash`

func scanAudit(r row) (e AuditEntry, err error) {
	var old, new sql.NullString
	err = r.Scan(&e.Seq, instant{&e.At}, &e.Who, &e.Command, &e.Why, &e.Subject, &e.Key, &old, &new, &e.Hash)
	if old.Valid {
		e.Old = json.RawMessage(old.String)
	}
	if new.Valid {
		e.New = json.RawMessage(new.String)
	}
	return e, err
}

// Audit gives the entries after the one numbered since, at most so many, in order.
func (r Reader) Audit(ctx context.Context, since int64, most int) ([]AuditEntry, error) {
	return list(ctx, r, scanAudit, `SELECT `+auditNames+` FROM audit WHERE seq > ? ORDER BY seq LIMIT ?`, since, most)
}

// lastAudit gives the newest entry, or one of number 0 where there is none.
func (r Reader) lastAudit(ctx context.Context) (AuditEntry, error) {
	e, _, err := first(ctx, r, scanAudit, `SELECT `+auditNames+` FROM audit ORDER BY seq DESC LIMIT 1`)
	return e, err
}

// seal moves what the transaction has touched into the audit trail, under the name of a.
func seal(ctx context.Context, tx *sql.Tx, a Author) error {
	ctx, r := inOneGo(ctx), Reader{ask: tx}
	scan := func(r row) (e AuditEntry, err error) {
		var old, new sql.NullString
		err = r.Scan(&e.Subject, &e.Key, &old, &new)
		e.Old, e.New = json.RawMessage(old.String), json.RawMessage(new.String)
		return e, err
	}
	entries, err := list(ctx, r, scan, `SELECT subject, key, old, new FROM touched ORDER BY id`)
	if err != nil || len(entries) == 0 {
		return err
	}
	last, err := r.lastAudit(ctx)
	if err != nil {
		return err
	}
	at, err := a.clock(ctx, r)
	if err != nil {
		return err
	}
	for i := range entries {
		e := &entries[i]
		e.Seq, e.At, e.Who, e.Command, e.Why = last.Seq+1, at, a.Who, a.Command, a.Why
		e.Hash = e.Sum(last.Hash)
		last = *e
	}
	err = execEach(ctx, tx, `INSERT INTO audit (`+auditNames+`) VALUES (?, ?, ?, ?, ?, ?, ?, nullif(?, ''), nullif(?, ''), ?)`, entries,
		func(e AuditEntry) []any {
			return []any{e.Seq, e.At.Unix(), e.Who, e.Command, e.Why, e.Subject, e.Key, string(e.Old), string(e.New), e.Hash}
		})
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `DELETE FROM touched`)
	return err
}

// clock gives the moment of the change, in whole seconds.
func (a Author) clock(ctx context.Context, r Reader) (time.Time, error) {
	if a.Now != nil {
		return toSecond(a.Now()), nil
	}
	now, _, err := first(ctx, r, scanInt, `SELECT unixepoch()`)
	return time.Unix(now, 0).UTC(), err
}

// touch notes a change that no trigger sees.
func touch(ctx context.Context, tx *sql.Tx, subject, key string, old, new any) error {
	text := func(v any) any {
		if v == nil {
			return nil
		}
		return jsonText(v)
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO touched (subject, key, old, new) VALUES (?, ?, ?, ?)`, subject, key, text(old), text(new))
	if err != nil {
		return fmt.Errorf("record change: %w", err)
	}
	return nil
}
