package calendar

import (
	"bytes"
	"fmt"
	"net/mail"
	"strings"
	"time"

	"github.com/emersion/go-ical"

	"pcnrota/rota"
)

// Method says what an invitation asks a calendar to do (RFC 5546 section 1.4).
type Method string

// The methods that we send. An update is a Request with a higher Sequence.
const (
	Request Method = "REQUEST"
	Cancel  Method = "CANCEL"
)

// Invitation is one event for one person, to be sent to them by mail (iMIP, RFC 6047). Unlike a feed it names the
// one who invites and the one who is invited, and a calendar that understands it asks for an answer.
type Invitation struct {
	Method    Method
	Event     Event // its Sequence rises with every change and with the cancellation
	Zone      *time.Location
	Organizer mail.Address // must be the sender of the mail
	Attendee  mail.Address // must be its one recipient
	Stamp     time.Time    // when this was decided: what orders two of the same Sequence
}

// Encode writes the invitation as an iCalendar object of one event, the same bytes for the same invitation. The
// error says what cannot be written.
func (i Invitation) Encode() ([]byte, error) {
	zone := i.Zone
	if zone == nil {
		zone = time.UTC
	}
	e := entry{i.Event, rota.Span{Start: i.Event.Start.Instant(zone), End: i.Event.End.Instant(zone)}}
	if err := i.check(e); err != nil {
		return nil, fmt.Errorf("write invitation: event %q %w", i.Event.UID, err)
	}
	calendar := ical.NewCalendar()
	set(calendar.Component, "VERSION", "2.0")
	set(calendar.Component, "PRODID", product)
	set(calendar.Component, "CALSCALE", "GREGORIAN")
	set(calendar.Component, "METHOD", string(i.Method))
	calendar.Children = []*ical.Component{londonBlock(), i.component(e, zone)}
	var b bytes.Buffer
	if err := ical.NewEncoder(&b).Encode(calendar); err != nil {
		return nil, fmt.Errorf("write invitation: %w", err)
	}
	return fold(b.Bytes()), nil
}

func (i Invitation) check(e entry) error {
	if i.Method != Request && i.Method != Cancel {
		return fmt.Errorf("is to be sent as %q, which is no method of ours", i.Method)
	}
	for _, a := range []mail.Address{i.Organizer, i.Attendee} {
		if plain, err := mail.ParseAddress(a.Address); err != nil || plain.Address != a.Address || strings.ContainsFunc(a.Address, unsafeInAddress) {
			return fmt.Errorf("names somebody whose e-mail address cannot be written")
		}
	}
	return e.check()
}

// unsafeInAddress reports what would have to be escaped in a mailto: address, or would end its line. No address
// that people have holds any.
func unsafeInAddress(r rune) bool {
	return r <= ' ' || r >= 0x7f || strings.ContainsRune(`"\?%<>,;:`, r)
}

// component is the event with what makes it an invitation.
func (i Invitation) component(e entry, zone *time.Location) *ical.Component {
	c := e.component(zone)
	set(c, "DTSTAMP", i.Stamp.UTC().Format(stamp))
	set(c, "ORGANIZER", "mailto:"+i.Organizer.Address, "CN", paramText(i.Organizer.Name))
	if i.Method == Cancel {
		set(c, "STATUS", "CANCELLED")
		set(c, "ATTENDEE", "mailto:"+i.Attendee.Address, "CN", paramText(i.Attendee.Name))
		return c
	}
	set(c, "ATTENDEE", "mailto:"+i.Attendee.Address, "CN", paramText(i.Attendee.Name),
		"CUTYPE", "INDIVIDUAL", "ROLE", "REQ-PARTICIPANT", "PARTSTAT", "NEEDS-ACTION", "RSVP", "TRUE")
	return c
}

// paramText gives a name as a parameter can carry it: in one line, without the quotation marks that would end it.
func paramText(name string) string {
	if name = oneLine(strings.ReplaceAll(name, `"`, "'")); name != "" {
		return name
	}
	return "PCN"
}
