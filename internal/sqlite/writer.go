package sqlite

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
)

// transact runs f in one transaction that holds the write lock from the start. Where f fails, nothing
// of it remains.
func (db *DB) transact(ctx context.Context, f func(tx *sql.Tx) error) error {
	return db.unrecorded(ctx, func(tx *sql.Tx) error { return recorded(ctx, tx, f) })
}

// unrecorded is transact for tables that the audit trail leaves out, as the outbox.
func (db *DB) unrecorded(ctx context.Context, f func(tx *sql.Tx) error) error {
	tx, err := db.write.BeginTx(ctx, nil)
	if err != nil {
		return explain(fmt.Errorf("write database: %w", err))
	}
	defer tx.Rollback()
	if err := f(tx); err != nil {
		return explain(err)
	}
	if err := tx.Commit(); err != nil {
		return explain(fmt.Errorf("write database: %w", err))
	}
	return nil
}

// transaction is what a statement is run in.
type transaction interface {
	asker
	ExecContext(ctx context.Context, statement string, args ...any) (sql.Result, error)
}

// briefly is unrecorded for what every pass of the reminders writes.
func (db *DB) briefly(ctx context.Context, f func(ctx context.Context, tx transaction) error) error {
	return within(ctx, db.write, `BEGIN IMMEDIATE`, func(ctx context.Context, conn *sql.Conn) error { return f(ctx, conn) })
}

// within runs f in one transaction of its own, with a context that nothing cuts short. A *sql.Tx has to be ready for that
// at any time, which takes goroutines for it and for each of its statements that cost more than most statements do.
func within(ctx context.Context, pool *sql.DB, begin string, f func(ctx context.Context, conn *sql.Conn) error) error {
	conn, err := pool.Conn(ctx)
	if err != nil {
		return explain(fmt.Errorf("open a connection: %w", err))
	}
	defer conn.Close()
	ctx = context.WithoutCancel(ctx)
	if _, err := conn.ExecContext(ctx, begin); err != nil {
		return explain(fmt.Errorf("begin a transaction: %w", err))
	}
	ended := false
	defer func() {
		if ended {
			return
		}
		if _, err := conn.ExecContext(ctx, `ROLLBACK`); err != nil {
			conn.Raw(func(any) error { return driver.ErrBadConn }) // it may be in the transaction still: nobody gets it any more
		}
	}()
	if err := f(ctx, conn); err != nil {
		return explain(err)
	}
	if _, err := conn.ExecContext(ctx, `COMMIT`); err != nil {
		return explain(fmt.Errorf("end a transaction: %w", err))
	}
	ended = true
	return nil
}

// recorded has what f changes written into the audit trail. What something else has left in the database
// before comes first, under its own name.
func recorded(ctx context.Context, tx *sql.Tx, f func(tx *sql.Tx) error) error {
	if err := seal(ctx, tx, outside); err != nil {
		return err
	}
	if err := f(tx); err != nil {
		return err
	}
	return seal(ctx, tx, authorOf(ctx))
}

// change is transact for what a rota is built from: the revision rises.
func (db *DB) change(ctx context.Context, f func(tx *sql.Tx) error) error {
	return db.transact(ctx, func(tx *sql.Tx) error {
		if err := f(tx); err != nil {
			return err
		}
		return raiseRevision(ctx, tx)
	})
}

func raiseRevision(ctx context.Context, tx *sql.Tx) error {
	_, err := tx.ExecContext(ctx, `UPDATE pcn SET revision = revision + 1`)
	return err
}

// changeEach changes one row for each item, all in one transaction. Statement takes what args gives.
func changeEach[T any](ctx context.Context, db *DB, statement string, items []T, args func(T) []any) error {
	return db.change(ctx, func(tx *sql.Tx) error { return execEach(ctx, tx, statement, items, args) })
}

// execEach runs a statement for each item. The connection keeps it compiled, for the next time too. It can be cut short
// between two of them.
func execEach[T any](ctx context.Context, tx transaction, statement string, items []T, args func(T) []any) error {
	for _, item := range items {
		if err := ctx.Err(); err != nil {
			return fmt.Errorf("write database: %w", err)
		}
		if _, err := tx.ExecContext(inOneGo(ctx), statement, args(item)...); err != nil {
			return fmt.Errorf("write database: %w", err)
		}
	}
	return nil
}

// insertEach is changeEach for rows that the database numbers; it gives the numbers in order.
func insertEach[T any, ID ~int64](ctx context.Context, db *DB, statement string, items []T, args func(T) []any) ([]ID, error) {
	var ids []ID
	err := db.change(ctx, func(tx *sql.Tx) error {
		for _, item := range items {
			result, err := tx.ExecContext(ctx, statement, args(item)...)
			if err != nil {
				return fmt.Errorf("write database: %w", err)
			}
			id, err := result.LastInsertId()
			if err != nil {
				return fmt.Errorf("write database: %w", err)
			}
			ids = append(ids, ID(id))
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return ids, nil
}

// must runs a statement that has to find its row, and answers with missing where it does not.
func must(ctx context.Context, tx *sql.Tx, missing error, statement string, args ...any) error {
	result, err := tx.ExecContext(ctx, statement, args...)
	if err != nil {
		return fmt.Errorf("write database: %w", err)
	}
	if n, err := result.RowsAffected(); err != nil || n == 0 {
		return errors.Join(err, missing)
	}
	return nil
}
