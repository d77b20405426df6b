package cli

import (
	"fmt"

	"github.com/urfave/cli/v2"

	"pcnrota/rota"
)

func (p *program) responsibilityReassign() *cli.Command {
	return &cli.Command{
		Name: "reassign", Usage: "give a responsibility to somebody else, once or from now on", ArgsUsage: "RESPONSIBILITY LEADER",
		Description: `Once: the first that is open, or the one of --due. The others go round as fairness has it,
and the points count for who has it. --always makes LEADER its owner.

  pcnrota responsibility reassign "SMI return" L03
  pcnrota responsibility reassign "DSPT" L02 --always`,
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "due", Usage: "`DAY` on which the one that is meant is due"},
			&cli.BoolFlag{Name: "always", Usage: "from now on"},
			jsonFlag(), dryRunFlag(),
		},
		Action: p.inPCN(telling(responsibilityReassign)),
	}
}

func responsibilityReassign(c *cli.Context, pcn *pcn) error {
	r, err := pcn.responsibility(c, c.Args().First())
	if err != nil {
		return err
	}
	if r.Holding == rota.ByEach {
		return wrong(r.Title+" is each leader's own: it cannot be somebody else's", "pcnrota responsibility show "+quoted(r.Title))
	}
	l, err := pcn.leader(c, c.Args().Get(1))
	if err != nil {
		return err
	}
	if hasLeft(l, pcn.today()) {
		return wrong(fmt.Sprintf("%s left on %s", l.Name, l.Ends), "name somebody who is in post")
	}
	if c.Bool("always") {
		is := r
		is.Holding, is.Owner = rota.OwnedByOne, l.ID
		if is.Deputy == l.ID {
			is.Deputy = ""
		}
		pcn.result = viewOfResponsibility(is)
		return pcn.change("give", fmt.Sprintf("%s to %s from now on", r.Title, leaders.label(l)), func() error {
			if err := pcn.db.PutResponsibility(c.Context, is); err != nil {
				return err
			}
			return pcn.planResponsibilities(c.Context, pcn.at)
		})
	}
	item, _, err := pcn.itemMeant(c, r, false)
	if err != nil {
		return err
	}
	item.Owner, item.Settled = l.ID, true
	if item.Deputy == l.ID {
		item.Deputy = ""
	}
	pcn.result = pcn.viewOfItem(item)
	return pcn.change("give", fmt.Sprintf("%s, due %s, to %s", r.Title, item.Due, leaders.label(l)), func() error {
		if err := pcn.db.PutItem(c.Context, item, pcn.at); err != nil {
			return err
		}
		return pcn.planResponsibilities(c.Context, pcn.at)
	})
}
