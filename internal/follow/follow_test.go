package follow

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"
)

const secret = "/very-secret-token.ics"

// machine is a server that speaks https on the loopback, and a fetcher that trusts it and may reach it.
func machine(t *testing.T, answer http.HandlerFunc) (*httptest.Server, *Fetcher) {
	t.Helper()
	server := httptest.NewUnstartedServer(answer)
	server.Config.ErrorLog = nil
	server.StartTLS()
	t.Cleanup(server.Close)
	return server, trusting(server, New(server.Listener.Addr().String()))
}

func trusting(server *httptest.Server, f *Fetcher) *Fetcher {
	roots := x509.NewCertPool()
	roots.AddCert(server.Certificate())
	f.client.Transport.(*http.Transport).TLSClientConfig.RootCAs = roots
	return f
}

func TestACalendarIsFetchedAndAskedForAgain(t *testing.T) {
	server, f := machine(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Cookie") != "" || r.UserAgent() != "pcnrota" {
			t.Errorf("the request says %v", r.Header)
		}
		w.Header().Set("Set-Cookie", "a=b")
		w.Header().Set("ETag", `"1"`)
		w.Header().Set("Last-Modified", "Tue, 01 Dec 2026 10:00:00 GMT")
		if r.Header.Get("If-None-Match") == `"1"` && r.Header.Get("If-Modified-Since") != "" {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		fmt.Fprint(w, "BEGIN:VCALENDAR")
	})
	first, err := f.Fetch(t.Context(), server.URL+secret, "", "")
	if err != nil || string(first.Body) != "BEGIN:VCALENDAR" || first.Unchanged || first.ETag != `"1"` {
		t.Fatalf("got %+v, %v", first, err)
	}
	again, err := f.Fetch(t.Context(), server.URL+secret, first.ETag, first.Modified)
	if err != nil || !again.Unchanged || again.ETag != first.ETag || again.Modified != first.Modified {
		t.Errorf("got %+v, %v", again, err)
	}
}

// Whatever goes wrong is a sentence that names the machine and no more of the address.
func TestWhatGoesWrongIsSaidWithoutTheAddress(t *testing.T) {
	tests := []struct {
		name   string
		answer http.HandlerFunc
		want   string
	}{
		{"withdrawn", status(404), "has no calendar at that address any more (404)"},
		{"not published", status(403), "does not let the calendar be read (403)"},
		{"busy", status(503), "is busy (503)"},
		{"broken", status(500), "answers 500 instead of a calendar"},
		{"not asked for less", status(304), "answers 304 instead of a calendar"},
		{"a redirect to http", to("http://example.org/"), "redirects to an address that is not https"},
		{"a redirect to a user", to("https://a:b@example.org/"), "redirects to an address with a user name in it"},
		{"a redirect to a file", to("file:///etc/passwd"), "redirects to an address that is not https"},
		{"a redirect inside", to("https://169.254.169.254/latest"), "leads to 169.254.169.254, which is no address of the public internet"},
		{"a redirect to garbage", to("https://[::1" + secret), "cannot be reached"},
		{"no end of redirects", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, secret, http.StatusFound) }, "redirects more than 5 times"},
		{"too much", func(w http.ResponseWriter, _ *http.Request) { w.Write(make([]byte, maxBody+1)) }, "sends more than 5 MB"},
		{"too much in little", bomb, "sends more than 5 MB"},
		{"half an answer", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "100")
			fmt.Fprint(w, "BEGIN")
		}, "broke off in the middle"},
		{"no end of headers", func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("X", strings.Repeat("x", 2*maxHeader)) }, "cannot be reached"},
		{"silence", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }, "does not answer within"},
		{"drop by drop", drip, "does not answer within"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			server, f := machine(t, test.answer)
			if strings.HasPrefix(test.want, "does not answer") {
				f.client.Timeout = time.Second
			}
			got, err := f.Fetch(t.Context(), server.URL+secret, "", "")
			if err == nil || got.Body != nil {
				t.Fatalf("got %d octets, %v", len(got.Body), err)
			}
			if host := server.Listener.Addr().String(); !strings.HasPrefix(err.Error(), host+" "+test.want) {
				t.Errorf("got %q, want %q", err, host+" "+test.want)
			}
			if strings.Contains(err.Error(), "secret") {
				t.Errorf("%q tells the address", err)
			}
		})
	}
}

func status(code int) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(code) }
}

func to(address string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Location", address)
		w.WriteHeader(http.StatusFound)
	}
}

// bomb answers with eight megabytes in eight kilobytes.
func bomb(w http.ResponseWriter, _ *http.Request) {
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	for range 8 {
		z.Write(make([]byte, 1<<20))
	}
	z.Close()
	w.Header().Set("Content-Encoding", "gzip")
	w.Write(packed.Bytes())
}

func drip(w http.ResponseWriter, r *http.Request) {
	for r.Context().Err() == nil {
		fmt.Fprint(w, "x")
		w.(http.Flusher).Flush()
		time.Sleep(50 * time.Millisecond)
	}
}

func TestTheNextMachineIsNotToldTheAddress(t *testing.T) {
	server, f := machine(t, func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.URL.Path == secret:
			http.Redirect(w, r, "/elsewhere", http.StatusMovedPermanently)
		case r.Referer() != "":
			t.Errorf("the next machine is told %q", r.Referer())
		default:
			fmt.Fprint(w, "here")
		}
	})
	if got, err := f.Fetch(t.Context(), server.URL+secret, "", ""); err != nil || string(got.Body) != "here" {
		t.Errorf("got %q, %v", got.Body, err)
	}
}

