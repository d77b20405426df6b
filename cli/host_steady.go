package cli

import (
	"context"
	"sync"
	"time"

	"pcnrota/internal/sqlite"
	"pcnrota/rota"
)

// steady is a database that answers from memory, while its files look as they did, what every fetch of a feed asks:
// which feed it is, and whether anything has changed. So a feed that has not changed is answered without opening
// the database.
type steady struct {
	*sqlite.DB
	dir string

	mu       sync.Mutex
	seen     dataSign
	asked    bool // revision is known
	revision int64
	feeds    map[[32]byte]rota.Feed // that were asked for, by hash
}

// settles is how old a change must be before the files' times can tell it from one that follows: file systems
// count time in steps of up to two seconds.
const settles = 2 * time.Second

// look gives the sign of the files now, and whether whatever was learnt under the same sign before still holds.
// It has to be called before the database is asked.
func (s *steady) look() (sign dataSign, settled bool) {
	sign = lookAtData(s.dir)
	newest := sign.database.written
	if sign.wal.written.After(newest) {
		newest = sign.wal.written
	}
	return sign, sign.database.exists() && time.Since(newest) > settles
}

// learn has f remember something that was found out under a sign.
func (s *steady) learn(sign dataSign, settled bool, f func()) {
	if !settled {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if sign != s.seen {
		s.seen, s.asked = sign, false
		s.feeds = map[[32]byte]rota.Feed{}
	}
	f()
}

// FeedByHash finds the feed of a link. Only of feeds that exist the answer is remembered.
func (s *steady) FeedByHash(ctx context.Context, hash []byte) (rota.Feed, bool, error) {
	sign, settled := s.look()
	if f, known := s.recall(sign, settled, hash); known {
		return f, true, nil
	}
	f, found, err := s.DB.FeedByHash(ctx, hash)
	if err == nil && found && len(hash) == 32 {
		s.learn(sign, settled, func() { s.feeds[[32]byte(hash)] = f })
	}
	return f, found, err
}

func (s *steady) recall(sign dataSign, settled bool, hash []byte) (f rota.Feed, known bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if settled && sign == s.seen && len(hash) == 32 {
		f, known = s.feeds[[32]byte(hash)]
	}
	return f, known
}

// Revision changes whenever anything changes that a feed shows.
func (s *steady) Revision(ctx context.Context) (int64, error) {
	sign, settled := s.look()
	s.mu.Lock()
	if settled && sign == s.seen && s.asked {
		defer s.mu.Unlock()
		return s.revision, nil
	}
	s.mu.Unlock()
	revision, err := s.DB.Revision(ctx)
	if err == nil {
		s.learn(sign, settled, func() { s.asked, s.revision = true, revision })
	}
	return revision, err
}
