package cli

import (
	"fmt"
	"slices"

	"github.com/urfave/cli/v2"

	"pcnrota/internal/sqlite"
)

func (p *program) mailClear() *cli.Command {
	return &cli.Command{
		Name: "clear", ArgsUsage: "LEADER", Usage: "say that mail arrives again at somebody's address",
		Description: `Somebody's mailbox was full and is not any more. For another address there is nothing to
clear: pcnrota leader edit LEADER --email ADDRESS.

  pcnrota mail clear L05`,
		Flags: []cli.Flag{byFlag(), dryRunFlag()}, Action: p.inPCN(clearMail),
	}
}

func clearMail(c *cli.Context, p *pcn) error {
	l, err := p.leader(c, c.Args().First())
	if err != nil {
		return err
	}
	bounces, err := p.db.Bounces(c.Context)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(bounces, func(b sqlite.Bounce) bool { return b.Leader == l.ID }) {
		return wrong(fmt.Sprintf("no mail to %s has come back", l.Name), "pcnrota mail list, to see whose has")
	}
	return p.change("clear", "the address of "+leaders.label(l), func() error { return p.db.RemoveBounce(c.Context, l.ID) })
}
