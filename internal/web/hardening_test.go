package web

import (
	"bufio"
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"io"
	"log/slog"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func TestOnlyTrustedProxiesAreBelieved(t *testing.T) {
	trusted := proxies{netip.MustParsePrefix("10.0.0.0/24"), netip.MustParsePrefix("::1/128")}
	for _, test := range []struct {
		from, forwarded, proto string
		client, scheme         string
	}{
		{"192.0.2.1:5000", "", "", "192.0.2.1:5000", "http"},
		{"192.0.2.1:5000", "198.51.100.7", "https", "192.0.2.1:5000", "http"}, // anybody can write that
		{"10.0.0.9:5000", "198.51.100.7", "https", "198.51.100.7:0", "https"},
		{"10.0.0.9:5000", "1.2.3.4, 198.51.100.7", "https", "198.51.100.7:0", "https"}, // the first is the client's own word
		{"10.0.0.9:5000", "1.2.3.4, 198.51.100.7, 10.0.0.4", "", "198.51.100.7:0", "http"},
		{"10.0.0.9:5000", "198.51.100.7:443", "gopher", "198.51.100.7:0", "http"},
		{"10.0.0.9:5000", "1.2.3.4, unknown", "https", "10.0.0.9:5000", "https"},
		{"10.0.0.9:5000", "10.0.0.3", "https", "10.0.0.3:0", "https"},
		{"[::1]:5000", "2001:db8::7", "https", "[2001:db8::7]:0", "https"},
		{"[::ffff:10.0.0.9]:5000", "198.51.100.7", "https", "198.51.100.7:0", "https"},
	} {
		r := httptest.NewRequest("GET", "/", nil)
		r.RemoteAddr = test.from
		r.URL.Scheme = ""
		for name, value := range map[string]string{"X-Forwarded-For": test.forwarded, "X-Forwarded-Proto": test.proto, "X-Forwarded-Host": "evil.example"} {
			if value != "" {
				r.Header.Set(name, value)
			}
		}
		got := trusted.settle(r)
		if got.RemoteAddr != test.client || got.URL.Scheme != test.scheme {
			t.Errorf("from %s for %q by %q: %s %s, want %s %s", test.from, test.forwarded, test.proto, got.URL.Scheme, got.RemoteAddr, test.scheme, test.client)
		}
		if len(got.Header) != 0 {
			t.Errorf("left to be believed: %v", got.Header)
		}
	}
}

// TestACalendarIsNeverToldToWait has one address, as that of a practice or of Google, ask for feeds far more often than
// any page may be asked for, after it has used up what it has for pages.
func TestACalendarIsNeverToldToWait(t *testing.T) {
	h := newHarbour(t)
	path, _ := h.link("L1")
	now := time.Date(2026, 5, 4, 9, 0, 0, 0, time.UTC)
	site := newPatience(func() time.Time { return now }).limit(h.site)
	ask := func(path, from string) int {
		r := httptest.NewRequest("GET", "http://rota.example.org"+path, nil)
		r.RemoteAddr = from
		w := httptest.NewRecorder()
		site.ServeHTTP(w, r)
		return w.Code
	}
	for range 5000 {
		if got := ask(path, "192.0.2.1:1"); got != 200 {
			t.Fatalf("a feed was answered %d", got)
		}
	}
	if got := ask("/robots.txt", "192.0.2.1:1"); got != 200 {
		t.Errorf("feeds have used up patience: %d", got)
	}
	refused := 0
	for range 1000 {
		if ask("/robots.txt", "192.0.2.1:1") == 429 {
			refused++
		}
	}
	if refused < 300 {
		t.Errorf("%d of 1000 pages in no time were refused", refused)
	}
	for i := range 100 {
		ask(fmt.Sprintf("/feed/%040d.ics", i), "[2001:db8::1]:1")
	}
	for from, want := range map[string]int{"192.0.2.1:9": 429, "192.0.2.2:1": 200, "[2001:db8::2]:1": 429, "[2001:db8:0:1::2]:1": 200} {
		if got := ask("/robots.txt", from); got != want {
			t.Errorf("%s: %d, want %d", from, got, want)
		}
		if got := ask(path, from); got != 200 {
			t.Errorf("%s: a feed was answered %d", from, got)
		}
	}
	now = now.Add(time.Minute)
	if got := ask("/robots.txt", "192.0.2.1:1"); got != 200 {
		t.Errorf("after a minute: %d", got)
	}
}

// raw sends bytes as they are and gives the status line of the answer; "" where the connection was closed without one.
func raw(t *testing.T, address, request string) string {
	t.Helper()
	conn := get(net.Dial("tcp", strings.TrimPrefix(address, "http://")))
	defer conn.Close()
	conn.SetDeadline(time.Now().Add(20 * time.Second))
	io.WriteString(conn, request)
	line, _ := bufio.NewReader(conn).ReadString('\n')
	return strings.TrimSpace(line)
}

func TestOddRequestsAreRefused(t *testing.T) {
	h := newHarbour(t)
	address, _, _ := served(t, h.site)
	for request, want := range map[string]string{
		"GET / HTTP/1.1\r\n\r\n":                                                                        "HTTP/1.1 400",
		"BREW / HTTP/1.1\r\nHost: x\r\n\r\n":                                                            "HTTP/1.1 405",
		"TRACE / HTTP/1.1\r\nHost: x\r\n\r\n":                                                           "HTTP/1.1 405",
		"CONNECT rota.example:443 HTTP/1.1\r\nHost: x\r\n\r\n":                                          "HTTP/1.1 404",
		"OPTIONS / HTTP/1.1\r\nHost: x\r\n\r\n":                                                         "HTTP/1.1 405",
		"GET http://evil.example/ HTTP/1.1\r\nHost: x\r\n\r\n":                                          "HTTP/1.1 200",
		"GET /../../etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n":                                             "HTTP/1.1 404",
		"GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n":                                     "HTTP/1.1 404",
		"GET /feed/%00.ics HTTP/1.1\r\nHost: x\r\n\r\n":                                                 "HTTP/1.1 404",
		"GET /feed/..%5c..%5cconfig.toml.ics HTTP/1.1\r\nHost: x\r\n\r\n":                               "HTTP/1.1 404",
		"GET /feed/a%2fb.ics HTTP/1.1\r\nHost: x\r\n\r\n":                                               "HTTP/1.1 404",
		"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n": "HTTP/1.1 200", // chunked wins, and the connection ends
		"GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n":                                  "HTTP/1.1 501",
	} {
		if got := raw(t, address, request); !strings.HasPrefix(got, want) {
			t.Errorf("%q: %q, want %s", request, got, want)
		}
	}
}

// TestASlowClientIsCutOff has a client send a byte every few seconds, to hold its connection for ever.
func TestASlowClientIsCutOff(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newPipeListener()
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan error)
		go func() { ended <- Service{}.Serve(ctx, l, http.NotFoundHandler()) }()
		client, server := net.Pipe()
		l.conns <- server
		begun := time.Now()
		go io.Copy(io.Discard, client)
		for _, c := range "GET / HTTP/1.1\r\nHost: x\r\nX-Slow: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" {
			if _, err := client.Write([]byte{byte(c)}); err != nil {
				break
			}
			time.Sleep(3 * time.Second)
		}
		if lasted := time.Since(begun); lasted > headerTime+5*time.Second {
			t.Errorf("it lasted %s", lasted)
		}
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
}

