package cli

import (
	"github.com/urfave/cli/v2"

	"pcnrota/rota"
)

func (p *program) absenceRefuse() *cli.Command {
	return &cli.Command{
		Name: "refuse", Usage: "say no to an absence that is requested", ArgsUsage: "NUMBER",
		Description: `NUMBER is what absence list shows. The request is kept, with the reason.

  pcnrota absence refuse 12 --reason "nobody is left to cover Easter"`,
		Flags:  append(outputFlags(), &cli.StringFlag{Name: "reason", Usage: "`WHY` not"}, byFlag(), dryRunFlag()),
		Action: p.inPCN(absenceRefuse),
	}
}

func absenceRefuse(c *cli.Context, p *pcn) error {
	if c.String("reason") == "" {
		return usage("no reason was given", "--reason \"WHY\"")
	}
	q, err := p.toDecide(c, func(q rota.Request) (rota.Request, error) { return q.Refuse(c.String("reason"), p.at) })
	if err != nil {
		return err
	}
	if !p.rehearse {
		if err := p.db.RefuseRequest(c.Context, q); err != nil {
			return err
		}
	}
	if c.Bool("json") {
		return writeJSON(p.stdout, p.viewRequest(q))
	}
	names, err := p.namesOf(c)
	if err != nil {
		return err
	}
	p.did("refuse", "absence of "+absenceKind(names).label(q.Absence))
	return nil
}

// toDecide finds the request that the line names, and gives it as it is once it is decided.
func (p *pcn) toDecide(c *cli.Context, decide func(rota.Request) (rota.Request, error)) (rota.Request, error) {
	q, _, err := p.absence(c, c.Args().First())
	if err != nil {
		return q, err
	}
	decided, err := decide(q)
	if err != nil {
		return q, wrong(err.Error(), "pcnrota absence show "+numbered(q.ID), "pcnrota absence list --requested, to see what is still to decide")
	}
	return decided, nil
}
