package cli

import (
	"fmt"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"pcnrota/rota"
)

func (p *program) feedRotate() *cli.Command {
	return &cli.Command{
		Name: "rotate", ArgsUsage: "NUMBER", Usage: "replace a link by a new one, and show that once",
		Description: `For a link that has got into wrong hands. What it shows stays. The old one ends at
once, or after --grace: calendars that still use it are told that it is gone.

  pcnrota feed rotate 3
  pcnrota feed rotate 3 --grace 14`,
		Flags: append(outputFlags(),
			graceFlag(), dryRunFlag()),
		Action: p.inPCN(rotateFeed),
	}
}

func rotateFeed(c *cli.Context, p *pcn) error {
	feed, err := p.feedNumbered(c)
	if err != nil {
		return err
	}
	if err := p.stillWorks(c, feed); err != nil {
		return err
	}
	label, err := p.feedLabel(c, feed)
	if err != nil {
		return err
	}
	ending, err := p.graceOf(c)
	if err != nil {
		return err
	}
	if p.rehearse {
		return p.change("replace", label, nil)
	}
	link, hash, err := p.newSecret()
	if err != nil {
		return err
	}
	if err := p.db.RotateFeed(c.Context, feed.ID, hash, ending); err != nil {
		return err
	}
	link.feedView = p.viewOfFeed(feed)
	if err := p.showLink(c, link, "The new "+label); err != nil || c.Bool("json") {
		return err
	}
	p.sayOldLink(ending)
	return nil
}

func graceFlag() cli.Flag {
	return &cli.IntFlag{Name: "grace", Usage: "`DAYS` for which the old link works on (default: 0)"}
}

// graceOf gives when the old link ends: now, or at this time of a later day.
func (p *pcn) graceOf(c *cli.Context) (time.Time, error) {
	grace := c.Int("grace")
	if grace < 0 || grace > 366 {
		return p.at, usage(fmt.Sprintf("--grace cannot be %d", grace), "0 to 366 days")
	}
	if grace == 0 {
		return p.at, nil
	}
	until := rota.CivilOf(p.at, p.config.Zone)
	until.Date = until.Date.AddDays(grace)
	return until.Instant(p.config.Zone), nil
}

func (p *pcn) sayOldLink(ending time.Time) {
	if ending.After(p.at) {
		fmt.Fprintf(p.stdout, "The old link works until %s.\n", inFull(rota.CivilOf(ending, p.config.Zone)))
	} else {
		fmt.Fprintln(p.stdout, "The old link has ended.")
	}
}

// stillWorks refuses to change a link that has ended.
func (p *pcn) stillWorks(c *cli.Context, f rota.Feed) error {
	if f.Revoked.IsZero() {
		return nil
	}
	return wrong(fmt.Sprintf("link %d was revoked, and stays so", f.ID), strings.TrimSpace("pcnrota feed add "+string(f.Leader)+" makes another"))
}
