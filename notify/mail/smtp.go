package mail

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"strconv"
	"sync"
	"time"

	gomail "github.com/wneessen/go-mail"
	"github.com/wneessen/go-mail/smtp"

	"pcnrota/notify"
)

// Encryption says how the way to the mail server is kept private.
type Encryption string

// The ways.
const (
	StartTLS Encryption = "starttls" // plain at first, then TLS or nothing: the usual way, on port 587
	TLS      Encryption = "tls"      // TLS from the first byte, on port 465
	Plain    Encryption = "none"     // none: only to a relay on this machine
)

// Auth says how to sign in.
type Auth string

// The ways. AuthAuto takes PLAIN or LOGIN, whichever the server offers first, where there is a user name,
// and none where there is not.
const (
	AuthAuto  Auth = ""
	AuthNone  Auth = "none"
	AuthPlain Auth = "plain"
	AuthLogin Auth = "login"
	AuthToken Auth = "xoauth2" // by an access token in place of a password: Exchange Online, Gmail
)

// Options say how to reach the mail server. Zero fields have the values noted.
type Options struct {
	Host       string
	Port       int        // 0: the usual one for Encryption
	Encryption Encryption // "": StartTLS
	Auth       Auth
	Username   string
	Password   string
	Token      Token          // for AuthToken
	Pace       *Pace          // nil: as fast as it goes
	Roots      *x509.CertPool // who may vouch for the server; nil: whom this machine trusts
	DialWithin time.Duration  // 0: 15 seconds, until there is a connection
	SendWithin time.Duration  // 0: 1 minute, for one message with all that belongs to it
}

func (o Options) withDefaults() Options {
	if o.Encryption == "" {
		o.Encryption = StartTLS
	}
	if o.Port == 0 {
		o.Port = map[Encryption]int{StartTLS: gomail.DefaultPortTLS, TLS: gomail.DefaultPortSSL, Plain: gomail.DefaultPort}[o.Encryption]
	}
	if o.DialWithin == 0 {
		o.DialWithin = 15 * time.Second
	}
	if o.SendWithin == 0 {
		o.SendWithin = time.Minute
	}
	return o
}

// SMTP delivers messages to a mail server. It keeps the connection from one message to the next, until
// Idle. It may be used by several goroutines; they take turns.
type SMTP struct {
	letterhead Letterhead
	options    Options
	tls        *tls.Config

	mu     sync.Mutex
	client *gomail.Client
	conn   net.Conn     // nil: not connected
	line   *smtp.Client // the conversation over conn
}

// NewSMTP makes a sender. It does not connect yet.
func NewSMTP(l Letterhead, o Options) (*SMTP, error) {
	s := &SMTP{letterhead: l, options: o.withDefaults()}
	s.tls = &tls.Config{ServerName: o.Host, RootCAs: o.Roots, MinVersion: tls.VersionTLS12}
	settings := []gomail.Option{
		gomail.WithPort(s.options.Port), gomail.WithTimeout(s.options.SendWithin), gomail.WithDialContextFunc(s.dial),
		gomail.WithTLSConfig(s.tls), gomail.WithHELO(l.Domain()), gomail.WithUsername(o.Username), gomail.WithPassword(o.Password),
	}
	switch s.options.Encryption {
	case StartTLS:
		settings = append(settings, gomail.WithTLSPolicy(gomail.TLSMandatory))
	case TLS:
		settings = append(settings, gomail.WithSSL())
	case Plain:
		settings = append(settings, gomail.WithTLSPolicy(gomail.NoTLS))
	default:
		return nil, fmt.Errorf("%q is not an encryption: use %s, %s or %s", o.Encryption, StartTLS, TLS, Plain)
	}
	signIn, err := s.options.signIn()
	if err != nil {
		return nil, err
	}
	if s.client, err = gomail.NewClient(o.Host, append(settings, signIn)...); err != nil {
		return nil, fmt.Errorf("set up mail: %w", err)
	}
	return s, nil
}

// signIn chooses how to sign in. Without encryption the way is within this machine, see dial, and the
// password may go over it.
func (o Options) signIn() (gomail.Option, error) {
	plain, login := gomail.SMTPAuthPlain, gomail.SMTPAuthLogin
	if o.Encryption == Plain {
		plain, login = gomail.SMTPAuthPlainNoEnc, gomail.SMTPAuthLoginNoEnc
	}
	switch {
	case o.Auth == AuthNone, o.Auth == AuthAuto && o.Username == "":
		return gomail.WithSMTPAuth(gomail.SMTPAuthNoAuth), nil
	case o.Auth == AuthAuto:
		return gomail.WithOpportunisticSMTPAuth(plain, login), nil
	case o.Auth == AuthPlain:
		return gomail.WithSMTPAuth(plain), nil
	case o.Auth == AuthLogin:
		return gomail.WithSMTPAuth(login), nil
	case o.Auth == AuthToken && o.Token == nil:
		return nil, errors.New("no access token is given to sign in with")
	case o.Auth == AuthToken:
		return gomail.WithSMTPAuth(gomail.SMTPAuthXOAUTH2), nil
	default:
		return nil, fmt.Errorf("%q is not a way to sign in: use %s, %s, %s or %s", o.Auth, AuthNone, AuthPlain, AuthLogin, AuthToken)
	}
}

