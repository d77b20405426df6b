package cli

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"pcnrota/calendar"
	"pcnrota/internal/follow"
	"pcnrota/internal/sqlite"
	"pcnrota/rota"
)

// This file takes in the meetings of which a partner body's own calendar tells.

// readMeetings reads a body's calendar as of now, and keeps the meetings that are wanted from it.
func (p *pcn) readMeetings(data []byte, own sqlite.BodyCalendar, now time.Time) ([]sqlite.ToldSeries, []string, error) {
	today := p.dayOf(now)
	told, err := calendar.ReadMeetings(data, calendar.Window{From: today.AddDays(-daysBack), Until: today.AddDays(planAhead), Zone: p.config.Zone})
	if err != nil {
		return nil, nil, err
	}
	var wanted []sqlite.ToldSeries
	passed, patients := 0, 0
	for _, s := range told.Series {
		if !hasWord(s.Meetings, own.Only) {
			passed++
			continue
		}
		for i, m := range s.Meetings {
			if rota.PatientData(m.Title+" "+m.Place, today) != "" {
				patients++
				s.Meetings[i].Title, s.Meetings[i].Place = "Meeting", ""
			}
		}
		wanted = append(wanted, sqlite.ToldSeries{UID: s.UID, Once: s.Once, Meetings: s.Meetings})
	}
	var notes []string
	for _, n := range []struct {
		many int
		says string
	}{
		{told.AllDay, "%s of a whole day left out: no meeting takes all day"},
		{told.Double, "%s left out: the same series has another on that day"},
		{passed, "%s left out: no title has a word of --only"},
		{patients, "%s without title: it looked as if it were about a patient"},
	} {
		if n.many > 0 {
			notes = append(notes, fmt.Sprintf(n.says, count(n.many, "entry", "entries")))
		}
	}
	return wanted, notes, nil
}

// hasWord reports whether the title of one of the meetings has one of the words; with none, all have.
func hasWord(meetings []rota.Announced, only string) bool {
	words := nonEmpty(strings.Split(only, ",")...)
	return len(words) == 0 || slices.ContainsFunc(meetings, func(m rota.Announced) bool {
		return slices.ContainsFunc(words, func(w string) bool {
			return strings.Contains(strings.ToLower(m.Title), strings.ToLower(strings.TrimSpace(w)))
		})
	})
}

// taken is what taking in a calendar has changed.
type taken struct {
	added, moved, gone []rota.Occurrence
	conflicts          []string
}

func (t taken) none() bool { return len(t.added)+len(t.moved)+len(t.gone) == 0 }

func (t taken) String() string {
	if t.none() {
		return "nothing new"
	}
	return fmt.Sprintf("%s added, %d changed, %d called off", count(len(t.added), "meeting", "meetings"), len(t.moved), len(t.gone))
}

// takeMeetings stores what was read, plans the meetings, and says what is different.
func (p *pcn) takeMeetings(ctx context.Context, own sqlite.BodyCalendar, told []sqlite.ToldSeries, now time.Time) (t taken, err error) {
	before, err := p.db.Occurrences(ctx, now, time.Time{})
	if err != nil {
		return t, err
	}
	own.Visit.Tried, own.Visit.Read, own.Visit.Problem = now, now, ""
	if err := p.db.TakeMeetings(ctx, own, p.dayOf(now).AddDays(-daysBack), told); err != nil {
		return t, err
	}
	if _, err := p.planMeetingsAt(ctx, now); err != nil {
		return t, err
	}
	after, err := p.db.Occurrences(ctx, now, time.Time{})
	if err != nil {
		return t, err
	}
	t = changesOf(before, after, own.ID)
	announced, err := p.db.Announced(ctx)
	t.conflicts = conflictsOf(after, announced, own)
	return t, err
}

// changesOf compares the meetings of one calendar.
func changesOf(before, after []rota.Occurrence, of rota.BodyCalendarID) (t taken) {
	was := map[rota.OccurrenceID]rota.Occurrence{}
	for _, m := range before {
		if m.Series.Calendar == of {
			was[m.ID] = m
		}
	}
	for _, m := range after {
		old, known := was[m.ID]
		switch {
		case m.Series.Calendar != of:
		case !known:
			t.added = append(t.added, m)
		case old.Start != m.Start || old.End != m.End || old.Series.Title != m.Series.Title || old.Series.Place != m.Series.Place:
			t.moved = append(t.moved, m)
		}
		delete(was, m.ID)
	}
	for _, m := range before {
		if _, left := was[m.ID]; left {
			t.gone = append(t.gone, m)
		}
	}
	return t
}

