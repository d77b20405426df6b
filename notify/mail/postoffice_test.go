package mail_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"io"
	"log"
	"math/big"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"

	"pcnrota/notify/mail"
)

// postOffice is a real SMTP server on loopback that behaves as a test asks. Its hooks are set before it
// opens; nil takes everything.
type postOffice struct {
	encryption   mail.Encryption // "": none
	password     string          // "": nobody needs to sign in
	mechanism    string          // how to sign in
	noCert       bool            // encryption is not offered at all
	refuseSignIn error           // to everybody; nil for the password to decide
	onMail       func(*smtp.Conn) error
	onRcpt       func(*smtp.Conn) error
	onData       func(*smtp.Conn) error // after the whole message has been read

	roots    *x509.CertPool
	port     int
	mu       sync.Mutex
	sessions int
	got      []delivery
}

type delivery struct {
	from, to string
	body     []byte
}

// open starts the server and ends it with the test. It gives the options that reach it.
func (p *postOffice) open(t testing.TB) mail.Options {
	t.Helper()
	server := smtp.NewServer(smtp.BackendFunc(func(c *smtp.Conn) (smtp.Session, error) {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.sessions++
		return &session{office: p, conn: c}, nil
	}))
	server.Domain, server.AllowInsecureAuth, server.ErrorLog = "localhost", true, log.New(io.Discard, "", 0)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p.port = listener.Addr().(*net.TCPAddr).Port
	if !p.noCert {
		var certificate tls.Certificate
		certificate, p.roots = selfMade(t)
		server.TLSConfig = &tls.Config{Certificates: []tls.Certificate{certificate}}
	}
	if p.encryption == mail.TLS {
		listener = tls.NewListener(listener, server.TLSConfig)
	}
	done := make(chan struct{})
	go func() { defer close(done); _ = server.Serve(listener) }()
	t.Cleanup(func() { _ = server.Close(); _ = listener.Close(); <-done })
	return mail.Options{
		Host: "localhost", Port: p.port, Encryption: p.encryption, Roots: p.roots,
		DialWithin: 5 * time.Second, SendWithin: 5 * time.Second,
	}
}

func (p *postOffice) deliveries() []delivery {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.got
}

type session struct {
	office   *postOffice
	conn     *smtp.Conn
	from, to string
	signedIn bool
}

func (s *session) Reset()        { s.from, s.to = "", "" }
func (s *session) Logout() error { return nil }

func (s *session) Mail(from string, _ *smtp.MailOptions) error {
	if s.office.password != "" && !s.signedIn {
		return &smtp.SMTPError{Code: 530, EnhancedCode: smtp.EnhancedCode{5, 7, 57}, Message: "Client was not authenticated"}
	}
	s.from = from
	return call(s.office.onMail, s.conn)
}

func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.to = to
	return call(s.office.onRcpt, s.conn)
}

func (s *session) Data(r io.Reader) error {
	body, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	if err := call(s.office.onData, s.conn); err != nil {
		return err
	}
	s.office.mu.Lock()
	defer s.office.mu.Unlock()
	s.office.got = append(s.office.got, delivery{s.from, s.to, body})
	return nil
}

func call(hook func(*smtp.Conn) error, c *smtp.Conn) error {
	if hook == nil {
		return nil
	}
	return hook(c)
}

func (s *session) AuthMechanisms() []string {
	if s.office.password == "" {
		return nil
	}
	return []string{s.office.mechanism}
}

func (s *session) Auth(mech string) (sasl.Server, error) {
	check := func(username, password string) error {
		if s.office.refuseSignIn != nil {
			return s.office.refuseSignIn
		}
		if username != "rota" || password != s.office.password {
			return smtp.ErrAuthFailed
		}
		s.signedIn = true
		return nil
	}
	switch mech {
	case "LOGIN":
		return &loginServer{check: check}, nil
	case "XOAUTH2":
		return &tokenServer{check: check}, nil
	}
	return sasl.NewPlainServer(func(_, username, password string) error { return check(username, password) }), nil
}

// loginServer speaks the server's side of LOGIN.
type loginServer struct {
	check    func(username, password string) error
	username string
	step     int
}

func (l *loginServer) Next(response []byte) (challenge []byte, done bool, err error) {
	l.step++
	switch l.step {
	case 1:
		return []byte("Username:"), false, nil
	case 2:
		l.username = string(response)
		return []byte("Password:"), false, nil
	case 3:
		return nil, true, l.check(l.username, string(response))
	default:
		return nil, false, errors.New("too many answers")
	}
}

// tokenServer speaks the server's side of XOAUTH2: a refusal begins with a challenge that tells why.
type tokenServer struct {
	check func(username, password string) error
	err   error
}

func (s *tokenServer) Next(response []byte) (challenge []byte, done bool, err error) {
	if s.err != nil {
		return nil, true, s.err
	}
	parts := strings.Split(string(response), "\x01")
	if len(parts) != 4 {
		return nil, true, errors.New("not XOAUTH2")
	}
	s.err = s.check(strings.TrimPrefix(parts[0], "user="), strings.TrimPrefix(parts[1], "auth=Bearer "))
	if s.err != nil {
		return []byte(`{"status":"401"}`), false, nil
	}
	return nil, true, nil
}

// selfMade makes a certificate for localhost that nobody else vouches for.
func selfMade(t testing.TB) (tls.Certificate, *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "localhost"}, DNSNames: []string{"localhost"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), IsCA: true, BasicConstraintsValid: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AddCert(parsed)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, roots
}
