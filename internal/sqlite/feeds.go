package sqlite

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"fmt"
	"time"

	"pcnrota/rota"
)

const feedNames = `f.id, f.kind, coalesce(f.leader, ''), coalesce(f.rota, ''), coalesce(f.practice, ''), coalesce(f.body, ''),
	f.name, f.options, f.edition, f.created, f.expires, f.revoked, f.last_fetched, f.client`

func feedInto(f *rota.Feed) []any {
	return []any{
		&f.ID, &f.Kind, &f.Leader, &f.Rota, &f.Practice, &f.Body,
		&f.Name, jsonInto(&f.Options), &f.Edition,
		instant{&f.Created},
		instant{&f.Expires},
		instant{&f.Revoked},
		instant{&f.LastFetched},
		&f.Client,
	}
}

func scanFeed(r row) (f rota.Feed, err error) { return f, r.Scan(feedInto(&f)...) }

// AddFeed records a new link by the hash of its secret, which is all that is kept of it. Any ID that f carries is
// ignored, and so is its history.
func (db *DB) AddFeed(ctx context.Context, f rota.Feed, hash []byte) (rota.Feed, error) {
	f.Created, f.Expires = toSecond(f.Created), toSecond(f.Expires)
	f.Revoked, f.Replaced, f.LastFetched, f.Client, f.Edition = time.Time{}, time.Time{}, time.Time{}, "", 0
	err := db.transact(ctx, func(tx *sql.Tx) error {
		result, err := tx.ExecContext(ctx, `INSERT INTO feed (kind, leader, rota, practice, body, name, options, edition, created, expires, client)
			VALUES (?, nullif(?, ''), nullif(?, ''), nullif(?, ''), nullif(?, ''), ?, ?, 0, ?, ?, '')`,
			f.Kind, f.Leader, f.Rota, f.Practice, f.Body, f.Name, jsonText(f.Options), f.Created.Unix(), secondsOrNull(f.Expires))
		if err != nil {
			return fmt.Errorf("add feed: %w", err)
		}
		id, err := result.LastInsertId()
		if err != nil {
			return err
		}
		f.ID = rota.FeedID(id)
		return addSecret(ctx, tx, f.ID, hash)
	})
	if err != nil {
		return rota.Feed{}, err
	}
	return f, nil
}

func addSecret(ctx context.Context, tx *sql.Tx, id rota.FeedID, hash []byte) error {
	if _, err := tx.ExecContext(ctx, `INSERT INTO feed_secret (feed, hash) VALUES (?, ?)`, id, hash); err != nil {
		return fmt.Errorf("add secret of feed: %w", err)
	}
	return nil
}

// Feeds gives all links, ended ones among them, in order of ID.
func (r Reader) Feeds(ctx context.Context) ([]rota.Feed, error) {
	return list(ctx, r, scanFeed, `SELECT `+feedNames+` FROM feed f ORDER BY f.id`)
}

// FeedByHash finds the link one of whose secrets has this hash, whether it works or not; false where there is
// none. It is one question either way.
func (r Reader) FeedByHash(ctx context.Context, hash []byte) (rota.Feed, bool, error) {
	scan := func(r row) (f rota.Feed, err error) { return f, scanMore(r, feedInto(&f), []any{instant{&f.Replaced}}) }
	return first(ctx, r, scan, `SELECT `+feedNames+`, s.until FROM feed_secret s JOIN feed f ON f.id = s.feed WHERE s.hash = ?`, hash)
}

// FeedsByHash gives every link under the hash of each of its secrets.
func (r Reader) FeedsByHash(ctx context.Context) (map[[sha256.Size]byte]rota.Feed, error) {
	type found struct {
		hash []byte
		feed rota.Feed
	}
	scan := func(r row) (f found, err error) {
		return f, scanMore(r, feedInto(&f.feed), []any{instant{&f.feed.Replaced}, &f.hash})
	}
	all, err := list(ctx, r, scan, `SELECT `+feedNames+`, s.until, s.hash FROM feed_secret s JOIN feed f ON f.id = s.feed`)
	feeds := make(map[[sha256.Size]byte]rota.Feed, len(all))
	for _, f := range all {
		if len(f.hash) == sha256.Size {
			feeds[[sha256.Size]byte(f.hash)] = f.feed
		}
	}
	return feeds, err
}

// EditFeed replaces the name, the options and the end of the link with f's ID.
func (db *DB) EditFeed(ctx context.Context, f rota.Feed) error {
	return db.transact(ctx, func(tx *sql.Tx) error {
		return must(ctx, tx, unknown("feed", fmt.Sprint(f.ID)), `UPDATE feed SET name = ?, options = ?, expires = ?, edition = edition + 1 WHERE id = ?`,
			f.Name, jsonText(f.Options), secondsOrNull(f.Expires), f.ID)
	})
}

// RotateFeed gives a link a new secret, by its hash. The one that it had works until the given time, and so does any
// that was replaced before, if it has not ended sooner.
func (db *DB) RotateFeed(ctx context.Context, id rota.FeedID, hash []byte, until time.Time) error {
	return db.transact(ctx, func(tx *sql.Tx) error {
		err := must(ctx, tx, unknown("feed", fmt.Sprint(id)), `UPDATE feed SET edition = edition + 1 WHERE id = ?`, id)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `UPDATE feed_secret SET until = min(coalesce(until, ?1), ?1) WHERE feed = ?2`, until.Unix(), id); err != nil {
			return fmt.Errorf("rotate feed: %w", err)
		}
		return addSecret(ctx, tx, id, hash)
	})
}

// RevokeFeed ends a link for good. A link that was revoked before keeps its time.
func (db *DB) RevokeFeed(ctx context.Context, id rota.FeedID, at time.Time) error {
	return db.transact(ctx, func(tx *sql.Tx) error {
		return must(ctx, tx, unknown("feed", fmt.Sprint(id)), `UPDATE feed SET revoked = coalesce(revoked, ?) WHERE id = ?`, at.Unix(), id)
	})
}

// TouchFeeds records that links were fetched, and by which programs. One that is gone meanwhile is passed over.
func (db *DB) TouchFeeds(ctx context.Context, fetched []rota.Fetch) error {
	return db.transact(ctx, func(tx *sql.Tx) error {
		for _, f := range fetched {
			if _, err := tx.ExecContext(ctx, `UPDATE feed SET last_fetched = ?, client = ? WHERE id = ?`, f.At.Unix(), f.Client, f.Feed); err != nil {
				return fmt.Errorf("record visit of feed %d: %w", f.Feed, err)
			}
		}
		return nil
	})
}
