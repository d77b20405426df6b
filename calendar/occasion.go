package calendar

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// occasion is an event of somebody's calendar, once it is known to matter.
type occasion struct {
	line   int
	start  writtenTime
	length extent
	rules  []contentLine
	added  []addition    // RDATE
	left   []writtenTime // EXDATE
	of     *writtenTime  // RECURRENCE-ID: the occurrence whose place the entry takes
}

// addition is an occurrence that no rule gives, with its own length where it has one.
type addition struct {
	start  writtenTime
	length *extent
}

// mark is what the words and flags of an event say, before any of its times is read.
type mark struct {
	keyword   string // "" where it is no time away
	free      bool   // it has a keyword, and takes up no time by its owner's word
	cancelled bool
	silent    bool // it has no words of its own
}

// markOf decides whether an event is time away: its title or a category has a keyword and it is shown as
// busy, or Outlook shows it as out of office. A busy event without a keyword is a meeting or a surgery,
// and says nothing about being on call.
func markOf(c *component, k keywords) mark {
	m := mark{cancelled: c.text("STATUS") == "CANCELLED", silent: true}
	for _, p := range c.props {
		if p.name != "SUMMARY" && p.name != "CATEGORIES" {
			continue
		}
		m.silent = false
		if m.keyword == "" {
			m.keyword = k.in(p.value)
		}
	}
	shown := c.text("X-MICROSOFT-CDO-BUSYSTATUS")
	free := shown == "FREE" || shown == "" && c.text("TRANSP") == "TRANSPARENT"
	switch {
	case shown == "OOF" && m.keyword == "":
		m.keyword = outOfOffice
	case free && m.keyword != "":
		m.keyword, m.free = "", true
	}
	return m
}

// wordy lists the properties whose loss takes nothing from the times of an event.
var wordy = []string{"SUMMARY", "CATEGORIES", "LOCATION", "URL", "CONFERENCE", "X-MICROSOFT-SKYPETEAMSMEETINGURL", "X-GOOGLE-CONFERENCE"}

// readOccasion reads the times of an event.
func readOccasion(c *component, zones *zones) (e occasion, err error) {
	e.line = c.line
	start, ok := c.first("DTSTART")
	if !ok {
		return e, fmt.Errorf("line %d: the entry has no start", c.line)
	}
	for _, p := range c.props {
		if p.broken != "" && !slices.Contains(wordy, p.name) {
			return e, fmt.Errorf("line %d: %s %s", p.number, p.name, p.broken)
		}
	}
	if e.start, err = parseMoment(start, start.value, zones, false); err != nil {
		return e, err
	}
	if e.length, err = lengthOf(c, e.start, zones); err != nil {
		return e, err
	}
	if e.rules, err = c.all("RRULE"), refusedParts(c); err != nil {
		return e, err
	}
	if e.added, err = additions(c, zones); err != nil {
		return e, err
	}
	if e.left, err = moments(c, "EXDATE", zones); err != nil {
		return e, err
	}
	of, err := moments(c, "RECURRENCE-ID", zones)
	if len(of) > 0 {
		e.of = &of[0]
	}
	return e, err
}

// refusedParts refuses what would be read wrongly by half.
func refusedParts(c *component) error {
	if p, there := c.first("EXRULE"); there {
		return fmt.Errorf("line %d: EXRULE, a rule for exceptions, is not read", p.number)
	}
	if p, there := c.first("RECURRENCE-ID"); there && p.param("RANGE") != "" {
		return fmt.Errorf("line %d: RANGE=%.20s changes several occurrences at once, and is not read", p.number, shownName(p.param("RANGE")))
	}
	return nil
}

// lengthOf gives how long an event lasts: a day without an end is one day, a time without an end no time.
func lengthOf(c *component, start writtenTime, zones *zones) (extent, error) {
	if p, ok := c.first("DTEND"); ok {
		end, err := parseMoment(p, p.value, zones, true)
		if err != nil {
			return extent{}, err
		}
		return start.until(p, end)
	}
	p, ok := c.first("DURATION")
	if !ok {
		if start.day {
			return extent{days: 1}, nil
		}
		return extent{}, nil
	}
	e, err := parseExtent(p, p.value)
	if start.day {
		return e.inDays(), err
	}
	return e, err
}

// moments reads the properties of that name, each with commas between its values. An empty one has none.
func moments(c *component, name string, zones *zones) ([]writtenTime, error) {
	var out []writtenTime
	for _, p := range c.all(name) {
		for value := range strings.SplitSeq(p.value, ",") {
			if strings.TrimSpace(value) == "" {
				continue
			}
			m, err := parseMoment(p, value, zones, false)
			if err != nil {
				return nil, err
			}
			out = append(out, m)
		}
	}
	return out, nil
}

// additions reads the RDATEs: moments, and periods with an end or a length of their own.
func additions(c *component, zones *zones) ([]addition, error) {
	var out []addition
	for _, p := range c.all("RDATE") {
		for value := range strings.SplitSeq(p.value, ",") {
			from, to, period := strings.Cut(value, "/")
			if strings.TrimSpace(value) == "" {
				continue
			}
			start, err := parseMoment(p, from, zones, false)
			if err != nil {
				return nil, err
			}
			a := addition{start: start}
			if period {
				length, err := periodLength(p, start, to, zones)
				if err != nil {
					return nil, err
				}
				a.length = &length
			}
			out = append(out, a)
		}
	}
	return out, nil
}

// periodLength reads what stands after the slash of a PERIOD (RFC 5545 section 3.3.9).
func periodLength(p contentLine, start writtenTime, to string, zones *zones) (extent, error) {
	if strings.Contains(strings.ToUpper(to), "P") {
		return parseExtent(p, to)
	}
	end, err := parseMoment(p, to, zones, true)
	if err != nil {
		return extent{}, err
	}
	return start.until(p, end)
}

// ruleFor gives the rule of an entry as one of days. A time of day in it is taken where it only repeats
// that of the entry.
func ruleFor(p contentLine, start writtenTime) (rule, error) {
	var parts []string
	same := map[string]int{"BYHOUR": int(start.civil.Time) / 60, "BYMINUTE": int(start.civil.Time) % 60, "BYSECOND": 0}
	for part := range strings.SplitSeq(strings.ToUpper(strings.ReplaceAll(p.value, " ", "")), ";") {
		name, value, _ := strings.Cut(part, "=")
		if n, timed := same[name]; timed && !start.day {
			if given, err := strconv.Atoi(value); err == nil && given == n {
				continue
			}
		}
		parts = append(parts, part)
	}
	r, err := parseRule(strings.Join(parts, ";"))
	if err != nil {
		return r, fmt.Errorf("line %d: the entry repeats in a way that is not read: %w", p.number, err)
	}
	return r, nil
}