// pipeListener hands out connections in memory, so that time need not pass.
type pipeListener struct {
	conns  chan net.Conn
	closed chan struct{}
}

func newPipeListener() *pipeListener {
	return &pipeListener{make(chan net.Conn), make(chan struct{})}
}

func (l *pipeListener) Accept() (net.Conn, error) {
	select {
	case c := <-l.conns:
		return c, nil
	case <-l.closed:
		return nil, net.ErrClosed
	}
}
func (l *pipeListener) Close() error   { close(l.closed); return nil }
func (l *pipeListener) Addr() net.Addr { return &net.TCPAddr{} }

func TestOneClientCannotTakeAllConnections(t *testing.T) {
	c := &crowd{trusted: proxies{netip.MustParsePrefix("10.0.0.5/32")}, of: map[netip.Addr]int{}}
	count := func(address string) (n int) {
		for n < 1000 && c.enter(netip.MustParseAddr(address)) {
			n++
		}
		return n
	}
	for address, want := range map[string]int{"192.0.2.1": connectionsOfAClient, "192.0.2.2": connectionsOfAClient, "10.0.0.5": 1000} {
		if got := count(address); got != want {
			t.Errorf("%s has %d connections, want %d", address, got, want)
		}
	}
	c.leave(netip.MustParseAddr("192.0.2.1"))
	if got := count("192.0.2.1"); got != 1 {
		t.Errorf("%d after one has left", got)
	}
}

