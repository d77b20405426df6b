package cli

import (
	"github.com/urfave/cli/v2"

	"pcnrota/rota"
)

func (p *program) leaderEdit() *cli.Command {
	return &cli.Command{
		Name: "edit", Usage: "change a leader", ArgsUsage: "LEADER",
		Description: `Changes what the flags give; the rest stays. --role and --qualification replace the
whole list.

  pcnrota leader edit L05 --new=false
  pcnrota leader edit L05 --registration-expires 2028-04-27 --wte 0.8`,
		Flags:  leaderFlags(),
		Action: p.inPCN(leaderEdit),
	}
}

func leaderEdit(c *cli.Context, pcn *pcn) error {
	was, err := pcn.leader(c, c.Args().First())
	if err != nil {
		return err
	}
	is := was
	if err := setLeader(c, pcn, &is); err != nil {
		return err
	}
	err = edit(c, pcn, leaders, was, is, func() error {
		if err := pcn.db.PutLeaders(c.Context, []rota.Leader{is}); err != nil {
			return err
		}
		return pcn.planMeetings(c.Context)
	})
	if err != nil || is.Ends == was.Ends {
		return err
	}
	return pcn.sayHeldAfterwards(c.Context, is)
}
