package web

import (
	"context"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
)

// served runs h until the test stops it, and gives its address and what Serve returned.
func served(t *testing.T, h http.Handler) (address string, stop func(), ended chan error) {
	t.Helper()
	l := get(net.Listen("tcp", "127.0.0.1:0"))
	ctx, cancel := context.WithCancel(t.Context())
	t.Cleanup(cancel)
	ended = make(chan error, 1)
	go func() { ended <- Service{}.Serve(ctx, l, h) }()
	return "http://" + l.Addr().String(), cancel, ended
}

func TestServeAnswersUntilItIsTold(t *testing.T) {
	h := newHarbour(t)
	address, stop, ended := served(t, h.site)
	path, _ := h.link("L1")
	answer := get(http.Get(address + path))
	calendar := string(get(io.ReadAll(answer.Body)))
	answer.Body.Close()
	contains(t, calendar, "BEGIN:VCALENDAR")
	if !answer.Uncompressed {
		t.Error("Go's client asks for gzip and did not get it")
	}
	stop()
	if err := <-ended; err != nil {
		t.Errorf("ended with %v", err)
	}
	if _, err := http.Get(address); err == nil {
		t.Error("it still answers")
	}
}

func TestServeLetsRequestsFinish(t *testing.T) {
	arrived, finish := make(chan struct{}), make(chan struct{})
	address, stop, ended := served(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		close(arrived)
		<-finish
		io.WriteString(w, "whole")
	}))
	got := make(chan string, 1)
	go func() {
		answer, err := http.Get(address)
		if err != nil {
			got <- err.Error()
			return
		}
		defer answer.Body.Close()
		got <- string(get(io.ReadAll(answer.Body)))
	}()
	<-arrived
	stop()
	close(finish)
	if body := <-got; body != "whole" {
		t.Errorf("got %q", body)
	}
	if err := <-ended; err != nil {
		t.Errorf("ended with %v", err)
	}
}

func TestServeSaysWhyItCannot(t *testing.T) {
	l := get(net.Listen("tcp", "127.0.0.1:0"))
	l.Close()
	if err := (Service{}).Serve(t.Context(), l, http.NotFoundHandler()); err == nil || !strings.HasPrefix(err.Error(), "serve on 127.0.0.1:") {
		t.Errorf("got %v", err)
	}
}

func TestServeRefusesHugeHeaders(t *testing.T) {
	address, _, _ := served(t, http.NotFoundHandler())
	r := get(http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil))
	r.Header.Set("Cookie", strings.Repeat("x", 10*headerBytes))
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return // cut off while still sending, which is a refusal too
	}
	answer.Body.Close()
	if answer.StatusCode != http.StatusRequestHeaderFieldsTooLarge {
		t.Errorf("got %s", answer.Status)
	}
}