// errNotLoopback keeps mail and passwords from crossing a network in the clear.
var errNotLoopback = errors.New("without encryption only a mail server on this machine can be used")

// dial opens the connection and keeps hold of it, so that it can be closed whatever state the
// conversation is in.
func (s *SMTP) dial(ctx context.Context, network, address string) (net.Conn, error) {
	dialer := net.Dialer{Timeout: s.options.DialWithin}
	var err error
	if s.options.Encryption == TLS {
		ctx, cancel := context.WithTimeout(ctx, s.options.DialWithin)
		defer cancel()
		s.conn, err = (&tls.Dialer{NetDialer: &dialer, Config: s.tls}).DialContext(ctx, network, address)
	} else {
		s.conn, err = dialer.DialContext(ctx, network, address)
	}
	if err != nil {
		s.conn = nil
		return nil, err
	}
	if peer, ok := s.conn.RemoteAddr().(*net.TCPAddr); s.options.Encryption == Plain && (!ok || !peer.IP.IsLoopback()) {
		return nil, errNotLoopback
	}
	return s.conn, nil
}

// Send delivers the message. Its errors are *notify.SendError.
func (s *SMTP) Send(ctx context.Context, m notify.Message) error { return s.Pack(m)(ctx) }

// Pack writes the message before it is delivered; see notify.Packer.
func (s *SMTP) Pack(m notify.Message) func(ctx context.Context) error {
	e, err := s.letterhead.envelope(m)
	if err != nil {
		return func(context.Context) error { return err }
	}
	return func(ctx context.Context) error { return s.deliver(ctx, e) }
}

func (s *SMTP) deliver(ctx context.Context, e envelope) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.options.Pace.wait(ctx); err != nil {
		return &notify.SendError{Trouble: notify.Unreachable, Problem: s.server() + " takes only so many messages a minute: this one waits", Err: err}
	}
	ctx, cancel := context.WithTimeout(ctx, s.options.SendWithin)
	defer cancel()
	reused := s.conn != nil
	err := s.try(ctx, e)
	if reused && wentStale(err) {
		err = s.try(ctx, e)
	}
	return s.classify(err)
}

// try connects where there is no connection, and hands the message over. Of a conversation that did not
// end in a plain yes or no, nothing more can be expected, so it is given up.
func (s *SMTP) try(ctx context.Context, e envelope) error {
	if s.conn == nil {
		if err := s.connect(ctx); err != nil {
			s.hangUp()
			return &dialError{err}
		}
	}
	if err := s.line.UpdateDeadline(s.options.SendWithin); err != nil {
		s.hangUp()
		return refusedAt(saysSender, err)
	}
	stop := context.AfterFunc(ctx, func(c net.Conn) func() { return func() { c.Close() } }(s.conn))
	defer stop()
	no := hand(s.line, e)
	if no == nil {
		return nil
	}
	if no.over {
		s.hangUp()
	}
	return no
}

// connect opens a connection and signs in, with a fresh token where that is the way.
func (s *SMTP) connect(ctx context.Context) error {
	if s.options.Auth == AuthToken {
		token, err := s.options.Token(ctx)
		if err != nil {
			return &tokenError{err}
		}
		s.client.SetPassword(token)
	}
	var err error
	s.line, err = s.client.DialToSMTPClientWithContext(ctx)
	return err
}

func (s *SMTP) hangUp() {
	if s.conn != nil {
		s.conn.Close()
		s.conn, s.line = nil, nil
	}
}

// Idle takes leave of the server.
func (s *SMTP) Idle() {
	const leave = 5 * time.Second
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.conn == nil {
		return
	}
	if s.conn.SetDeadline(time.Now().Add(leave)) == nil {
		_ = s.line.Quit() // a server that does not answer has nothing of ours
	}
	s.hangUp()
}

// server names the mail server to the administrator.
func (s *SMTP) server() string {
	return net.JoinHostPort(s.options.Host, strconv.Itoa(s.options.Port))
}

// Greet connects, encrypts and signs in, and takes leave again. Its errors are *notify.SendError.
func (s *SMTP) Greet(ctx context.Context) error {
	s.mu.Lock()
	ctx, cancel := context.WithTimeout(ctx, s.options.SendWithin)
	defer cancel()
	err := s.connect(ctx)
	if err != nil {
		s.hangUp()
		err = s.classify(&dialError{err})
	}
	s.mu.Unlock()
	s.Idle()
	return err
}
