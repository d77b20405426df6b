package calendar

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"pcnrota/rota"
)

// Person is what the calendar of one leader is made of. All of it is published: a calendar never shows
// a draft, and never why somebody is away.
type Person struct {
	Leader   rota.Leader
	Zone     *time.Location
	PCN      string            // its name
	PCNID    string            // random identifier of its database: makes UIDs unique in the world
	Page     string            // address of the page that says who is on call now, "" for none
	Policies []rota.Policy     // for the titles of rotas and tiers; a name that is not among them is shown as it is
	Leaders  []rota.Leader     // everybody, to name colleagues and give their phone numbers
	Duties   []rota.Published  // of all leaders; the feed takes those of Leader, and tells who is on call beside
	Meetings []rota.Occurrence // of all leaders; the feed takes those that Leader attends
	Bodies   []rota.Body
	Holidays rota.Holidays // for counting working days
}

// PersonFeed gives the calendar of p.Leader: their duties, as free time, and the meetings that they
// attend, as busy time. The same p gives the same feed.
func PersonFeed(p Person) Feed {
	if p.Zone == nil {
		p.Zone = time.UTC
	}
	feed := Feed{Name: p.feedName(), Zone: p.Zone}
	for _, d := range p.Duties {
		if d.Holder == p.Leader.ID {
			feed.Events = append(feed.Events, p.duty(d))
		}
	}
	for _, m := range p.Meetings {
		if slices.Contains(m.Attending, p.Leader.ID) {
			feed.Events = append(feed.Events, p.meeting(m))
		}
	}
	return feed
}

func (p Person) feedName() string {
	return oneLine(fmt.Sprintf("%s rota (%s)", cmp.Or(p.PCN, "PCN"), p.name(p.Leader.ID)))
}

func (p Person) duty(d rota.Published) Event {
	beside := p.beside(d)
	modified := d.Modified
	for _, other := range beside {
		modified = latest(modified, other.Modified)
	}
	address := p.Page
	if !printableAddress(address) {
		address = "" // better a feed with no link than no feed
	}
	return Event{
		UID: UID(string(d.ID), p.PCNID), Sequence: d.Sequence, Modified: modified,
		Start: d.Start, End: d.End,
		Summary:     oneLine(fmt.Sprintf("%s: %s", p.tierTitle(d.Rota, d.Tier), p.rotaTitle(d.Rota))),
		Description: p.dutyWords(d, beside), URL: address,
		Categories: []string{"On call", oneLine(p.rotaTitle(d.Rota))},
	}
}

// dutyWords is what a leader reads on opening a duty: until when, whom to ring, what it counts.
func (p Person) dutyWords(d rota.Published, beside []rota.Published) string {
	lines := []string{"You are on call until " + moment(d.End) + "."}
	if words := clockChange(d.Duty, p.Zone); words != "" {
		lines = append(lines, words)
	}
	if len(beside) > 0 {
		lines = append(lines, "")
	}
	for _, other := range beside {
		lines = append(lines, p.besideWords(d.Duty, other.Duty))
	}
	lines = append(lines, "", worth(d.Load))
	if p.Page != "" {
		lines = append(lines, "Who is on call now: "+p.Page)
	}
	return strings.Join(lines, "\n")
}

// beside gives the duties that others hold on the same rota at the same time, in the order in which
// their tiers are rung.
func (p Person) beside(d rota.Published) []rota.Published {
	var out []rota.Published
	for _, other := range p.Duties {
		if other.ID != d.ID && other.Rota == d.Rota && other.Holder != d.Holder && other.Span.Overlaps(d.Span) {
			out = append(out, other)
		}
	}
	slices.SortFunc(out, func(a, b rota.Published) int {
		return cmp.Or(cmp.Compare(p.tierRank(a.Duty), p.tierRank(b.Duty)), a.Span.Start.Compare(b.Span.Start), cmp.Compare(a.ID, b.ID))
	})
	return out
}

// besideWords says who holds other: "Second on call: Asha Patel, 07700 900123". The times follow where
// other does not last as long as mine.
func (p Person) besideWords(mine, other rota.Duty) string {
	line := oneLine(p.tierTitle(other.Rota, other.Tier)) + ": " + p.contact(other.Holder)
	late, early := other.Span.Start.After(mine.Span.Start), other.Span.End.Before(mine.Span.End)
	if late {
		line += ", from " + moment(other.Start)
	}
	if early {
		line += ", until " + moment(other.End)
	}
	return line
}

func (p Person) meeting(m rota.Occurrence) Event {
	return Event{
		UID: UID(string(m.ID), p.PCNID), Sequence: m.Sequence, Modified: m.Modified,
		Start: m.Start, End: m.End,
		Summary: meetingTitle(m.Series), Description: p.meetingWords(m), Location: oneLine(m.Series.Place),
		Categories: []string{"Meeting", oneLine(string(m.Series.Body))}, Busy: true,
	}
}

// meetingTitle puts the body before the title, where the title does not name it: "ICS: Public board".
func meetingTitle(s rota.Series) string {
	title, body := oneLine(s.Title), oneLine(string(s.Body))
	if body == "" || strings.Contains(strings.ToLower(title), strings.ToLower(body)) {
		return title
	}
	return body + ": " + title
}

// meetingWords is what a leader reads on opening a meeting: whose it is, when papers are due, who else
// goes.
func (p Person) meetingWords(m rota.Occurrence) string {
	var lines []string
	if body := p.bodyName(m.Series.Body, m.Start.Date); body != "" {
		lines = append(lines, "Meeting of "+body+".")
	}
	if due := m.Series.PapersTo.On(m.Start.Date, p.Holidays); !due.IsZero() {
		lines = append(lines, fmt.Sprintf("Papers are due by %s (%s before).", due.Format("Monday 2 January 2006"), m.Series.PapersTo))
	}
	if come := m.Series.PapersFrom.On(m.Start.Date, p.Holidays); !come.IsZero() {
		lines = append(lines, fmt.Sprintf("Papers come by %s (%s before).", come.Format("Monday 2 January 2006"), m.Series.PapersFrom))
	}
	return strings.Join(append(lines, p.company(m)), "\n")
}

// company says who else goes, and counts those beyond the first few.
func (p Person) company(m rota.Occurrence) string {
	const named = 10
	var names []string
	for _, id := range m.Attending {
		if id != p.Leader.ID {
			names = append(names, p.name(id))
		}
	}
	if len(names) == 0 {
		return "Nobody else goes from the PCN: you represent it."
	}
	if extra := len(names) - named; extra > 1 {
		names = append(names[:named], fmt.Sprintf("%d others", extra))
	}
	return "Also going: " + listing(names, "and") + "."
}
