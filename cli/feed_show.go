package cli

import (
	"fmt"
	"time"

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
	f := p.factsOfFeed(feed, names)
	replaced, err := p.replacedUntil(c, feed)
	if err != nil {
		return err
	}
	if !replaced.IsZero() {
		f.add("replaced link", "works until "+inFull(rota.CivilOf(replaced, p.config.Zone)))
	}
	return p.showOne(c, p.viewOfFeed(feed), f)
}

// replacedUntil gives when the last of the addresses ends that the link had before; the zero time where all have.
func (p *pcn) replacedUntil(c *cli.Context, feed rota.Feed) (until time.Time, err error) {
	secrets, err := p.db.FeedsByHash(c.Context)
	for _, f := range secrets {
		if f.ID == feed.ID && f.Revoked.IsZero() && f.Replaced.After(p.at) && f.Replaced.After(until) {
			until = f.Replaced
		}
	}
	return until, err
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
