package calendar

import (
	"fmt"
	"slices"
	"strings"

	"pcnrota/rota"
)

// meeting is a meeting as the view shows it.
func (v view) meeting(m rota.Occurrence) Event {
	e := Event{
		UID: UID(string(m.ID), v.PCNID), Sequence: m.Sequence, Modified: m.Modified,
		Start: m.Start, End: m.End,
		Summary: v.meetingTitle(m), Description: v.meetingWords(m), URL: v.page(),
		Categories: []string{"Meeting", oneLine(string(m.Series.Body))}, Busy: !v.standsBy(m),
	}
	if v.showsPlaces() {
		e.Location = oneLine(m.Series.Place)
	}
	return e
}

// showsPlaces keeps rooms and joining links to those who go, to the body whose they are, and to links that give
// telephone numbers, too.
func (v view) showsPlaces() bool {
	return v.own() || v.link.Kind == rota.FeedOfBody || v.link.Options.Phones
}

// meetingTitle names the meeting, and in a feed of several people who goes: "ICS: Public board (Dr Asha Patel)".
func (v view) meetingTitle(m rota.Occurrence) string {
	title := seriesTitle(m.Series)
	switch n := len(m.Attending); {
	case v.standsBy(m):
		return "Deputy: " + title
	case v.own():
		return title
	case n == 0:
		return title + " (nobody yet)"
	case n == 1:
		return fmt.Sprintf("%s (%s)", title, v.name(m.Attending[0]))
	default:
		return fmt.Sprintf("%s (%d leaders)", title, n)
	}
}

// seriesTitle puts the body before the title, where the title does not name it: "ICS: Public board".
func seriesTitle(s rota.Series) string {
	title, body := oneLine(s.Title), oneLine(string(s.Body))
	if body == "" || strings.Contains(strings.ToLower(title), strings.ToLower(body)) {
		return title
	}
	return body + ": " + title
}

// meetingWords is what is read on opening a meeting: whose it is, when papers are due, who goes.
func (v view) meetingWords(m rota.Occurrence) string {
	var lines []string
	if body := v.bodyName(m.Series.Body, m.Start.Date); body != "" {
		lines = append(lines, "Meeting of "+body+".")
	}
	if due := m.Series.PapersTo.On(m.Start.Date, v.Holidays); !due.IsZero() {
		lines = append(lines, fmt.Sprintf("Papers are due by %s (%s before).", due.Format("Monday 2 January 2006"), m.Series.PapersTo))
	}
	if come := m.Series.PapersFrom.On(m.Start.Date, v.Holidays); !come.IsZero() {
		lines = append(lines, fmt.Sprintf("Papers come by %s (%s before).", come.Format("Monday 2 January 2006"), m.Series.PapersFrom))
	}
	lines = append(lines, v.company(m))
	if m.Deputy != "" && !v.standsBy(m) {
		lines = append(lines, "Standing by: "+v.name(m.Deputy)+".")
	}
	if v.own() {
		lines = append(lines, detail("Join", m.Series.Link), detail("Papers", m.Series.Papers), detail("Agenda", m.Series.Agenda), detail("To do", m.Series.Actions))
	}
	return strings.Join(slices.DeleteFunc(lines, func(line string) bool { return line == "" }), "\n")
}

// detail is a line of its own for what somebody typed, "" where nobody did.
func detail(name, text string) string {
	if text = oneLine(text); text == "" {
		return ""
	}
	return name + ": " + text
}

// company says who goes, or who else, and counts those beyond the first few.
func (v view) company(m rota.Occurrence) string {
	const named = 10
	var names []string
	for _, id := range m.Attending {
		if !v.own() || id != v.link.Leader {
			names = append(names, v.name(id))
		}
	}
	switch {
	case v.standsBy(m) && len(names) > 0:
		return "You stand by, and go where " + listing(names, "and") + " cannot."
	case v.standsBy(m):
		return "You stand by. Nobody goes for the PCN yet."
	case len(names) == 0 && v.own():
		return "Nobody else goes from the PCN: you represent it."
	case len(names) == 0:
		return "Nobody goes for the PCN yet."
	}
	if extra := len(names) - named; extra > 1 {
		names = append(names[:named], fmt.Sprintf("%d others", extra))
	}
	if v.own() {
		return "Also going: " + listing(names, "and") + "."
	}
	return "Going for the PCN: " + listing(names, "and") + "."
}
