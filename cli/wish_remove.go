package cli

import "github.com/urfave/cli/v2"

func (p *program) wishRemove() *cli.Command {
	return &cli.Command{
		Name: "remove", Usage: "remove a wish", ArgsUsage: "NUMBER",
		Description: `NUMBER is what wish list shows.

  pcnrota wish remove 4`,
		Flags:  []cli.Flag{dryRunFlag()},
		Action: p.inPCN(wishRemove),
	}
}

func wishRemove(c *cli.Context, pcn *pcn) error {
	w, _, err := pcn.wish(c, c.Args().First())
	if err != nil {
		return err
	}
	names, err := pcn.namesOf(c)
	if err != nil {
		return err
	}
	return pcn.change("remove", "wish of "+wishKind(names).label(w), func() error { return pcn.db.RemoveWish(c.Context, w.ID) })
}
