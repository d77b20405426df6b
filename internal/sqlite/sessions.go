package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"pcnrota/notify"
	"pcnrota/rota"
)

// SignIn is a link by which a leader may begin a session, once.
type SignIn struct {
	Number  int64
	Leader  rota.LeaderID
	Asked   time.Time // UTC
	Expires time.Time // UTC
	Mailed  bool      // to the leader; false where the manager has printed it
	Page    string    // where it leads to, below the PCN's address; "" for the first page
}

// Session is a leader who is signed in to the pages.
type Session struct {
	Leader  rota.LeaderID
	Began   time.Time // UTC
	Expires time.Time // UTC
}

// AddSignIn records that a leader may sign in, and gives the number that the link names; any number it carries
// is ignored. The messages that message gives for that number go out with it, all or nothing.
func (db *DB) AddSignIn(ctx context.Context, s SignIn, message func(number int64) []notify.Reminder) (number int64, err error) {
	err = db.transact(ctx, func(tx *sql.Tx) error {
		result, err := tx.ExecContext(ctx, `INSERT INTO sign_in (leader, asked, expires, mailed, page) VALUES (?, ?, ?, ?, ?)`,
			s.Leader, s.Asked.Unix(), s.Expires.Unix(), s.Mailed, s.Page)
		if err != nil {
			return fmt.Errorf("add sign-in: %w", err)
		}
		if number, err = result.LastInsertId(); err != nil {
			return fmt.Errorf("add sign-in: %w", err)
		}
		_, err = plan(ctx, tx, message(number))
		return err
	})
	return number, err
}

// SignInsSince counts the sign-ins that were mailed to a leader since a moment.
func (r Reader) SignInsSince(ctx context.Context, leader rota.LeaderID, since time.Time) (int, error) {
	n, _, err := first(ctx, r, scanInt, `SELECT count(*) FROM sign_in WHERE leader = ? AND mailed AND asked > ?`, leader, since.Unix())
	return int(n), err
}

// OpenSignIn gives a sign-in that can still be used at the time; false where it was used, has expired or never was.
func (r Reader) OpenSignIn(ctx context.Context, number int64, at time.Time) (SignIn, bool, error) {
	scan := func(r row) (s SignIn, err error) {
		return s, r.Scan(&s.Number, &s.Leader, instant{&s.Asked}, instant{&s.Expires}, &s.Mailed, &s.Page)
	}
	return first(ctx, r, scan, `SELECT number, leader, asked, expires, mailed, page FROM sign_in
		WHERE number = ? AND used IS NULL AND expires > ?`, number, at.Unix())
}

// BeginSession uses a sign-in up and keeps a session of its leader by the hash of its secret. It reports false
// where somebody has used it before, or it has expired: of two who use it at once, one succeeds. Sessions of the
// leader that have expired are forgotten.
func (db *DB) BeginSession(ctx context.Context, number int64, hash []byte, at, expires time.Time) (began bool, err error) {
	err = db.transact(ctx, func(tx *sql.Tx) error {
		s, open, err := Reader{ask: tx}.OpenSignIn(ctx, number, at)
		if began = open; err != nil || !open {
			return err
		}
		for _, step := range []struct {
			statement string
			args      []any
		}{
			{`UPDATE sign_in SET used = ? WHERE number = ?`, []any{at.Unix(), number}},
			{`DELETE FROM session WHERE leader = ? AND expires <= ?`, []any{s.Leader, at.Unix()}},
			{`INSERT INTO session (leader, hash, began, expires) VALUES (?, ?, ?, ?)`, []any{s.Leader, hash, at.Unix(), expires.Unix()}},
		} {
			if _, err := tx.ExecContext(ctx, step.statement, step.args...); err != nil {
				return fmt.Errorf("begin session: %w", err)
			}
		}
		return nil
	})
	return began && err == nil, err
}

// SessionByHash finds the session whose secret has this hash; false where there is none that counts at the time.
func (r Reader) SessionByHash(ctx context.Context, hash []byte, at time.Time) (Session, bool, error) {
	scan := func(r row) (s Session, err error) {
		return s, r.Scan(&s.Leader, instant{&s.Began}, instant{&s.Expires})
	}
	return first(ctx, r, scan, `SELECT leader, began, expires FROM session WHERE hash = ? AND expires > ?`, hash, at.Unix())
}

// SessionsOf counts the sessions of a leader that count at the time.
func (r Reader) SessionsOf(ctx context.Context, leader rota.LeaderID, at time.Time) (int, error) {
	n, _, err := first(ctx, r, scanInt, `SELECT count(*) FROM session WHERE leader = ? AND expires > ?`, leader, at.Unix())
	return int(n), err
}

// EndSession signs out where the hash is that of a session's secret.
func (db *DB) EndSession(ctx context.Context, hash []byte) error {
	return db.transact(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `DELETE FROM session WHERE hash = ?`, hash); err != nil {
			return fmt.Errorf("end session: %w", err)
		}
		return nil
	})
}

// EndSessions signs a leader out everywhere: no session and no link that was given out before counts any more.
// It gives how many sessions there were.
func (db *DB) EndSessions(ctx context.Context, leader rota.LeaderID, at time.Time) (ended int, err error) {
	err = db.transact(ctx, func(tx *sql.Tx) error {
		ended, err = endSessions(ctx, tx, leader, at)
		return err
	})
	return ended, err
}

func endSessions(ctx context.Context, tx *sql.Tx, leader rota.LeaderID, at time.Time) (int, error) {
	_, err := tx.ExecContext(ctx, `UPDATE sign_in SET expires = max(asked, ?1) WHERE leader = ?2 AND used IS NULL AND expires > ?1`, at.Unix(), leader)
	if err != nil {
		return 0, fmt.Errorf("end sign-ins: %w", err)
	}
	result, err := tx.ExecContext(ctx, `DELETE FROM session WHERE leader = ?`, leader)
	if err != nil {
		return 0, fmt.Errorf("end sessions: %w", err)
	}
	n, err := result.RowsAffected()
	return int(n), err
}
