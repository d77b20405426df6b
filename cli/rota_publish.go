package cli

import (
	"fmt"

	"github.com/urfave/cli/v2"

	"pcnrota/internal/sqlite"
	"pcnrota/rota"
)

func (p *program) rotaPublish() *cli.Command {
	return &cli.Command{
		Name: "publish", ArgsUsage: "[NAME]", Usage: "make the draft valid: calendars and reminders follow it",
		Description: `  pcnrota rota publish on-call --by "Farah Quigley" \
    --reason "first half of 2027"`,
		Flags: append(outputFlags(),
			&cli.StringFlag{Name: "by", Usage: "`NAME` of whoever decides this (default: the user of this computer)"},
			&cli.StringFlag{Name: "reason", Usage: "`WHY`, for the record"},
			dryRunFlag()),
		Action: p.inPCN(publishRota),
	}
}

// publishedView is a publication in JSON.
type publishedView struct {
	Rota    rota.RotaName `json:"rota"`
	Version int           `json:"version"`
	First   rota.Date     `json:"first"`
	Last    rota.Date     `json:"last"`
	Duties  int           `json:"duties"`
	Changes []changeView  `json:"changes"` // who holds a duty now, and who held it before
	DryRun  bool          `json:"dry_run"`
}

type changeView struct {
	Duty   rota.DutyID   `json:"duty"`
	Before rota.LeaderID `json:"before"`
	After  rota.LeaderID `json:"after"`
}

func publishRota(c *cli.Context, p *pcn) error {
	policy, err := p.rotaNamed(c)
	if err != nil {
		return err
	}
	draft, duties, err := p.db.DraftOf(c.Context, policy.Name)
	if err != nil {
		return err
	}
	view := publishedView{Rota: policy.Name, First: draft.From, Last: draft.Until.AddDays(-1), Duties: len(duties), DryRun: p.rehearse, Changes: []changeView{}}
	if !p.rehearse {
		version, changes, err := p.db.Publish(c.Context, policy.Name, p.publisher(c), c.String("reason"), p.at)
		if err != nil {
			return err
		}
		view.Version = version.Number
		view.Changes = each(changes, func(ch sqlite.Change) changeView { return changeView{ch.Duty.ID, ch.Before, ch.After} })
		if err := p.planMeetings(c.Context); err != nil {
			return err
		}
	}
	if c.Bool("json") {
		return writeJSON(p.stdout, view)
	}
	what := fmt.Sprintf("%s, %s: %s", policy.Name, shownDays(view.First, view.Last), count(view.Duties, "duty", "duties"))
	if p.rehearse {
		fmt.Fprintf(p.stdout, "would publish %s (dry run: nothing was changed)\n", what)
		return nil
	}
	fmt.Fprintf(p.stdout, "published version %d of %s\n", view.Version, what)
	fmt.Fprintln(p.stdout, "Next: pcnrota feed add LEADER makes a calendar link; pcnrota serve answers it and sends reminders")
	return nil
}

// publisher names who publishes: --by, or the user of this computer.
func (p *pcn) publisher(c *cli.Context) string {
	for _, name := range []string{c.String("by"), p.getenv("USER"), p.getenv("USERNAME")} {
		if name != "" {
			return name
		}
	}
	return "PCN manager"
}
