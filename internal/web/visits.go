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
// visits are noted in memory, and a goroutine that lives only while there are any writes them down.
type visits struct {
	source Source
	log    *slog.Logger

	mu      sync.Mutex
	waiting map[rota.FeedID]visit // at most one a feed
	working bool
	done    sync.WaitGroup
}

type visit struct {
	at     time.Time
	client string
}

// note has it recorded that f was fetched at the given time, unless that was done less than ten minutes ago.
func (v *visits) note(f rota.Feed, at time.Time, client string) {
	if since := at.Sub(f.LastFetched); since >= 0 && since < visitEvery {
		return
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.waiting == nil {
		v.waiting = map[rota.FeedID]visit{}
	}
	v.waiting[f.ID] = visit{at, clientName(client)}
	if !v.working {
		v.working = true
		v.done.Go(v.write)
	}
}

// write records visits until there are none left. A visit that cannot be recorded is let go: it is worth
// a line in the log and no more.
func (v *visits) write() {
	for {
		id, one, ok := v.take()
		if !ok {
			return
		}
		ctx, cancel := context.WithTimeout(context.Background(), visitTime)
		if err := v.source.TouchFeed(ctx, id, one.at, one.client); err != nil {
			v.log.Warn("record visit of feed", "feed", id, "error", err)
		}
		cancel()
	}
}

func (v *visits) take() (rota.FeedID, visit, bool) {
	v.mu.Lock()
	defer v.mu.Unlock()
	for id, one := range v.waiting {
		delete(v.waiting, id)
		return id, one, true
	}
	v.working = false
	return 0, visit{}, false
}

func (v *visits) wait() { v.done.Wait() }
