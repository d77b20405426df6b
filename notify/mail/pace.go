package mail

import (
	"context"
	"sync"
	"time"
)

// Pace holds messages back, so that a mail server never gets more of them in any one minute than it takes.
// Whoever sends to that server shares one.
type Pace struct {
	mu   sync.Mutex
	sent []time.Time // when the last messages went, the oldest at next; as many as go in a minute
	next int
}

// NewPace allows so many messages in a minute.
func NewPace(perMinute int) *Pace { return &Pace{sent: make([]time.Time, perMinute)} }

// wait returns when another message may go, or with an error when ctx ends first. A nil Pace waits for nothing.
func (p *Pace) wait(ctx context.Context) error {
	if p == nil {
		return nil
	}
	timer := time.NewTimer(time.Until(p.take()))
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

// take gives the next moment at which a message may go, and counts it as gone then. Moments are given in order,
// so that whoever waits is served before whoever comes later.
func (p *Pace) take() time.Time {
	p.mu.Lock()
	defer p.mu.Unlock()
	at := time.Now()
	if free := p.sent[p.next].Add(time.Minute); free.After(at) {
		at = free
	}
	p.sent[p.next] = at
	p.next = (p.next + 1) % len(p.sent)
	return at
}

// Paces has one Pace for each mail server, for as many senders of one process as use it.
type Paces struct {
	mu sync.Mutex
	of map[string]*Pace
}

// Of gives the pace of a mail server: the first one asked for sets how many messages go in a minute. It is nil
// for 0, which is as many as come.
func (p *Paces) Of(server string, perMinute int) *Pace {
	if perMinute == 0 {
		return nil
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.of == nil {
		p.of = map[string]*Pace{}
	}
	if p.of[server] == nil {
		p.of[server] = NewPace(perMinute)
	}
	return p.of[server]
}
