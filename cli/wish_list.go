package cli

import (
	"strconv"

	"github.com/urfave/cli/v2"

	"pcnrota/rota"
)

func (p *program) wishList() *cli.Command {
	return &cli.Command{
		Name: "list", Usage: "list wishes", ArgsUsage: "[LEADER]",
		Description: `  pcnrota wish list
  pcnrota wish list L09`,
		Flags:  outputFlagsCSV(),
		Action: p.inPCN(wishList),
	}
}

func wishList(c *cli.Context, pcn *pcn) error {
	shown, err := wishesAsked(c, pcn)
	if err != nil {
		return err
	}
	names, err := pcn.namesOf(c)
	if err != nil {
		return err
	}
	t := newTable(number("no"), col("id"), name("leader"), col("wish"), col("when"), number("weight"))
	for _, w := range shown {
		t.row(numbered(w.ID), string(w.Leader), names[w.Leader], string(w.Kind), wishAbout(w), strconv.Itoa(w.Weight))
	}
	return pcn.show(c, listing{json: each(shown, viewOfWish), csv: wishKind(names).csv(shown), table: t, empty: "no wishes"})
}

func wishesAsked(c *cli.Context, pcn *pcn) ([]rota.Wish, error) {
	if !c.Args().Present() {
		return pcn.db.Wishes(c.Context)
	}
	l, err := pcn.leader(c, c.Args().First())
	if err != nil {
		return nil, err
	}
	return pcn.wishesOf(c, l.ID)
}
