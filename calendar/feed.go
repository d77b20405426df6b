package calendar

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"pcnrota/rota"
)

// Feed is a calendar to be written.
type Feed struct {
	Name   string         // as people see it in their list of calendars
	Zone   *time.Location // of the events' civil times; nil is UTC
	Events []Event        // in any order
}

// Event is one entry of a calendar. Its texts may hold anything that a person can type; line breaks
// are kept, other control characters are dropped.
type Event struct {
	UID         string     // see UID
	Sequence    int        // changes since it was first published, from 0
	Modified    time.Time  // last real change
	Start, End  rota.Civil // in the feed's zone
	AllDay      bool       // it takes whole days: Start and End are midnights, End that after its last day
	Summary     string
	Description string
	Location    string
	URL         string // absolute address, "" for none
	Categories  []string
	Busy        bool  // whether the time counts as taken
	Away        bool  // and its owner as out of office
	Alarms      []int // minutes before the start
}

// maxUID is the length in bytes up to which Outlook tells identifiers apart (MS-STANOICAL 2.1.10).
const maxUID = 202

// UID gives the identifier that the duty or meeting id has in calendars, for life. pcnID is the random
// identifier of the PCN's database, which makes it unique in the world (RFC 7986 section 5.3). An id that
// calendars could not carry as it is, because of its length or its characters, is represented by its hash.
func UID(id, pcnID string) string {
	domain := "pcnrota"
	if pcnID != "" {
		domain = pcnID + ".pcnrota"
	}
	if uid := id + "@" + domain; checkUID(uid) == nil {
		return uid
	}
	sum := sha256.Sum256([]byte(id + "@" + domain))
	return hex.EncodeToString(sum[:16]) + "@pcnrota"
}

// outlookHeader starts the identifiers that Outlook makes itself and takes apart (MS-OXCICAL
// 2.1.3.1.1.20.26).
const outlookHeader = "040000008200E00074C5B7101A82E008"

// maxAlarm is the longest time before an event at which there may be an alarm, in minutes.
const maxAlarm = 28 * 24 * 60

func checkUID(uid string) error {
	switch {
	case uid == "":
		return fmt.Errorf("has no UID")
	case len(uid) > maxUID:
		return fmt.Errorf("has a UID of %d bytes, and calendars tell apart only %d", len(uid), maxUID)
	case strings.HasPrefix(strings.ToUpper(uid), outlookHeader):
		return fmt.Errorf("has a UID that Outlook takes for one of its own")
	case strings.ContainsFunc(uid, func(r rune) bool { return r <= ' ' || r > '~' || strings.ContainsRune(`\;,"`, r) }):
		return fmt.Errorf("has a UID with characters that calendars change")
	}
	return nil
}

// entry is an event that can be written, with its times as instants.
type entry struct {
	Event
	rota.Span
}

// entries checks the events of f and puts them in order of start, then of UID.
func (f Feed) entries(zone *time.Location) ([]entry, error) {
	out := make([]entry, 0, len(f.Events))
	seen := make(map[string]bool, len(f.Events))
	for _, ev := range f.Events {
		e := entry{ev, rota.Span{Start: ev.Start.Instant(zone), End: ev.End.Instant(zone)}}
		if err := e.check(); err != nil {
			return nil, fmt.Errorf("event %q (%q, %s) %w", ev.UID, ev.Summary, ev.Start, err)
		}
		if seen[ev.UID] {
			return nil, fmt.Errorf("event %q (%q, %s) is there twice", ev.UID, ev.Summary, ev.Start)
		}
		seen[ev.UID] = true
		out = append(out, e)
	}
	slices.SortFunc(out, func(a, b entry) int { return cmp.Or(a.Span.Start.Compare(b.Span.Start), cmp.Compare(a.UID, b.UID)) })
	return out, nil
}

func (e entry) check() error {
	if err := checkUID(e.UID); err != nil {
		return err
	}
	if !e.Span.Start.Before(e.Span.End) {
		return fmt.Errorf("ends at %s, not after its start", e.Event.End)
	}
	if e.AllDay && (e.Event.Start.Time != 0 || e.Event.End.Time != 0) {
		return fmt.Errorf("takes whole days and does not go from midnight to midnight")
	}
	if slices.ContainsFunc(e.Alarms, func(minutes int) bool { return minutes < 0 || minutes > maxAlarm }) {
		return fmt.Errorf("has an alarm that is not up to four weeks before it")
	}
	if e.Sequence < 0 {
		return fmt.Errorf("has the sequence number %d, below 0", e.Sequence)
	}
	for _, t := range []time.Time{e.Span.Start, e.Span.End, e.Modified} {
		if year := t.UTC().Year(); year < 1 || year > 9998 {
			return fmt.Errorf("falls in the year %d, which calendars cannot write", year)
		}
	}
	if e.URL != "" && !printableAddress(e.URL) {
		return fmt.Errorf("has the address %q, which is not a complete web address", e.URL)
	}
	return nil
}

func printableAddress(address string) bool {
	u, err := url.Parse(address)
	return err == nil && u.IsAbs() && !strings.ContainsFunc(address, func(r rune) bool { return r <= ' ' || r > '~' })
}
