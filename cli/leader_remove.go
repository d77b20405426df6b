package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/urfave/cli/v2"

	"pcnrota/rota"
)

func (p *program) leaderRemove() *cli.Command {
	return &cli.Command{
		Name: "remove", Usage: "remove a leader who was entered by mistake", ArgsUsage: "LEADER",
		Description: `Removes the leader with all absences, wishes and calendar links. Somebody who has
been part of a published rota stays in the records: give their last day instead.

  pcnrota leader remove L15
  pcnrota leader end L12 --on 2027-07-05`,
		Flags:  []cli.Flag{dryRunFlag()},
		Action: p.inPCN(leaderRemove),
	}
}

func leaderRemove(c *cli.Context, pcn *pcn) error {
	l, err := pcn.leader(c, c.Args().First())
	if err != nil {
		return err
	}
	if err := pcn.refuseOnRecord(c.Context, l); err != nil {
		return err
	}
	return pcn.change("remove", "leader "+leaders.label(l), func() error {
		// Somebody who is down for a meeting to come cannot be removed, so the others go first.
		if err := pcn.planMeetingsWithout(c.Context, l.ID); err != nil {
			return err
		}
		if err := pcn.db.RemoveLeader(c.Context, l.ID); err != nil {
			return errors.Join(err, pcn.planMeetings(c.Context))
		}
		return nil
	})
}

// refuseOnRecord refuses to remove whoever has been to a meeting for the PCN, or has a duty or a fair share
// in what was published.
func (p *pcn) refuseOnRecord(ctx context.Context, l rota.Leader) error {
	onRecord, err := p.db.DutyBalances(ctx)
	if err != nil {
		return err
	}
	past, err := p.db.Occurrences(ctx, time.Time{}, p.at)
	if err != nil {
		return err
	}
	hint := fmt.Sprintf("pcnrota leader end %s --on DAY", l.ID)
	if slices.ContainsFunc(past, func(m rota.Occurrence) bool { return slices.Contains(m.Attending, l.ID) }) {
		return wrong(fmt.Sprintf("%s has been to a meeting and stays in the records", leaders.label(l)), hint)
	}
	if _, has := onRecord[l.ID]; has {
		return wrong(fmt.Sprintf("%s is part of a published rota and stays in the records", leaders.label(l)), hint)
	}
	return nil
}
