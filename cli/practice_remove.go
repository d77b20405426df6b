package cli

import "github.com/urfave/cli/v2"

func (p *program) practiceRemove() *cli.Command {
	return &cli.Command{
		Name: "remove", Usage: "remove a practice to which nobody belongs", ArgsUsage: "CODE",
		Description: "  pcnrota practice remove Y10111",
		Flags:       []cli.Flag{dryRunFlag()},
		Action:      p.inPCN(practiceRemove),
	}
}

func practiceRemove(c *cli.Context, pcn *pcn) error {
	practice, err := pcn.practice(c, c.Args().First())
	if err != nil {
		return err
	}
	return pcn.change("remove", "practice "+practices.label(practice), func() error {
		return pcn.db.RemovePractice(c.Context, practice.Code)
	})
}
