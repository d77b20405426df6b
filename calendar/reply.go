package calendar

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Answer is what somebody says to an invitation (RFC 5545 section 3.2.12).
type Answer string

// The answers.
const (
	Accepted  Answer = "accepted"
	Declined  Answer = "declined"
	Tentative Answer = "tentative"
)

// Reply is an answer to an invitation, as a calendar program sent it (RFC 5546 section 3.2.3). It is what somebody
// claims: whoever reads it checks that it comes from Attendee.
type Reply struct {
	UID      string
	Sequence int       // of the invitation that it answers; 0 where it does not tell
	Stamp    time.Time // when the answer was given: what orders two to the same Sequence
	Attendee string    // bare address in lower case
	Answer   Answer
}

// answerable lists what is read of an answer.
var answerable = map[string][]string{
	"VCALENDAR": {"METHOD"},
	"VEVENT":    {"UID", "SEQUENCE", "DTSTAMP", "RECURRENCE-ID", "ATTENDEE"},
}

// longestReply is above any answer of one event, in octets.
const longestReply = 256 << 10

// ReadReply reads an answer. Its errors are sentences that tell why the file is none; they hold nothing of what the
// file says. ORGANIZER is not asked for: outlook.com leaves it out.
func ReadReply(data []byte) (Reply, error) {
	if len(data) > longestReply {
		return Reply{}, errors.New("it is too long for an answer to an invitation")
	}
	root, _, err := readOnly(data, answerable)
	if err != nil {
		return Reply{}, err
	}
	calendar := root.children[0]
	if method := calendar.text("METHOD"); method != "REPLY" {
		return Reply{}, errors.New("its calendar part is no answer to an invitation")
	}
	events := calendar.children
	if len(events) != 1 {
		return Reply{}, fmt.Errorf("it answers for %d events, and one is expected", len(events))
	}
	return replyIn(events[0])
}

func replyIn(event *component) (Reply, error) {
	uid, _ := event.first("UID")
	attendees := event.all("ATTENDEE")
	r := Reply{UID: strings.TrimSpace(uid.value)}
	if _, part := event.first("RECURRENCE-ID"); part {
		return Reply{}, errors.New("it answers for one day of a series, and we invite to single events only")
	}
	if checkUID(r.UID) != nil {
		return Reply{}, errors.New("it does not tell which event it answers for")
	}
	if len(attendees) != 1 {
		return Reply{}, fmt.Errorf("it names %d people, and the one who answers is expected", len(attendees))
	}
	address := strings.ToLower(strings.TrimSpace(attendees[0].value))
	if r.Attendee = strings.TrimPrefix(address, "mailto:"); r.Attendee == address || !strings.Contains(address, "@") {
		return Reply{}, errors.New("it does not tell who answers")
	}
	r.Answer = Answer(strings.ToLower(attendees[0].param("PARTSTAT")))
	if r.Answer != Accepted && r.Answer != Declined && r.Answer != Tentative {
		return Reply{}, errors.New("it neither accepts nor declines")
	}
	return r, r.number(event)
}

// number reads which invitation is answered, and when.
func (r *Reply) number(event *component) error {
	if text := event.text("SEQUENCE"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil || n < 0 {
			return errors.New("its sequence number is none")
		}
		r.Sequence = n
	}
	at, err := time.Parse(stamp, event.text("DTSTAMP"))
	if err != nil {
		return errors.New("it does not tell when it was given")
	}
	r.Stamp = at
	return nil
}
