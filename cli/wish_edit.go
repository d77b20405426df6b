package cli

import (
	"github.com/urfave/cli/v2"

	"pcnrota/rota"
)

func (p *program) wishEdit() *cli.Command {
	return &cli.Command{
		Name: "edit", Usage: "change a wish", ArgsUsage: "NUMBER",
		Description: `NUMBER is what wish list shows. Changes what the flags give; the rest stays.

  pcnrota wish edit 4 --weight 3
  pcnrota wish edit 4 --kind avoid --when Thu`,
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "kind", Usage: "`KIND` prefer or avoid"},
			&cli.StringFlag{Name: "when", Usage: "`WHEN` day of the week, day, or first..last day"},
			&cli.IntFlag{Name: "weight", Usage: "`N` from 1 (mild) to 3 (strong)"},
			dryRunFlag(),
		},
		Action: p.inPCN(wishEdit),
	}
}

func wishEdit(c *cli.Context, pcn *pcn) error {
	was, all, err := pcn.wish(c, c.Args().First())
	if err != nil {
		return err
	}
	is, err := editedWish(c, was)
	if err != nil {
		return err
	}
	if err := checkWish(is, all); err != nil {
		return err
	}
	names, err := pcn.namesOf(c)
	if err != nil {
		return err
	}
	return edit(c, pcn, wishKind(names), was, is, func() error { return pcn.db.PutWish(c.Context, is) })
}

func editedWish(c *cli.Context, w rota.Wish) (rota.Wish, error) {
	if c.IsSet("weight") {
		w.Weight = c.Int("weight")
	}
	if err := setParsed(c, "kind", &w.Kind, rota.ParseWishKind); err != nil {
		return w, err
	}
	if c.IsSet("when") {
		err := setWishAbout(&w, c.String("when"))
		return w, err
	}
	return w, nil
}
