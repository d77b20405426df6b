package mail_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"pcnrota/notify"
	"pcnrota/notify/mail"
)

func sender(t testing.TB, o mail.Options) *mail.SMTP {
	t.Helper()
	s, err := mail.NewSMTP(letterhead(t), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Idle)
	return s
}

func TestSMTPDeliversTheComposedBytes(t *testing.T) {
	for _, office := range []*postOffice{
		{encryption: mail.StartTLS},
		{encryption: mail.TLS},
		{encryption: mail.Plain, noCert: true},
		{encryption: mail.StartTLS, password: "s3cret", mechanism: "PLAIN"},
		{encryption: mail.StartTLS, password: "s3cret", mechanism: "LOGIN"},
		{encryption: mail.TLS, password: "s3cret", mechanism: "PLAIN"},
		{encryption: mail.Plain, noCert: true, password: "s3cret", mechanism: "LOGIN"},
	} {
		t.Run(fmt.Sprintf("%s %s", office.encryption, office.mechanism), func(t *testing.T) {
			options := office.open(t)
			if office.password != "" {
				options.Username, options.Password = "rota", office.password
			}
			if err := sender(t, options).Send(t.Context(), nightMessage(t)); err != nil {
				t.Fatal(err)
			}
			got := office.deliveries()
			if len(got) != 1 || got[0].from != "rota@harbourside.example" || got[0].to != "zoe@harbourside.example" {
				t.Fatalf("got %v", got)
			}
			if want := compose(t, nightMessage(t)); !bytes.Equal(bytes.TrimRight(got[0].body, "\r\n"), bytes.TrimRight(want, "\r\n")) {
				t.Errorf("other bytes arrived than were composed:\n%s", got[0].body)
			}
		})
	}
}

func TestSMTPKeepsTheConnectionForTheNextMessage(t *testing.T) {
	office := &postOffice{encryption: mail.StartTLS}
	s := sender(t, office.open(t))
	for range 3 {
		if err := s.Send(t.Context(), nightMessage(t)); err != nil {
			t.Fatal(err)
		}
	}
	s.Idle()
	if err := s.Send(t.Context(), meetingMessage(t)); err != nil {
		t.Fatal(err)
	}
	if office.sessions != 4 { // STARTTLS begins a session anew: two for each connection
		t.Errorf("%d sessions, want 4 of two connections", office.sessions)
	}
	if len(office.deliveries()) != 4 {
		t.Errorf("%d messages arrived, want 4", len(office.deliveries()))
	}
}

func TestSMTPConnectsAgainWhereTheServerHungUp(t *testing.T) {
	office := &postOffice{encryption: mail.Plain, noCert: true}
	var last *smtp.Conn
	office.onMail = func(c *smtp.Conn) error { last = c; return nil }
	s := sender(t, office.open(t))
	if err := s.Send(t.Context(), nightMessage(t)); err != nil {
		t.Fatal(err)
	}
	last.Conn().Close()
	if err := s.Send(t.Context(), meetingMessage(t)); err != nil {
		t.Fatal(err)
	}
	if len(office.deliveries()) != 2 {
		t.Errorf("%d messages arrived, want 2", len(office.deliveries()))
	}
}

func reply(code int, enhanced smtp.EnhancedCode, words string) func(*smtp.Conn) error {
	return func(*smtp.Conn) error {
		return &smtp.SMTPError{Code: code, EnhancedCode: enhanced, Message: words}
	}
}

func hangUp(c *smtp.Conn) error {
	c.Conn().Close()
	return errors.New("gone")
}

