package cli

import "github.com/urfave/cli/v2"

func (p *program) auditCommand() *cli.Command {
	return &cli.Command{
		Name: "audit", Category: running, Usage: "who changed what, when and why",
		Description: "Every change of the data is kept for ever, each entry sealed to the one before.",
		Subcommands: []*cli.Command{p.auditList(), p.auditVerify()},
	}
}
