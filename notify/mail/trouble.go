package mail

import (
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/textproto"
	"strings"

	gomail "github.com/wneessen/go-mail"

	"pcnrota/notify"
)

// dialError is trouble before the first message: connecting, encrypting or signing in.
type dialError struct{ err error }

func (e *dialError) Error() string { return e.err.Error() }
func (e *dialError) Unwrap() error { return e.err }

// tokenError is trouble with getting an access token.
type tokenError struct{ err error }

func (e *tokenError) Error() string { return e.err.Error() }
func (e *tokenError) Unwrap() error { return e.err }

// wentStale reports whether a connection kept for the next message turned out to be closed, before
// anything was sent on it.
func wentStale(err error) bool {
	var no *refusal
	return errors.As(err, &no) && no.step == saysSender && (no.code() == 0 || no.code() == 421)
}

// classify says what an error of SMTP means for this message and for the others, in words that name no
// recipient. It returns nil for nil.
func (s *SMTP) classify(err error) error {
	var dial *dialError
	var no *refusal
	switch {
	case err == nil:
		return nil
	case errors.As(err, &dial):
		return s.classifyDial(dial.err)
	case errors.As(err, &no):
		return s.classifyRefusal(no)
	default:
		return &notify.SendError{Trouble: notify.Unreachable, Problem: s.server() + " broke off", Err: err}
	}
}

func (s *SMTP) classifyDial(err error) error {
	configuration := func(problem string) error {
		return &notify.SendError{Trouble: notify.Configuration, Problem: s.server() + " " + problem, Err: err}
	}
	var token *tokenError
	var certificate *tls.CertificateVerificationError
	var notTLS tls.RecordHeaderError
	var reply *textproto.Error
	var name *net.DNSError
	switch {
	case errors.Is(err, errNotLoopback):
		return configuration(`is not on this machine, so encryption = "none" is not used with it`)
	case errors.As(err, &token):
		return &notify.SendError{Trouble: notify.Configuration, Problem: "there is no access token to sign in with: look at token_command or token_file in [mail]", Err: err}
	case errors.As(err, &certificate):
		return configuration("shows a certificate that this machine does not trust")
	case errors.As(err, &notTLS):
		return configuration(`does not speak TLS at once: encryption = "starttls" may be right`)
	case strings.Contains(err.Error(), "does not support STARTTLS"): // go-mail has no error of its own for it
		return configuration("offers no encryption (STARTTLS), so nothing is sent to it")
	case strings.Contains(err.Error(), "not support SMTP AUTH"), errors.Is(err, gomail.ErrNoSupportedAuthDiscovered):
		return configuration("offers no way to sign in that we know: without a user name none is needed")
	case errors.As(err, &reply) && reply.Code >= 500:
		return configuration(s.signInProblem(reply))
	case errors.As(err, &name) && name.IsNotFound:
		return &notify.SendError{Trouble: notify.Unreachable, Problem: fmt.Sprintf("no mail server is called %s", s.options.Host), Err: err}
	default:
		return &notify.SendError{Trouble: notify.Unreachable, Problem: s.server() + " does not answer", Err: err}
	}
}

// noPasswords is what helps where Exchange Online says 5.7.30: Microsoft has ended sending with a password for
// the whole organisation.
const noPasswords = `Exchange no longer takes passwords for sending mail (5.7.30): set auth = "xoauth2" with a token_command in [mail], or use a relay that needs none`

// signInProblem finds words for a server that will not let us in. Exchange Online says 5.7.139 where signing in
// by password is barred for the account.
func (s *SMTP) signInProblem(reply *textproto.Error) string {
	switch {
	case strings.Contains(reply.Msg, "5.7.30"):
		return "refuses the password: " + noPasswords
	case strings.Contains(reply.Msg, "5.7.139"):
		return "bars this account from signing in to send mail (5.7.139): whoever runs it has to allow SMTP for it"
	case reply.Code == 535 && s.options.Auth == AuthToken:
		return "does not accept the access token for this user name: it may have run out, or lack the permission to send (SMTP.Send)"
	case reply.Code == 535:
		return "does not accept the user name and password"
	default:
		return fmt.Sprintf("refuses us (%d)", reply.Code)
	}
}

// classifyRefusal reads a reply. What the server says of the sender concerns all messages; what it says
// of policy (5.7.x) may pass, or be put right by an administrator, and must not hold up the others.
func (s *SMTP) classifyRefusal(no *refusal) error {
	code, enhanced := no.code(), no.enhanced()
	trouble := func(t notify.Trouble, problem string) error {
		return &notify.SendError{Trouble: t, Problem: problem, Err: no}
	}
	switch {
	case code == 0 && no.step == waitsForWord:
		return &notify.SendError{
			Trouble: notify.Unreachable, Unsure: true, Err: no,
			Problem: s.server() + " had the whole message and did not say whether it took it",
		}
	case code == 0, code == 421:
		return trouble(notify.Unreachable, s.server()+" broke off")
	case enhanced == "5.7.30":
		return trouble(notify.Configuration, s.server()+" takes no mail from us: "+noPasswords)
	case code == 530, enhanced == "5.7.57", enhanced == "5.7.139":
		return trouble(notify.Configuration, s.server()+" wants us to sign in, with a user name and password it accepts")
	case enhanced == "5.7.60":
		return trouble(notify.Configuration, s.server()+" does not let this account send as the sender in [mail]")
	case no.step == saysSender && code >= 500:
		return trouble(notify.Configuration, fmt.Sprintf("%s does not take the sender in [mail] (%d)", s.server(), code))
	case no.step == saysSender:
		return trouble(notify.Unreachable, fmt.Sprintf("%s takes no mail now (%d)", s.server(), code))
	case code < 500, strings.HasPrefix(enhanced, "5.7."):
		return trouble(notify.Temporary, fmt.Sprintf("refused for now (%d)", code))
	default:
		return trouble(notify.Permanent, fmt.Sprintf("refused for good (%d)", code))
	}
}
