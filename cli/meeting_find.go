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

// onFlag says which meeting of a series a command is about.
func onFlag() cli.Flag {
	return &cli.StringFlag{Name: "on", Usage: "`DAY` of the meeting (default: the next one, or of those that are over the last)"}
}

// meetingTyped finds one meeting: by its identity, like m3.20270121, or by its title or number and --on. Over asks
// for one that has begun.
func (p *pcn) meetingTyped(c *cli.Context, over bool) (rota.Occurrence, error) {
	typed := strings.TrimSpace(c.Args().First())
	if typed == "" {
		return rota.Occurrence{}, usage("which meeting?", c.Command.HelpName+` "ICB board" --on 2027-05-20`, "pcnrota meeting list, to see which there are")
	}
	day, err := dayFlag(c, "on")
	if err != nil {
		return rota.Occurrence{}, err
	}
	all, err := p.db.Occurrences(c.Context, time.Time{}, time.Time{})
	if err != nil {
		return rota.Occurrence{}, err
	}
	found := slices.DeleteFunc(slices.Clone(all), func(m rota.Occurrence) bool { return !meetingCalled(m, typed) })
	if len(found) == 0 {
		titles := each(all, func(m rota.Occurrence) string { return m.Series.Title })
		if near := meant(typed, titles); near != "" {
			return rota.Occurrence{}, wrong(fmt.Sprintf("there is no meeting %s", typed), fmt.Sprintf("did you mean %q?", near))
		}
		return rota.Occurrence{}, wrong(fmt.Sprintf("there is no meeting %s", typed), "pcnrota meeting list")
	}
	m, ok := p.theMeeting(found, day, over)
	if !ok && day.IsZero() && over {
		return m, wrong(fmt.Sprintf("no meeting of %s has begun yet", found[0].Series.Title), "--on DAY of one that has: pcnrota meeting list")
	}
	if !ok {
		return m, wrong(fmt.Sprintf("%s does not meet then", found[0].Series.Title),
			fmt.Sprintf("pcnrota meeting show %q, to see when it does", found[0].Series.Title))
	}
	return m, nil
}

func meetingCalled(m rota.Occurrence, typed string) bool {
	return strings.EqualFold(string(m.ID), typed) || strings.EqualFold(m.Series.Title, typed) || strconv.FormatInt(int64(m.Series.ID), 10) == typed
}

// theMeeting picks, among meetings in order of time, the one on the day, or the next or last.
func (p *pcn) theMeeting(found []rota.Occurrence, day rota.Date, over bool) (rota.Occurrence, bool) {
	only := len(found) == 1
	suits := func(m rota.Occurrence) bool {
		if !day.IsZero() {
			return m.Start.Date == day
		}
		return only || m.Span.Start.After(p.at) != over
	}
	found = slices.DeleteFunc(slices.Clone(found), func(m rota.Occurrence) bool { return !suits(m) })
	switch {
	case len(found) == 0:
		return rota.Occurrence{}, false
	case over:
		return found[len(found)-1], true
	default:
		return found[0], true
	}
}

// meetingByID gives a meeting that takes place.
func (p *pcn) meetingByID(ctx context.Context, id rota.OccurrenceID) (rota.Occurrence, error) {
	all, err := p.db.Occurrences(ctx, time.Time{}, time.Time{})
	if err != nil {
		return rota.Occurrence{}, err
	}
	at := slices.IndexFunc(all, func(m rota.Occurrence) bool { return m.ID == id })
	if at < 0 {
		return rota.Occurrence{}, wrong(fmt.Sprintf("the meeting %s does not take place", id), "pcnrota meeting list")
	}
	return all[at], nil
}

// meetingInWords gives "ICB board, Thu 2027-01-21 10:00".
func meetingInWords(m rota.Occurrence) string { return m.Series.Title + ", " + shownCivil(m.Start) }
