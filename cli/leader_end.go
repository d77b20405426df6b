package cli

import (
	"context"
	"fmt"

	"github.com/urfave/cli/v2"

	"pcnrota/rota"
)

func (p *program) leaderEnd() *cli.Command {
	return &cli.Command{
		Name: "end", Usage: "give a leader's last day in post", ArgsUsage: "LEADER",
		Description: `The leader stays in the records and holds nothing after that day. Says which
published duties after it they still have.

  pcnrota leader end L12 --on 2027-07-05`,
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "on", Usage: "`DAY` last day in post"},
			dryRunFlag(),
		},
		Action: p.inPCN(leaderEnd),
	}
}

func leaderEnd(c *cli.Context, pcn *pcn) error {
	was, err := pcn.leader(c, c.Args().First())
	if err != nil {
		return err
	}
	is := was
	if is.Ends, err = dayFlag(c, "on"); err != nil {
		return err
	}
	if is.Ends.IsZero() {
		return usage("the last day in post is missing", "--on 2027-07-05")
	}
	if err := checkLeader(is); err != nil {
		return err
	}
	err = pcn.change("end", fmt.Sprintf("leader %s: last day in post %s", leaders.label(was), is.Ends), func() error {
		if err := pcn.db.PutLeaders(c.Context, []rota.Leader{is}); err != nil {
			return err
		}
		return pcn.planMeetings(c.Context)
	})
	if err != nil {
		return err
	}
	return pcn.sayHeldAfterwards(c.Context, is)
}

// sayHeldAfterwards tells the manager which published duties l still holds after the last day in post.
func (p *pcn) sayHeldAfterwards(ctx context.Context, l rota.Leader) error {
	if l.Ends.IsZero() {
		return nil
	}
	return p.sayHeld(ctx, l, l.Ends.AddDays(1), "after "+l.Ends.String(), func(d rota.Duty) bool {
		_, last := d.Days()
		return last.After(l.Ends)
	})
}
