package calendar

import (
	"bytes"
	"cmp"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/emersion/go-ical"

	"pcnrota/rota"
)

// This file and invitation.go are the only ones that know go-ical. Every value is escaped here and set as it is:
// the setters of go-ical write VALUE=TEXT where it does not belong, refuse a carriage return and
// lose VALUE=DURATION; parameters, which it does not guard, are constants.

const (
	product = "-//pcnrota//pcnrota//EN"
	refresh = "PT1H" // the least time between two fetches; a client may take longer
	stamp   = "20060102T150405Z"
	wall    = "20060102T150405"

	wholeDay = "20060102"
)

// Encode writes f as an iCalendar object: CRLF, lines of at most 75 octets, the same bytes for the
// same feed. A feed with no events is a valid calendar. The error names the event that cannot be
// written: one with a UID that is missing, repeated or unfit, an end that is not after the start, or an
// address that is none.
func Encode(f Feed) ([]byte, error) {
	zone := f.Zone
	if zone == nil {
		zone = time.UTC
	}
	entries, err := f.entries(zone)
	if err != nil {
		return nil, fmt.Errorf("write calendar: %w", err)
	}
	calendar := ical.NewCalendar()
	head(calendar.Component, f.Name, zone)
	calendar.Children = append(calendar.Children, londonBlock())
	for _, e := range entries {
		calendar.Children = append(calendar.Children, e.component(zone))
	}
	var b bytes.Buffer
	if err := ical.NewEncoder(&b).Encode(calendar); err != nil {
		return nil, fmt.Errorf("write calendar: %w", err)
	}
	return fold(b.Bytes()), nil
}

func head(c *ical.Component, name string, zone *time.Location) {
	set(c, "VERSION", "2.0")
	set(c, "PRODID", product)
	set(c, "CALSCALE", "GREGORIAN")
	set(c, "NAME", escape(name))
	set(c, "X-WR-CALNAME", escape(name))
	set(c, "X-WR-TIMEZONE", zoneName(zone))
	set(c, "REFRESH-INTERVAL", refresh, "VALUE", "DURATION")
	set(c, "X-PUBLISHED-TTL", refresh)
}

// zoneName gives the name of zone where it is one of the IANA database, and UTC where it is not.
func zoneName(zone *time.Location) string {
	if name := zone.String(); strings.Contains(name, "/") && escape(name) == name {
		return name
	}
	return "UTC"
}

func (e entry) component(zone *time.Location) *ical.Component {
	c := ical.NewComponent("VEVENT")
	set(c, "UID", e.UID)
	set(c, "DTSTAMP", e.changed())
	set(c, "LAST-MODIFIED", e.changed())
	set(c, "SEQUENCE", strconv.Itoa(e.Sequence))
	set(c, "STATUS", "CONFIRMED")
	e.setTimes(c, zone)
	e.setBusy(c)
	setText(c, "SUMMARY", e.Summary)
	setText(c, "DESCRIPTION", e.Description)
	setText(c, "LOCATION", e.Location)
	if e.URL != "" {
		set(c, "URL", e.URL)
	}
	if categories := e.categories(); categories != "" {
		set(c, "CATEGORIES", categories)
	}
	for _, minutes := range e.Alarms {
		c.Children = append(c.Children, e.alarm(minutes))
	}
	return c
}

// alarm shows the title that many minutes before the start.
func (e entry) alarm(minutes int) *ical.Component {
	c := ical.NewComponent("VALARM")
	set(c, "ACTION", "DISPLAY")
	set(c, "DESCRIPTION", cmp.Or(escape(e.Summary), "Reminder"))
	set(c, "TRIGGER", fmt.Sprintf("-PT%dM", minutes))
	return c
}

// changed gives the stamp of the last change. The zero time, of what is not known to have ever changed,
// is written as the start of 1970: some clients cannot read the year 1.
func (e entry) changed() string {
	if e.Modified.IsZero() {
		return time.Unix(0, 0).UTC().Format(stamp)
	}
	return e.Modified.UTC().Format(stamp)
}

