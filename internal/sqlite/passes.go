package sqlite

import (
	"context"
	"crypto/rand"
	"database/sql"
	"fmt"
)

// PassKey gives the secret of this PCN with which links in messages are made and checked. It is made once, and
// goes with the database: links that were sent work with a restored backup too.
func (db *DB) PassKey(ctx context.Context) (key [32]byte, err error) {
	const ask = `SELECT key FROM pass_key`
	kept, found, err := first(ctx, db.Reader, scanBytes, ask)
	if err == nil && !found {
		kept, err = db.makePassKey(ctx, ask)
	}
	if err == nil && copy(key[:], kept) != len(key) {
		err = fmt.Errorf("key of passes has %d bytes", len(kept))
	}
	return key, err
}

// makePassKey keeps a new key, unless another process has been faster, and gives the one that is kept.
func (db *DB) makePassKey(ctx context.Context, ask string) (kept []byte, err error) {
	fresh := make([]byte, 32)
	if _, err := rand.Read(fresh); err != nil {
		return nil, fmt.Errorf("make key of passes: %w", err)
	}
	err = db.transact(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `INSERT INTO pass_key (one, key) VALUES (1, ?) ON CONFLICT DO NOTHING`, fresh); err != nil {
			return fmt.Errorf("keep key of passes: %w", err)
		}
		kept, _, err = first(ctx, Reader{ask: tx}, scanBytes, ask)
		return err
	})
	return kept, err
}

func scanBytes(r row) (b []byte, err error) { return b, r.Scan(&b) }
