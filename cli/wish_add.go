package cli

import (
	"github.com/urfave/cli/v2"

	"pcnrota/rota"
)

func (p *program) wishAdd() *cli.Command {
	return &cli.Command{
		Name: "add", Usage: "add a wish", ArgsUsage: "LEADER prefer|avoid WHEN",
		Description: `WHEN is a day of the week, a day, or the first and last of several.

  pcnrota wish add L09 avoid Tue --weight 2
  pcnrota wish add L10 prefer 2027-04-02
  pcnrota wish add L10 avoid 24/12/2027..26/12/2027 --weight 3`,
		Flags: []cli.Flag{
			&cli.IntFlag{Name: "weight", Value: 1, Usage: "`N` from 1 (mild) to 3 (strong)"},
			dryRunFlag(),
		},
		Action: p.inPCN(wishAdd),
	}
}

func wishAdd(c *cli.Context, pcn *pcn) error {
	l, err := pcn.leader(c, c.Args().First())
	if err != nil {
		return err
	}
	added := rota.Wish{Leader: l.ID, Weight: c.Int("weight")}
	if added.Kind, err = parseWith(rota.ParseWishKind, c.Args().Get(1)); err != nil {
		return err
	}
	if err := setWishAbout(&added, c.Args().Get(2)); err != nil {
		return err
	}
	all, err := pcn.db.Wishes(c.Context)
	if err != nil {
		return err
	}
	if err := checkWish(added, all); err != nil {
		return err
	}
	what := wishKind(map[rota.LeaderID]string{l.ID: l.Name}).label(added)
	return pcn.change("add", "wish of "+what, func() error {
		_, err := pcn.db.AddWishes(c.Context, []rota.Wish{added})
		return err
	})
}
