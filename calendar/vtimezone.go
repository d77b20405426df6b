package calendar

import (
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"pcnrota/rota"
)

// This file makes a time zone of what a file says of one (VTIMEZONE, RFC 5545 section 3.6.5): the changes
// of its clock become a table like those of the zone database, so that such a zone is a zone like any
// other from then on.

const (
	maxOffset     = 18 * 3600 // seconds from UTC
	maxObserved   = 200       // standard and daylight times of one zone
	zonesFrom     = 1970      // what was before is of no interest,
	zonesTo       = 2100      // nor what comes after
	maxZoneChange = 4 * (zonesTo - zonesFrom)
)

var errBadZone = errors.New("what the file says of its time zone cannot be understood")

// offsetChange is a moment from which a zone keeps another distance from UTC.
type offsetChange struct {
	at     int64 // seconds since 1970
	before int   // offset in seconds, east positive
	after  int
}

// declaredZone makes a zone of a VTIMEZONE.
func declaredZone(c *component) (*time.Location, error) {
	if len(c.children) == 0 || len(c.children) > maxObserved {
		return nil, errBadZone
	}
	var changes []offsetChange
	for _, observed := range c.children {
		more, err := offsetChanges(observed)
		if err != nil {
			return nil, err
		}
		changes = append(changes, more...)
		if len(changes) > maxZoneChange {
			return nil, errBadZone
		}
	}
	if len(changes) == 0 {
		return nil, errBadZone
	}
	slices.SortStableFunc(changes, func(a, b offsetChange) int { return cmp.Compare(a.at, b.at) })
	zone, err := time.LoadLocationFromTZData("file", zoneTable(changes))
	if err != nil {
		return nil, errBadZone
	}
	return zone, nil
}

// offsetChanges gives the moments at which a standard or daylight time begins.
func offsetChanges(c *component) ([]offsetChange, error) {
	before, err1 := parseOffset(c, "TZOFFSETFROM")
	after, err2 := parseOffset(c, "TZOFFSETTO")
	start, err3 := observanceStart(c)
	if err := errors.Join(err1, err2, err3); err != nil {
		return nil, errBadZone
	}
	rules := c.all("RRULE")
	var days []rota.Date
	if len(rules) == 0 {
		days = []rota.Date{start.Date}
	}
	for _, p := range rules {
		more, err := changeDays(p, start, before)
		if err != nil {
			return nil, err
		}
		days = append(days, more...)
	}
	var out []offsetChange
	add := func(at rota.Civil) {
		seconds := at.Instant(time.UTC).Unix() - int64(before)
		out = append(out, offsetChange{seconds, before, after})
	}
	for _, d := range days {
		add(d.At(start.Time))
	}
	for _, p := range c.all("RDATE") {
		for value := range strings.SplitSeq(p.value, ",") {
			t, err := time.Parse(wall, strings.TrimSuffix(strings.ToUpper(strings.TrimSpace(value)), "Z"))
			if err != nil || len(out) > maxZoneChange {
				return nil, errBadZone
			}
			add(rota.CivilOf(t, time.UTC))
		}
	}
	return out, nil
}

// observanceStart is when the time was first kept. Where it returns by a rule, Outlook writes the year
// 1601 and others the year 1, for always: the first year of interest takes their place.
func observanceStart(c *component) (rota.Civil, error) {
	p, _ := c.first("DTSTART")
	t, err := time.Parse(wall, strings.TrimSuffix(strings.ToUpper(strings.TrimSpace(p.value)), "Z"))
	if err != nil {
		return rota.Civil{}, errBadZone
	}
	if _, returns := c.first("RRULE"); returns && t.Year() < zonesFrom {
		t = time.Date(zonesFrom, t.Month(), t.Day(), t.Hour(), t.Minute(), 0, 0, time.UTC)
	}
	return rota.CivilOf(t, time.UTC), nil
}

// changeDays are the days on which the rule of an observance that begins at start begins it again.
func changeDays(p contentLine, start rota.Civil, offset int) ([]rota.Date, error) {
	r, err := parseRule(p.value)
	if err != nil || r.freq != "YEARLY" || p.broken != "" {
		return nil, errBadZone
	}
	var days []rota.Date
	for d := range r.daysUpTo(start.Date, rota.Date{Year: zonesTo, Month: time.December, Day: 31}) {
		if !r.until.admits(d.At(start.Time), time.FixedZone("", offset)) || r.count > 0 && len(days) == r.count {
			break
		}
		if days = append(days, d); len(days) > maxZoneChange {
			return nil, errBadZone
		}
	}
	return days, nil
}

// parseOffset reads +0100 or -013015.
func parseOffset(c *component, name string) (int, error) {
	p, _ := c.first(name)
	text := strings.TrimSpace(p.value)
	n, err := strconv.Atoi(text)
	if err != nil || (len(text) != len("+0100") && len(text) != len("+010000")) || text[0] != '+' && text[0] != '-' {
		return 0, fmt.Errorf("%s is no offset", name)
	}
	if len(text) == len("+0100") {
		n *= 100
	}
	seconds := n/10000*3600 + n/100%100*60 + n%100
	if seconds > maxOffset || seconds < -maxOffset {
		return 0, fmt.Errorf("%s is no offset", name)
	}
	return seconds, nil
}

// zoneTable writes changes, which are in order, as a TZif table (RFC 8536) of version 2: an empty block of
// 32-bit times, and one of 64-bit times. Before the first change, the offset is the one it ends.
func zoneTable(changes []offsetChange) []byte {
	types := []int{changes[0].before}
	var times, kinds []byte
	for _, c := range changes {
		kind := slices.Index(types, c.after)
		if kind < 0 && len(types) < 255 {
			kind = len(types)
			types = append(types, c.after)
		}
		times = binary.BigEndian.AppendUint64(times, uint64(c.at))
		kinds = append(kinds, byte(max(kind, 0)))
	}
	first := binary.BigEndian.AppendUint64(nil, 1<<63) // the beginning of time
	times, kinds = append(first, times...), append([]byte{0}, kinds...)

	out := append(zoneHead(0, 0, 0), zoneHead(len(kinds), len(types), len("-\x00"))...)
	out = append(append(out, times...), kinds...)
	for _, offset := range types {
		out = append(binary.BigEndian.AppendUint32(out, uint32(int32(offset))), 0, 0)
	}
	return append(out, "-\x00\n\n"...)
}

func zoneHead(times, types, chars int) []byte {
	head := append([]byte("TZif2"), make([]byte, 15)...)
	for _, n := range []int{0, 0, 0, times, types, chars} {
		head = binary.BigEndian.AppendUint32(head, uint32(n))
	}
	return head
}
