package cli

import (
	"fmt"

	"github.com/urfave/cli/v2"

	"pcnrota/rota"
)

func (p *program) meetingMove() *cli.Command {
	return &cli.Command{
		Name: "move", Usage: "put one meeting on another day or time", ArgsUsage: "MEETING DAY TO",
		Description: `DAY is when it was to be, TO when it is. It stays the same meeting in the calendars
of those who go. To move all meetings to come, change the series: meeting edit.

  pcnrota meeting move "ICB board" 2027-01-21 2027-01-28
  pcnrota meeting move "ICB board" 2027-01-21 2027-01-28 --at 14:00`,
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "at", Usage: "`TIME` when it starts (default: as before)"},
			&cli.IntFlag{Name: "minutes", Usage: "`N` how long it takes (default: as before)"},
			dryRunFlag(),
		},
		Action: p.inPCN(meetingMove),
	}
}

func meetingMove(c *cli.Context, pcn *pcn) error {
	s, err := pcn.series(c, c.Args().First())
	if err != nil {
		return err
	}
	if c.Args().Len() < 3 {
		return usage("from which day to which?", fmt.Sprintf("pcnrota meeting move %q 2027-01-21 2027-01-28", s.Title))
	}
	day, err := parseDay(c.Args().Get(1))
	if err != nil {
		return err
	}
	to, err := parseDay(c.Args().Get(2))
	if err != nil {
		return err
	}
	m, err := pcn.meetingOn(c, s, day)
	if err != nil {
		return err
	}
	start := to.At(m.Start.Time)
	if err := setParsed(c, "at", &start.Time, rota.ParseTimeOfDay); err != nil {
		return err
	}
	return pcn.moveMeeting(c, m, start)
}

func (p *pcn) moveMeeting(c *cli.Context, m rota.Occurrence, start rota.Civil) error {
	switch minutes := c.Int("minutes"); {
	case !start.Instant(p.config.Zone).After(p.at):
		return wrong(fmt.Sprintf("%s is over", shownCivil(start)), "move it to a time to come")
	case c.IsSet("minutes") && (minutes < 1 || minutes > 24*60):
		return usage(fmt.Sprintf("a meeting cannot take %d minutes", minutes), "--minutes 90")
	}
	own := m.Own.Moved(m, start)
	if minutes := c.Int("minutes"); c.IsSet("minutes") {
		own.Minutes = &minutes
	}
	if h, holiday := p.config.Holidays.On(start.Date); holiday {
		p.warn("%s is a bank holiday: %s", start.Date, h.Name)
	}
	return p.change("move", fmt.Sprintf("%s from %s to %s", m.Series.Title, shownCivil(m.Start), shownCivil(start)), func() error {
		if err := p.db.DecideOccurrence(c.Context, m.ID, own, p.at); err != nil {
			return err
		}
		return p.planMeetings(c.Context)
	})
}
