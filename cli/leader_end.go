package cli

import (
	"context"

	"github.com/urfave/cli/v2"

	"pcnrota/rota"
)

func (p *program) leaderEnd() *cli.Command {
	return &cli.Command{
		Name: "end", Usage: "give a leader's last day in post", ArgsUsage: "LEADER",
		Description: `The leader stays in the records and holds nothing after that day. Says which
published duties after it they still have, and which meetings.

With --replan, others are found for these duties at once, as rota repair does, and
the drafts wait to be published. Where somebody cannot be found for all of them,
nothing is changed and it is said why; --allow-gaps leaves open what cannot be
covered.

  pcnrota leader end L12 --on 2027-07-05
  pcnrota leader end L12 --on 2027-07-05 --replan`,
		Flags: append(outputFlags(),
			&cli.StringFlag{Name: "on", Usage: "`DAY` last day in post"},
			&cli.BoolFlag{Name: "replan", Usage: "find others for the published duties after that day, as drafts"},
			&cli.BoolFlag{Name: "allow-gaps", Usage: "with --replan: leave open what cannot be covered, as little as can be"},
			dryRunFlag()),
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
	switch {
	case is.Ends.IsZero():
		return usage("the last day in post is missing", "--on 2027-07-05")
	case c.Bool("allow-gaps") && !c.Bool("replan"):
		return usage("--allow-gaps is about finding others", "add --replan, or leave --allow-gaps out")
	}
	if err := checkLeader(is); err != nil {
		return err
	}
	d, err := pcn.departureOf(c, is)
	if err != nil {
		return err
	}
	if !pcn.rehearse {
		if err := pcn.carryOutEnd(c.Context, &d); err != nil {
			return err
		}
	}
	return pcn.showDeparture(c, d)
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
