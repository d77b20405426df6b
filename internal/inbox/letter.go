package inbox

import (
	"errors"
	"fmt"
	"io"
	"net/mail"
	"strings"

	"github.com/emersion/go-message"

	"pcnrota/calendar"
)

// The bounds of a message that is read.
const (
	maxMessage = 5 << 20   // octets, all in all
	maxHeader  = 128 << 10 // octets of the header
	maxDepth   = 8         // parts within parts
	maxParts   = 100
	maxPart    = 512 << 10 // octets of one part, decoded, that are looked at
)

// Letter is a message as we understand it.
type Letter struct {
	From    string // bare address in lower case; "" where none can be read
	Vouched bool   // the mail server that was named to Read vouches for From
	Reply   *calendar.Reply
	Bounce  *Bounce
	Ignored string // why it means nothing to us, in words, where it is neither
}

// Refused is why a message is not read to its end: a sentence.
type Refused struct{ Why string }

// Error gives the sentence.
func (r *Refused) Error() string { return r.Why }

// Read reads one message. The domain is that of our Message-IDs; authserv names the mail server whose verdict on
// senders counts, "" for none. The error is *Refused where the message goes beyond a bound or is none, and any other
// where r cannot be read.
func Read(r io.Reader, domain, authserv string) (Letter, error) {
	bounded := &bounded{r: r, left: maxMessage}
	entity, err := message.ReadWithOptions(bounded, &message.ReadOptions{MaxHeaderBytes: maxHeader})
	switch {
	case bounded.err != nil:
		return Letter{}, bounded.err
	case err != nil && entity == nil:
		return Letter{}, &Refused{"its header cannot be read"}
	case entity.Header.Len() == 0:
		return Letter{}, &Refused{"it has no header"}
	}
	l := Letter{From: sender(entity.Header)}
	l.Vouched = authserv != "" && vouched(entity.Header, authserv, l.From)
	found := findings{domain: domain}
	err = found.walk(entity, 0)
	if err == nil {
		_, err = io.Copy(io.Discard, bounded) // what was not looked at counts too
	}
	if bounded.err != nil {
		err = bounded.err
	}
	if err != nil {
		return Letter{}, err
	}
	return found.judge(l, entity.Header), nil
}

// judge says what the findings mean.
func (f *findings) judge(l Letter, h message.Header) Letter {
	switch {
	case f.report != nil || isFromPostmaster(h, l.From):
		if l.Bounce = f.bounce(h); l.Bounce == nil {
			l.Ignored = "it reports on a message that is not ours, or of nothing gone wrong"
		}
	case f.calendar == nil:
		l.Ignored = "it is no answer to an invitation and no report of failure"
	default:
		reply, err := calendar.ReadReply(f.calendar)
		if err != nil {
			l.Ignored = err.Error()
			return l
		}
		l.Reply = &reply
	}
	return l
}

// sender gives the one address in From.
func sender(h message.Header) string {
	list, err := mail.ParseAddressList(h.Get("From"))
	if err != nil || len(list) != 1 {
		return ""
	}
	return strings.ToLower(list[0].Address)
}

// findings is what a walk through the parts of a message has met.
type findings struct {
	domain   string
	parts    int
	calendar []byte     // the first calendar part
	report   *recipient // of a delivery report: the recipient it is about
	ours     string     // the first Message-ID of ours that a part of a report quotes
	words    string     // the beginning of the first part in plain text
}

// walk looks at an entity and at those within it.
func (f *findings) walk(e *message.Entity, depth int) error {
	if f.parts++; f.parts > maxParts {
		return &Refused{fmt.Sprintf("it has more than %d parts", maxParts)}
	}
	if depth > maxDepth {
		return &Refused{fmt.Sprintf("its parts lie more than %d deep in each other", maxDepth)}
	}
	kind, _, _ := e.Header.ContentType()
	kind = strings.ToLower(kind)
	if parts := e.MultipartReader(); parts != nil {
		return f.walkParts(parts, depth)
	}
	body, err := io.ReadAll(io.LimitReader(e.Body, maxPart+1))
	if errors.As(err, new(*Refused)) {
		return err
	}
	f.look(kind, body)
	return nil
}

func (f *findings) walkParts(parts message.MultipartReader, depth int) error {
	for {
		part, err := parts.NextPart()
		switch {
		case errors.As(err, new(*Refused)):
			return err
		case part == nil: // the end, or a part that cannot be read: what came before it stands
			return nil
		}
		if err := f.walk(part, depth+1); err != nil {
			return err
		}
	}
}

// look takes from one part what counts. A part that was cut short is no answer; of a report the beginning will do.
func (f *findings) look(kind string, body []byte) {
	switch {
	case kind == "text/calendar" || kind == "application/ics":
		if f.calendar == nil && len(body) <= maxPart {
			f.calendar = body
		}
		return
	case kind == "message/delivery-status" || kind == "message/global-delivery-status":
		if f.report == nil {
			f.report = readReport(body)
		}
	case kind == "text/plain" && f.words == "":
		f.words = firstWords(body)
	}
	if f.ours == "" {
		f.ours = ourMessageID(body, f.domain)
	}
}

// bounded ends a message that is too large with a refusal. A message is on its way to us while it is read, so what it
// says of its own size is of no use.
type bounded struct {
	r    io.Reader
	left int64
	err  error
}

func (b *bounded) Read(p []byte) (int, error) {
	if b.left <= 0 {
		if n, err := b.r.Read(make([]byte, 1)); n == 0 && err == io.EOF {
			return 0, io.EOF
		}
		b.err = &Refused{fmt.Sprintf("it has more than %d MB", maxMessage>>20)}
		return 0, b.err
	}
	n, err := b.r.Read(p[:min(int64(len(p)), b.left)])
	b.left -= int64(n)
	if err != nil && err != io.EOF {
		b.err = fmt.Errorf("read message: %w", err)
	}
	return n, err
}
