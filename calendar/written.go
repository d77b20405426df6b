package calendar

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"pcnrota/rota"
)

// writtenTime is a DATE or DATE-TIME as a calendar wrote it (RFC 5545 sections 3.3.4 and 3.3.5), to the minute.
type writtenTime struct {
	civil rota.Civil     // midnight where it is a day
	day   bool           // it is a day, in no zone
	zone  *time.Location // in which civil is; UTC where it was written so, the reader's where it was left open
	fixed bool           // written in UTC
}

// instant is the writtenTime on the time line; of a day, its midnight in the zone it is read in.
func (m writtenTime) instant() time.Time { return m.civil.Instant(m.zone) }

// dateIn is the day of m for a series of whole days: as written, but where it was written in UTC, what
// the reader's clock shows then.
func (m writtenTime) dateIn(zone *time.Location) rota.Date {
	if m.fixed {
		return rota.CivilOf(m.instant(), zone).Date
	}
	return m.civil.Date
}

// Calendars reach from the first to before the last of these years; beyond, somebody has mistyped one.
const (
	firstYear = 1900
	lastYear  = 2200
)

var momentLayouts = []string{"20060102", wall, "20060102T1504", "2006-01-02", "2006-01-02T15:04:05"}

// parseMoment reads a value with the zone that its line names.
func parseMoment(line contentLine, value string, zones *zones, roundUp bool) (writtenTime, error) {
	text := strings.ToUpper(strings.TrimSpace(value))
	plain := strings.TrimSuffix(text, "Z")
	for _, layout := range momentLayouts {
		t, err := time.Parse(layout, plain)
		if err != nil {
			continue
		}
		if t.Year() < firstYear || t.Year() >= lastYear {
			return writtenTime{}, fmt.Errorf("line %d: %s is in the year %d", line.number, line.name, t.Year())
		}
		if roundUp && t.Second() > 0 {
			t = t.Add(time.Minute)
		}
		m := writtenTime{civil: rota.CivilOf(t, time.UTC), zone: zones.reader}
		switch zone := line.param("TZID"); {
		case !strings.Contains(layout, "15") || strings.EqualFold(line.param("VALUE"), "DATE"):
			m.day, m.civil.Time = true, 0
		case plain != text:
			m.zone, m.fixed = time.UTC, true
		case zone != "":
			if m.zone, err = zones.find(zone); err != nil {
				return writtenTime{}, fmt.Errorf("line %d: %w", line.number, err)
			}
		}
		return m, nil
	}
	return writtenTime{}, fmt.Errorf("line %d: %s is not a time written like 20270104T183000", line.number, line.name)
}

// extent is how long an entry lasts: days on the wall calendar, and time on top.
type extent struct {
	days  int
	exact time.Duration
}

const maxDays = 10 * 366

var durationForm = regexp.MustCompile(`^\+?P(?:(\d{1,5})W)?(?:(\d{1,5})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,7})M)?(?:(\d{1,8})S)?)?$`)

// parseExtent reads a DURATION (RFC 5545 section 3.3.6) that does not run backwards.
func parseExtent(line contentLine, value string) (extent, error) {
	parts := durationForm.FindStringSubmatch(strings.ToUpper(strings.TrimSpace(value)))
	if parts == nil || len(strings.TrimSpace(value)) < len("P1D") {
		return extent{}, fmt.Errorf("line %d: %s is not a length written like PT90M", line.number, line.name)
	}
	var n [6]int
	for i := 1; i < len(parts); i++ {
		n[i], _ = strconv.Atoi(parts[i]) // the form allows digits only; nothing is zero
	}
	e := extent{days: 7*n[1] + n[2], exact: time.Duration(n[3])*time.Hour + time.Duration(n[4])*time.Minute + time.Duration(n[5])*time.Second}
	if e.days > maxDays || e.exact > maxDays*24*time.Hour {
		return extent{}, fmt.Errorf("line %d: %s is longer than ten years", line.number, line.name)
	}
	return e, nil
}

// until is the extent from start to end, two moments of one entry.
func (m writtenTime) until(line contentLine, end writtenTime) (extent, error) {
	var e extent
	if m.day {
		e.days = m.civil.Date.DaysUntil(end.civil.Date)
		if !end.day && end.civil.Time > 0 {
			e.days++
		}
		if e.days == 0 {
			e.days = 1 // some write the last day itself
		}
	} else {
		e.exact = end.instant().Sub(m.instant())
	}
	switch {
	case e.days < 0 || e.exact < 0:
		return e, fmt.Errorf("line %d: the end is before the start", line.number)
	case e.days > maxDays || e.exact > maxDays*24*time.Hour:
		return e, fmt.Errorf("line %d: the end is more than ten years after the start", line.number)
	}
	return e, nil
}

// after gives the end of an entry of that extent that starts at start.
func (e extent) after(start writtenTime) time.Time {
	return rota.Civil{Date: start.civil.Date.AddDays(e.days), Time: start.civil.Time}.Instant(start.zone).Add(e.exact)
}

// inDays rounds e up to whole days.
func (e extent) inDays() extent {
	const day = 24 * time.Hour
	return extent{days: max(1, e.days+int((e.exact+day-1)/day))}
}
