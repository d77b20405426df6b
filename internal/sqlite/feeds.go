package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"pcnrota/rota"
)

const feedNames = `id, leader, name, created, revoked, last_fetched, client`

func scanFeed(r row) (f rota.Feed, err error) {
	return f, r.Scan(&f.ID, &f.Leader, &f.Name, instant{&f.Created}, instant{&f.Revoked}, instant{&f.LastFetched}, &f.Client)
}

// AddFeed records a new link by the hash of its secret, which is all that is kept of it.
func (db *DB) AddFeed(ctx context.Context, leader rota.LeaderID, name string, hash []byte, at time.Time) (rota.Feed, error) {
	f := rota.Feed{Leader: leader, Name: name, Created: toSecond(at)}
	err := db.transact(ctx, func(tx *sql.Tx) error {
		result, err := tx.ExecContext(ctx, `INSERT INTO feed (leader, name, hash, created, client) VALUES (?, ?, ?, ?, '')`,
			leader, name, hash, at.Unix())
		if err != nil {
			return fmt.Errorf("add feed: %w", err)
		}
		id, err := result.LastInsertId()
		f.ID = rota.FeedID(id)
		return err
	})
	if err != nil {
		return rota.Feed{}, err
	}
	return f, nil
}

// Feeds gives all links, revoked ones among them, in order of ID.
func (r Reader) Feeds(ctx context.Context) ([]rota.Feed, error) {
	return list(ctx, r, scanFeed, `SELECT `+feedNames+` FROM feed ORDER BY id`)
}

// FeedByHash finds the link whose secret has this hash, revoked or not; false where there is none.
func (r Reader) FeedByHash(ctx context.Context, hash []byte) (rota.Feed, bool, error) {
	return first(ctx, r, scanFeed, `SELECT `+feedNames+` FROM feed WHERE hash = ?`, hash)
}

// RevokeFeed ends a link for good. A link that was revoked before keeps its time.
func (db *DB) RevokeFeed(ctx context.Context, id rota.FeedID, at time.Time) error {
	return db.transact(ctx, func(tx *sql.Tx) error {
		return must(ctx, tx, unknown("feed", fmt.Sprint(id)), `UPDATE feed SET revoked = coalesce(revoked, ?) WHERE id = ?`, at.Unix(), id)
	})
}

// TouchFeed records that a link was fetched, and by which program.
func (db *DB) TouchFeed(ctx context.Context, id rota.FeedID, at time.Time, client string) error {
	return db.transact(ctx, func(tx *sql.Tx) error {
		return must(ctx, tx, unknown("feed", fmt.Sprint(id)), `UPDATE feed SET last_fetched = ?, client = ? WHERE id = ?`, at.Unix(), client, id)
	})
}
