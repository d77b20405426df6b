package cli

import "github.com/urfave/cli/v2"

func (p *program) configCommand() *cli.Command {
	return &cli.Command{
		Name: "config", Category: running, Usage: "check what config.toml says",
		Description: "The settings themselves are in config.toml: open it in an editor.",
		Subcommands: []*cli.Command{p.configCheck()},
	}
}
