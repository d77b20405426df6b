package web

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strings"
)

// Sites finds the site of a PCN by the name that it has in addresses.
type Sites interface {
	// Site gives the site of that name, which stays open until release is called. The error is ErrNoSite where there is
	// none of that name; with any other, the site cannot be opened just now.
	Site(ctx context.Context, name string) (site http.Handler, release func(), err error)
	// Health says what is wrong with the whole, a word each. What is wrong with one PCN its own site says.
	Health(ctx context.Context) []string
}

// ErrNoSite says that no PCN has a name.
var ErrNoSite = errors.New("there is no PCN of that name")

const (
	noSite      = "There is no PCN at this address. Please check that the whole address was copied."
	brokenSite  = "The pages and calendars of this PCN cannot be shown just now. Your PCN manager can see why in the log of pcnrota serve."
	nobodysRoot = "Each PCN has an address of its own on this server, which your PCN manager can tell you."
)

// NewHost answers for many PCNs: the first part of a path is the name of a PCN, and what follows is for its site.
func NewHost(sites Sites, log *slog.Logger) http.Handler {
	mux := http.NewServeMux()
	get := func(pattern string, answer http.HandlerFunc) { mux.HandleFunc(pattern, readOnly(answer)) }
	get("/{$}", func(w http.ResponseWriter, _ *http.Request) { say(w, http.StatusNotFound, nobodysRoot) })
	get("/robots.txt", robots)
	get("/healthz", health(sites.Health))
	get("/favicon.ico", noContent)
	get("/{pcn}", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, r.URL.EscapedPath()+"/", http.StatusPermanentRedirect)
	})
	mux.HandleFunc("/{pcn}/", absent)
	return &host{sites: sites, own: guard(mux, log), broken: guarded(broken, log)}
}

// Only answers for the one PCN of that name, at the root of the address.
func Only(sites Sites, name string, log *slog.Logger) http.Handler {
	h := &host{sites: sites, own: guarded(absent, log), broken: guarded(broken, log)}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { h.pass(w, r, name, "") })
}

// host hands requests to sites, which guard themselves.
type host struct {
	sites  Sites
	own    http.Handler // answers what is not for a site
	broken http.Handler // answers for a site that cannot be opened
}

// ServeHTTP has the site of the PCN that the path begins with answer.
func (h *host) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name, _, inside := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	if !inside || name == "" || r.URL.RawPath != "" && !straight(r) {
		h.own.ServeHTTP(w, r)
		return
	}
	h.pass(w, r, name, "/"+name)
}

// pass has a site answer to what follows the prefix of the path.
func (h *host) pass(w http.ResponseWriter, r *http.Request, name, prefix string) {
	site, release, err := h.sites.Site(r.Context(), name)
	switch {
	case errors.Is(err, ErrNoSite):
		h.own.ServeHTTP(w, r)
	case err != nil: // whoever holds the sites has logged why
		h.broken.ServeHTTP(w, r)
	default:
		defer release()
		site.ServeHTTP(w, within(r, prefix))
	}
}

func absent(w http.ResponseWriter, _ *http.Request) { say(w, http.StatusNotFound, noSite) }

func broken(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Retry-After", retryAfter)
	say(w, http.StatusServiceUnavailable, brokenSite)
}

// guarded is one answer to everything, behind the guard.
func guarded(answer http.HandlerFunc, log *slog.Logger) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/", answer)
	return guard(mux, log)
}

// within is r as a site sees it, whose addresses begin after the prefix.
func within(r *http.Request, prefix string) *http.Request {
	if prefix == "" {
		return r
	}
	inner, address := *r, *r.URL
	address.Path, address.RawPath = strings.TrimPrefix(address.Path, prefix), ""
	inner.URL = &address
	return &inner
}
