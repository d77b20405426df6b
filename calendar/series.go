package calendar

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"time"

	"pcnrota/rota"
)

const (
	maxSteps  = 400_000       // days that the rules of one file give, in all
	noMatch   = maxSteps / 20 // what it costs to find out that a rule gives no day, in such steps
	maxSeries = 1_000         // rules in one file
	maxBusy   = 5_000         // intervals
)

// collector turns events into intervals, within bounds.
type collector struct {
	window   Window
	keywords keywords
	zones    *zones
	steps    int
	series   int
	busy     []Busy
	free     int
}

// group is all events of one UID: a series, or several of them, and the occurrences that were changed.
type group struct {
	masters, changes []*component
}

// groups sorts events by UID, in the order in which the UIDs first appear. An event without one stands alone.
func groups(root *component) []*group {
	var out []*group
	byUID := map[string]*group{}
	for _, file := range root.children {
		for _, c := range file.children {
			if c.name != "VEVENT" {
				continue
			}
			uid, _ := c.first("UID")
			g := byUID[uid.value]
			if g == nil || uid.value == "" {
				g = &group{}
				out = append(out, g)
				byUID[uid.value] = g
			}
			if _, changed := c.first("RECURRENCE-ID"); changed {
				g.changes = append(g.changes, c)
			} else {
				g.masters = append(g.masters, c)
			}
		}
	}
	for _, g := range out {
		g.masters = newest(g.masters, func(*component) string { return "" })
		g.changes = newest(g.changes, func(c *component) string { p, _ := c.first("RECURRENCE-ID"); return p.params + p.value })
	}
	return out
}

// newest keeps, of the events with the same key, those with the highest SEQUENCE.
func newest(events []*component, key func(*component) string) []*component {
	highest := map[string]int{}
	for _, c := range events {
		highest[key(c)] = max(highest[key(c)], sequence(c))
	}
	return slices.DeleteFunc(events, func(c *component) bool { return sequence(c) < highest[key(c)] })
}

func sequence(c *component) int {
	p, _ := c.first("SEQUENCE")
	n := 0
	if _, err := fmt.Sscan(p.value, &n); err != nil {
		return 0
	}
	return n
}

// take collects the time away of a group. Groups without any are never looked at closer, so whatever
// else is wrong with them does no harm.
func (c *collector) take(g *group) error {
	marks := make([]mark, len(g.masters))
	away := false
	var series mark // what changed occurrences without words of their own inherit
	for i, m := range g.masters {
		marks[i] = markOf(m, c.keywords)
		away = away || marks[i].keyword != "" && !marks[i].cancelled
		series = marks[i]
		c.countFree(marks[i])
	}
	changed := make([]mark, len(g.changes))
	for i, m := range g.changes {
		changed[i] = markOf(m, c.keywords)
		if changed[i].silent && changed[i].keyword == "" {
			changed[i].keyword = series.keyword
		}
		away = away || changed[i].keyword != "" && !changed[i].cancelled
		c.countFree(changed[i])
	}
	if !away || c.over(g) {
		return nil
	}
	gone, err := c.changes(g, changed)
	if err != nil {
		return err
	}
	for i, m := range g.masters {
		if marks[i].keyword == "" || marks[i].cancelled {
			continue
		}
		if err := c.master(m, marks[i].keyword, gone); err != nil {
			return err
		}
	}
	return nil
}

// over reports whether a group lies so far back that it does not matter whether it can be understood: no
// part of it repeats, and all days that it names are over in every zone of the world.
func (c *collector) over(g *group) bool {
	for _, m := range append(slices.Clone(g.masters), g.changes...) {
		for _, p := range m.props {
			switch p.name {
			case "RRULE", "RDATE", "DURATION":
				return false
			case "DTSTART", "DTEND", "RECURRENCE-ID":
				named, err := time.Parse("20060102", p.value[:min(8, len(p.value))])
				if err != nil || !rota.CivilOf(named, time.UTC).Date.AddDays(2).Before(c.window.From) {
					return false
				}
			}
		}
	}
	return true
}

func (c *collector) countFree(m mark) {
	if m.free && !m.cancelled {
		c.free++
	}
}

// changes collects the changed occurrences, and gives the places that they have left.
func (c *collector) changes(g *group, marks []mark) ([]writtenTime, error) {
	var gone []writtenTime
	for i, m := range g.changes {
		e, err := readOccasion(m, c.zones)
		if err != nil {
			return nil, err
		}
		if e.of == nil {
			return nil, fmt.Errorf("line %d: RECURRENCE-ID is empty", e.line)
		}
		gone = append(gone, *e.of)
		if marks[i].keyword == "" || marks[i].cancelled {
			continue
		}
		if err := c.keep(e.start, e.length, marks[i].keyword); err != nil {
			return nil, err
		}
	}
	return gone, nil
}

// master collects the occurrences of an event, but for those that have gone elsewhere.
func (c *collector) master(m *component, keyword string, gone []writtenTime) error {
	e, err := readOccasion(m, c.zones)
	if err != nil {
		return err
	}
	return c.eachOf(e, gone, func(start writtenTime, length extent) error { return c.keep(start, length, keyword) })
}

