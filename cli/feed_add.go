package cli

import (
	"cmp"
	"strings"

	"github.com/urfave/cli/v2"

	"pcnrota/rota"
)

func (p *program) feedAdd() *cli.Command {
	return &cli.Command{
		Name: "add", ArgsUsage: "[LEADER]", Usage: "make a link, and show it once",
		Description: `  pcnrota feed add L01 --name "work Outlook"
  pcnrota feed add L01 --only weekend --only festive --alarm 2d --absences
  pcnrota feed add L01 --name "for the practice diary" --busy-only
  pcnrota feed add --rota on-call --name switchboard --phones
  pcnrota feed add --practice Y02345 --expires 2027-12-31
  pcnrota feed add --body ICS
  pcnrota feed add --pcn --tier first`,
		Flags: append(append([]cli.Flag{
			&cli.StringFlag{Name: "rota", Usage: "`ROTA` of which to show every duty"},
			&cli.StringFlag{Name: "practice", Usage: "`PRACTICE` of whose leaders to show everything"},
			&cli.StringFlag{Name: "body", Usage: "`BODY` of which to show every meeting"},
			&cli.BoolFlag{Name: "pcn", Usage: "show everything"},
		}, feedFlags()...), append(outputFlags(), dryRunFlag())...),
		Action: p.inPCN(addFeed),
	}
}

func addFeed(c *cli.Context, p *pcn) error {
	f, err := p.askedFeed(c)
	if err != nil {
		return err
	}
	f.Name, f.Created, f.Options = "calendar", p.at, rota.DefaultFeedOptions(f.Kind)
	if err := p.setFeed(c, &f); err != nil {
		return err
	}
	names, err := p.namesOf(c)
	if err != nil {
		return err
	}
	if p.rehearse {
		return p.change("add", "a link for "+feedOf(f, names)+" ("+f.Name+")", nil)
	}
	link, hash, err := p.newSecret()
	if err != nil {
		return err
	}
	if f, err = p.db.AddFeed(c.Context, f, hash); err != nil {
		return err
	}
	label, err := p.feedLabel(c, f)
	if err != nil {
		return err
	}
	link.feedView = p.viewOfFeed(f)
	return p.showLink(c, link, strings.ToUpper(label[:1])+label[1:])
}

// askedFeed finds what the link is to: exactly one of a leader and the flags.
func (p *pcn) askedFeed(c *cli.Context) (f rota.Feed, err error) {
	asked := 0
	for _, given := range []bool{c.Args().Present(), c.String("rota") != "", c.String("practice") != "", c.String("body") != "", c.Bool("pcn")} {
		if given {
			asked++
		}
	}
	if asked != 1 {
		return f, usage("a link shows one calendar", "pcnrota feed add LEADER, or one of --rota, --practice, --body and --pcn")
	}
	switch {
	case c.Bool("pcn"):
		f.Kind = rota.FeedOfPCN
	case c.String("rota") != "":
		var policy rota.Policy
		policy, err = pick(p.config.Rotas, "rota", c.String("rota"), policyNames)
		f.Kind, f.Rota = rota.FeedOfRota, policy.Name
	case c.String("practice") != "":
		var practice rota.Practice
		practice, err = p.practice(c, c.String("practice"))
		f.Kind, f.Practice = rota.FeedOfPractice, practice.Code
	case c.String("body") != "":
		var body rota.Body
		body, err = p.body(c, c.String("body"))
		f.Kind, f.Body = rota.FeedOfBody, body.ID
	default:
		var leader rota.Leader
		leader, err = p.leader(c, c.Args().First())
		f.Kind, f.Leader = rota.FeedOfLeader, leader.ID
	}
	return f, err
}

func policyNames(p rota.Policy) []string {
	return []string{string(p.Name), cmp.Or(p.Title, string(p.Name))}
}
