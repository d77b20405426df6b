package cli

import (
	"github.com/urfave/cli/v2"

	"pcnrota/rota"
)

func (p *program) practiceEdit() *cli.Command {
	return &cli.Command{
		Name: "edit", Usage: "change a practice", ArgsUsage: "CODE",
		Description: `Changes what the flags give; the rest stays.

  pcnrota practice edit Y10111 --list-size 16020`,
		Flags:  practiceFlags(),
		Action: p.inPCN(practiceEdit),
	}
}

func practiceEdit(c *cli.Context, pcn *pcn) error {
	was, err := pcn.practice(c, c.Args().First())
	if err != nil {
		return err
	}
	is := was
	if err := setPractice(c, &is); err != nil {
		return err
	}
	return edit(c, pcn, practices, was, is, func() error {
		return pcn.db.PutPractices(c.Context, []rota.Practice{is})
	})
}
