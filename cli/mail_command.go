package cli

import "github.com/urfave/cli/v2"

func (p *program) mailCommand() *cli.Command {
	return &cli.Command{
		Name: "mail", Category: running, Usage: "what comes back by mail: answers to invitations, and mail that did not arrive",
		Description: "What is sent is under pcnrota remind.",
		Subcommands: []*cli.Command{p.mailReceive(), p.mailList(), p.mailClear()},
	}
}
