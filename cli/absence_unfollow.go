package cli

import (
	"fmt"

	"github.com/urfave/cli/v2"

	"pcnrota/internal/sqlite"
)

func (p *program) absenceUnfollow() *cli.Command {
	return &cli.Command{
		Name: "unfollow", Usage: "do without a leader's calendar, and the absences read from it", ArgsUsage: "LEADER [NUMBER]",
		Description: `NUMBER is what absence calendars shows; needed where there are several.

  pcnrota absence unfollow L02
  pcnrota absence unfollow L02 3`,
		Flags:  []cli.Flag{dryRunFlag()},
		Action: p.inPCN(absenceUnfollow),
	}
}

func absenceUnfollow(c *cli.Context, pcn *pcn) error {
	l, err := pcn.leader(c, c.Args().First())
	if err != nil {
		return err
	}
	have, err := pcn.calendarsOf(c.Context, l.ID)
	if err != nil {
		return err
	}
	own, err := chosenCalendar(have, l.Name, c.Args().Get(1))
	if err != nil {
		return err
	}
	absences, err := pcn.db.Absences(c.Context)
	if err != nil {
		return err
	}
	gone := 0
	for _, a := range absences {
		if a.Calendar == own.ID {
			gone++
		}
	}
	what := fmt.Sprintf("calendar %d of %s (%s), and %s read from it", own.ID, leaders.label(l), own.Name, count(gone, "absence", "absences"))
	return pcn.change("remove", what, func() error {
		if err := pcn.db.RemoveCalendar(c.Context, own.ID); err != nil {
			return err
		}
		return pcn.planMeetings(c.Context)
	})
}

// chosenCalendar finds the one that is meant among a leader's.
func chosenCalendar(have []sqlite.Calendar, leader, typed string) (sqlite.Calendar, error) {
	switch {
	case len(have) == 0:
		return sqlite.Calendar{}, wrong(fmt.Sprintf("no calendar of %s is read", leader), "pcnrota absence calendars")
	case typed == "" && len(have) > 1:
		return sqlite.Calendar{}, wrong(fmt.Sprintf("%s has %d calendars", leader, len(have)), "pcnrota absence calendars, and add the number of one")
	case typed == "":
		return have[0], nil
	}
	for _, own := range have {
		if numbered(own.ID) == typed {
			return own, nil
		}
	}
	return sqlite.Calendar{}, wrong(fmt.Sprintf("%s has no calendar %s", leader, typed), "pcnrota absence calendars")
}