func TestALargeBodyIsNotRead(t *testing.T) {
	read := make(chan error, 1)
	address, _, _ := served(t, http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		_, err := io.Copy(io.Discard, r.Body)
		read <- err
	}))
	answer, err := http.Post(address, "text/plain", bytes.NewReader(make([]byte, 10*bodyBytes)))
	if err == nil {
		answer.Body.Close()
	}
	if err := <-read; err == nil || !strings.Contains(err.Error(), "too large") {
		t.Errorf("read with %v", err)
	}
}

// certify writes a certificate for 127.0.0.1 with the serial number given.
func certify(t *testing.T, cert, key string, serial int64) {
	t.Helper()
	private := get(ecdsa.GenerateKey(elliptic.P256(), rand.Reader))
	template := &x509.Certificate{
		SerialNumber: big.NewInt(serial), Subject: pkix.Name{CommonName: "rota"}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
	}
	der := get(x509.CreateCertificate(rand.Reader, template, template, &private.PublicKey, private))
	for path, block := range map[string]*pem.Block{
		cert: {Type: "CERTIFICATE", Bytes: der}, key: {Type: "PRIVATE KEY", Bytes: get(x509.MarshalPKCS8PrivateKey(private))},
	} {
		if err := os.WriteFile(path, pem.EncodeToMemory(block), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func TestARenewedCertificateIsTakenUp(t *testing.T) {
	cert, key := filepath.Join(t.TempDir(), "cert.pem"), filepath.Join(t.TempDir(), "key.pem")
	certify(t, cert, key, 1)
	c, err := LoadCertificate(cert, key, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	serial := func() int64 {
		c.mu.Lock()
		c.looked = time.Time{}
		c.mu.Unlock()
		return get(c.get(nil)).Leaf.SerialNumber.Int64()
	}
	if got := serial(); got != 1 {
		t.Errorf("serial %d", got)
	}
	later := time.Now().Add(time.Minute)
	if err := os.WriteFile(cert, []byte("half written"), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := serial(); got != 1 {
		t.Errorf("serial %d of a broken file", got)
	}
	certify(t, cert, key, 2)
	if err := os.Chtimes(cert, later, later); err != nil {
		t.Fatal(err)
	}
	if got := serial(); got != 2 {
		t.Errorf("serial %d after it was renewed", got)
	}
	l := get(net.Listen("tcp", "127.0.0.1:0"))
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() {
		ended <- Service{Certificate: c}.Serve(ctx, l, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, r.URL.Scheme) }))
	}()
	client := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}, ForceAttemptHTTP2: true}}
	answer := get(client.Get("https://" + l.Addr().String()))
	if said := get(io.ReadAll(answer.Body)); string(said) != "https" || answer.ProtoMajor != 2 || answer.Header.Get("Strict-Transport-Security") == "" {
		t.Errorf("%s %s %v", answer.Proto, said, answer.Header)
	}
	answer.Body.Close()
	client.CloseIdleConnections()
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

// TestNothingInALogOpensAFeed asks for a feed in every way that can go wrong, and looks for its secret in the log.
func TestNothingInALogOpensAFeed(t *testing.T) {
	h := newHarbour(t)
	path, _ := h.link("L1")
	secret := strings.TrimSuffix(strings.TrimPrefix(path, "/feed/"), ".ics")
	log := slog.New(slog.NewTextHandler(h.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	l := get(net.Listen("tcp", "127.0.0.1:0"))
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() { ended <- Service{Log: log}.Serve(ctx, l, h.site) }()
	address := "http://" + l.Addr().String()
	for _, broken := range []string{"", "FeedByHash", "Revision", "Published"} {
		for _, panics := range []bool{false, true} {
			h.source.breaks(broken, panics)
			raw(t, address, "GET "+path+" HTTP/1.1\r\nHost: x\r\n\r\n")
			raw(t, address, "POST "+path+" HTTP/1.1\r\nHost: x\r\n\r\n")
			raw(t, address, "GET "+path+"/x HTTP/1.1\r\nHost: x\r\n\r\n")
			raw(t, address, "GET //"+path+" HTTP/1.1\r\nHost: x\r\n\r\n")
			raw(t, address, "GET "+path+" HTTP/9.9\r\nHost: "+secret+"\r\n\r\n")
			raw(t, address, "GET "+path+"?;"+secret+" HTTP/1.1\r\nHost: x\r\nRange: bytes="+secret+"\r\n\r\n")
		}
	}
	Service{Log: log}.complaints().Printf("http: panic serving 192.0.2.1: no such feed: %s\ngoroutine 1", path)
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	lacks(t, h.log.String(), secret, secret[:20])
	contains(t, h.log.String(), "connection", "(hidden)", "handler panicked")
}
