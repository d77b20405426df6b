// Package caltest checks iCalendar bytes in tests: Lint finds what calendar clients stumble over, Read
// tells what they would show. It shares no code with package calendar, which writes them.
package caltest

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"
)

// Calendar is what a client would show of an iCalendar object.
type Calendar struct {
	Name   string // X-WR-CALNAME
	Events []Event
}

// Event is one VEVENT, its texts unescaped.
type Event struct {
	UID, Summary, Description, Location, URL, Status string
	Categories                                       []string
	Start, End, Stamp, Modified                      time.Time
	StartText                                        string // DTSTART with its parameters, as written
	Sequence                                         int
	Busy                                             bool
	BusyStatus                                       string   // as Outlook reads it: BUSY, FREE, OOF
	AllDay                                           bool     // Start and End are midnights in UTC of its first day and the day after its last
	Alarms                                           []string // TRIGGER of each
}

// Check fails t for every fault that Lint finds in ics, and gives what Read makes of it.
func Check(t testing.TB, ics []byte) Calendar {
	t.Helper()
	for _, fault := range Lint(ics) {
		t.Errorf("calendar: %s", fault)
	}
	c, err := Read(ics)
	if err != nil {
		t.Fatalf("calendar: %v", err)
	}
	return c
}

// Read unfolds and parses ics. It is strict: whatever it cannot understand is an error.
func Read(ics []byte) (Calendar, error) {
	var c Calendar
	var event *Event
	alarm := false
	for _, text := range unfold(string(ics)) {
		line, err := parseLine(text)
		if err != nil {
			return c, err
		}
		switch {
		case line.name == "BEGIN" && line.value == "VEVENT":
			c.Events = append(c.Events, Event{})
			event = &c.Events[len(c.Events)-1]
		case line.name == "END" && line.value == "VEVENT":
			event = nil
		case line.value == "VALARM":
			alarm = line.name == "BEGIN"
		case alarm && event != nil:
			if line.name == "TRIGGER" {
				event.Alarms = append(event.Alarms, line.value)
			}
		case event != nil:
			if err := event.set(line); err != nil {
				return c, fmt.Errorf("%s: %w", text, err)
			}
		case line.name == "X-WR-CALNAME":
			c.Name = unescape(line.value)
		}
	}
	return c, nil
}

func (e *Event) set(line contentLine) (err error) {
	switch line.name {
	case "UID":
		e.UID = unescape(line.value)
	case "SUMMARY":
		e.Summary = unescape(line.value)
	case "DESCRIPTION":
		e.Description = unescape(line.value)
	case "LOCATION":
		e.Location = unescape(line.value)
	case "STATUS":
		e.Status = line.value
	case "URL":
		e.URL = line.value
	case "CATEGORIES":
		e.Categories = categories(line.value)
	case "TRANSP":
		e.Busy = line.value == "OPAQUE"
	case "X-MICROSOFT-CDO-BUSYSTATUS":
		e.BusyStatus = line.value
	case "SEQUENCE":
		e.Sequence, err = strconv.Atoi(line.value)
	case "DTSTART":
		e.StartText = strings.TrimPrefix(line.text, "DTSTART")
		e.AllDay = line.params["VALUE"] == "DATE"
		e.Start, err = line.moment()
	case "DTEND":
		e.End, err = line.moment()
	case "DTSTAMP":
		e.Stamp, err = line.moment()
	case "LAST-MODIFIED":
		e.Modified, err = line.moment()
	}
	return err
}

// contentLine is one unfolded line: NAME;PARAM=VALUE:VALUE.
type contentLine struct {
	text, name, value string
	params            map[string]string
}

func parseLine(text string) (contentLine, error) {
	line := contentLine{text: text, params: map[string]string{}}
	quoted := false
	colon := strings.IndexFunc(text, func(r rune) bool {
		if r == '"' {
			quoted = !quoted
		}
		return r == ':' && !quoted
	})
	if colon < 0 {
		return line, fmt.Errorf("line without a colon: %q", text)
	}
	parts := strings.Split(text[:colon], ";")
	line.name, line.value = parts[0], text[colon+1:]
	for _, part := range parts[1:] {
		name, value, ok := strings.Cut(part, "=")
		if !ok {
			return line, fmt.Errorf("parameter without a value: %q", text)
		}
		line.params[name] = strings.Trim(value, `"`)
	}
	return line, nil
}

// moment reads a date and time in UTC or in a named zone, or a day; a floating time is an error.
func (l contentLine) moment() (time.Time, error) {
	if l.params["VALUE"] == "DATE" {
		return time.Parse("20060102", l.value)
	}
	if zone := l.params["TZID"]; zone != "" {
		location, err := time.LoadLocation(zone)
		if err != nil {
			return time.Time{}, err
		}
		return time.ParseInLocation("20060102T150405", l.value, location)
	}
	return time.Parse("20060102T150405Z", l.value)
}

func unfold(ics string) []string {
	ics = strings.ReplaceAll(strings.ReplaceAll(ics, "\r\n ", ""), "\r\n\t", "")
	return strings.Split(strings.TrimSuffix(ics, "\r\n"), "\r\n")
}

func unescape(value string) string {
	var b strings.Builder
	for i := 0; i < len(value); i++ {
		if value[i] != '\\' || i+1 == len(value) {
			b.WriteByte(value[i])
			continue
		}
		i++
		if value[i] == 'n' || value[i] == 'N' {
			b.WriteByte('\n')
		} else {
			b.WriteByte(value[i])
		}
	}
	return b.String()
}

// categories cuts at the commas that are not escaped.
func categories(value string) []string {
	var out []string
	start := 0
	for i := 0; i < len(value); i++ {
		switch value[i] {
		case '\\':
			i++
		case ',':
			out = append(out, unescape(value[start:i]))
			start = i + 1
		}
	}
	return append(out, unescape(value[start:]))
}