// conflictsOf explains what the calendar says otherwise than somebody here has.
func conflictsOf(meetings []rota.Occurrence, announced map[rota.SeriesID][]rota.Announced, own sqlite.BodyCalendar) (conflicts []string) {
	for _, m := range meetings {
		if m.Series.Calendar != own.ID {
			continue
		}
		for _, a := range announced[m.Series.ID] {
			if a.Planned == m.Planned && m.Own.Start != nil && *m.Own.Instead != a.Start && *m.Own.Start != a.Start {
				conflicts = append(conflicts, fmt.Sprintf("the body has moved %s to %s, and you had moved it to %s, which stands. To follow the body: pcnrota meeting move %q %s %s --at %s",
					a.Title, shownCivil(a.Start), shownCivil(m.Start), m.Series.Title, m.Start.Date, a.Start.Date, a.Start.Time))
			}
		}
		for _, other := range meetings {
			if other.Series.Calendar == 0 && other.Series.Body == own.Body && other.Span.Overlaps(m.Span) {
				conflicts = append(conflicts, fmt.Sprintf("%s on %s is there already, entered here as %q. To leave it to the calendar: pcnrota meeting cancel %d --on %s",
					m.Series.Title, shownCivil(m.Start), other.Series.Title, other.Series.ID, other.Start.Date))
			}
		}
	}
	return conflicts
}

// sayTaken tells what a calendar has changed.
func (p *pcn) sayTaken(t taken) {
	const shown = 8
	for _, part := range []struct {
		word     string
		meetings []rota.Occurrence
	}{{"new", t.added}, {"changed", t.moved}, {"called off", t.gone}} {
		for i, m := range part.meetings {
			if i == shown {
				fmt.Fprintf(p.stdout, "  ... and %d more\n", len(part.meetings)-shown)
				break
			}
			fmt.Fprintf(p.stdout, "  %s: %s, %s to %s\n", part.word, m.Series.Title, shownCivil(m.Start), m.End.Time)
		}
	}
	for i, says := range t.conflicts {
		if i == shown {
			p.warn("and %s more like it", count(len(t.conflicts)-shown, "conflict", "conflicts"))
			break
		}
		p.warn("%s", says)
	}
}

// visitBody fetches a body's calendar and takes in what is new. Whatever goes wrong is recorded and returned as a
// problem, in a sentence; what was read before stays.
func (p *pcn) visitBody(ctx context.Context, fetch fetching, own sqlite.BodyCalendar, whole bool) (t taken, problem string, err error) {
	now := p.now()
	etag, modified := own.Visit.ETag, own.Visit.Modified
	if whole || now.Sub(own.Visit.Read) > fullReading {
		etag, modified = "", ""
	}
	note := func(problem string) error {
		own.Visit.Tried, own.Visit.Problem = now, problem
		return p.db.NoteBodyVisit(ctx, own.ID, own.Visit)
	}
	answer, err := fetch(ctx, own.Address, etag, modified)
	switch {
	case ctx.Err() != nil:
		return t, "", ctx.Err()
	case err != nil:
		return t, err.Error(), note(err.Error())
	case answer.Unchanged:
		return t, "", note("")
	}
	told, _, err := p.readMeetings(answer.Body, own, now)
	if err != nil {
		problem = own.Name + ": " + err.Error()
		return t, problem, note(problem)
	}
	own.Visit.ETag, own.Visit.Modified = answer.ETag, answer.Modified
	t, err = p.takeMeetings(ctx, own, told, now)
	return t, "", err
}

// meetingRefresh visits the calendars of partner bodies.
func (p *program) meetingRefresh() *cli.Command {
	return &cli.Command{
		Name: "refresh", Usage: "read the calendars of partner bodies, now",
		Description: `pcnrota serve does so every hour. Where a calendar cannot be read, what was read
from it before stays.

  pcnrota meeting refresh`,
		Flags:  outputFlags(),
		Action: p.inPCN(meetingRefresh),
	}
}

