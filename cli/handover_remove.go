package cli

import (
	"fmt"

	"github.com/urfave/cli/v2"

	"pcnrota/rota"
)

func (p *program) handoverRemove() *cli.Command {
	return &cli.Command{
		Name: "remove", ArgsUsage: "NUMBER", Usage: "remove a handover note for good",
		Description: `NUMBER is what handover list shows. The audit trail keeps that there was a note, and
not what it said.

  pcnrota handover remove 3 --reason "named a patient"`,
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "reason", Usage: "`WHY` it is removed, for the record"}, byFlag(), dryRunFlag(),
		},
		Action: p.inPCN(removeHandover),
	}
}

func removeHandover(c *cli.Context, p *pcn) error {
	notes, err := p.db.Handovers(c.Context)
	if err != nil {
		return err
	}
	h, err := pick(notes, "handover", c.Args().First(), func(h rota.Handover) []string { return []string{numbered(h.ID)} })
	if err != nil {
		return err
	}
	what := fmt.Sprintf("note %d of %s about %s", h.ID, h.Leader, h.Duty)
	return p.change("remove", what, func() error { return p.db.RemoveHandover(c.Context, h.ID) })
}
