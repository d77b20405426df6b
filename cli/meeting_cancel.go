package cli

import (
	"fmt"
	"slices"
	"time"

	"github.com/urfave/cli/v2"

	"pcnrota/rota"
)

func (p *program) meetingCancel() *cli.Command {
	return &cli.Command{
		Name: "cancel", Usage: "call off one meeting, or this and all later ones", ArgsUsage: "MEETING",
		Description: `--on DAY calls off that one, and --undo puts it back; --from DAY calls off that one and
all later ones; --all ends the series now. What has been stays.

  pcnrota meeting cancel "ICB board" --on 2027-05-20
  pcnrota meeting cancel "ICB board" --on 2027-05-20 --undo
  pcnrota meeting cancel "ICB board" --from 2027-09-01`,
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "on", Usage: "`DAY` of the one meeting"},
			&cli.StringFlag{Name: "from", Usage: "`DAY` of the first that is called off"},
			&cli.BoolFlag{Name: "all", Usage: "all meetings to come"},
			&cli.BoolFlag{Name: "undo", Usage: "with --on: it takes place after all"},
			dryRunFlag(),
		},
		Action: p.inPCN(meetingCancel),
	}
}

func meetingCancel(c *cli.Context, pcn *pcn) error {
	s, err := pcn.series(c, c.Args().First())
	if err != nil {
		return err
	}
	given := 0
	for _, flag := range []string{"on", "from", "all"} {
		if c.IsSet(flag) {
			given++
		}
	}
	switch {
	case given != 1:
		return usage("which meetings?", "--on DAY for one, --from DAY for it and all later ones, --all for all to come")
	case c.Bool("undo") && !c.IsSet("on"):
		return usage("--undo puts one meeting back", "--on DAY")
	case c.Bool("undo"):
		return pcn.reinstate(c, s)
	case c.IsSet("on"):
		return pcn.cancelOne(c, s)
	}
	from := pcn.today()
	if err := setParsed(c, "from", &from, parseDay); err != nil {
		return err
	}
	return pcn.cancelFrom(c, s, from)
}

func (p *pcn) cancelOne(c *cli.Context, s rota.Series) error {
	day, err := parseDay(c.String("on"))
	if err != nil {
		return err
	}
	m, err := p.meetingOn(c, s, day)
	if err != nil {
		return err
	}
	m.Own.Cancelled = true
	return p.decide(c, "call off", s.Title+" on "+day.String(), m)
}

// reinstate puts back a meeting that was called off alone.
func (p *pcn) reinstate(c *cli.Context, s rota.Series) error {
	day, err := parseDay(c.String("on"))
	if err != nil {
		return err
	}
	all, err := p.db.AllSeries(c.Context)
	if err != nil {
		return err
	}
	cancelled, err := p.db.Cancelled(c.Context, p.at)
	if err != nil {
		return err
	}
	chain := chainOf(s, all)
	for _, m := range cancelled {
		if m.Own.Cancelled && m.Start.Date == day && slices.Contains(chain, m.Series.ID) {
			m.Own.Cancelled = false
			return p.decide(c, "put back", s.Title+" on "+day.String(), m)
		}
	}
	return wrong(fmt.Sprintf("no meeting of %s was called off on %s", s.Title, day), "pcnrota meeting show "+quoted(s.Title))
}

// decide stores what was decided about one meeting, and plans anew.
func (p *pcn) decide(c *cli.Context, verb, what string, m rota.Occurrence) error {
	return p.change(verb, what, func() error {
		if err := p.db.DecideOccurrence(c.Context, m.ID, m.Own, p.at); err != nil {
			return err
		}
		return p.planMeetings(c.Context)
	})
}

func (p *pcn) cancelFrom(c *cli.Context, s rota.Series, from rota.Date) error {
	if from.Before(p.today()) {
		return wrong(fmt.Sprintf("%s is over: the past stays as it was", from), "--from today or a later day")
	}
	all, err := p.db.Occurrences(c.Context, p.at, time.Time{})
	if err != nil {
		return err
	}
	parts, err := p.laterParts(c.Context, s)
	if err != nil {
		return err
	}
	parts = append(parts, s)
	n := 0
	for _, m := range all {
		if slices.ContainsFunc(parts, func(s rota.Series) bool { return s.ID == m.Series.ID }) && !m.Planned.Before(from) {
			n++
		}
	}
	what := fmt.Sprintf("%s from %s on: %s", s.Title, from, count(n, "planned meeting", "planned meetings"))
	return p.change("call off", what, func() error {
		for _, s := range parts {
			s.Until = from.AddDays(-1)
			if err := p.db.PutSeries(c.Context, s); err != nil {
				return err
			}
		}
		return p.planMeetings(c.Context)
	})
}

// quoted puts words that are several into quotation marks, to be typed.
func quoted(s string) string { return fmt.Sprintf("%q", s) }
