package cli

import (
	"github.com/urfave/cli/v2"

	"pcnrota/rota"
)

func (p *program) bodyCommand() *cli.Command {
	return &cli.Command{
		Name: "body", Category: people, Usage: "the partner bodies whose meetings the PCN attends",
		Description: `The integrated care system, the local medical committee and so on. They merge and are
renamed: add those you need.`,
		Subcommands: []*cli.Command{p.bodyAdd(), p.bodyList()},
	}
}

func bodyLabel(b rota.Body) string { return string(b.ID) + ", " + b.Name }
