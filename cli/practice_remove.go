package cli

import (
	"fmt"

	"github.com/urfave/cli/v2"

	"pcnrota/rota"
)

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
	if err := pcn.refuseMembers(c, practice); err != nil {
		return err
	}
	return pcn.change("remove", "practice "+practices.label(practice), func() error {
		return pcn.db.RemovePractice(c.Context, practice.Code)
	})
}

// refuseMembers refuses to remove a practice to which leaders belong, past ones among them.
func (p *pcn) refuseMembers(c *cli.Context, practice rota.Practice) error {
	all, err := p.db.Leaders(c.Context)
	if err != nil {
		return err
	}
	var members []rota.Leader
	for _, l := range all {
		if l.Practice == practice.Code {
			members = append(members, l)
		}
	}
	if len(members) == 0 {
		return nil
	}
	return wrong(fmt.Sprintf("practice %s still has %s", practices.label(practice), leaders.count(len(members))),
		fmt.Sprintf("move them first: pcnrota leader edit %s --practice CODE", members[0].ID))
}
