package cli

import (
	"github.com/urfave/cli/v2"
)

func (p *program) feedEdit() *cli.Command {
	return &cli.Command{
		Name: "edit", ArgsUsage: "NUMBER", Usage: "change what a link shows, and how",
		Description: `The link stays the same; calendars follow when they look again. NUMBER is what feed
list shows.

  pcnrota feed edit 3 --only all --alarm none
  pcnrota feed edit 3 --show-as busy --ahead 120`,
		Flags: append(feedFlags(), dryRunFlag()), Action: p.inPCN(editFeed),
	}
}

func editFeed(c *cli.Context, p *pcn) error {
	was, err := p.feedNumbered(c)
	if err != nil {
		return err
	}
	if err := p.stillWorks(c, was); err != nil {
		return err
	}
	is := was
	if err := p.setFeed(c, &is); err != nil {
		return err
	}
	label, err := p.feedLabel(c, was)
	if err != nil {
		return err
	}
	return edit(c, p, p.feedKind(label), was, is, func() error { return p.db.EditFeed(c.Context, is) })
}
