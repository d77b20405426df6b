package web

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// town is a set of sites that say which of them was asked for what.
type town struct {
	inside int // requests that have a site and have not released it
}

func (s *town) Site(_ context.Context, name string) (http.Handler, func(), error) {
	switch name {
	case "alpha", "Beta-2":
		s.inside++
		answer := func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, name+" "+r.URL.Path) }
		return guarded(answer, slog.New(slog.DiscardHandler)), func() { s.inside-- }, nil
	case "broken":
		return nil, nil, errors.New("config.toml:3: SELECT secret")
	default:
		return nil, nil, ErrNoSite
	}
}

func (*town) Health(context.Context) []string { return nil }

func TestAHostAsksTheSiteThatThePathBeginsWith(t *testing.T) {
	sites := &town{}
	h := NewHost(sites, slog.New(slog.DiscardHandler))
	for _, test := range []struct {
		method, path string
		status       int
		says         string
	}{
		{"GET", "/alpha/", 200, "alpha /"},
		{"GET", "/alpha/feed/x.ics?a=b", 200, "alpha /feed/x.ics"},
		{"POST", "/Beta-2/do/x", 200, "Beta-2 /do/x"},
		{"GET", "/alpha", 308, "/alpha/"},
		{"POST", "/alpha", 405, "can only be read"},
		{"GET", "/gamma/", 404, noSite},
		{"GET", "/broken/feed/x.ics", 503, brokenSite},
		{"GET", "/", 404, nobodysRoot},
		{"GET", "/healthz", 200, "ok"},
		{"GET", "/robots.txt", 200, "User-agent"},
		{"GET", "/alpha//feed/x.ics", 404, crooked},
		{"GET", "//example.org/", 404, crooked},
		{"GET", "/alpha/../broken/", 404, crooked},
		{"GET", "/alpha/%2e%2e/broken/", 404, crooked},
		{"GET", "/alpha%2fteam/", 404, crooked},
		{"GET", "/%61lpha/team", 200, "alpha /team"},
		{"GET", "/alpha/./team", 404, crooked},
	} {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest(test.method, "http://rota.example.org"+test.path, nil))
		said := w.Body.String() + w.Header().Get("Location")
		if w.Code != test.status || !strings.Contains(said, test.says) || strings.Contains(said, "SELECT") {
			t.Errorf("%s %s: %d %q, want %d %q", test.method, test.path, w.Code, said, test.status, test.says)
		}
		if w.Header().Get("Content-Security-Policy") == "" {
			t.Errorf("%s: no policy", test.path)
		}
	}
	if sites.inside != 0 {
		t.Errorf("%d requests have not released their site", sites.inside)
	}
}
