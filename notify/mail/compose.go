package mail

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	netmail "net/mail"

	gomail "github.com/wneessen/go-mail"

	"pcnrota/notify"
)

// HeaderReminder carries the key of the reminder, so that a message can be found in the ledger.
const HeaderReminder = "X-PCNRota-Reminder"

// usualSize is what most messages, and each of their parts, stay below, in bytes.
const usualSize = 8 << 10

// Compose gives the bytes of the message, as RFC 5322 and MIME have them. Its errors are
// *notify.SendError: an address that is missing or is not one.
func (l Letterhead) Compose(m notify.Message) ([]byte, error) {
	letter, err := l.letter(m)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if _, err := letter.WriteTo(&b); err != nil {
		return nil, fmt.Errorf("write message: %w", err)
	}
	return b.Bytes(), nil
}

// envelope writes the message as it goes over the line.
func (l Letterhead) envelope(m notify.Message) (e envelope, err error) {
	letter, err := l.letter(m)
	if err != nil {
		return e, err
	}
	if e.from, err = letter.GetSender(false); err != nil {
		return e, fmt.Errorf("address message: %w", err)
	}
	to, err := letter.GetRecipients()
	if err != nil {
		return e, fmt.Errorf("address message: %w", err)
	}
	var b bytes.Buffer
	b.Grow(usualSize)
	if _, err := letter.WriteTo(&b); err != nil {
		return e, fmt.Errorf("write message: %w", err)
	}
	e.to, e.data = to[0], dotted(b.Bytes())
	return e, nil
}

// letter puts the message together.
func (l Letterhead) letter(m notify.Message) (*gomail.Msg, error) {
	letter := gomail.NewMsg(gomail.WithNoDefaultUserAgent(), gomail.WithBoundary("pcnrota-"+digest(m.Reminder.Key)))
	if err := l.address(letter, m); err != nil {
		return nil, err
	}
	w := l.words(m)
	letter.Subject(w.Subject)
	letter.SetDateWithValue(m.Date.In(l.Zone))
	l.headers(letter, m, w)
	if err := l.parts(letter, m, w); err != nil {
		return nil, err
	}
	l.DKIM.on(letter, m.Date)
	return letter, nil
}

// headers says to programs what a message is.
func (l Letterhead) headers(letter *gomail.Msg, m notify.Message, w words) {
	letter.SetMessageIDWithValue(line(m.Reminder.MessageID))
	letter.SetGenHeader(gomail.HeaderInReplyTo, "<"+line(m.Thread)+">")
	letter.SetGenHeader(gomail.HeaderReferences, "<"+line(m.Thread)+">")
	letter.SetGenHeader("Auto-Submitted", "auto-generated")                     // RFC 3834 section 5
	letter.SetGenHeader(gomail.HeaderXAutoResponseSuppress, "OOF", "AutoReply") // the same for Exchange
	letter.SetGenHeader(HeaderReminder, line(string(m.Reminder.Key)))
	if w.Leave != "" {
		letter.SetGenHeader(gomail.HeaderListUnsubscribe, "<"+line(w.Leave)+">")
		letter.SetGenHeader(gomail.HeaderListUnsubscribePost, "List-Unsubscribe=One-Click") // RFC 8058
	}
}

// parts writes the message as text, as HTML and, last, as an entry for a calendar: mail programs show the last part
// that they understand.
func (l Letterhead) parts(letter *gomail.Msg, m notify.Message, w words) error {
	templates := l.Templates
	if templates == nil {
		templates = builtIn
	}
	text, err := templates.format(m.Reminder.Kind, ".txt", w)
	if err != nil {
		return fmt.Errorf("write text: %w", err)
	}
	letter.SetBodyString(gomail.TypeTextPlain, text)
	rich, err := templates.format(m.Reminder.Kind, ".html", w)
	if err != nil {
		return fmt.Errorf("write HTML: %w", err)
	}
	letter.AddAlternativeString(gomail.TypeTextHTML, rich)
	entry, err := l.entry(m)
	if err != nil || entry == nil {
		return err
	}
	ics, err := entry.Encode()
	if err != nil {
		return err
	}
	kind := gomail.ContentType(fmt.Sprintf("text/calendar; method=%s; component=VEVENT", entry.Method))
	letter.AddAlternativeString(kind, string(ics), gomail.WithPartEncoding(gomail.EncodingB64))
	return nil
}

// address fills in who writes and who reads.
func (l Letterhead) address(letter *gomail.Msg, m notify.Message) error {
	from, err := l.sender()
	if err != nil {
		return &notify.SendError{Trouble: notify.Configuration, Problem: "the sender's address in [mail] is not an e-mail address", Err: err}
	}
	letter.FromMailAddress(from)
	if l.ReplyTo != "" {
		reply, err := netmail.ParseAddress(line(l.ReplyTo))
		if err != nil {
			return &notify.SendError{Trouble: notify.Configuration, Problem: "the reply address in [mail] is not an e-mail address", Err: err}
		}
		letter.ReplyToMailAddress(reply)
	}
	if line(m.To.Email) == "" {
		return &notify.SendError{Trouble: notify.Temporary, Problem: fmt.Sprintf("leader %s has no e-mail address", m.To.ID)}
	}
	to, err := netmail.ParseAddress(line(m.To.Email))
	if err != nil {
		return &notify.SendError{Trouble: notify.Temporary, Problem: fmt.Sprintf("what leader %s has for an e-mail address is not one", m.To.ID), Err: err}
	}
	letter.ToMailAddress(&netmail.Address{Name: displayName(m.To.Name), Address: to.Address})
	return nil
}

// digest is a short name for a key.
func digest(key notify.Key) string {
	sum := sha256.Sum256([]byte(key))
	return hex.EncodeToString(sum[:8])
}
