package cli

import (
	"github.com/urfave/cli/v2"
)

func (p *program) feedRevoke() *cli.Command {
	return &cli.Command{
		Name: "revoke", ArgsUsage: "NUMBER", Usage: "take a link back: calendars that use it are told that it is gone",
		Description: "  pcnrota feed list\n  pcnrota feed revoke 3",
		Flags:       []cli.Flag{dryRunFlag()}, Action: p.inPCN(revokeFeed),
	}
}

func revokeFeed(c *cli.Context, p *pcn) error {
	feed, err := p.feedNumbered(c)
	if err != nil {
		return err
	}
	label, err := p.feedLabel(c, feed)
	if err != nil {
		return err
	}
	return p.change("revoke", label, func() error { return p.db.RevokeFeed(c.Context, feed.ID, p.at) })
}
