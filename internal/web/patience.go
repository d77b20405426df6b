package web

import (
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"time"
)

// How much of our patience a client has, and what its requests cost. A practice behind one address, a display on
// the wall and a program that asks for the JSON every few seconds all stay far below.
const (
	patienceMost   = 600.0 // what a client begins with, and never has more of
	patienceBack   = 10.0  // a second
	costOfAnswer   = 1.0   // any page, or JSON
	costOfMistake  = 10.0  // an address that does not exist, a refused form
	clientsCounted = 50_000
)

// patience tells clients who ask too much to come back later. It never tells a calendar so: a request for a feed that exists
// is free, however often and by whomever it is made, because one answer of that kind makes programs give up a
// subscription.
type patience struct {
	clock func() time.Time

	mu      sync.Mutex
	clients map[netip.Addr]account // of those who have less than all of it
}

type account struct {
	left float64
	at   time.Time
}

func newPatience(clock func() time.Time) *patience {
	return &patience{clock: clock, clients: map[netip.Addr]account{}}
}

// limit answers 429 where a client has used up its patience, except to calendars.
func (p *patience) limit(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		who := neighbourhood(addressOf(r.RemoteAddr))
		calendar := isFeedPath(r.URL.Path)
		if !calendar && p.left(who) <= 0 {
			w.Header().Set("Retry-After", "60")
			w.Header().Set("Cache-Control", "no-store")
			say(w, http.StatusTooManyRequests, "That is too many requests at a time. Please wait a minute.")
			return
		}
		seen := &witness{ResponseWriter: w}
		h.ServeHTTP(seen, r)
		switch {
		case seen.status >= 400 && seen.status < 500 && seen.status != http.StatusGone:
			p.charge(who, costOfMistake)
		case !calendar:
			p.charge(who, costOfAnswer)
		}
	})
}

// isFeedPath reports whether a path is that of a feed: /feed/TOKEN.ics, or /NAME/feed/TOKEN.ics.
func isFeedPath(path string) bool {
	dir, file := path[:strings.LastIndexByte(path, '/')+1], path[strings.LastIndexByte(path, '/')+1:]
	return strings.HasSuffix(dir, "/feed/") && strings.Count(dir, "/") <= 3 && strings.HasSuffix(file, ".ics")
}

// neighbourhood is what counts as one client: an IPv4 address, or the /64 that one subscriber of IPv6 has.
func neighbourhood(a netip.Addr) netip.Addr {
	if a.Is6() {
		if prefix, err := a.Prefix(64); err == nil {
			return prefix.Addr()
		}
	}
	return a
}

func (p *patience) left(who netip.Addr) float64 {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.account(who).left
}

func (p *patience) charge(who netip.Addr, cost float64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	a := p.account(who)
	a.left = max(a.left-cost, -costOfMistake)
	if len(p.clients) >= clientsCounted {
		p.forget(a.at)
	}
	p.clients[who] = a
}

// account is how a client stands now.
func (p *patience) account(who netip.Addr) account {
	now := p.clock()
	a, known := p.clients[who]
	if !known {
		return account{patienceMost, now}
	}
	return account{min(patienceMost, a.left+patienceBack*now.Sub(a.at).Seconds()), now}
}

// forget drops those who have all their patience back, and where all are in debt, everybody: to be lenient once is
// better than to grow without end.
func (p *patience) forget(now time.Time) {
	for who, a := range p.clients {
		if a.left+patienceBack*now.Sub(a.at).Seconds() >= patienceMost {
			delete(p.clients, who)
		}
	}
	if len(p.clients) >= clientsCounted {
		clear(p.clients)
	}
}
