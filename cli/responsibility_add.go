package cli

import (
	"github.com/urfave/cli/v2"

	"pcnrota/internal/sheet"
	"pcnrota/rota"
)

func (p *program) responsibilityAdd() *cli.Command {
	return &cli.Command{
		Name: "add", Usage: "add a responsibility", ArgsUsage: "TITLE",
		Description: `--due says when, in words. --owner names who is accountable; --rotated has it go round
fairly, --each gives it to each for themselves.

  pcnrota responsibility add "DSPT" --due "30 June" --owner L06 --deputy L01 \
    --area "data security"
  pcnrota responsibility add "SMI return" --rotated --among "GP partner" \
    --due "5 working days before every quarter end" --points 2
  pcnrota responsibility add "Appraisal" --each --due yearly --within 9-15`,
		Flags:  responsibilityFlags(),
		Action: p.inPCN(telling(responsibilityAdd)),
	}
}

func responsibilityAdd(c *cli.Context, pcn *pcn) error {
	added := rota.Obligation{Title: sheet.Clean(c.Args().First()), Holding: rota.OwnedByOne, First: pcn.today(), Points: rota.Point}
	if err := setResponsibility(c, pcn, &added); err != nil {
		return err
	}
	if !c.IsSet("due") {
		return usage("when is it due?", `--due "30 June", or "every quarter end"`)
	}
	all, err := pcn.db.Responsibilities(c.Context)
	if err != nil {
		return err
	}
	if was, known := responsibilities.find(all, added); known {
		return wrong("there is a responsibility "+responsibilities.label(was)+" already", "give it another title, or pcnrota responsibility edit")
	}
	if added.Holding == rota.OwnedByOne && added.Owner == "" {
		pcn.warn("nobody is accountable for it yet: --owner LEADER, --rotated or --each")
	}
	pcn.result = viewOfResponsibility(added)
	return pcn.change("add", "responsibility "+responsibilities.label(added), func() error {
		ids, err := pcn.db.AddResponsibilities(c.Context, []rota.Obligation{added})
		if err != nil {
			return err
		}
		added.ID = ids[0]
		pcn.result = viewOfResponsibility(added)
		return pcn.planResponsibilities(c.Context, pcn.at)
	})
}
