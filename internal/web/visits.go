package web

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"pcnrota/rota"
)

const (
	visitEvery = 10 * time.Minute // how finely it is recorded when a feed was last fetched
	visitTime  = 5 * time.Second
)

// visits records who fetched which feed. It never makes an answer wait for the database's one writer:
// visits are noted in memory, and a goroutine that lives only while there are any writes them down, those of a while
// together.
type visits struct {
	source Source
	log    *slog.Logger
	gather time.Duration // for so long visits wait for others
	ending chan struct{} // closed when they are to wait no longer
	used   func()        // called when some were recorded

	mu      sync.Mutex
	waiting map[rota.FeedID]rota.Fetch // at most one a feed
	working bool
	done    sync.WaitGroup
	once    sync.Once
}

// note has it recorded that f was fetched at the given time, unless that was done less than ten minutes ago.
func (v *visits) note(f rota.Feed, at time.Time, client string) {
	if since := at.Sub(f.LastFetched); since >= 0 && since < visitEvery {
		return
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.waiting == nil {
		v.waiting = map[rota.FeedID]rota.Fetch{}
	}
	v.waiting[f.ID] = rota.Fetch{Feed: f.ID, At: at, Client: clientName(client)}
	if !v.working {
		v.working = true
		v.done.Go(v.write)
	}
}

// write records visits until there are none left. Visits that cannot be recorded are let go: they are worth
// a line in the log and no more.
func (v *visits) write() {
	for {
		v.pause()
		some := v.take()
		if len(some) == 0 {
			return
		}
		ctx, cancel := context.WithTimeout(context.Background(), visitTime)
		if err := v.source.TouchFeeds(ctx, some); err != nil {
			v.log.Warn("record visits of feeds", "feeds", len(some), "error", err)
		}
		cancel()
		v.used()
	}
}

func (v *visits) pause() {
	select {
	case <-v.ending:
	case <-time.After(v.gather):
	}
}

func (v *visits) take() (some []rota.Fetch) {
	v.mu.Lock()
	defer v.mu.Unlock()
	for _, one := range v.waiting {
		some = append(some, one) // each is a row of its own, in whatever order
	}
	v.waiting, v.working = nil, len(some) > 0
	return some
}

func (v *visits) wait() { v.done.Wait() }

// end records what is left.
func (v *visits) end() {
	v.once.Do(func() { close(v.ending) })
	v.wait()
}
