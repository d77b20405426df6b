package sqlite

import (
	"context"
	"database/sql"
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
	return within(ctx, r.pool, `BEGIN`, func(_ context.Context, conn *sql.Conn) error { return f(Reader{ask: conn}) })
}

// PCNID gives the identity made at Create: 32 hexadecimal digits, part of every calendar UID.
func (r Reader) PCNID(ctx context.Context) (string, error) {
	id, _, err := first(ctx, r, scanString, `SELECT id FROM pcn`)
	return id, err
}

// Revision rises with every write of practices, people, absences, wishes, pins, meetings and versions: of
// anything a rota is built from.
func (r Reader) Revision(ctx context.Context) (int64, error) {
	revision, _, err := first(ctx, r, scanInt, `SELECT revision FROM pcn`)
	return revision, err
}

// row is a row of an answer, ready to be scanned.
type row interface{ Scan(into ...any) error }

func scanString(r row) (s string, err error) { return s, r.Scan(&s) }
func scanInt(r row) (n int64, err error)     { return n, r.Scan(&n) }

// inOneGo is for a statement that takes no time, a row of many or what every pass of the reminders asks: a context that
// nothing cuts short. To be able to interrupt SQLite takes goroutines, which cost more than the answer.
func inOneGo(ctx context.Context) context.Context { return context.WithoutCancel(ctx) }

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
