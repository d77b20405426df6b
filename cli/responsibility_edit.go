package cli

import (
	"fmt"

	"github.com/urfave/cli/v2"

	"pcnrota/internal/sqlite"
	"pcnrota/rota"
)

func (p *program) responsibilityEdit() *cli.Command {
	return &cli.Command{
		Name: "edit", Usage: "change or end a responsibility", ArgsUsage: "RESPONSIBILITY",
		Description: `Changes what the flags give, for all that is yet to come; the rest stays. What is
done, or was due before today, stays as it was. With --leader and --first, the day from which it
counts for one leader: of the last appraisal, say.

  pcnrota responsibility edit "DSPT" --owner L02 --checked 2027-03-01
  pcnrota responsibility edit "Appraisal" --leader L05 --first 2026-09-30
  pcnrota responsibility edit "SMI return" --ends 2027-12-31`,
		Flags: append([]cli.Flag{
			&cli.StringFlag{Name: "title", Usage: "`TITLE` what it is called"},
			&cli.StringFlag{Name: "leader", Usage: "`LEADER` for whom --first counts, where each has it for themselves"},
		}, responsibilityFlags()...),
		Action: p.inPCN(telling(responsibilityEdit)),
	}
}

func responsibilityEdit(c *cli.Context, pcn *pcn) error {
	was, err := pcn.responsibility(c, c.Args().First())
	if err != nil {
		return err
	}
	if c.IsSet("leader") {
		return pcn.editAnchor(c, was)
	}
	is := was
	if err := setResponsibility(c, pcn, &is); err != nil {
		return err
	}
	pcn.result = viewOfResponsibility(is)
	return edit(c, pcn, responsibilities, was, is, func() error {
		if err := pcn.db.PutResponsibility(c.Context, is); err != nil {
			return err
		}
		return pcn.planResponsibilities(c.Context, pcn.at)
	})
}

func (p *pcn) editAnchor(c *cli.Context, r rota.Obligation) error {
	l, err := p.leader(c, c.String("leader"))
	if err != nil {
		return err
	}
	switch {
	case r.Holding != rota.ByEach:
		return wrong(r.Title+" is one for all: its day is not a leader's own", "leave out --leader")
	case !c.IsSet("first"):
		return usage("from which day does it count for "+l.Name+"?", "--first DAY")
	}
	day, err := parseDay(c.String("first"))
	if err != nil {
		return err
	}
	p.result = viewOfResponsibility(r)
	return p.change("change", fmt.Sprintf("%s of %s: counts from %s", r.Title, leaders.label(l), day), func() error {
		if err := p.db.PutAnchor(c.Context, sqlite.Anchor{Responsibility: r.ID, Leader: l.ID, First: day}); err != nil {
			return err
		}
		return p.planResponsibilities(c.Context, p.at)
	})
}
