package inbox

import (
	"bufio"
	"bytes"
	"regexp"
	"strings"
	"unicode"

	"github.com/emersion/go-message"
	"github.com/emersion/go-message/textproto"
)

// Bounce is a report that a message of ours did not arrive.
type Bounce struct {
	MessageID string // of the message, without the angle brackets
	Permanent bool   // it never will; otherwise a mail system gave up, or its words do not tell
	Status    string // enhanced status code (RFC 3463), like 5.1.1; "" where it is not told
	Words     string // what the mail system says, in one line; may hold an address
}

// recipient is what a delivery report says of one recipient (RFC 3464 section 2.3). We write to one at a time.
type recipient struct{ action, status, diagnostic string }

// readReport reads a message/delivery-status: fields about the message, then fields for each recipient.
func readReport(body []byte) *recipient {
	r := bufio.NewReader(bytes.NewReader(body))
	for range maxParts {
		fields, err := textproto.ReadHeader(r)
		if fields.Has("Action") || fields.Has("Status") {
			status, _, _ := strings.Cut(strings.TrimSpace(fields.Get("Status")), " ")
			_, diagnostic, _ := strings.Cut(fields.Get("Diagnostic-Code"), ";")
			return &recipient{strings.ToLower(strings.TrimSpace(fields.Get("Action"))), status, oneLine(diagnostic)}
		}
		if err != nil {
			break
		}
	}
	return &recipient{}
}

// bounce says which message of ours did not arrive, nil where the report is of another or of nothing that failed: a
// delay, or a success.
func (f *findings) bounce(h message.Header) *Bounce {
	id := f.ours
	for _, name := range []string{"In-Reply-To", "References", "X-Failed-Message-ID"} {
		if id == "" {
			id = ourMessageID([]byte(h.Get(name)), f.domain)
		}
	}
	if id == "" {
		return nil
	}
	if f.report == nil {
		return &Bounce{MessageID: id, Words: f.words}
	}
	if f.report.action != "failed" && !strings.HasPrefix(f.report.status, "5.") {
		return nil
	}
	b := &Bounce{MessageID: id, Status: statusCode.FindString(f.report.status), Words: f.report.diagnostic}
	b.Permanent = strings.HasPrefix(b.Status, "5.")
	if b.Words == "" {
		b.Words = f.words
	}
	return b
}

var statusCode = regexp.MustCompile(`^[245]\.[0-9]{1,3}\.[0-9]{1,3}$`)

// isFromPostmaster reports whether a message comes from a mail system and not from a person: such messages have no
// sender to return to (RFC 5321 section 4.5.5), or come from a name that only mail systems have.
func isFromPostmaster(h message.Header, from string) bool {
	if path := strings.TrimSpace(h.Get("Return-Path")); path == "<>" {
		return !strings.HasPrefix(strings.ToLower(h.Get("Auto-Submitted")), "auto-replied") // somebody's absence
	}
	name, _, _ := strings.Cut(from, "@")
	return name == "mailer-daemon" || name == "postmaster"
}

// messageIDs finds what looks like a Message-ID of ours: 32 hexadecimal digits before a domain.
var messageIDs = regexp.MustCompile(`\b[0-9a-f]{32}@[A-Za-z0-9.-]+`)

// namedMessageIDs finds those that a text gives as its own. Other fields of a message of ours, In-Reply-To before all, hold
// what looks the same and names the thread.
var namedMessageIDs = regexp.MustCompile(`(?im)^[> \t]*message-id:\s*<?([^\s<>@]+@[^\s<>]+)`)

// ourMessageID gives the first Message-ID of ours that a text gives as its own, or that stands anywhere in a text that gives
// none; "" where there is none.
func ourMessageID(text []byte, domain string) string {
	candidates := messageIDs.FindAll(text, maxParts)
	if named := namedMessageIDs.FindAllSubmatch(text, maxParts); len(named) > 0 {
		candidates = nil
		for _, n := range named {
			candidates = append(candidates, messageIDs.Find(n[1]))
		}
	}
	for _, found := range candidates {
		local, host, _ := strings.Cut(string(found), "@")
		if local != "" && strings.EqualFold(strings.TrimRight(host, "."), domain) {
			return local + "@" + domain
		}
	}
	return ""
}

// firstWords gives the beginning of a text in one line.
func firstWords(body []byte) string {
	return oneLine(string(body[:min(len(body), 4<<10)]))
}

// oneLine joins the words of a text by single blanks, without what cannot be seen, up to some length.
func oneLine(text string) string {
	const longest = 300
	visible := strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || !unicode.IsPrint(r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(text, "?"))
	runes := []rune(strings.Join(strings.Fields(visible), " "))
	if len(runes) > longest {
		return string(runes[:longest]) + "..."
	}
	return string(runes)
}
