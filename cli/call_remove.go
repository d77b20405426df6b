package cli

import (
	"fmt"

	"github.com/urfave/cli/v2"

	"pcnrota/rota"
)

func (p *program) callRemove() *cli.Command {
	return &cli.Command{
		Name: "remove", ArgsUsage: "NUMBER", Usage: "remove a call-out that was logged wrongly, and its points",
		Description: `NUMBER is what call list shows. The audit trail keeps that it was there, without its
note. To correct a call, remove it and log it anew.

  pcnrota call remove 3 --reason "logged twice"`,
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "reason", Usage: "`WHY` it is removed, for the record"}, byFlag(), dryRunFlag(),
		},
		Action: p.inPCN(removeCall),
	}
}

func removeCall(c *cli.Context, p *pcn) error {
	calls, names, err := p.callsOf(c)
	if err != nil {
		return err
	}
	call, err := pick(calls, "call", c.Args().First(), func(call rota.Call) []string { return []string{numbered(call.ID)} })
	if err != nil {
		return err
	}
	what := fmt.Sprintf("call %d of %s in %s: %s", call.ID, nameOf(names, call.Leader), call.Duty, p.callTime(call))
	return p.change("remove", what, func() error { return p.db.RemoveCall(c.Context, call.ID) })
}
