package cli

import (
	"github.com/urfave/cli/v2"

	"pcnrota/rota"
)

func (p *program) leaderAdd() *cli.Command {
	return &cli.Command{
		Name: "add", Usage: "add a leader", ArgsUsage: "ID",
		Description: `ID is a short word of the PCN's choice that stays for life. Without --wte it is a
whole post, without --starts the leader is in post already.

  pcnrota leader add L15 --name "Dr Ada Obi" --role "GP partner" \
    --email ada.obi@example.nhs.uk --phone "07700 900115" \
    --practice Y10111 --employment partner --wte 0.6 \
    --registration-body GMC --registration-number 7654321 --starts 01/09/2027`,
		Flags:  leaderFlags(),
		Action: p.inPCN(leaderAdd),
	}
}

func leaderAdd(c *cli.Context, pcn *pcn) error {
	added := rota.Leader{ID: rota.LeaderID(c.Args().First()), Share: rota.FullTime, Employment: rota.Employee}
	if err := checkID("an ID", "L15", string(added.ID)); err != nil {
		return err
	}
	if err := setLeader(c, pcn, &added); err != nil {
		return err
	}
	all, err := pcn.db.Leaders(c.Context)
	if err != nil {
		return err
	}
	if was, err := pick(all, "leader", string(added.ID), leaderNames); err == nil {
		return wrong("there is a leader "+leaders.label(was)+" already", "pcnrota leader edit "+string(was.ID))
	}
	return pcn.change("add", "leader "+leaders.label(added), func() error {
		if err := pcn.db.PutLeaders(c.Context, []rota.Leader{added}); err != nil {
			return err
		}
		return pcn.planMeetings(c.Context)
	})
}
