package caltest

import (
	"strings"
	"testing"
)

const good = `BEGIN:VCALENDAR
VERSION:2.0
PRODID:x
CALSCALE:GREGORIAN
X-WR-CALNAME:Name
REFRESH-INTERVAL;VALUE=DURATION:PT1H
BEGIN:VTIMEZONE
TZID:Europe/London
BEGIN:DAYLIGHT
DTSTART:19810329T010000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZOFFSETFROM:+0000
TZOFFSETTO:+0100
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T020000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZOFFSETFROM:+0100
TZOFFSETTO:+0000
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
UID:a@b
DTSTAMP:20270101T000000Z
LAST-MODIFIED:20270101T000000Z
SEQUENCE:0
STATUS:CONFIRMED
TRANSP:OPAQUE
X-MICROSOFT-CDO-BUSYSTATUS:BUSY
DTSTART;TZID=Europe/London:20270104T183000
DTEND;TZID=Europe/London:20270105T080000
SUMMARY:A\, b\; c\\ d\n e
END:VEVENT
END:VCALENDAR
`

// The lint is worth something only if it finds each fault it is for.
func TestLintFindsEachFault(t *testing.T) {
	event := strings.ReplaceAll(good[strings.Index(good, "BEGIN:VEVENT"):strings.Index(good, "END:VCALENDAR")], "\n", "\r\n")
	tests := []struct{ name, old, new, want string }{
		{"nothing", "", "", ""},
		{"bare line feed", "SEQUENCE:0\r\n", "SEQUENCE:0\n", "control character"},
		{"no line end", "END:VCALENDAR\r\n", "END:VCALENDAR", "CRLF"},
		{"long line", "SUMMARY:A", "SUMMARY:" + strings.Repeat("A", 70), "octets"},
		{"rune split by a fold", "SUMMARY:A", "SUMMARY:\xc3\r\n \xa9", "cut within a character"},
		{"empty line", "SEQUENCE:0\r\n", "SEQUENCE:0\r\n\r\n", "empty"},
		{"line without a colon", "SEQUENCE:0", "SEQUENCE", "without a colon"},
		{"odd property name", "SEQUENCE:0", "se quence:0", "not the name of a property"},
		{"local stamp", "DTSTAMP:20270101T000000Z", "DTSTAMP:20270101T000000", "stamp in UTC"},
		{"UID twice", "END:VCALENDAR", event + "END:VCALENDAR", "twice"},
		{"long UID", "UID:a", "UID:" + strings.Repeat("0123456789\r\n ", 20) + "abc", "202 bytes"},
		{"end before start", "DTEND;TZID=Europe/London:20270105", "DTEND;TZID=Europe/London:20270104", "not after its start"},
		{"floating time", "DTSTART;TZID=Europe/London:", "DTSTART:", "floats"},
		{"zone not declared", "DTEND;TZID=Europe/London", "DTEND;TZID=Europe/Paris", "not declared"},
		{"no summer time", "DAYLIGHT", "STANDARD", "lacks STANDARD or DAYLIGHT"},
		{"no UID", "UID:a@b\r\n", "", "0 lines of UID"},
		{"no version", "VERSION:2.0\r\n", "", "0 lines of VERSION"},
		{"no refresh type", ";VALUE=DURATION", "", "not marked as a duration"},
		{"method", "PRODID:x", "METHOD:PUBLISH\r\nPRODID:x", "METHOD"},
		{"attendee", "SEQUENCE:0", "SEQUENCE:0\r\nATTENDEE:mailto:a@b", "ATTENDEE"},
		{"unescaped comma", `A\,`, `A,`, "not plain escaped text"},
		{"unescaped semicolon", `b\;`, `b;`, "not plain escaped text"},
		{"stray backslash", `\n e`, `\x e`, "not plain escaped text"},
		{"value type on text", "SUMMARY:", "SUMMARY;VALUE=TEXT:", "not plain escaped text"},
		{"never closed", "END:VCALENDAR\r\n", "", "never closed"},
		{"closed crosswise", "END:VEVENT", "END:VTODO", "closes BEGIN:VEVENT"},
		{"alarm without a time", "END:VEVENT", "BEGIN:VALARM\r\nACTION:DISPLAY\r\nEND:VALARM\r\nEND:VEVENT", "0 lines of TRIGGER"},
		{"alarm after the start", "END:VEVENT", "BEGIN:VALARM\r\nACTION:DISPLAY\r\nDESCRIPTION:x\r\nTRIGGER:PT5M\r\nEND:VALARM\r\nEND:VEVENT", "not a time before the start"},
		{"alarm of nothing", "END:VCALENDAR", "BEGIN:VALARM\r\nACTION:DISPLAY\r\nDESCRIPTION:x\r\nTRIGGER:-PT5M\r\nEND:VALARM\r\nEND:VCALENDAR", "outside an event"},
		{"day and time", "DTSTART;TZID=Europe/London:20270104T183000", "DTSTART;VALUE=DATE:20270104", "one of start and end is a day"},
		{"stranger", "END:VEVENT", "BEGIN:VTODO\r\nEND:VTODO\r\nEND:VEVENT", "VTODO does not belong"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			ics := strings.ReplaceAll(good, "\n", "\r\n")
			if test.old != "" {
				ics = strings.ReplaceAll(ics, test.old, test.new)
			}
			faults := strings.Join(Lint([]byte(ics)), "\n")
			if test.want == "" && faults != "" || !strings.Contains(faults, test.want) {
				t.Errorf("got %q, want a fault with %q", faults, test.want)
			}
		})
	}
}

func TestReadUnfoldsAndUnescapes(t *testing.T) {
	ics := strings.ReplaceAll(strings.ReplaceAll(good, "STATUS:CONF", "STATUS:CO\n NF"), "\n", "\r\n")
	c := Check(t, []byte(ics))
	e := c.Events[0]
	if c.Name != "Name" || e.Summary != "A, b; c\\ d\n e" || e.Status != "CONFIRMED" || !e.Busy || e.Start.UTC().Hour() != 18 {
		t.Errorf("got %+v", c)
	}
}
