package cli

import (
	"github.com/urfave/cli/v2"

	"pcnrota/internal/sheet"
	"pcnrota/rota"
)

func (p *program) wishImport() *cli.Command {
	return &cli.Command{
		Name: "import", Usage: "bring in wishes from a CSV file", ArgsUsage: "FILE",
		Description: `Columns: leader_id or leader, wish (prefer or avoid), weekday or first_day and
last_day, weight. Adds the wishes that are not there yet. Either the whole file
comes in or, where it has faults, none of it.

  pcnrota wish import wishes.csv --dry-run`,
		Flags:  []cli.Flag{dryRunFlag()},
		Action: p.inPCN(wishImport),
	}
}

func wishImport(c *cli.Context, pcn *pcn) error {
	people, err := pcn.db.Leaders(c.Context)
	if err != nil {
		return err
	}
	names, err := pcn.namesOf(c)
	if err != nil {
		return err
	}
	have, err := pcn.db.Wishes(c.Context)
	if err != nil {
		return err
	}
	_, err = importing[rota.Wish]{
		kind: wishKind(names), file: sheet.WishFile, have: have,
		read: func(name string, data []byte) ([]rota.Wish, error) { return sheet.Wishes(name, data, people) },
		put: func(found comparison[rota.Wish]) error {
			_, err := pcn.db.AddWishes(c.Context, found.added)
			return err
		},
	}.run(c, pcn)
	return err
}
