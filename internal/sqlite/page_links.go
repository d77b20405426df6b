package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"pcnrota/rota"
)

const pageLinkNames = `id, name, created, expires, revoked`

func scanPageLink(r row) (l rota.PageLink, err error) {
	return l, r.Scan(&l.ID, &l.Name, instant{&l.Created}, instant{&l.Expires}, instant{&l.Revoked})
}

// AddPageLink records a new link to the pages by the hash of its secret, which is all that is kept of it. Any ID
// that l carries is ignored.
func (db *DB) AddPageLink(ctx context.Context, l rota.PageLink, hash []byte) (rota.PageLink, error) {
	l.Created, l.Expires, l.Revoked = toSecond(l.Created), toSecond(l.Expires), time.Time{}
	err := db.transact(ctx, func(tx *sql.Tx) error {
		result, err := tx.ExecContext(ctx, `INSERT INTO page_link (name, hash, created, expires) VALUES (?, ?, ?, ?)`,
			l.Name, hash, l.Created.Unix(), secondsOrNull(l.Expires))
		if err != nil {
			return fmt.Errorf("add page link: %w", err)
		}
		id, err := result.LastInsertId()
		l.ID = rota.PageLinkID(id)
		return err
	})
	return l, err
}

// PageLinks gives all links to the pages, ended ones among them, in order of ID.
func (r Reader) PageLinks(ctx context.Context) ([]rota.PageLink, error) {
	return list(ctx, r, scanPageLink, `SELECT `+pageLinkNames+` FROM page_link ORDER BY id`)
}

// PageLinkByHash finds the link whose secret has this hash, whether it works or not; false where there is none.
func (r Reader) PageLinkByHash(ctx context.Context, hash []byte) (rota.PageLink, bool, error) {
	return first(ctx, r, scanPageLink, `SELECT `+pageLinkNames+` FROM page_link WHERE hash = ?`, hash)
}

// RevokePageLink ends a link to the pages for good. A link that was revoked before keeps its time.
func (db *DB) RevokePageLink(ctx context.Context, id rota.PageLinkID, at time.Time) error {
	return db.transact(ctx, func(tx *sql.Tx) error {
		return must(ctx, tx, unknown("page link", fmt.Sprint(id)), `UPDATE page_link SET revoked = coalesce(revoked, ?) WHERE id = ?`, at.Unix(), id)
	})
}
