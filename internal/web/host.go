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
	host := &host{sites}
	mux := http.NewServeMux()
	get := func(pattern string, answer http.HandlerFunc) { mux.HandleFunc(pattern, readOnly(answer)) }
	get("/{$}", func(w http.ResponseWriter, _ *http.Request) { say(w, http.StatusNotFound, nobodysRoot) })
	get("/robots.txt", robots)
	get("/healthz", health(sites.Health))
	get("/favicon.ico", noContent)
	mux.HandleFunc("/{pcn}/", host.answer)
	get("/{pcn}", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, r.URL.EscapedPath()+"/", http.StatusPermanentRedirect)
	})
	return guard(mux, log)
}

// Only answers for the one PCN of that name, at the root of the address.
func Only(sites Sites, name string, log *slog.Logger) http.Handler {
	h := &host{sites}
	mux := http.NewServeMux()
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { h.pass(w, r, name, "") })
	return guard(mux, log)
}

type host struct{ sites Sites }

// answer has the site of the PCN that the path begins with answer.
func (h *host) answer(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("pcn")
	h.pass(w, r, name, "/"+name)
}

// pass has a site answer to what follows the prefix of the path.
func (h *host) pass(w http.ResponseWriter, r *http.Request, name, prefix string) {
	site, release, err := h.sites.Site(r.Context(), name)
	switch {
	case errors.Is(err, ErrNoSite):
		say(w, http.StatusNotFound, noSite)
	case err != nil: // whoever holds the sites has logged why
		w.Header().Set("Retry-After", retryAfter)
		say(w, http.StatusServiceUnavailable, brokenSite)
	default:
		defer release()
		site.ServeHTTP(w, within(r, prefix))
	}
}

// within is r as a site sees it, whose addresses begin after the prefix.
func within(r *http.Request, prefix string) *http.Request {
	inner, address := *r, *r.URL
	address.Path, address.RawPath = strings.TrimPrefix(address.Path, prefix), ""
	inner.URL = &address
	return &inner
}