func TestSMTPTellsTroublesApart(t *testing.T) {
	for _, test := range []struct {
		name    string
		office  *postOffice
		options func(*mail.Options)
		want    notify.Trouble
		problem string
		unsure  bool
	}{
		{name: "mailbox full", office: &postOffice{onRcpt: reply(452, smtp.EnhancedCode{4, 2, 2}, "full")}, want: notify.Temporary, problem: "refused for now (452)"},
		{name: "greylisted after the message", office: &postOffice{onData: reply(451, smtp.EnhancedCode{4, 7, 1}, "later")}, want: notify.Temporary, problem: "refused for now (451)"},
		{name: "no such mailbox", office: &postOffice{onRcpt: reply(550, smtp.EnhancedCode{5, 1, 1}, "<zoe@harbourside.example> unknown")}, want: notify.Permanent, problem: "refused for good (550)"},
		{name: "message refused", office: &postOffice{onData: reply(554, smtp.EnhancedCode{5, 6, 0}, "no")}, want: notify.Permanent, problem: "refused for good (554)"},
		{name: "policy of one recipient holds up nobody else", office: &postOffice{onRcpt: reply(550, smtp.EnhancedCode{5, 7, 1}, "not from you")}, want: notify.Temporary, problem: "refused for now (550)"},
		{name: "sender refused", office: &postOffice{onMail: reply(553, smtp.EnhancedCode{5, 1, 8}, "who?")}, want: notify.Configuration, problem: "does not take the sender"},
		{name: "server busy", office: &postOffice{onMail: reply(451, smtp.EnhancedCode{4, 3, 2}, "busy")}, want: notify.Unreachable, problem: "takes no mail now"},
		{name: "server closes down", office: &postOffice{onRcpt: reply(421, smtp.EnhancedCode{4, 3, 2}, "bye")}, want: notify.Unreachable, problem: "broke off"},
		{name: "sending as somebody else", office: &postOffice{onData: reply(550, smtp.EnhancedCode{5, 7, 60}, "SendAsDenied")}, want: notify.Configuration, problem: "send as the sender"},
		{name: "line cut before the message", office: &postOffice{onRcpt: hangUp}, want: notify.Unreachable, problem: "broke off"},
		{name: "line cut after the message", office: &postOffice{onData: hangUp}, want: notify.Unreachable, problem: "did not say whether it took it", unsure: true},
		{
			name: "wrong password", office: &postOffice{password: "s3cret", mechanism: "PLAIN"}, want: notify.Configuration,
			options: func(o *mail.Options) { o.Username, o.Password = "rota", "wr0ng" }, problem: "does not accept the user name and password",
		},
		{name: "signing in is needed", office: &postOffice{password: "s3cret", mechanism: "PLAIN"}, want: notify.Configuration, problem: "wants us to sign in"},
		{
			name: "no way to sign in", want: notify.Configuration,
			options: func(o *mail.Options) { o.Username, o.Password = "rota", "s3cret" }, problem: "offers no way to sign in",
		},
		{name: "unknown certificate", want: notify.Configuration, options: func(o *mail.Options) { o.Roots = nil }, problem: "a certificate that this machine does not trust"},
		{
			name: "unknown certificate with TLS at once", office: &postOffice{encryption: mail.TLS}, want: notify.Configuration,
			options: func(o *mail.Options) { o.Roots = nil }, problem: "a certificate that this machine does not trust",
		},
		{name: "no encryption on offer", office: &postOffice{noCert: true}, want: notify.Configuration, problem: "offers no encryption"},
		{name: "TLS at once on the wrong port", want: notify.Configuration, options: func(o *mail.Options) { o.Encryption = mail.TLS }, problem: "does not speak TLS at once"},
		{name: "nobody listens", want: notify.Unreachable, options: func(o *mail.Options) { o.Port = freePort(t) }, problem: "does not answer"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if test.office == nil {
				test.office = &postOffice{}
			}
			if test.office.encryption == "" {
				test.office.encryption = mail.StartTLS
			}
			options := test.office.open(t)
			if test.options != nil {
				test.options(&options)
			}
			s := sender(t, options)
			got := trouble(t, s.Send(t.Context(), nightMessage(t)))
			if got.Trouble != test.want || got.Unsure != test.unsure || !strings.Contains(got.Problem, test.problem) {
				t.Errorf("got %s, unsure %t: %s", got.Trouble, got.Unsure, got)
			}
			for _, secret := range []string{"zoe@", "s3cret", "wr0ng"} {
				if strings.Contains(got.Problem, secret) {
					t.Errorf("the problem tells %q: %s", secret, got.Problem)
				}
			}
		})
	}
}

func TestSMTPGoesOnAfterARefusal(t *testing.T) {
	office := &postOffice{encryption: mail.StartTLS}
	refused := false
	office.onRcpt = func(*smtp.Conn) error {
		if refused {
			return nil
		}
		refused = true
		return &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "unknown"}
	}
	s := sender(t, office.open(t))
	if got := trouble(t, s.Send(t.Context(), nightMessage(t))); got.Trouble != notify.Permanent {
		t.Errorf("got %s", got)
	}
	if err := s.Send(t.Context(), meetingMessage(t)); err != nil {
		t.Fatal(err)
	}
	if office.sessions != 2 {
		t.Errorf("%d sessions, want the 2 of one connection", office.sessions)
	}
}

