package cli

import (
	"fmt"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"pcnrota/rota"
)

func (p *program) meetingEdit() *cli.Command {
	flags := append(seriesFlags(),
		&cli.StringFlag{Name: "title", Usage: "`TITLE` what it is called"},
		&cli.StringFlag{Name: "on", Usage: "`DAY` of the one meeting that is different"},
		&cli.StringFlag{Name: "from", Usage: "`DAY` of the first meeting that is different"},
		dryRunFlag())
	return &cli.Command{
		Name: "edit", Usage: "change a series, or one meeting of it, or this and all later ones", ArgsUsage: "MEETING",
		Description: `MEETING is a title or number of meeting list. Changes what the flags give; the rest
stays. Without --on or --from, all meetings to come change; --on DAY changes
that one, --from DAY that one and all later ones. Each meeting stays the same one
in the calendars of those who go, and what has been stays as it was.

  pcnrota meeting edit "ICB board" --at 09:30
  pcnrota meeting edit "ICB board" --on 2027-05-20 --place "Town Hall" \
    --agenda "Winter plan; estates" --part presenting
  pcnrota meeting edit "ICB board" --from 2027-09-01 --rule "last Monday"`,
		Flags:  flags,
		Action: p.inPCN(meetingEdit),
	}
}

func meetingEdit(c *cli.Context, pcn *pcn) error {
	was, err := pcn.series(c, c.Args().First())
	if err != nil {
		return err
	}
	switch {
	case c.IsSet("on") && c.IsSet("from"):
		return usage("--on is for one meeting, --from for it and all later ones", "leave one of them out")
	case c.IsSet("on"):
		return pcn.editOne(c, was)
	}
	is := was
	if err := setSeries(c, pcn, &is); err != nil {
		return err
	}
	if err := checkEdited(was, is); err != nil {
		return err
	}
	from := pcn.today()
	if err := setParsed(c, "from", &from, parseDay); err != nil {
		return err
	}
	if from.Before(pcn.today()) {
		return wrong(fmt.Sprintf("%s is over: the past stays as it was", from), "--from today or a later day")
	}
	put, err := pcn.editFrom(c, was, is, from)
	if err != nil {
		return err
	}
	said := meetings
	said.cells = func(s rota.Series) [][2]string {
		cells := meetings.cells(s)
		for i := range cells {
			if cells[i][0] == "recurrence" && s.Rule != "" {
				cells[i][1] = whenInWords(s)
			}
		}
		return cells
	}
	if c.IsSet("from") {
		said.one = "from " + from.String() + " on the meeting"
	}
	if err := edit(c, pcn, said, was, is, put); err != nil {
		return err
	}
	return pcn.warnAbout(c, []rota.Series{is})
}

// checkEdited refuses to change the days of what has none of its own.
func checkEdited(was, is rota.Series) error {
	switch {
	case was.Calendar != 0 && (is.Rule != was.Rule || is.First != was.First || is.At != was.At || is.Minutes != was.Minutes || is.OffHolidays != was.OffHolidays):
		return wrong(was.Title+" takes place when its body's calendar says", "pcnrota meeting move puts one meeting elsewhere")
	case was.Rule != "" && is.Rule == "", was.Rule == "" && is.Rule != "":
		return wrong(was.Title+" takes place once", "pcnrota meeting add, for a series")
	case was.Rule == "" && was.Calendar == 0 && is.First != was.First:
		return usage(was.Title+" takes place once, on "+was.First.String(), fmt.Sprintf("pcnrota meeting move %q %s %s", was.Title, was.First, is.First))
	}
	return nil
}

// editFrom gives the way to store the change: in place where no meeting lies between now and from, and else as
// a series that goes on with the one there was. What was changed for later before is changed too.
func (p *pcn) editFrom(c *cli.Context, was, is rota.Series, from rota.Date) (put func() error, err error) {
	all, err := p.meetingsOf(c.Context, was)
	if err != nil {
		return nil, err
	}
	later, err := p.laterParts(c.Context, was)
	if err != nil {
		return nil, err
	}
	for i := range later {
		if err := setSeries(c, p, &later[i]); err != nil {
			return nil, err
		}
	}
	between := slices.ContainsFunc(all, func(m rota.Occurrence) bool { return m.Span.Start.After(p.at) && m.Planned.Before(from) })
	if between && was.Rule == "" {
		return nil, wrong(was.Title+" has no rule that could change in the middle", "pcnrota meeting edit --on DAY changes one meeting")
	}
	return func() error {
		if between {
			ended := was
			ended.Until, is.From = from.AddDays(-1), from
			if _, err := p.db.SplitSeries(c.Context, ended, is); err != nil {
				return err
			}
		} else if err := p.db.PutSeries(c.Context, is); err != nil {
			return err
		}
		for _, s := range later {
			if err := p.db.PutSeries(c.Context, s); err != nil {
				return err
			}
		}
		return p.planMeetings(c.Context)
	}, nil
}

// editOne changes one meeting of a series.
func (p *pcn) editOne(c *cli.Context, s rota.Series) error {
	for _, flag := range []string{"body", "rule", "first", "until", "bank-holidays", "papers-to", "papers-from"} {
		if c.IsSet(flag) {
			return usage("--"+flag+" is for a series, not for one meeting of it", "leave out --on, or use --from")
		}
	}
	day, err := parseDay(c.String("on"))
	if err != nil {
		return err
	}
	m, err := p.meetingOn(c, s, day)
	if err != nil {
		return err
	}
	was, is := m.Series, m.Series
	was.At, is.At = m.Start.Time, m.Start.Time
	if err := setSeries(c, p, &is); err != nil {
		return err
	}
	how := meetings.differences(was, is)
	if len(how) == 0 {
		fmt.Fprintf(p.stdout, "nothing to change: %s on %s is so already\n", s.Title, day)
		return nil
	}
	own := ownOf(m, was, is)
	err = p.change("change", fmt.Sprintf("%s on %s: %s", s.Title, day, strings.Join(how, ", ")), func() error {
		if err := p.db.DecideOccurrence(c.Context, m.ID, own, p.at); err != nil {
			return err
		}
		return p.planMeetings(c.Context)
	})
	if err != nil {
		return err
	}
	return p.warnAbout(c, []rota.Series{is})
}

// ownOf gives what is decided about m alone, once it is as is says.
func ownOf(m rota.Occurrence, was, is rota.Series) rota.Own {
	own := m.Own
	differs(&own.Title, was.Title, is.Title)
	differs(&own.Place, was.Place, is.Place)
	differs(&own.Link, was.Link, is.Link)
	differs(&own.Papers, was.Papers, is.Papers)
	differs(&own.Agenda, was.Agenda, is.Agenda)
	differs(&own.Actions, was.Actions, is.Actions)
	differs(&own.Capacity, was.Capacity, is.Capacity)
	differs(&own.Quorum, was.Quorum, is.Quorum)
	differs(&own.Who, was.Who, is.Who)
	differs(&own.Minutes, was.Minutes, is.Minutes)
	if was.At != is.At {
		own = own.Moved(m, m.Start.Date.At(is.At))
	}
	return own
}

func differs[T comparable](own **T, was, is T) {
	if was != is {
		*own = &is
	}
}
