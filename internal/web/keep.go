package web

import (
	"container/list"
	"context"
	"crypto/sha256"
	"sync"
)

// How many bytes of feeds are kept in memory, for all sites of a process together. As they are sent to nearly everybody,
// compressed, the feeds of all PCNs of England fit in; in plain, those that were asked for last do.
const (
	packedBytes = 192 << 20
	plainBytes  = 24 << 20
)

// feedKey is the hash of a feed's secret, and the site it was asked of: a folder may be a copy of another. It is known
// even when the database cannot be asked.
type feedKey struct {
	site *Site
	hash [sha256.Size]byte
}

// keptFeed is a feed as it was in a state, and when the link stood at an edition.
type keptFeed struct {
	state
	edition int
	body    *rendition
}

// Memory keeps the feeds that were asked for most recently, of any number of sites.
type Memory struct {
	making chan struct{} // as many as may be made at a time
	ahead  ahead

	mu    sync.Mutex
	feeds *shelf[feedKey, keptFeed]
	plain *shelf[*rendition, []byte]
	alike map[string]*shared // renditions by what they are: several links of one leader share one
}

// shared is a rendition and how many kept feeds have it.
type shared struct {
	body *rendition
	n    int
}

// NewMemory makes a memory for the sites of one process.
func NewMemory() *Memory { return newMemory(packedBytes, plainBytes) }

func newMemory(packed, plain int) *Memory {
	m := &Memory{making: make(chan struct{}, makingAtATime), alike: map[string]*shared{}}
	m.plain = newShelf[*rendition](plain, func(b []byte) int { return len(b) }, nil)
	m.feeds = newShelf[feedKey](packed, func(f keptFeed) int { return len(f.body.gzipped.bytes) + keptOverhead }, func(f keptFeed) {
		if s := m.alike[f.body.identity()]; s != nil {
			if s.n--; s.n == 0 {
				delete(m.alike, f.body.identity())
				m.plain.drop(s.body)
			}
		}
	})
	return m
}

// makingAtATime is how many feeds are made anew at a time, for each of which the duties of more than a year are read: when
// many are asked for at once, as after midnight, they wait for each other and not for memory.
const makingAtATime = 4

func (m *Memory) begin(ctx context.Context) error {
	select {
	case m.making <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (m *Memory) end() { <-m.making }

// keptOverhead is about what a kept feed takes besides its bytes.
const keptOverhead = 512

func (m *Memory) get(key feedKey) (keptFeed, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.feeds.get(key)
}

func (m *Memory) put(key feedKey, f keptFeed) {
	m.mu.Lock()
	defer m.mu.Unlock()
	same := m.alike[f.body.identity()]
	if same == nil {
		same = &shared{body: f.body}
		m.alike[f.body.identity()] = same
	}
	same.n++
	f.body = same.body
	m.feeds.put(key, f)
}

func (m *Memory) drop(key feedKey) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.feeds.drop(key)
}

// forget drops whatever is kept for a site that is closed.
func (m *Memory) forget(s *Site) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for key := range m.feeds.at {
		if key.site == s {
			m.feeds.drop(key)
		}
	}
}

// plainOf gives the bytes of a rendition as they are without compression.
func (m *Memory) plainOf(b *rendition) ([]byte, error) {
	m.mu.Lock()
	content, ok := m.plain.get(b)
	m.mu.Unlock()
	if ok {
		return content, nil
	}
	content, err := b.unpack()
	if err == nil {
		m.mu.Lock()
		m.plain.put(b, content)
		m.mu.Unlock()
	}
	return content, err
}

// shelf holds values up to a number of bytes, and lets go of those that were not asked for the longest.
type shelf[K comparable, V any] struct {
	most, held int
	size       func(V) int
	gone       func(V) // told of every value that leaves; may be nil
	order      *list.List
	at         map[K]*list.Element
}

type item[K comparable, V any] struct {
	key   K
	value V
}

func newShelf[K comparable, V any](most int, size func(V) int, gone func(V)) *shelf[K, V] {
	return &shelf[K, V]{most: most, size: size, gone: gone, order: list.New(), at: map[K]*list.Element{}}
}

func (s *shelf[K, V]) get(key K) (value V, ok bool) {
	e, ok := s.at[key]
	if !ok {
		return value, false
	}
	s.order.MoveToFront(e)
	return e.Value.(item[K, V]).value, true
}

func (s *shelf[K, V]) put(key K, value V) {
	s.drop(key)
	s.at[key] = s.order.PushFront(item[K, V]{key, value})
	s.held += s.size(value)
	for s.held > s.most && s.order.Len() > 1 {
		s.drop(s.order.Back().Value.(item[K, V]).key)
	}
}

func (s *shelf[K, V]) drop(key K) {
	e, ok := s.at[key]
	if !ok {
		return
	}
	value := s.order.Remove(e).(item[K, V]).value
	delete(s.at, key)
	s.held -= s.size(value)
	if s.gone != nil {
		s.gone(value)
	}
}
