package cli

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"pcnrota/rota"
)

// This file finds the meeting that somebody means.

// current leaves out the series that are over.
func (p *pcn) current(all []rota.Series) []rota.Series {
	yesterday := p.today().AddDays(-1)
	return slices.DeleteFunc(slices.Clone(all), func(s rota.Series) bool { return !s.MeetsAfter(yesterday) })
}

// series finds a series by its title or number. One that is over stands for the one that goes on with it.
func (p *pcn) series(c *cli.Context, typed string) (rota.Series, error) {
	all, err := p.db.AllSeries(c.Context)
	if err != nil {
		return rota.Series{}, err
	}
	typed = strings.TrimSpace(typed)
	if typed == "" {
		return rota.Series{}, usage("which meeting?", "give its title or number: pcnrota meeting list")
	}
	for _, among := range [][]rota.Series{p.current(all), all} {
		found := slices.DeleteFunc(slices.Clone(among), func(s rota.Series) bool { return !strings.EqualFold(s.Title, typed) })
		switch {
		case len(found) > 1 && !oneChain(found, all):
			return rota.Series{}, wrong(fmt.Sprintf("there is more than one meeting %s", typed),
				each(found, func(s rota.Series) string { return fmt.Sprintf("%d is that of %s", s.ID, s.Body) })...)
		case len(found) > 0:
			return found[0], nil
		}
	}
	s, err := pick(all, "meeting", typed, func(s rota.Series) []string { return []string{s.Title, strconv.FormatInt(int64(s.ID), 10)} })
	if err != nil {
		return s, err
	}
	return p.newest(s, all), nil
}

// oneChain reports whether the series go on with one another.
func oneChain(found, all []rota.Series) bool {
	chain := chainOf(found[0], all)
	return !slices.ContainsFunc(found, func(s rota.Series) bool { return !slices.Contains(chain, s.ID) })
}

// laterParts gives the series of s's chain that begin after it.
func (p *pcn) laterParts(ctx context.Context, s rota.Series) ([]rota.Series, error) {
	all, err := p.db.AllSeries(ctx)
	chain := chainOf(s, all)
	return slices.DeleteFunc(all, func(o rota.Series) bool { return !slices.Contains(chain, o.ID) || !o.From.After(s.From) }), err
}

// newest gives s, or where it is over the series that goes on with it.
func (p *pcn) newest(s rota.Series, all []rota.Series) rota.Series {
	for _, next := range all {
		if next.Follows == s.ID && !s.MeetsAfter(p.today().AddDays(-1)) {
			s = next
		}
	}
	return s
}

// chainOf gives the numbers of the series that go on with one another, s among them.
func chainOf(s rota.Series, all []rota.Series) []rota.SeriesID {
	chain := []rota.SeriesID{s.ID}
	for grown := true; grown; {
		grown = false
		for _, o := range all {
			known, follows := slices.Contains(chain, o.ID), slices.Contains(chain, o.Follows)
			leads := slices.ContainsFunc(all, func(n rota.Series) bool { return n.Follows == o.ID && slices.Contains(chain, n.ID) })
			if !known && (follows || leads) {
				chain, grown = append(chain, o.ID), true
			}
		}
	}
	return chain
}

// meetingsOf gives the meetings of a series and of those that it goes on with, in order of time.
func (p *pcn) meetingsOf(ctx context.Context, s rota.Series) ([]rota.Occurrence, error) {
	all, err := p.db.AllSeries(ctx)
	if err != nil {
		return nil, err
	}
	meetings, err := p.db.Occurrences(ctx, time.Time{}, time.Time{})
	chain := chainOf(s, all)
	return slices.DeleteFunc(meetings, func(m rota.Occurrence) bool { return !slices.Contains(chain, m.Series.ID) }), err
}

// meetingOn finds the meeting of s that takes place on day, and refuses one that has begun.
func (p *pcn) meetingOn(c *cli.Context, s rota.Series, day rota.Date) (rota.Occurrence, error) {
	all, err := p.meetingsOf(c.Context, s)
	if err != nil {
		return rota.Occurrence{}, err
	}
	var next []string
	for _, m := range all {
		switch {
		case m.Start.Date == day && !m.Span.Start.After(p.at):
			return m, wrong(fmt.Sprintf("%s on %s has begun: the past stays as it was", s.Title, day), "only meetings to come can be changed")
		case m.Start.Date == day:
			return m, nil
		case m.Span.Start.After(p.at) && len(next) < 3:
			next = append(next, m.Start.Date.String())
		}
	}
	if len(next) == 0 {
		return rota.Occurrence{}, wrong(fmt.Sprintf("%s has no meeting to come", s.Title), "pcnrota meeting list --all")
	}
	return rota.Occurrence{}, wrong(fmt.Sprintf("%s has no meeting on %s", s.Title, day), "the next are on "+strings.Join(next, ", "))
}
