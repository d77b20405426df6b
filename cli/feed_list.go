package cli

import (
	"fmt"

	"github.com/urfave/cli/v2"
)

func (p *program) feedList() *cli.Command {
	return &cli.Command{
		Name: "list", Usage: "list the links, and when each was last used",
		Description: "  pcnrota feed list\n  pcnrota feed list --json",
		Flags:       outputFlags(), Action: p.inPCN(listFeeds),
	}
}

func listFeeds(c *cli.Context, p *pcn) error {
	feeds, err := p.db.Feeds(c.Context)
	if err != nil {
		return err
	}
	names, err := p.namesOf(c)
	if err != nil {
		return err
	}
	l := listing{
		table: newTable(number("no"), text("of"), text("name"), col("state"), text("last used")),
		json:  each(feeds, p.viewOfFeed),
		empty: "there are no links yet: pcnrota feed add LEADER",
	}
	for _, f := range feeds {
		called := f.Name
		if f.Options.BusyOnly {
			called += " (busy only)"
		}
		l.table.row(fmt.Sprint(f.ID), feedOf(f, names), called, p.feedState(f), p.feedUse(f))
	}
	return p.show(c, l)
}
