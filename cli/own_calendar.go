package cli

import (
	"context"
	"fmt"
	"time"

	"pcnrota/calendar"
	"pcnrota/internal/follow"
	"pcnrota/internal/sqlite"
	"pcnrota/rota"
)

// How much of a leader's calendar is of interest: what has just been, and rather more than the year that is
// planned ahead.
const (
	daysBack  = 30
	daysAhead = 550
)

// followTest names an address of the own network that calendars may be fetched from all the same.
const followTest = "PCNROTA_FOLLOW_TEST"

// fetcher makes what fetches calendars. It says so where it is not as careful as it should be.
func (p *program) fetcher() *follow.Fetcher {
	allowed := p.getenv(followTest)
	if allowed != "" {
		p.warn("%s lets calendars be fetched from %s, in your own network: it is for tests only", followTest, allowed)
	}
	return follow.New(allowed)
}

// timeAway is what a leader's calendar says.
type timeAway struct {
	absences []rota.Absence
	free     int
	from     rota.Date // first day of interest
}

// readAway reads a calendar as of now.
func (p *pcn) readAway(data []byte, now time.Time) (timeAway, error) {
	today := rota.CivilOf(now, p.config.Zone).Date
	w := calendar.Window{
		From: today.AddDays(-daysBack), Until: today.AddDays(daysAhead), Zone: p.config.Zone, Keywords: p.config.Absences.Keywords,
	}
	away, err := calendar.ReadAway(data, w)
	if err != nil {
		return timeAway{}, err
	}
	out := timeAway{free: away.Free, from: w.From}
	for _, b := range away.Busy {
		a := rota.AwayBetween(b.Start, b.End)
		a.Kind, a.Keyword = rota.Other, b.Keyword
		out.absences = append(out.absences, a)
	}
	return out, nil
}

// news is what a reading changes.
type news struct {
	added   []rota.Absence
	removed int
}

func (n news) none() bool { return len(n.added)+n.removed == 0 }

// store puts what was read from c in the place of what was read from it before, and plans the meetings
// where that changes anything. In a dry run it only compares.
func (p *pcn) store(ctx context.Context, c sqlite.Calendar, away timeAway, now time.Time) (n news, err error) {
	c.Visit.Tried, c.Visit.Read, c.Visit.Problem, c.Visit.Free = now, now, "", away.free
	if p.rehearse {
		return p.compareAway(ctx, c, away)
	}
	n.added, n.removed, err = p.db.Reread(ctx, c, away.from, away.absences)
	if err != nil || n.none() {
		return n, err
	}
	_, err = p.planMeetingsAt(ctx, now)
	return n, err
}

// compareAway says what storing would change.
func (p *pcn) compareAway(ctx context.Context, c sqlite.Calendar, away timeAway) (n news, err error) {
	all, err := p.db.Absences(ctx)
	had := map[rota.Absence]bool{}
	for _, a := range all {
		if c.ID != 0 && a.Calendar == c.ID && !a.Last.Before(away.from) {
			a.ID = 0
			had[a] = true
		}
	}
	for _, a := range away.absences {
		a.Leader, a.Calendar = c.Leader, c.ID
		if !had[a] {
			n.added = append(n.added, a)
		}
		delete(had, a)
	}
	n.removed = len(had)
	return n, err
}

// fullReading is how long a calendar that says it has not changed is believed: what repeats for ever is read
// only so far ahead, and time goes on.
const fullReading = 7 * 24 * time.Hour

// fetching is follow.Fetcher.Fetch.
type fetching func(ctx context.Context, address, etag, modified string) (follow.Answer, error)

// visit fetches a calendar that is followed and takes in what is new. Whatever goes wrong is recorded and
// returned as a problem, in a sentence; what was read before stays.
func (p *pcn) visit(ctx context.Context, fetch fetching, c sqlite.Calendar, whole bool) (n news, problem string, err error) {
	now := p.now()
	etag, modified := c.Visit.ETag, c.Visit.Modified
	if whole || now.Sub(c.Visit.Read) > fullReading {
		etag, modified = "", ""
	}
	answer, err := fetch(ctx, c.Address, etag, modified)
	if ctx.Err() != nil {
		return n, "", ctx.Err()
	}
	if err != nil {
		return n, err.Error(), p.noteVisit(ctx, c, now, err.Error())
	}
	if answer.Unchanged {
		return n, "", p.noteVisit(ctx, c, now, "")
	}
	away, err := p.readAway(answer.Body, now)
	if err != nil {
		problem = c.Name + ": " + err.Error()
		return n, problem, p.noteVisit(ctx, c, now, problem)
	}
	c.Visit.ETag, c.Visit.Modified = answer.ETag, answer.Modified
	n, err = p.store(ctx, c, away, now)
	return n, "", err
}

func (p *pcn) noteVisit(ctx context.Context, c sqlite.Calendar, now time.Time, problem string) error {
	if p.rehearse {
		return nil
	}
	c.Visit.Tried, c.Visit.Problem = now, problem
	return p.db.NoteVisit(ctx, c.ID, c.Visit)
}

// calendarsOf gives the calendars of a leader; of everybody where id is "".
func (p *pcn) calendarsOf(ctx context.Context, id rota.LeaderID) ([]sqlite.Calendar, error) {
	all, err := p.db.Calendars(ctx)
	var of []sqlite.Calendar
	for _, c := range all {
		if id == "" || c.Leader == id {
			of = append(of, c)
		}
	}
	return of, err
}

// calendarTroubles says which calendars could not be read the last time.
func (p *pcn) calendarTroubles(ctx context.Context) ([]string, error) {
	all, err := p.db.Calendars(ctx)
	var troubles []string
	for _, c := range all {
		if c.Visit.Problem != "" {
			troubles = append(troubles, fmt.Sprintf("calendar %d of %s: %s; %s", c.ID, c.Leader, c.Visit.Problem, p.whatStays(c)))
		}
	}
	return troubles, err
}

func (p *pcn) whatStays(c sqlite.Calendar) string {
	if c.Visit.Read.IsZero() {
		return "nothing was read from it yet"
	}
	return "what was read on " + inFull(rota.CivilOf(c.Visit.Read, p.config.Zone)) + " stays"
}

// sayAway lists absences that were read, as far as a screen has room, and what may have been forgotten.
func (p *pcn) sayAway(added []rota.Absence, free int) {
	const shown = 10
	for i, a := range added {
		if i == shown {
			fmt.Fprintf(p.stdout, "  ... and %d more\n", len(added)-shown)
			break
		}
		fmt.Fprintf(p.stdout, "  %s (%s)\n", shownAway(a), a.Keyword)
	}
	if free > 0 {
		p.warn("left out, being shown as free: %s one of the words of config.toml. Their owner can show them as busy or out of office.",
			count(free, "entry that has", "entries that have"))
	}
}

// newsInWords gives "2 absences added, 1 removed".
func newsInWords(n news) string {
	switch {
	case n.none():
		return "nothing new"
	case n.removed == 0:
		return count(len(n.added), "absence", "absences") + " added"
	case len(n.added) == 0:
		return count(n.removed, "absence", "absences") + " removed"
	default:
		return fmt.Sprintf("%s added, %d removed", count(len(n.added), "absence", "absences"), n.removed)
	}
}
