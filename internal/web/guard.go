package web

import (
	"fmt"
	"log/slog"
	"net/http"
	"path"
	"runtime/debug"
	"strings"
	"time"
)

// contentPolicy is the Content-Security-Policy: one style sheet and pictures of our own, and nothing else.
const contentPolicy = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// guard sets the headers that every answer has, writes the log, and turns a panic into an apology.
func guard(mux *http.ServeMux, log *slog.Logger) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", contentPolicy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("X-Robots-Tag", "noindex")
		h.Set("Cache-Control", "no-store") // for pages; feeds and the style sheet say otherwise

		seen := &witness{ResponseWriter: w}
		start := time.Now()
		defer func() {
			if cause := recover(); cause != nil {
				apologise(seen, r, cause, log)
			}
			log.LogAttrs(r.Context(), slog.LevelDebug, "request", slog.String("method", r.Method), slog.String("route", r.Pattern),
				slog.Int("status", seen.status), slog.Int64("bytes", seen.bytes), slog.Duration("took", time.Since(start)))
		}()
		if !straight(r) {
			say(seen, http.StatusNotFound, crooked)
			return
		}
		mux.ServeHTTP(seen, r)
	})
}

const crooked = "There is no such address here. Please check that the whole address was copied."

// straight refuses paths that lead elsewhere than they seem to: with empty parts, dots, or a slash in disguise.
func straight(r *http.Request) bool {
	clean := path.Clean(r.URL.Path)
	if strings.HasSuffix(r.URL.Path, "/") && clean != "/" {
		clean += "/"
	}
	return r.URL.Path == clean && !strings.Contains(strings.ToLower(r.URL.RawPath), "%2f")
}

// apologise ends a request whose handler panicked. The stack goes to the log and nowhere else.
func apologise(w *witness, r *http.Request, cause any, log *slog.Logger) {
	if cause == http.ErrAbortHandler {
		panic(cause) // net/http's own way to drop a connection
	}
	log.Error("handler panicked", "route", r.Pattern, "cause", fmt.Sprint(cause), "stack", string(debug.Stack()))
	if w.status != 0 {
		panic(http.ErrAbortHandler) // part of the answer is gone: the client must not take it for the whole
	}
	busy(w)
}

// retryAfter is how many seconds a client should wait before it asks again.
const retryAfter = "300"

// busy says that there is no answer just now, without saying why.
func busy(w http.ResponseWriter) {
	w.Header().Set("Retry-After", retryAfter)
	say(w, http.StatusServiceUnavailable, "The rota cannot be shown just now. Please try again in a few minutes.")
}

// fail logs what went wrong inside.
func (s *Site) fail(r *http.Request, err error) {
	s.Log.ErrorContext(r.Context(), "request failed", "route", r.Pattern, "error", err)
}

// say answers with a sentence or two of plain text.
func say(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(status)
	fmt.Fprintln(w, text)
}

// witness remembers what was answered.
type witness struct {
	http.ResponseWriter
	status int // 0: nothing yet
	bytes  int64
}

func (w *witness) WriteHeader(status int) {
	if w.status == 0 {
		w.status = status
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *witness) Write(b []byte) (int, error) {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	n, err := w.ResponseWriter.Write(b)
	w.bytes += int64(n)
	return n, err
}

// Unwrap is for http.ResponseController.
func (w *witness) Unwrap() http.ResponseWriter { return w.ResponseWriter }