// eachOf calls keep with the occurrences of e up to the end of the window, but for those that have gone
// elsewhere.
func (c *collector) eachOf(e occasion, gone []writtenTime, keepOne func(writtenTime, extent) error) (err error) {
	out := exceptions(e, c.zones.reader, append(gone, e.left...))
	keep := func(start writtenTime, length extent) error {
		if out.has(start) {
			return nil
		}
		return keepOne(start, length)
	}
	if len(e.rules) == 0 {
		err = keep(e.start, e.length)
	}
	for _, p := range e.rules {
		if err = errors.Join(err, c.repeat(e, p, keep)); err != nil {
			return err
		}
	}
	for _, a := range e.added {
		length := e.length
		if a.length != nil {
			length = *a.length
		}
		if e.start.day {
			a.start = writtenTime{civil: a.start.dateIn(c.zones.reader).At(0), day: true, zone: e.start.zone}
		}
		err = errors.Join(err, keep(a.start, length))
	}
	return err
}

// repeat keeps the occurrences that one rule gives, up to the end of the window.
func (c *collector) repeat(e occasion, p contentLine, keep func(writtenTime, extent) error) error {
	r, err := ruleFor(p, e.start)
	if err != nil {
		return err
	}
	if c.series++; c.series > maxSeries {
		return fmt.Errorf("line %d: more than %d entries repeat", p.number, maxSeries)
	}
	met, given := 0, false
	for d := range r.daysUpTo(e.start.civil.Date, c.window.Until.AddDays(1)) {
		start := e.start
		start.civil.Date, given = d, true
		if !r.until.admits(start.civil, start.zone) || r.count > 0 && met == r.count {
			break
		}
		met++
		if err := c.spend(p, 1); err != nil {
			return err
		}
		if err := keep(start, e.length); err != nil {
			return err
		}
	}
	if !given {
		return c.spend(p, noMatch)
	}
	return nil
}

// spend keeps account of the work that the rules of a file make.
func (c *collector) spend(p contentLine, steps int) error {
	if c.steps += steps; c.steps > maxSteps {
		return fmt.Errorf("line %d: the entries of the calendar repeat too often", p.number)
	}
	return nil
}

// keep adds an interval where it touches the window.
func (c *collector) keep(start writtenTime, length extent, keyword string) error {
	begins, ends := start.instant(), length.after(start)
	if !begins.Before(ends) || !ends.After(c.window.From.At(0).Instant(c.window.Zone)) || !begins.Before(c.window.Until.At(0).Instant(c.window.Zone)) {
		return nil
	}
	if len(c.busy) == maxBusy {
		return fmt.Errorf("the calendar has more than %d times away", maxBusy)
	}
	c.busy = append(c.busy, busyBetween(begins, ends, c.window.Zone, keyword))
	return nil
}

// busyBetween puts an interval on the wall clock. Where that shows an hour twice, it might end there before
// it has begun: it is given that hour in full.
func busyBetween(begins, ends time.Time, zone *time.Location, keyword string) Busy {
	b := Busy{Start: rota.CivilOf(begins, zone), End: rota.CivilOf(ends.Add(time.Minute-time.Nanosecond), zone), Keyword: keyword}
	for hours := 1; !b.Start.Before(b.End); hours++ {
		b.End = rota.CivilOf(ends.Add(time.Duration(hours)*time.Hour), zone)
	}
	return b
}

// absent holds occurrences that do not take place where the rule puts them.
type absent struct {
	wholeDays bool // of a series of days
	reader    *time.Location
	days      map[rota.Date]bool
	instants  map[int64]bool
}

// exceptions sorts what an entry leaves out. For a series of days only the day counts; for one with times,
// a day leaves out all that starts on it.
func exceptions(e occasion, reader *time.Location, left []writtenTime) absent {
	out := absent{wholeDays: e.start.day, reader: reader, days: map[rota.Date]bool{}, instants: map[int64]bool{}}
	for _, m := range left {
		if out.wholeDays || m.day {
			out.days[m.dateIn(reader)] = true
		} else {
			out.instants[m.instant().Unix()] = true
		}
	}
	return out
}

func (a absent) has(start writtenTime) bool {
	return a.days[start.dateIn(a.reader)] || !a.wholeDays && a.instants[start.instant().Unix()]
}

// merged joins intervals with the same keyword that overlap or follow each other without a gap, and puts
// all in order.
func merged(busy []Busy) []Busy {
	slices.SortFunc(busy, func(a, b Busy) int {
		return cmp.Or(cmp.Compare(a.Keyword, b.Keyword), a.Start.Compare(b.Start), a.End.Compare(b.End))
	})
	var out []Busy
	for _, b := range busy {
		if n := len(out); n > 0 && out[n-1].Keyword == b.Keyword && !out[n-1].End.Before(b.Start) {
			if out[n-1].End.Before(b.End) {
				out[n-1].End = b.End
			}
			continue
		}
		out = append(out, b)
	}
	slices.SortFunc(out, func(a, b Busy) int {
		return cmp.Or(a.Start.Compare(b.Start), a.End.Compare(b.End), cmp.Compare(a.Keyword, b.Keyword))
	})
	return out
}
