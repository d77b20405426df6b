package cli

import (
	"fmt"

	"github.com/urfave/cli/v2"

	"pcnrota/rota"
)

func (p *program) feedShow() *cli.Command {
	return &cli.Command{
		Name: "show", ArgsUsage: "NUMBER", Usage: "show what a link shows, and how",
		Description: "The link itself is shown once, when it is made.\n\n  pcnrota feed show 3\n  pcnrota feed show 3 --json",
		Flags:       outputFlags(), Action: p.inPCN(showFeed),
	}
}

func showFeed(c *cli.Context, p *pcn) error {
	feed, err := p.feedNumbered(c)
	if err != nil {
		return err
	}
	names, err := p.namesOf(c)
	if err != nil {
		return err
	}
	return p.showOne(c, p.viewOfFeed(feed), p.factsOfFeed(feed, names))
}

func (p *pcn) factsOfFeed(feed rota.Feed, names map[rota.LeaderID]string) facts {
	var f facts
	f.add("link", fmt.Sprint(feed.ID))
	f.add("calendar of", feedOf(feed, names))
	for _, cell := range p.feedKind("").cells(feed) {
		f.add(cell[0], cell[1])
	}
	f.add("state", p.feedState(feed))
	f.add("made", inFull(rota.CivilOf(feed.Created, p.config.Zone)))
	f.add("last used", p.feedUse(feed))
	return f
}
