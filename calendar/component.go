package calendar

import (
	"errors"
	"fmt"
	"strings"
)

// This file builds the components of a calendar that somebody else wrote (RFC 5545 section 3.4) and keeps
// no more of them than is needed to know when somebody is busy: the components and properties listed
// here. Nothing else reaches memory, so nothing else can be misread, or told.

const (
	maxFile    = 5 << 20 // octets
	maxDepth   = 8       // components within components
	maxEntries = 50_000  // events and time zones
)

// wanted lists the components that are read, each with its properties.
var wanted = map[string][]string{
	"VCALENDAR": {},
	"VEVENT": {
		"UID", "SEQUENCE", "DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "EXRULE", "RECURRENCE-ID",
		"STATUS", "TRANSP", "SUMMARY", "CATEGORIES", "X-MICROSOFT-CDO-BUSYSTATUS",
		"LOCATION", "URL", "CONFERENCE", "X-MICROSOFT-SKYPETEAMSMEETINGURL", "X-GOOGLE-CONFERENCE", // of meetings only
	},
	"VTIMEZONE": {"TZID", "X-LIC-LOCATION"},
	"STANDARD":  {"DTSTART", "TZOFFSETFROM", "TZOFFSETTO", "RRULE", "RDATE"},
	"DAYLIGHT":  {"DTSTART", "TZOFFSETFROM", "TZOFFSETTO", "RRULE", "RDATE"},
}

// component is one component with what is read of it.
type component struct {
	name     string
	line     int // of its BEGIN
	props    []contentLine
	children []*component
}

// first gives the first property of that name.
func (c *component) first(name string) (contentLine, bool) {
	for _, p := range c.props {
		if p.name == name {
			return p, true
		}
	}
	return contentLine{}, false
}

// text gives the value of the first property of that name in capitals, "" where it is not there.
func (c *component) text(name string) string {
	p, _ := c.first(name)
	return strings.ToUpper(strings.TrimSpace(p.value))
}

// all gives the properties of that name.
func (c *component) all(name string) []contentLine {
	var out []contentLine
	for _, p := range c.props {
		if p.name == name {
			out = append(out, p)
		}
	}
	return out
}

// builder is a file half read.
type builder struct {
	wanted  map[string][]string
	root    *component   // holds the calendars
	open    []*component // from the root inwards; nil for one that is passed over
	names   []string     // of those that are open
	entries int
	junk    int // lines that are no content lines
}

var errNoCalendar = errors.New("this is not a calendar: it does not begin with BEGIN:VCALENDAR")

// readComponents gives the calendars of a file as the children of one component, and how many of its
// lines could not be read at all. Its errors are sentences that name the line.
func readComponents(data []byte) (root *component, junk int, err error) {
	return readOnly(data, wanted)
}

// readOnly is readComponents for the components and properties given.
func readOnly(data []byte, wanted map[string][]string) (root *component, junk int, err error) {
	if len(data) > maxFile {
		return nil, 0, fmt.Errorf("the calendar has more than %d MB", maxFile>>20)
	}
	b := builder{wanted: wanted, root: &component{}}
	b.open = []*component{b.root}
	for line := range contentLines(data) {
		if err := b.add(line); err != nil {
			return nil, 0, err
		}
	}
	switch {
	case len(b.names) > 0:
		return nil, 0, fmt.Errorf("the calendar breaks off: END:%s is missing", b.names[len(b.names)-1])
	case len(b.root.children) == 0:
		return nil, 0, errNoCalendar
	}
	return b.root, b.junk, nil
}

func (b *builder) add(line contentLine) error {
	outside := len(b.names) == 0
	switch {
	case outside && len(b.root.children) == 0 && (line.name != "BEGIN" || !named(line, "VCALENDAR")):
		return errNoCalendar
	case line.name == "BEGIN":
		return b.begin(line)
	case line.name == "END":
		return b.end(line)
	case line.name == "":
		b.junk++
		return nil
	}
	if c := b.open[len(b.open)-1]; c != nil && !outside && b.wants(c.name, line.name) {
		c.props = append(c.props, line)
	}
	return nil
}

func named(line contentLine, name string) bool {
	return strings.EqualFold(strings.TrimSpace(line.value), name)
}

func (b *builder) wants(component, property string) bool {
	for _, name := range b.wanted[component] {
		if name == property {
			return true
		}
	}
	return false
}

func (b *builder) begin(line contentLine) error {
	name := strings.ToUpper(strings.TrimSpace(line.value))
	if len(b.names) == maxDepth {
		return fmt.Errorf("line %d: components lie more than %d deep in each other", line.number, maxDepth)
	}
	b.names = append(b.names, name)
	parent := b.open[len(b.open)-1]
	if _, known := b.wanted[name]; !known || parent == nil || !belongs(name, parent.name) {
		b.open = append(b.open, nil)
		return nil
	}
	if b.entries++; b.entries > maxEntries {
		return fmt.Errorf("line %d: the calendar has more than %d entries", line.number, maxEntries)
	}
	c := &component{name: name, line: line.number}
	parent.children = append(parent.children, c)
	b.open = append(b.open, c)
	return nil
}

// belongs reports whether a component may stand in another, "" being the file.
func belongs(name, in string) bool {
	switch name {
	case "VCALENDAR":
		return in == ""
	case "STANDARD", "DAYLIGHT":
		return in == "VTIMEZONE"
	default:
		return in == "VCALENDAR"
	}
}

func (b *builder) end(line contentLine) error {
	if len(b.names) == 0 || !named(line, b.names[len(b.names)-1]) {
		return fmt.Errorf("line %d: END:%.40s ends what has not begun", line.number, shownName(line.value))
	}
	b.names = b.names[:len(b.names)-1]
	b.open = b.open[:len(b.open)-1]
	return nil
}

// shownName gives the name of a component as it can be shown: nothing else of a file ever is.
func shownName(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '-' || '0' <= r && r <= '9' || 'A' <= r && r <= 'Z' || 'a' <= r && r <= 'z' {
			return r
		}
		return -1
	}, s)
}
