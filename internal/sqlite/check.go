package sqlite

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// Check has SQLite look through the whole file, and sees that everything that is named is there.
func (r Reader) Check(ctx context.Context) error {
	said, err := list(ctx, r, scanString, `PRAGMA integrity_check(5)`)
	if err != nil {
		return err
	}
	if len(said) != 1 || said[0] != "ok" {
		return errors.New("the database is damaged: " + said[0])
	}
	lost, err := list(ctx, r, func(r row) (s string, err error) {
		var parent any
		return s, r.Scan(&s, new(any), &parent, new(any))
	}, `PRAGMA foreign_key_check`)
	if err == nil && len(lost) > 0 {
		err = fmt.Errorf("the database is damaged: %d rows of %s name what is not there", len(lost), lost[0])
	}
	return err
}

// LastWritten gives the time of the newest entry of the audit trail; the zero time where there is none.
func (r Reader) LastWritten(ctx context.Context) (at time.Time, err error) {
	scan := func(r row) (t time.Time, err error) { return t, r.Scan(instant{&t}) }
	at, _, err = first(ctx, r, scan, `SELECT at FROM audit ORDER BY seq DESC LIMIT 1`)
	return at, err
}
