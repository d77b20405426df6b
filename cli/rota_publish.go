package cli

import (
	"fmt"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"pcnrota/internal/sqlite"
	"pcnrota/rota"
	"pcnrota/rota/rotatest"
)

func (p *program) rotaPublish() *cli.Command {
	return &cli.Command{
		Name: "publish", ArgsUsage: "[NAME]", Usage: "make the draft valid: calendars and reminders follow it",
		Description: `  pcnrota rota publish on-call --by "Farah Quigley" \
    --reason "first half of 2027"`,
		Flags: append(outputFlags(),
			&cli.StringFlag{Name: "by", Usage: "`NAME` of whoever decides this (default: the user of this computer)"},
			&cli.StringFlag{Name: "reason", Usage: "`WHY` it is published, for the record"},
			&cli.BoolFlag{Name: "allow-gaps", Usage: "publish although nobody holds some of the duties"},
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
	Open    []rota.DutyID `json:"open"`    // those that nobody holds
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
	revision, err := p.db.Revision(c.Context)
	if err != nil {
		return err
	}
	draft, duties, err := p.db.DraftOf(c.Context, policy.Name)
	if err != nil {
		return err
	}
	if err := gapsAllowed(c, policy.Name, duties); err != nil {
		return err
	}
	if err := p.stillFits(c, policy, draft, duties); err != nil {
		return err
	}
	if err := p.sayUnreachable(c, duties); err != nil {
		return err
	}
	view := publishedView{Rota: policy.Name, First: draft.From, Last: draft.Until.AddDays(-1), Duties: len(duties), DryRun: p.rehearse, Changes: []changeView{}}
	view.Open = each(withoutHolder(duties), func(d rota.Duty) rota.DutyID { return d.ID })
	publication := sqlite.Publication{Rota: policy.Name, By: p.author(c), Reason: c.String("reason"), At: p.at, Revision: revision}
	var changes []sqlite.Change
	if p.rehearse {
		changes, err = p.db.RehearsePublish(c.Context, publication)
	} else {
		view.Version, changes, err = p.publish(c, publication)
	}
	if err != nil {
		return err
	}
	view.Changes = each(changes, func(ch sqlite.Change) changeView { return changeView{ch.Duty.ID, ch.Before, ch.After} })
	if c.Bool("json") {
		return writeJSON(p.stdout, view)
	}
	what := fmt.Sprintf("%s, %s: %s", policy.Name, shownDays(view.First, view.Last), count(view.Duties, "duty", "duties"))
	if n := len(view.Open); n > 0 {
		what += fmt.Sprintf(", %d of them with NOBODY on call", n)
	}
	if p.rehearse {
		p.did("publish", what)
		return nil
	}
	p.point(fmt.Sprintf("published version %d of %s", view.Version, what))
	p.next("Next:",
		"pcnrota feed add LEADER  makes a calendar link to subscribe to",
		"pcnrota serve            answers the links and sends reminders")
	return nil
}

// publish makes the draft the next version, and gives its number.
func (p *pcn) publish(c *cli.Context, publication sqlite.Publication) (int, []sqlite.Change, error) {
	version, changes, err := p.db.Publish(c.Context, publication)
	if err != nil {
		return 0, nil, err
	}
	return version.Number, changes, p.followUp(c.Context)
}

// gapsAllowed refuses to publish duties that nobody holds, unless that is asked for.
func gapsAllowed(c *cli.Context, name rota.RotaName, duties []rota.Duty) error {
	const shown = 10
	open := withoutHolder(duties)
	if len(open) == 0 || c.Bool("allow-gaps") {
		return nil
	}
	var b strings.Builder
	fmt.Fprintf(&b, "NOBODY holds %s of the draft; nothing was published", count(len(open), "duty", "duties"))
	for i, d := range open {
		if i == shown {
			fmt.Fprintf(&b, "\n  ... and %d more", len(open)-shown)
			break
		}
		fmt.Fprintf(&b, "\n  %s, %s to %s", d.ID, inFull(d.Start), inFull(d.End))
	}
	return wrong(b.String(), fmt.Sprintf("pcnrota rota explain %s, to see why", open[0].ID),
		fmt.Sprintf("pcnrota rota publish %s --allow-gaps, if that is how it has to be", name))
}

// stillFits asks whether the draft keeps every rule of today: since it was built, somebody may have gone
// on leave or left, another rota may have been published, or config.toml changed.
func (p *pcn) stillFits(c *cli.Context, policy rota.Policy, draft rota.Version, duties []rota.Duty) error {
	problem, err := p.problem(c.Context, policy, draft.From, draft.Until)
	if err != nil {
		return err
	}
	problem.Now, problem.AllowGaps = p.at, true // see gapsAllowed
	breaches := slices.DeleteFunc(rotatest.Hard(rotatest.CheckDuties(problem, duties)), func(b rotatest.Breach) bool {
		return b.Rule == rotatest.RuleBegun // the store refuses it, and says it better
	})
	if len(breaches) == 0 {
		return nil
	}
	const shown = 5
	var b strings.Builder
	fmt.Fprintf(&b, "something has changed since the draft of %s was built, and it fits no more; nothing was published", policy.Name)
	for i, breach := range breaches {
		if i == shown {
			fmt.Fprintf(&b, "\n  ... and %d more", len(breaches)-shown)
			break
		}
		fmt.Fprintf(&b, "\n  %s", breach.Detail)
	}
	weeks := (draft.From.DaysUntil(draft.Until) + 6) / 7
	return wrong(b.String(), fmt.Sprintf("build it anew: pcnrota rota build %s --from %s --weeks %d", policy.Name, draft.From, weeks))
}

// sayUnreachable names those who are to be on call and cannot be reminded of it, or not be rung.
func (p *pcn) sayUnreachable(c *cli.Context, duties []rota.Duty) error {
	people, err := p.db.Leaders(c.Context)
	if err != nil {
		return err
	}
	for _, l := range people {
		if !slices.ContainsFunc(duties, func(d rota.Duty) bool { return d.Holder == l.ID }) {
			continue
		}
		if l.Email == "" && len(p.config.Reminders.Duty) > 0 {
			p.warn("%s (%s) has no e-mail address: no reminder arrives. pcnrota leader edit %[2]s --email ADDRESS", l.Name, l.ID)
		}
		if l.Phone == "" {
			p.warn("%s (%s) has no telephone number to ring. pcnrota leader edit %[2]s --phone NUMBER", l.Name, l.ID)
		}
	}
	return nil
}
