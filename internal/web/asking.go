package web

import (
	"net/http"
	"net/netip"
	"strconv"
	"sync"
	"time"
)

// A whole NHS site may come from one address, so a client is allowed more than one person would ask for. How often
// one leader is mailed is limited beside that, and stands in the database.
const (
	asksPerClient = 30
	askWindow     = 10 * time.Minute
	clientsKept   = 10_000
)

// asking counts how often clients ask for links to sign in.
type asking struct {
	mu      sync.Mutex
	began   time.Time // of the window
	clients map[netip.Addr]int
}

// allow counts one more, and reports whether it is not too many. Where more clients ask than are told apart, the
// others wait for the next window.
func (a *asking) allow(client netip.Addr, now time.Time) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.clients == nil || now.Sub(a.began) >= askWindow || now.Before(a.began) {
		a.began, a.clients = now, map[netip.Addr]int{}
	}
	n, known := a.clients[client]
	if n >= asksPerClient || !known && len(a.clients) >= clientsKept {
		return false
	}
	a.clients[client] = n + 1
	return true
}

// tooMany asks whoever has asked too often to wait.
func (s *Site) tooMany(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Retry-After", strconv.Itoa(int(askWindow.Seconds())))
	s.tell(w, r, http.StatusTooManyRequests, &Refusal{"Too many links were asked for from your network.", "Wait ten minutes and try again, or ask your PCN manager for a link."})
}
