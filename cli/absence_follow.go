package cli

import (
	"fmt"

	"github.com/urfave/cli/v2"

	"pcnrota/internal/follow"
	"pcnrota/internal/sqlite"
)

func (p *program) absenceFollow() *cli.Command {
	return &cli.Command{
		Name: "follow", Usage: "read absences from a leader's calendar on the web, now and every hour", ArgsUsage: "LEADER ADDRESS",
		Description: `ADDRESS begins with https:// or webcal://; - reads it from standard input. It is
a secret of the leader's: it is kept, and never shown again. Outlook: Settings,
Calendar, Shared calendars, Publish, ICS. Google: Settings of the calendar, Secret
address in iCal format. pcnrota serve looks for news every hour; when it cannot,
what was read before stays, and absence list says so.

  pcnrota absence follow L02 https://outlook.office365.com/.../calendar.ics
  pcnrota absence follow L02 webcal://p01-caldav.icloud.com/... --dry-run`,
		Flags:  []cli.Flag{dryRunFlag()},
		Action: p.inPCN(absenceFollow),
	}
}

func absenceFollow(c *cli.Context, pcn *pcn) error {
	l, err := pcn.leader(c, c.Args().First())
	if err != nil {
		return err
	}
	typed := c.Args().Get(1)
	if typed == "-" {
		_, data, err := pcn.readFile(typed)
		if err != nil {
			return err
		}
		typed = string(data)
	}
	address, host, err := follow.CheckAddress(typed)
	if err != nil {
		return usage(err.Error(), "pcnrota absence follow "+string(l.ID)+" https://...")
	}
	have, err := pcn.calendarsOf(c.Context, l.ID)
	if err != nil {
		return err
	}
	for _, other := range have {
		if other.Address == address {
			return wrong(fmt.Sprintf("that calendar is followed already: number %d", other.ID), "pcnrota absence refresh "+string(l.ID)+", to read it now")
		}
	}
	answer, err := pcn.fetcher().Fetch(c.Context, address, "", "")
	if err != nil {
		return wrong(err.Error(), "nothing was changed: look at the address, or try again later")
	}
	away, err := pcn.readAway(answer.Body, pcn.at)
	if err != nil {
		return wrong(host+": "+err.Error(), "nothing was changed: the address must lead to a calendar in iCalendar form")
	}
	own := sqlite.Calendar{
		Leader: l.ID, Name: host, Address: address, Added: pcn.at,
		Visit: sqlite.Visit{ETag: answer.ETag, Modified: answer.Modified},
	}
	return pcn.take(c, l, own, away, "follow", fmt.Sprintf("the calendar of %s at %s", leaders.label(l), host))
}
