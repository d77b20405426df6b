package sqlite

import (
	"context"
	"database/sql"
	"fmt"

	"pcnrota/rota"
)

// Wishes gives all wishes in order of leader and ID.
func (r Reader) Wishes(ctx context.Context) ([]rota.Wish, error) {
	return list(ctx, r, scanWish, `SELECT id, leader, kind, coalesce(weekday, 0), first, last, weight FROM wish ORDER BY leader, id`)
}

func scanWish(r row) (w rota.Wish, err error) {
	return w, r.Scan(&w.ID, &w.Leader, &w.Kind, &w.Weekday, dateInto(&w.First), dateInto(&w.Last), &w.Weight)
}

// AddWishes inserts new wishes and gives their numbers in order; any ID they carry is ignored.
func (db *DB) AddWishes(ctx context.Context, wishes []rota.Wish) ([]rota.WishID, error) {
	return insertEach[rota.Wish, rota.WishID](ctx, db,
		`INSERT INTO wish (leader, kind, weekday, first, last, weight) VALUES (?, ?, ?, ?, ?, ?)`, wishes, wishArgs)
}

// PutWish updates the wish with w's ID.
func (db *DB) PutWish(ctx context.Context, w rota.Wish) error {
	return db.change(ctx, func(tx *sql.Tx) error {
		return must(ctx, tx, unknown("wish", fmt.Sprint(w.ID)),
			`UPDATE wish SET leader = ?, kind = ?, weekday = ?, first = ?, last = ?, weight = ? WHERE id = ?`, append(wishArgs(w), w.ID)...)
	})
}

// RemoveWish removes a wish.
func (db *DB) RemoveWish(ctx context.Context, id rota.WishID) error {
	return db.change(ctx, func(tx *sql.Tx) error {
		return must(ctx, tx, unknown("wish", fmt.Sprint(id)), `DELETE FROM wish WHERE id = ?`, id)
	})
}

// wishArgs leaves the weekday out where the wish is about days.
func wishArgs(w rota.Wish) []any {
	if w.First.IsZero() {
		return []any{w.Leader, w.Kind, int(w.Weekday), nil, nil, w.Weight}
	}
	return []any{w.Leader, w.Kind, nil, dateOrNull(w.First), dateOrNull(w.Last), w.Weight}
}
