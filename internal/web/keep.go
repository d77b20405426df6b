package web

import (
	"crypto/sha256"
	"sync"

	"pcnrota/rota"
)

// feedsKept is how many feeds are kept in memory for one PCN: several links for each of 40 leaders.
const feedsKept = 256

// feedKey is the hash of a feed's secret. It is known even when the database cannot be asked.
type feedKey [sha256.Size]byte

// keptFeed is a feed as it was when the database stood at a revision and the link at an edition, on a civil day.
type keptFeed struct {
	revision int64
	edition  int
	day      rota.Date
	body     *rendition
}

// keep remembers the feeds that were asked for most recently, up to a number.
type keep struct {
	mu    sync.Mutex
	most  int
	feeds map[feedKey]keptFeed
	used  map[feedKey]uint64 // when, on a clock that counts uses
	clock uint64
}

func newKeep(most int) *keep {
	return &keep{most: most, feeds: map[feedKey]keptFeed{}, used: map[feedKey]uint64{}}
}

func (k *keep) get(key feedKey) (keptFeed, bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	f, ok := k.feeds[key]
	if ok {
		k.touch(key)
	}
	return f, ok
}

func (k *keep) put(key feedKey, f keptFeed) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.feeds[key] = f
	k.touch(key)
	for len(k.feeds) > k.most {
		k.forget(k.stalest())
	}
}

func (k *keep) drop(key feedKey) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.forget(key)
}

func (k *keep) touch(key feedKey) {
	k.clock++
	k.used[key] = k.clock
}

func (k *keep) forget(key feedKey) {
	delete(k.feeds, key)
	delete(k.used, key)
}

func (k *keep) stalest() (key feedKey) {
	oldest := k.clock + 1
	for each, used := range k.used {
		if used < oldest {
			key, oldest = each, used
		}
	}
	return key
}