// A machine of the own network is refused when the connection is made, whatever its name, and is never
// spoken to.
func TestTheOwnNetworkIsRefused(t *testing.T) {
	server := httptest.NewTLSServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("it was spoken to") }))
	t.Cleanup(server.Close)
	_, port, err := net.SplitHostPort(server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	for _, allowed := range []string{"", "127.0.0.1:1"} {
		f := trusting(server, New(allowed))
		for _, host := range []string{"127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "0.0.0.0"} {
			_, err := f.Fetch(t.Context(), "https://"+host+":"+port+secret, "", "")
			if err == nil || !strings.Contains(err.Error(), "no address of the public internet") {
				t.Errorf("%s: got %v", host, err)
			}
		}
	}
}

func TestACertificateOfNobodyIsRefused(t *testing.T) {
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	server.StartTLS()
	t.Cleanup(server.Close)
	_, err := New(server.Listener.Addr().String()).Fetch(t.Context(), server.URL+secret, "", "")
	if err == nil || !strings.HasSuffix(err.Error(), "shows a certificate that cannot be trusted") {
		t.Errorf("got %v", err)
	}
}

func TestAStoppedVisitIsNoFailure(t *testing.T) {
	server, f := machine(t, status(200))
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if _, err := f.Fetch(ctx, server.URL+secret, "", ""); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestPublicAddresses(t *testing.T) {
	for address, want := range map[string]bool{
		"8.8.8.8": true, "193.0.14.129": true, "2001:4860:4860::8888": true, "2a00:1450:4009::1": true, "::ffff:8.8.8.8": true,
		"127.0.0.1": false, "127.8.9.1": false, "0.0.0.0": false, "10.1.2.3": false, "172.16.0.1": false, "172.31.255.255": false,
		"172.32.0.1": true, "192.168.1.1": false, "169.254.169.254": false, "100.64.0.1": false, "100.127.255.255": false, "100.128.0.1": true,
		"192.0.2.1": false, "198.18.0.1": false, "198.51.100.7": false, "203.0.113.9": false, "224.0.0.1": false, "240.0.0.1": false,
		"255.255.255.255": false, "::1": false, "::": false, "fe80::1": false, "fc00::1": false, "fd12::1": false, "ff02::1": false,
		"::ffff:127.0.0.1": false, "::ffff:10.0.0.1": false, "::127.0.0.1": false, "64:ff9b::7f00:1": false, "2002:7f00:1::": false,
		"2001:0:7f00:1::": false, "2001:db8::1": false, "fec0::1": false, "fd00:ec2::254": false,
	} {
		if got := isPublic(netip.MustParseAddr(address)); got != want {
			t.Errorf("%s is public: %t", address, got)
		}
	}
}

func TestAddressesAsPeopleCopyThem(t *testing.T) {
	tests := []struct{ typed, address, host, problem string }{
		{" https://outlook.office365.com/owa/calendar/x/calendar.ics ", "https://outlook.office365.com/owa/calendar/x/calendar.ics", "outlook.office365.com", ""},
		{"webcal://p01-caldav.icloud.com/published/2/x", "https://p01-caldav.icloud.com/published/2/x", "p01-caldav.icloud.com", ""},
		{"HTTPS://cal.example.org:8443/a?token=b#c", "https://cal.example.org:8443/a?token=b", "cal.example.org:8443", ""},
		{"http://cal.example.org/a", "", "", "begins with http://"},
		{"ftp://cal.example.org/a", "", "", "not a web address that begins with https://"},
		{"cal.example.org/a", "", "", "not a web address that begins with https://"},
		{"file:///etc/passwd", "", "", "not a web address that begins with https://"},
		{"https:///a", "", "", "names no machine"},
		{"https:cal.example.org", "", "", "names no machine"},
		{"https://a:b@cal.example.org/", "", "", "user name"},
		{"https://cal.example.org/%zz", "", "", "not a web address"},
		{"https://cal.example.org/" + strings.Repeat("x", 2000), "", "", "longer than 2000"},
	}
	for _, test := range tests {
		address, host, err := CheckAddress(test.typed)
		problem := ""
		if err != nil {
			problem = err.Error()
		}
		if address != test.address || host != test.host || !strings.Contains(problem, test.problem) || (problem == "") != (test.problem == "") {
			t.Errorf("%s gives %q at %q (%s)", test.typed, address, host, problem)
		}
	}
}

func TestVisitsAreSpread(t *testing.T) {
	now := time.Date(2026, 12, 1, 10, 0, 0, 0, time.UTC)
	if !Due("https://a/", time.Time{}).Before(now) {
		t.Error("a calendar that was never visited is not due")
	}
	seen := map[time.Time]bool{}
	for n := range 50 {
		due := Due(fmt.Sprintf("https://example.org/%d", n), now)
		if due.Before(now.Add(time.Hour)) || due.After(now.Add(80*time.Minute)) {
			t.Errorf("due at %s", due)
		}
		seen[due.Truncate(time.Minute)] = true
	}
	if len(seen) < 10 {
		t.Errorf("50 calendars are visited in %d minutes", len(seen))
	}
}