func meetingRefresh(c *cli.Context, pcn *pcn) error {
	all, err := pcn.db.BodyCalendars(c.Context)
	if err != nil {
		return err
	}
	type visitView struct {
		Calendar  rota.BodyCalendarID `json:"calendar"`
		Body      rota.BodyID         `json:"partner_body"`
		Name      string              `json:"name"`
		Says      string              `json:"says"`
		Conflicts []string            `json:"conflicts"`
		Problem   string              `json:"problem"`
	}
	views := []visitView{}
	t := newTable(number("no"), col("body"), wide("calendar"), text("what happened"))
	failed := 0
	for _, own := range all {
		if own.Address == "" {
			continue
		}
		changed, problem, err := pcn.visitBody(c.Context, pcn.fetcher().Fetch, own, true)
		if err != nil {
			return err
		}
		says := changed.String()
		if problem != "" {
			failed++
			says = "not read: " + problem
		}
		for _, conflict := range changed.conflicts {
			pcn.warn("%s", conflict)
		}
		t.row(fmt.Sprint(own.ID), string(own.Body), own.Name, says)
		views = append(views, visitView{own.ID, own.Body, own.Name, says, append([]string{}, changed.conflicts...), problem})
	}
	if err := pcn.show(c, listing{json: views, table: t, empty: "no calendar of a body is followed: pcnrota meeting import ADDRESS --body BODY"}); err != nil {
		return err
	}
	if failed > 0 {
		return wrong(fmt.Sprintf("%s could not be read", count(failed, "calendar", "calendars")), "nothing that was read before is lost")
	}
	return nil
}

// importCalendar takes in a body's calendar, from the web or a file, and goes on to follow one on the web.
func (p *pcn) importCalendar(c *cli.Context, typed string) error {
	own, data, err := p.openCalendar(c, typed)
	if err != nil {
		return err
	}
	told, notes, err := p.readMeetings(data, own, p.at)
	if err != nil {
		return wrong(own.Name+": "+err.Error(), "nothing was changed: it must be a calendar in iCalendar form")
	}
	for _, note := range notes {
		p.warn("%s", note)
	}
	if p.rehearse {
		for _, s := range told {
			p.point(fmt.Sprintf("would take in %s: %s, the first on %s", s.Meetings[0].Title, count(len(s.Meetings), "meeting", "meetings"), shownCivil(s.Meetings[0].Start)))
		}
		p.did("take in", count(len(told), "series", "series")+" from "+own.Name)
		return nil
	}
	if own.ID, err = p.db.PutBodyCalendar(c.Context, own); err != nil {
		return err
	}
	changed, err := p.takeMeetings(c.Context, own, told, p.at)
	if err != nil {
		return err
	}
	fmt.Fprintf(p.stdout, "%s for %s: %s\n", own.Name, own.Body, changed)
	p.sayTaken(changed)
	return nil
}

// openCalendar reads the calendar that was named, and finds the record of an earlier reading.
func (p *pcn) openCalendar(c *cli.Context, typed string) (own sqlite.BodyCalendar, data []byte, err error) {
	if c.String("body") == "" {
		return own, nil, usage("whose calendar is it?", "--body ICS (pcnrota body list)")
	}
	b, err := p.body(c, c.String("body"))
	if err != nil {
		return own, nil, err
	}
	own = sqlite.BodyCalendar{Body: b.ID, Added: p.at, Who: rota.Who{Mode: rota.AnyGoes}}
	if strings.Contains(typed, "://") {
		if own.Address, own.Name, err = follow.CheckAddress(typed); err != nil {
			return own, nil, usage(err.Error(), "pcnrota meeting import https://... --body "+string(b.ID))
		}
		answer, err := p.fetcher().Fetch(c.Context, own.Address, "", "")
		if err != nil {
			return own, nil, wrong(err.Error(), "nothing was changed: look at the address, or try again later")
		}
		data, own.Visit.ETag, own.Visit.Modified = answer.Body, answer.ETag, answer.Modified
	} else if own.Name, data, err = p.readFile(typed); err != nil {
		return own, nil, err
	}
	all, err := p.db.BodyCalendars(c.Context)
	if err != nil {
		return own, nil, err
	}
	for _, other := range all {
		if other.Body == own.Body && other.Address == own.Address && (own.Address != "" || other.Name == own.Name) {
			other.Visit.ETag, other.Visit.Modified = own.Visit.ETag, own.Visit.Modified
			own = other
		}
	}
	setWord(c, "only", &own.Only)
	if err := setParsed(c, "part", &own.Capacity, parseCapacity); err != nil {
		return own, nil, err
	}
	return own, data, setParsed(c, "who", &own.Who, rota.ParseWho)
}
