package mail

import (
	netmail "net/mail"
	"strings"
	"time"
)

// Letterhead is what all messages of one PCN have in common.
type Letterhead struct {
	PCN      string         // "Harbourside PCN"
	Zone     *time.Location // in which times are shown
	From     string         // address; "" where nothing is ever sent: an address that cannot exist takes its place
	FromName string         // "" for the name of the PCN
	ReplyTo  string         // address of a person; "" for From
	Link     string         // page where the rota can be seen; "" for none
	Base     string         // what addresses of the PCN's pages begin with; "" where there are none
	PCNID    string         // random identifier of its database: makes calendar UIDs unique in the world
	DKIM     *Signature     // nil where the mail server signs, or nobody does

	Templates *Templates                                // nil for ours
	Pass      func(purpose string, number int64) string // address of a link that does one thing; nil for none
}

// nobody stands for a sender where none is configured (RFC 2606 section 2).
const nobody = "rota@pcnrota.invalid"

func (l Letterhead) from() string {
	if l.From == "" {
		return nobody
	}
	return l.From
}

// Domain is the right-hand side of the Message-IDs: that of the sender's address.
func (l Letterhead) Domain() string {
	address := l.from()
	return address[strings.LastIndex(address, "@")+1:]
}

// sender gives the address that goes into From.
func (l Letterhead) sender() (*netmail.Address, error) {
	address, err := netmail.ParseAddress(line(l.from()))
	if err != nil {
		return nil, err
	}
	address.Name = displayName(l.FromName)
	if address.Name == "" {
		address.Name = displayName(l.PCN)
	}
	return address, nil
}

// displayName makes of a name what can stand before an address. A backslash becomes a slash: net/mail
// leaves it as it is within an encoded word, where RFC 2047 section 5 does not allow it, and cannot
// read the address back.
func displayName(name string) string { return strings.ReplaceAll(line(name), `\`, "/") }

// line makes one line of a name that somebody typed: whatever breaks a line or cannot be seen becomes a
// blank, and blanks are not doubled. What a mail program would take for an encoded word (RFC 2047), and
// turn into who knows what, is broken up.
func line(s string) string {
	if isPlain(s) {
		return s
	}
	return visibly(s)
}

func visibly(s string) string {
	visible := strings.Map(func(r rune) rune {
		if r < ' ' || r >= 0x7f && r < 0xa0 || r == '\u2028' || r == '\u2029' || r == '\ufeff' || bidi(r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "\ufffd"))
	return strings.Join(strings.Fields(strings.ReplaceAll(visible, "=?", "= ?")), " ")
}

// isPlain reports whether s is a line of plain words, as nearly everything is.
func isPlain(s string) bool {
	before := byte(' ')
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' || s[i] == ' ' && before == ' ' || s[i] == '?' && before == '=' {
			return false
		}
		before = s[i]
	}
	return s == "" || before != ' '
}

// bidi reports whether r turns the direction of the text after it, which can make a message show
// something other than it says.
func bidi(r rune) bool { return r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069' }
