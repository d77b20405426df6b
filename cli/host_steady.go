package cli

import (
	"context"
	"crypto/sha256"
	"maps"
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
	looked   time.Time // when the files were last looked at ...
	sign     dataSign  // ... and how they were
	seen     dataSign
	asked    bool // revision is known
	revision int64
	feeds    map[[sha256.Size]byte]rota.Feed // that were asked for, by hash
}

// look gives the sign of the files now, and whether whatever was learnt under the same sign before still holds.
// It has to be called before the database is asked. Questions of one request share a look.
func (s *steady) look() (sign dataSign, settled bool) {
	const shared = time.Millisecond
	s.mu.Lock()
	defer s.mu.Unlock()
	if now := time.Now(); now.Sub(s.looked) > shared {
		s.looked = now
		s.sign, _ = lookAtData(s.dir)
	}
	return s.sign, s.sign.settled()
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
		s.feeds = map[[sha256.Size]byte]rota.Feed{}
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
	if err == nil && found && len(hash) == sha256.Size {
		s.learn(sign, settled, func() { s.feeds[[sha256.Size]byte(hash)] = f })
	}
	return f, found, err
}

// FeedsByHash finds all feeds, and remembers them.
func (s *steady) FeedsByHash(ctx context.Context) (map[[sha256.Size]byte]rota.Feed, error) {
	sign, settled := s.look()
	feeds, err := s.DB.FeedsByHash(ctx)
	if err == nil {
		s.learn(sign, settled, func() { s.feeds = maps.Clone(feeds) })
	}
	return feeds, err
}

func (s *steady) recall(sign dataSign, settled bool, hash []byte) (f rota.Feed, known bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if settled && sign == s.seen && len(hash) == sha256.Size {
		f, known = s.feeds[[sha256.Size]byte(hash)]
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
