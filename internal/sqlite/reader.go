package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// Reader answers questions about what the database holds. Get one from a DB or inside View.
type Reader struct {
	ask  asker
	pool *sql.DB // nil inside a transaction
}

// asker is what a pool and a transaction have in common.
type asker interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// View gives f a Reader whose answers all come from one moment, whatever is written meanwhile. Inside a
// View, another View is of the same moment.
func (r Reader) View(ctx context.Context, f func(Reader) error) error {
	if r.pool == nil {
		return f(r)
	}
	tx, err := r.pool.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return explain(fmt.Errorf("read database: %w", err))
	}
	defer tx.Rollback()
	return f(Reader{ask: tx})
}

// PCNID gives the identity made at Create: 32 hexadecimal digits, part of every calendar UID.
func (r Reader) PCNID(ctx context.Context) (string, error) {
	id, _, err := first(ctx, r, scanString, `SELECT id FROM pcn`)
	return id, err
}

// Revision rises with every write of practices, people, absences, wishes, meetings and versions: of
// anything a rota is built from.
func (r Reader) Revision(ctx context.Context) (int64, error) {
	revision, _, err := first(ctx, r, scanInt, `SELECT revision FROM pcn`)
	return revision, err
}

// row is a row of an answer, ready to be scanned.
type row interface{ Scan(into ...any) error }

func scanString(r row) (s string, err error) { return s, r.Scan(&s) }
func scanInt(r row) (n int64, err error)     { return n, r.Scan(&n) }

// list asks a question that has any number of rows as its answer.
func list[T any](ctx context.Context, r Reader, scan func(row) (T, error), query string, args ...any) ([]T, error) {
	rows, err := r.ask.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, explain(fmt.Errorf("read database: %w", err))
	}
	defer rows.Close()
	var all []T
	for rows.Next() {
		one, err := scan(rows)
		if err != nil {
			return nil, fmt.Errorf("read database: %w", err)
		}
		all = append(all, one)
	}
	if err := rows.Err(); err != nil {
		return nil, explain(fmt.Errorf("read database: %w", err))
	}
	return all, nil
}

// first asks a question that has one row as its answer, or none.
func first[T any](ctx context.Context, r Reader, scan func(row) (T, error), query string, args ...any) (T, bool, error) {
	all, err := list(ctx, r, scan, query, args...)
	if err != nil || len(all) == 0 {
		var none T
		return none, false, err
	}
	return all[0], true, nil
}

// transact runs f in one transaction that holds the write lock from the start. Where f fails, nothing
// of it remains.
func (db *DB) transact(ctx context.Context, f func(tx *sql.Tx) error) error {
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

func execEach[T any](ctx context.Context, tx *sql.Tx, statement string, items []T, args func(T) []any) error {
	prepared, err := tx.PrepareContext(ctx, statement)
	if err != nil {
		return fmt.Errorf("write database: %w", err)
	}
	defer prepared.Close()
	for _, item := range items {
		if _, err := prepared.ExecContext(ctx, args(item)...); err != nil {
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
