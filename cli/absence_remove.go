package cli

import (
	"context"

	"github.com/urfave/cli/v2"

	"pcnrota/rota"
)

func (p *program) absenceRemove() *cli.Command {
	return &cli.Command{
		Name: "remove", Usage: "remove an absence", ArgsUsage: "NUMBER",
		Description: `NUMBER is what absence list shows.

  pcnrota absence remove 12`,
		Flags:  []cli.Flag{dryRunFlag()},
		Action: p.inPCN(absenceRemove),
	}
}

func absenceRemove(c *cli.Context, pcn *pcn) error {
	a, _, err := pcn.ownAbsence(c, c.Args().First())
	if err != nil {
		return err
	}
	names, err := pcn.namesOf(c)
	if err != nil {
		return err
	}
	return pcn.change("remove", "absence of "+absenceKind(names).label(a.Absence), func() error { return pcn.removeAbsence(c.Context, a.ID) })
}

func (p *pcn) removeAbsence(ctx context.Context, id rota.AbsenceID) error {
	if err := p.db.RemoveAbsence(ctx, id); err != nil {
		return err
	}
	return p.planMeetings(ctx)
}
