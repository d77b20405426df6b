package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"pcnrota/rota"
)

const pageLinkNames = `l.id, l.name, l.created, l.expires, l.revoked`

func pageLinkInto(l *rota.PageLink) []any {
	return []any{&l.ID, &l.Name, instant{&l.Created}, instant{&l.Expires}, instant{&l.Revoked}}
}

func scanPageLink(r row) (l rota.PageLink, err error) { return l, r.Scan(pageLinkInto(&l)...) }

// AddPageLink records a new link to the pages by the hash of its secret, which is all that is kept of it. Any ID
// that l carries is ignored.
func (db *DB) AddPageLink(ctx context.Context, l rota.PageLink, hash []byte) (rota.PageLink, error) {
	l.Created, l.Expires, l.Revoked, l.Replaced = toSecond(l.Created), toSecond(l.Expires), time.Time{}, time.Time{}
	err := db.transact(ctx, func(tx *sql.Tx) error {
		result, err := tx.ExecContext(ctx, `INSERT INTO page_link (name, created, expires) VALUES (?, ?, ?)`,
			l.Name, l.Created.Unix(), secondsOrNull(l.Expires))
		if err != nil {
			return fmt.Errorf("add page link: %w", err)
		}
		id, err := result.LastInsertId()
		if err != nil {
			return err
		}
		l.ID = rota.PageLinkID(id)
		return addPageSecret(ctx, tx, l.ID, hash)
	})
	return l, err
}

func addPageSecret(ctx context.Context, tx *sql.Tx, id rota.PageLinkID, hash []byte) error {
	if _, err := tx.ExecContext(ctx, `INSERT INTO page_secret (link, hash) VALUES (?, ?)`, id, hash); err != nil {
		return fmt.Errorf("add secret of page link: %w", err)
	}
	return nil
}

// PageLinks gives all links to the pages, ended ones among them, in order of ID.
func (r Reader) PageLinks(ctx context.Context) ([]rota.PageLink, error) {
	return list(ctx, r, scanPageLink, `SELECT `+pageLinkNames+` FROM page_link l ORDER BY l.id`)
}

// PageLinkByHash finds the link one of whose secrets has this hash, whether it works or not; false where there is none.
func (r Reader) PageLinkByHash(ctx context.Context, hash []byte) (rota.PageLink, bool, error) {
	scan := func(r row) (l rota.PageLink, err error) {
		return l, scanMore(r, pageLinkInto(&l), []any{instant{&l.Replaced}})
	}
	return first(ctx, r, scan, `SELECT `+pageLinkNames+`, s.until FROM page_secret s JOIN page_link l ON l.id = s.link WHERE s.hash = ?`, hash)
}

// RotatePageLink gives a link a new secret, by its hash. The one that it had works until the given time, and so does any
// that was replaced before, if it has not ended sooner.
func (db *DB) RotatePageLink(ctx context.Context, id rota.PageLinkID, hash []byte, until time.Time) error {
	return db.transact(ctx, func(tx *sql.Tx) error {
		err := must(ctx, tx, unknown("page link", fmt.Sprint(id)), `UPDATE page_secret SET until = min(coalesce(until, ?1), ?1) WHERE link = ?2`, until.Unix(), id)
		if err != nil {
			return err
		}
		return addPageSecret(ctx, tx, id, hash)
	})
}

// RevokePageLink ends a link to the pages for good. A link that was revoked before keeps its time.
func (db *DB) RevokePageLink(ctx context.Context, id rota.PageLinkID, at time.Time) error {
	return db.transact(ctx, func(tx *sql.Tx) error {
		return must(ctx, tx, unknown("page link", fmt.Sprint(id)), `UPDATE page_link SET revoked = coalesce(revoked, ?) WHERE id = ?`, at.Unix(), id)
	})
}
