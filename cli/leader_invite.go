package cli

import (
	"fmt"
	"slices"
	"time"

	"github.com/urfave/cli/v2"

	"pcnrota/notify"
	"pcnrota/rota"
)

func (p *program) leaderInvite() *cli.Command {
	return &cli.Command{
		Name: "invite", ArgsUsage: "LEADER", Usage: "send somebody their duties as calendar invitations",
		Description: `For leaders who want their duties in the calendar of their mail program rather than
subscribe to a link. Each duty that they have comes as an invitation, and each
change as an update or a cancellation. Answering one says that it was seen.

Whoever gets invitations and subscribes to a link too sees each duty twice: revoke
the link (pcnrota feed list), or leave invitations off. --off ends them; what is in
the calendar by then stays there.

  pcnrota leader invite L05
  pcnrota leader invite L05 --off`,
		Flags: append(outputFlags(),
			&cli.BoolFlag{Name: "off", Usage: "send no invitations any more"}, byFlag(), dryRunFlag()),
		Action: p.inPCN(inviteLeader),
	}
}

func inviteLeader(c *cli.Context, p *pcn) error {
	l, err := p.leader(c, c.Args().First())
	if err != nil {
		return err
	}
	wanted := !c.Bool("off")
	invited, err := p.db.Invited(c.Context)
	if err != nil {
		return err
	}
	switch {
	case wanted && l.Email == "":
		return wrong(fmt.Sprintf("%s has no e-mail address to invite", leaders.label(l)), fmt.Sprintf("pcnrota leader edit %s --email ADDRESS", l.ID))
	case slices.Contains(invited, l.ID) == wanted:
		fmt.Fprintf(p.stdout, "nothing to change: that is so already for %s\n", leaders.label(l))
		return nil
	}
	var then []notify.Reminder
	if wanted {
		if then, err = p.heldInvitations(c, l); err != nil {
			return err
		}
	}
	if !p.rehearse {
		if err := p.db.SetInvited(c.Context, l.ID, wanted, then); err != nil {
			return err
		}
	}
	if c.Bool("json") {
		return writeJSON(p.stdout, struct {
			LeaderID    rota.LeaderID `json:"leader_id"`
			Invitations bool          `json:"invitations"`
			Planned     int           `json:"planned"`
			DryRun      bool          `json:"dry_run"`
		}{l.ID, wanted, len(then), p.rehearse})
	}
	if !wanted {
		p.did("end", "calendar invitations for "+leaders.label(l))
		return nil
	}
	p.did("invite", fmt.Sprintf("%s to %s, and to what follows", leaders.label(l), count(len(then), "duty", "duties")))
	return nil
}

// heldInvitations invites l to the duties that they hold.
func (p *pcn) heldInvitations(c *cli.Context, l rota.Leader) ([]notify.Reminder, error) {
	published, err := p.db.Published(c.Context, p.at, time.Time{})
	if err != nil {
		return nil, err
	}
	all, err := p.db.InForce(c.Context, p.at, time.Time{})
	if err != nil {
		return nil, err
	}
	for _, d := range all {
		if d.Rota == rota.Meetings {
			published = append(published, d)
		}
	}
	letterhead, err := p.letterhead()
	notices := notify.Notices{Zone: p.config.Zone, Domain: letterhead.Domain()}
	return notices.Held(notify.News{At: p.at, By: p.author(c)}, l.ID, published), err
}