// setTimes writes start and end by the London wall clock, and both in UTC where one of them could be
// misread. Whole days are days everywhere, and the end is the day after the last (RFC 5545 section 3.6.1).
func (e entry) setTimes(c *ical.Component, zone *time.Location) {
	if e.AllDay {
		set(c, "DTSTART", e.Event.Start.Date.Format(wholeDay), "VALUE", "DATE")
		set(c, "DTEND", e.Event.End.Date.Format(wholeDay), "VALUE", "DATE")
		return
	}
	if e.plainInLondon(zone) {
		set(c, "DTSTART", e.Span.Start.In(zone).Format(wall), "TZID", london)
		set(c, "DTEND", e.Span.End.In(zone).Format(wall), "TZID", london)
		return
	}
	set(c, "DTSTART", e.Span.Start.UTC().Format(stamp))
	set(c, "DTEND", e.Span.End.UTC().Format(stamp))
}

func (e entry) plainInLondon(zone *time.Location) bool {
	return zone.String() == london && !e.Event.Start.Ambiguous(zone) && !e.Event.End.Ambiguous(zone) &&
		agreesWithLondon(e.Span.Start.In(zone)) && agreesWithLondon(e.Span.End.In(zone))
}

// setBusy says twice whether the time is taken: Outlook reads the second.
func (e entry) setBusy(c *ical.Component) {
	transparency, status := "TRANSPARENT", "FREE"
	switch {
	case e.Away:
		transparency, status = "OPAQUE", "OOF"
	case e.Busy:
		transparency, status = "OPAQUE", "BUSY"
	}
	set(c, "TRANSP", transparency)
	set(c, "X-MICROSOFT-CDO-BUSYSTATUS", status)
}

func (e entry) categories() string {
	var values []string
	for _, category := range e.Categories {
		if value := escape(category); value != "" {
			values = append(values, value)
		}
	}
	return strings.Join(values, ",")
}

// set adds a property whose value is written as it stands; params are names and values by turns.
func set(c *ical.Component, name, value string, params ...string) {
	p := ical.NewProp(name)
	p.Value = value
	for i := 0; i < len(params); i += 2 {
		p.Params.Set(params[i], params[i+1])
	}
	c.Props.Set(p)
}

// setText adds a property of text, and leaves out one that is empty.
func setText(c *ical.Component, name, text string) {
	if value := escape(text); value != "" {
		set(c, name, value)
	}
}

const london = "Europe/London"

// londonBlock is the VTIMEZONE of London by rule, from 1996 on. Outlook ignores a list of dates and needs
// both halves; a full history upsets it.
func londonBlock() *ical.Component {
	half := func(name, from, month, offsetFrom, offsetTo, short string) *ical.Component {
		c := ical.NewComponent(name)
		set(c, "DTSTART", from)
		set(c, "RRULE", "FREQ=YEARLY;BYMONTH="+month+";BYDAY=-1SU")
		set(c, "TZOFFSETFROM", offsetFrom)
		set(c, "TZOFFSETTO", offsetTo)
		set(c, "TZNAME", short)
		return c
	}
	c := ical.NewComponent("VTIMEZONE")
	set(c, "TZID", london)
	c.Children = []*ical.Component{
		half("DAYLIGHT", "19810329T010000", "3", "+0000", "+0100", "BST"),
		half("STANDARD", "19961027T020000", "10", "+0100", "+0000", "GMT"),
	}
	return c
}

// agreesWithLondon reports whether the block says the same of t, a time in the zone, as the zone itself.
// It does not before autumn 1996, and would not any more if the law changed.
func agreesWithLondon(t time.Time) bool {
	change := func(month time.Month) time.Time {
		last := rota.Date{Year: t.UTC().Year(), Month: month, Day: 31}
		return last.AddDays(-int(last.Weekday())).At(60).Instant(time.UTC)
	}
	summer := !t.Before(change(time.March)) && t.Before(change(time.October))
	_, offset := t.Zone()
	return t.UTC().Year() > 1996 && (summer && offset == 3600 || !summer && offset == 0)
}
