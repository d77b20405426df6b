package sqlite

import (
	"context"
	"database/sql"
	"fmt"

	"pcnrota/rota"
)

// Practices gives the member practices in order of code.
func (r Reader) Practices(ctx context.Context) ([]rota.Practice, error) {
	return list(ctx, r, scanPractice, `SELECT code, name, list_size FROM practice ORDER BY code`)
}

func scanPractice(r row) (p rota.Practice, err error) {
	return p, r.Scan(&p.Code, &p.Name, &p.ListSize)
}

// PutPractices inserts practices, or updates those that are there already.
func (db *DB) PutPractices(ctx context.Context, practices []rota.Practice) error {
	return changeEach(ctx, db, `INSERT INTO practice (code, name, list_size) VALUES (?, ?, ?)
		ON CONFLICT (code) DO UPDATE SET name = excluded.name, list_size = excluded.list_size`,
		practices, func(p rota.Practice) []any { return []any{p.Code, p.Name, p.ListSize} })
}

// RemovePractice removes a practice. While leaders belong to it, it is refused with ErrInUse.
func (db *DB) RemovePractice(ctx context.Context, code rota.PracticeCode) error {
	return db.change(ctx, func(tx *sql.Tx) error {
		members, err := list(ctx, Reader{ask: tx}, scanString, `SELECT id FROM leader WHERE practice = ? ORDER BY id`, code)
		if err != nil {
			return err
		}
		if len(members) > 0 {
			return refuse(ErrInUse, fmt.Sprintf("move them first: pcnrota leader edit %s --practice CODE", members[0]),
				"practice %s still has %s", code, count(len(members), "leader"))
		}
		return must(ctx, tx, unknown("practice", string(code)), `DELETE FROM practice WHERE code = ?`, code)
	})
}

func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// unknown says that there is no such thing; noun is also the command that lists them.
func unknown(noun, id string) *Refusal {
	return refuse(ErrUnknown, "pcnrota "+noun+" list", "there is no %s %s", noun, id)
}