func TestSMTPGivesUpOnAServerThatStalls(t *testing.T) {
	stall := func(c *smtp.Conn) error {
		_, err := io.ReadAll(c.Conn()) // until the other side has hung up
		return err
	}
	t.Run("before the message", func(t *testing.T) {
		office := &postOffice{encryption: mail.StartTLS, onRcpt: stall}
		options := office.open(t)
		options.SendWithin = 200 * time.Millisecond
		if got := trouble(t, sender(t, options).Send(t.Context(), nightMessage(t))); got.Trouble != notify.Unreachable || got.Unsure {
			t.Errorf("got %s, unsure %t: %s", got.Trouble, got.Unsure, got)
		}
	})
	t.Run("after the message", func(t *testing.T) {
		office := &postOffice{encryption: mail.StartTLS, onData: stall}
		options := office.open(t)
		options.SendWithin = 200 * time.Millisecond
		if got := trouble(t, sender(t, options).Send(t.Context(), nightMessage(t))); got.Trouble != notify.Unreachable || !got.Unsure {
			t.Errorf("got %s, unsure %t: %s", got.Trouble, got.Unsure, got)
		}
	})
	t.Run("at the greeting", func(t *testing.T) {
		listener, err := net.Listen("tcp", "127.0.0.1:0") // accepts and says nothing
		if err != nil {
			t.Fatal(err)
		}
		defer listener.Close()
		options := mail.Options{Host: "127.0.0.1", Port: listener.Addr().(*net.TCPAddr).Port, SendWithin: 200 * time.Millisecond}
		if got := trouble(t, sender(t, options).Send(t.Context(), nightMessage(t))); got.Trouble != notify.Unreachable || got.Unsure {
			t.Errorf("got %s, unsure %t: %s", got.Trouble, got.Unsure, got)
		}
	})
}

func TestSMTPWithoutEncryptionStaysOnThisMachine(t *testing.T) {
	listener, err := net.Listen("tcp", net.JoinHostPort(ownAddress(t), "0"))
	if err != nil {
		t.Skipf("cannot listen on an address of this machine's: %v", err)
	}
	defer listener.Close()
	host, _, _ := net.SplitHostPort(listener.Addr().String())
	s := sender(t, mail.Options{Host: host, Port: listener.Addr().(*net.TCPAddr).Port, Encryption: mail.Plain})
	if got := trouble(t, s.Send(t.Context(), nightMessage(t))); got.Trouble != notify.Configuration || !strings.Contains(got.Problem, "not on this machine") {
		t.Errorf("got %s", got)
	}
}

// ownAddress is an address of this machine that is not the loopback.
func ownAddress(t *testing.T) string {
	addresses, err := net.InterfaceAddrs()
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range addresses {
		if network, ok := a.(*net.IPNet); ok && !network.IP.IsLoopback() && network.IP.To4() != nil {
			return network.IP.String()
		}
	}
	t.Skip("this machine has no address but the loopback")
	return ""
}

func TestAMissingOrBrokenAddressIsToldWithoutItself(t *testing.T) {
	office := &postOffice{encryption: mail.StartTLS}
	s := sender(t, office.open(t))
	for _, address := range []string{"", "zoe at harbourside", "zoe@harbourside.example, sam@harbourside.example"} {
		m := nightMessage(t)
		m.To.Email = address
		got := trouble(t, s.Send(t.Context(), m))
		if got.Trouble != notify.Temporary || !strings.Contains(got.Problem, "L01") || address != "" && strings.Contains(got.Problem, address) {
			t.Errorf("%q: got %s: %s", address, got.Trouble, got.Problem)
		}
	}
	if len(office.deliveries()) != 0 {
		t.Error("something was sent")
	}
}

func TestOptionsAreChecked(t *testing.T) {
	for _, o := range []mail.Options{{Host: "localhost", Encryption: "ssl"}, {Host: "localhost", Auth: "ntlm"}, {}} {
		if _, err := mail.NewSMTP(letterhead(t), o); err == nil {
			t.Errorf("%+v is taken", o)
		}
	}
}

func trouble(t testing.TB, err error) *notify.SendError {
	t.Helper()
	var got *notify.SendError
	if !errors.As(err, &got) {
		t.Fatalf("got %v, want a *notify.SendError", err)
	}
	return got
}

func freePort(t testing.TB) int {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().(*net.TCPAddr).Port
}
