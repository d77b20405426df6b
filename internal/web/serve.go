package web

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"time"
)

// Limits on one connection. A feed of a few hundred kilobytes passes a slow telephone in writeTime; a
// client that trickles its request to hold a connection open does not live longer than the others.
const (
	headerTime  = 10 * time.Second
	readTime    = 15 * time.Second
	writeTime   = 60 * time.Second
	idleTime    = 2 * time.Minute
	headerBytes = 16 << 10
	bodyBytes   = 64 << 10        // of a form; nothing else is sent to us
	farewell    = 5 * time.Second // for requests under way when the server is told to stop
)

// Service says how requests are served.
type Service struct {
	Trusted     []netip.Prefix // proxies that are believed when they say for whom they ask, and how
	Certificate *Certificate   // nil: without TLS
	Log         *slog.Logger
}

// Serve answers requests on l until ctx ends, lets those under way finish, and gives nil; any other end
// is an error. It closes l.
func (s Service) Serve(ctx context.Context, l net.Listener, h http.Handler) error {
	server := &http.Server{
		Handler: s.Front(h), ReadHeaderTimeout: headerTime, ReadTimeout: readTime, WriteTimeout: writeTime,
		IdleTimeout: idleTime, MaxHeaderBytes: headerBytes, ErrorLog: s.complaints(),
	}
	listening := &crowd{Listener: l, trusted: s.Trusted, of: map[netip.Addr]int{}}
	ended := make(chan error, 1)
	go func() {
		if s.Certificate == nil {
			ended <- server.Serve(listening)
			return
		}
		server.TLSConfig = &tls.Config{MinVersion: tls.VersionTLS12, GetCertificate: s.Certificate.get}
		ended <- server.ServeTLS(listening, "", "")
	}()
	select {
	case err := <-ended:
		return fmt.Errorf("serve on %s: %w", l.Addr(), err)
	case <-ctx.Done():
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), farewell)
	defer cancel()
	if err := server.Shutdown(ctx); err != nil {
		server.Close() // somebody reads very slowly: their answer is cut off
	}
	if err := <-ended; !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve on %s: %w", l.Addr(), err)
	}
	return nil
}

// Front gives h behind what every request passes before it is answered: who asks is settled, and who asks too much is
// told so.
func (s Service) Front(h http.Handler) http.Handler {
	limited := newPatience(time.Now).limit(h)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r = proxies(s.Trusted).settle(r)
		r.Body = http.MaxBytesReader(w, r.Body, bodyBytes)
		if r.URL.Scheme == "https" {
			w.Header().Set("Strict-Transport-Security", "max-age=31536000")
		}
		limited.ServeHTTP(w, r)
	})
}
