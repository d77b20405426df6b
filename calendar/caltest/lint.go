package caltest

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"
)

// Lint gives every fault of an iCalendar object meant for subscription, one sentence each; none for a
// good one. It looks for what RFC 5545 demands and for what makes real clients refuse, crash or
// mislead, also where RFC 5545 would allow it.
func Lint(ics []byte) []string {
	l := &linter{uids: map[string]bool{}, zones: map[string]bool{}}
	l.octets(ics)
	for _, text := range unfold(string(ics)) {
		line, err := parseLine(text)
		if err != nil {
			l.fault("%v", err)
			continue
		}
		l.line(line)
	}
	for _, open := range l.open {
		l.fault("%s is never closed", open.name)
	}
	if l.calendars != 1 {
		l.fault("%d VCALENDAR objects, want 1", l.calendars)
	}
	for zone := range l.used() {
		if !l.zones[zone] {
			l.fault("TZID %s is used and not declared", zone)
		}
	}
	return l.faults
}

type linter struct {
	faults    []string
	open      []*component
	calendars int
	events    []*component
	uids      map[string]bool
	zones     map[string]bool // declared
}

type component struct {
	name     string
	lines    map[string][]contentLine
	children map[string]int
}

func (l *linter) fault(format string, args ...any) {
	l.faults = append(l.faults, fmt.Sprintf(format, args...))
}

// octets checks the physical lines.
func (l *linter) octets(ics []byte) {
	if !bytes.HasSuffix(ics, []byte("\r\n")) {
		l.fault("the last line does not end in CRLF")
	}
	for i, line := range bytes.Split(bytes.TrimSuffix(ics, []byte("\r\n")), []byte("\r\n")) {
		switch {
		case len(line) > 75:
			l.fault("line %d has %d octets, more than 75", i+1, len(line))
		case len(line) == 0:
			l.fault("line %d is empty", i+1)
		case !utf8.Valid(line):
			l.fault("line %d is cut within a character: %q", i+1, line)
		case bytes.ContainsFunc(line, func(r rune) bool { return r < ' ' && r != '\t' || r == 0x7f }):
			l.fault("line %d has a control character: %q", i+1, line)
		}
	}
}

var propertyName = regexp.MustCompile(`^[A-Z][A-Z0-9-]*$`)

func (l *linter) line(line contentLine) {
	switch {
	case !propertyName.MatchString(line.name):
		l.fault("%q is not the name of a property", line.name)
	case line.name == "BEGIN":
		l.open = append(l.open, &component{line.value, map[string][]contentLine{}, map[string]int{}})
	case len(l.open) == 0:
		l.fault("%q stands outside the calendar", line.text)
	case line.name == "END":
		l.close(line.value)
	default:
		here := l.open[len(l.open)-1]
		here.lines[line.name] = append(here.lines[line.name], line)
	}
}

func (l *linter) close(name string) {
	c := l.open[len(l.open)-1]
	if c.name != name {
		l.fault("END:%s closes BEGIN:%s", name, c.name)
	}
	l.open = l.open[:len(l.open)-1]
	if len(l.open) > 0 {
		l.open[len(l.open)-1].children[c.name]++
	}
	switch c.name {
	case "VCALENDAR":
		l.calendars++
		l.demand(c, "VERSION", "PRODID", "CALSCALE", "X-WR-CALNAME", "REFRESH-INTERVAL")
		if got := c.first("REFRESH-INTERVAL"); got.params["VALUE"] != "DURATION" {
			l.fault("REFRESH-INTERVAL is not marked as a duration")
		}
		if c.children["VEVENT"]+c.children["VTIMEZONE"] == 0 {
			l.fault("the calendar is empty")
		}
	case "VTIMEZONE":
		l.demand(c, "TZID")
		l.zones[c.first("TZID").value] = true
		if c.children["STANDARD"] == 0 || c.children["DAYLIGHT"] == 0 {
			l.fault("VTIMEZONE lacks STANDARD or DAYLIGHT")
		}
	case "STANDARD", "DAYLIGHT":
		l.demand(c, "DTSTART", "TZOFFSETFROM", "TZOFFSETTO", "RRULE")
	case "VEVENT":
		l.events = append(l.events, c)
		l.event(c)
	case "VALARM":
		l.demand(c, "ACTION", "TRIGGER", "DESCRIPTION")
		if len(l.open) == 0 || l.open[len(l.open)-1].name != "VEVENT" {
			l.fault("VALARM stands outside an event")
		}
		if trigger := c.first("TRIGGER"); !before.MatchString(trigger.value) || len(trigger.params) > 0 {
			l.fault("the alarm %q is not a time before the start", trigger.text)
		}
	default:
		l.fault("%s does not belong into a feed", c.name)
	}
	for _, banned := range []string{"METHOD", "ORGANIZER", "ATTENDEE"} {
		if len(c.lines[banned]) > 0 {
			l.fault("%s has %s", c.name, banned)
		}
	}
}

