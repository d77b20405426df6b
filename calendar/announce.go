package calendar

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"pcnrota/rota"
)

// Told is what a body's calendar tells of its meetings.
type Told struct {
	Series []ToldSeries // in order of their first meeting, then of UID
	AllDay int          // entries of whole days, which are no meetings
	Double int          // meetings left out because their series has another on the same day
	Junk   int          // lines of the file that could not be read at all
}

// ToldSeries is one entry of a calendar: a meeting, or a series of them.
type ToldSeries struct {
	UID      string
	Once     bool             // it does not repeat, so it is the same meeting wherever it goes
	Meetings []rota.Announced // in order of Planned; within the window
}

// ReadMeetings reads the calendar of a partner body, in bounded time and memory whatever it holds: what
// starts in the window and is not cancelled. Of each meeting it keeps when it is, its title, its place and, where there is one, the
// address to join it by; nothing else, the description least of all. It understands what ReadAway
// understands. Where an entry that matters cannot be understood, the whole calendar is refused with a sentence
// that names the line.
func ReadMeetings(data []byte, w Window) (told Told, err error) {
	defer func() {
		if recover() != nil {
			told, err = Told{}, fmt.Errorf("the calendar is broken in a way that is not foreseen")
		}
	}()
	root, junk, err := readComponents(data)
	if err != nil {
		return Told{}, err
	}
	r := announcer{collector: collector{window: w, zones: newZones(root, w.Zone)}, told: Told{Junk: junk}}
	for _, g := range groups(root) {
		if r.over(g) {
			continue
		}
		if err := r.take(g); err != nil {
			return Told{}, err
		}
	}
	slices.SortStableFunc(r.told.Series, func(a, b ToldSeries) int {
		return cmp.Or(a.Meetings[0].Start.Compare(b.Meetings[0].Start), cmp.Compare(a.UID, b.UID))
	})
	return r.told, nil
}

// announcer turns entries into meetings, within the bounds of a collector.
type announcer struct {
	collector
	told  Told
	kept  int
	found []rota.Announced // of the group that is being read
}

// take reads the meetings of a group. A changed occurrence has the words of its series where it has none.
func (r *announcer) take(g *group) error {
	r.found = nil
	series := ToldSeries{Once: len(g.changes) == 0 && len(g.masters) == 1}
	var gone []writtenTime
	words := rota.Announced{}
	if len(g.masters) > 0 {
		words = wordsOfEvent(g.masters[0], words)
	}
	for _, m := range g.changes {
		e, err := readOccasion(m, r.zones)
		if err != nil {
			return err
		}
		if e.of == nil {
			return fmt.Errorf("line %d: RECURRENCE-ID is empty", e.line)
		}
		gone = append(gone, *e.of)
		if m.text("STATUS") == "CANCELLED" {
			continue
		}
		a := wordsOfEvent(m, words)
		a.Planned = e.of.dateIn(r.zones.reader)
		if err := r.meeting(a, e.start, e.length); err != nil {
			return err
		}
	}
	for _, m := range g.masters {
		if m.text("STATUS") == "CANCELLED" {
			continue
		}
		e, err := readOccasion(m, r.zones)
		if err != nil {
			return err
		}
		series.Once = series.Once && len(e.rules)+len(e.added) == 0
		err = r.eachOf(e, slices.Clone(gone), func(start writtenTime, length extent) error {
			a := wordsOfEvent(m, words)
			a.Planned = start.dateIn(r.zones.reader)
			return r.meeting(a, start, length)
		})
		if err != nil {
			return err
		}
	}
	return r.close(g, series)
}

// meeting keeps one that starts in the window. One without an end is taken to last an hour.
func (r *announcer) meeting(a rota.Announced, start writtenTime, length extent) error {
	begins, ends := start.instant(), length.after(start)
	if begins.Before(r.window.From.At(0).Instant(r.window.Zone)) || !begins.Before(r.window.Until.At(0).Instant(r.window.Zone)) {
		return nil
	}
	if start.day {
		r.told.AllDay++
		return nil
	}
	minutes := int(ends.Sub(begins).Minutes())
	if minutes < 1 {
		minutes = 60
	}
	if r.kept++; r.kept > maxBusy {
		return fmt.Errorf("the calendar has more than %d meetings", maxBusy)
	}
	a.Start, a.End, _ = rota.MeetingTimes(rota.CivilOf(begins, r.window.Zone), minutes, r.window.Zone)
	r.found = append(r.found, a)
	return nil
}

// close keeps the meetings of a group in order, one a day: that is how they are known.
func (r *announcer) close(g *group, series ToldSeries) error {
	slices.SortStableFunc(r.found, func(a, b rota.Announced) int {
		return cmp.Or(a.Planned.Compare(b.Planned), a.Start.Compare(b.Start))
	})
	all := len(r.found)
	series.Meetings = slices.CompactFunc(r.found, func(a, b rota.Announced) bool { return a.Planned == b.Planned })
	r.told.Double += all - len(series.Meetings)
	if len(series.Meetings) == 0 {
		return nil
	}
	first := slices.Concat(g.masters, g.changes)[0]
	uid, _ := first.first("UID")
	series.UID = cut(oneLine(uid.value), 200)
	if series.UID == "" {
		series.UID = "without UID: " + series.Meetings[0].Title
	}
	r.told.Series = append(r.told.Series, series)
	return nil
}

// wordsOfEvent gives the words of an event, and else those of its series.
func wordsOfEvent(c *component, series rota.Announced) rota.Announced {
	a := series
	if title := plainText(c, "SUMMARY"); title != "" {
		a.Title = cut(title, 200)
	}
	if place := plainText(c, "LOCATION"); place != "" {
		a.Place = cut(place, 200)
	}
	for _, name := range []string{"CONFERENCE", "X-MICROSOFT-SKYPETEAMSMEETINGURL", "X-GOOGLE-CONFERENCE", "URL", "LOCATION"} {
		if p, there := c.first(name); there && isWebAddress(strings.TrimSpace(p.value)) {
			a.Link = strings.TrimSpace(p.value)
			break
		}
	}
	if a.Place == a.Link && a.Link != "" {
		a.Place = "Online" // the address is for those who go
	}
	if a.Title == "" {
		a.Title = "Meeting"
	}
	return a
}

func plainText(c *component, name string) string {
	p, _ := c.first(name)
	return oneLine(unescape.Replace(p.value))
}

func isWebAddress(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" && len(s) <= 2000 && printableAddress(s)
}

// cut shortens text to so many octets, between letters.
func cut(text string, most int) string {
	if len(text) <= most {
		return text
	}
	return strings.ToValidUTF8(text[:most-3], "") + "…"
}