func (c *component) first(name string) contentLine {
	if lines := c.lines[name]; len(lines) > 0 {
		return lines[0]
	}
	return contentLine{}
}

// demand checks that each property is there exactly once.
func (l *linter) demand(c *component, names ...string) {
	for _, name := range names {
		if n := len(c.lines[name]); n != 1 {
			l.fault("%s %s has %d lines of %s, want 1", c.name, c.first("UID").value, n, name)
		}
	}
}

var (
	before     = regexp.MustCompile(`^-P(\d+[WD]|T\d+[HM])$`)
	utcStamp   = regexp.MustCompile(`^\d{8}T\d{6}Z$`)
	badEscape  = regexp.MustCompile(`^(?:[^\\]|\\.)*?(?:\\(?:[^\\;,nN]|$))`)
	bareSemi   = regexp.MustCompile(`^(?:[^\\;]|\\.)*;`)
	bareCommas = regexp.MustCompile(`^(?:[^\\,]|\\.)*,`)
)

func (l *linter) event(c *component) {
	l.demand(c, "UID", "DTSTAMP", "DTSTART", "DTEND", "LAST-MODIFIED", "SEQUENCE", "STATUS", "TRANSP", "X-MICROSOFT-CDO-BUSYSTATUS")
	uid := c.first("UID").value
	if l.uids[uid] {
		l.fault("UID %s is there twice", uid)
	}
	l.uids[uid] = true
	if len(uid) > 202 {
		l.fault("UID %s is longer than 202 bytes", uid)
	}
	for _, name := range []string{"DTSTAMP", "LAST-MODIFIED"} {
		if line := c.first(name); !utcStamp.MatchString(line.value) || len(line.params) > 0 {
			l.fault("%s: %q is not a stamp in UTC", uid, line.text)
		}
	}
	start, errStart := c.first("DTSTART").moment()
	end, errEnd := c.first("DTEND").moment()
	if errStart != nil || errEnd != nil {
		l.fault("%s: start or end cannot be read or floats: %q, %q", uid, c.first("DTSTART").text, c.first("DTEND").text)
	} else if !end.After(start) {
		l.fault("%s: ends at %s, not after its start", uid, end)
	}
	if c.first("DTSTART").params["VALUE"] != c.first("DTEND").params["VALUE"] {
		l.fault("%s: one of start and end is a day and the other a time", uid)
	}
	for _, name := range []string{"SUMMARY", "DESCRIPTION", "LOCATION", "CATEGORIES"} {
		value := c.first(name).value
		if len(c.lines[name]) > 1 || len(c.first(name).params) > 0 || badEscape.MatchString(value) || bareSemi.MatchString(value) ||
			name != "CATEGORIES" && bareCommas.MatchString(value) {
			l.fault("%s: %s is not plain escaped text: %q", uid, name, value)
		}
	}
}

// used gives the zones that events name.
func (l *linter) used() map[string]bool {
	used := map[string]bool{}
	for _, c := range l.events {
		for _, name := range []string{"DTSTART", "DTEND"} {
			if zone := c.first(name).params["TZID"]; strings.TrimSpace(zone) != "" {
				used[zone] = true
			}
		}
	}
	return used
}
