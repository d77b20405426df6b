package cli

import (
	"fmt"
	"slices"

	"github.com/urfave/cli/v2"

	"pcnrota/rota"
)

func (p *program) rotaRestore() *cli.Command {
	return &cli.Command{
		Name: "restore", ArgsUsage: "[NAME]", Usage: "make a draft of an earlier version, from a day on",
		Description: `What has begun stays as it was. The draft holds the duties of the version that
start from --from on; look at it, then publish it with a reason.

  pcnrota rota restore on-call --version 2
  pcnrota rota diff on-call
  pcnrota rota publish on-call --reason "back to what was agreed in May"`,
		Flags: append(outputFlags(),
			versionFlag(),
			&cli.StringFlag{Name: "from", Usage: "first `DAY` (default: tomorrow)"},
			dryRunFlag()),
		Action: p.inPCN(restoreRota),
	}
}

func restoreRota(c *cli.Context, p *pcn) error {
	policy, err := p.rotaNamed(c)
	if err != nil {
		return err
	}
	if !c.IsSet("version") {
		return usage("which version?", fmt.Sprintf("pcnrota rota restore %s --version 1, see pcnrota rota history %[1]s", policy.Name))
	}
	v, err := p.numbered(c, policy.Name, c.Int("version"))
	if err != nil {
		return err
	}
	from, err := dayFlag(c, "from")
	if err != nil {
		return err
	}
	if from.IsZero() {
		from = p.today().AddDays(1)
	}
	if from.Before(v.From) {
		from = v.From
	}
	if !from.Before(v.Until) {
		return wrong(fmt.Sprintf("version %d ends on %s, before %s: nothing of it is left to restore", v.Number, v.Until.AddDays(-1), from),
			fmt.Sprintf("pcnrota rota history %s", policy.Name))
	}
	revision, err := p.db.Revision(c.Context)
	if err != nil {
		return err
	}
	draft, err := p.restored(c, v, from)
	if err != nil {
		return err
	}
	if !p.rehearse {
		if _, err := p.db.SaveDraft(c.Context, draft, revision, p.at); err != nil {
			return err
		}
	}
	return p.sayRestored(c, v, draft)
}

// restored is the version from a day on, as a draft. Its fair shares are those of the time; what is carried
// in is as the ledger has it today.
func (p *pcn) restored(c *cli.Context, v rota.Version, from rota.Date) (rota.Draft, error) {
	draft := rota.Draft{
		Policy: v.Policy, From: from, Until: v.Until, Seed: v.Seed,
		Notes: []string{fmt.Sprintf("Restored from version %d, published %s by %s.", v.Number, p.dayOf(v.Published), v.By)},
	}
	duties, err := p.db.DutiesOf(c.Context, v.ID)
	if err != nil {
		return draft, err
	}
	parts, err := p.db.PartsOf(c.Context, v.ID)
	if err != nil {
		return draft, err
	}
	balances, err := p.db.Balances(c.Context, v.Rota, from, v.Until)
	if err != nil {
		return draft, err
	}
	draft.Duties = slices.DeleteFunc(duties, func(d rota.Duty) bool { return d.Start.Date.Before(from) })
	kept := map[rota.DutyID]bool{}
	for _, d := range draft.Duties {
		kept[d.ID] = true
	}
	draft.Parts = slices.DeleteFunc(parts, func(part rota.Part) bool { return !kept[part.Duty] })
	draft.Standings = rota.StandingsOf(draft.Duties, draft.Parts, balances)
	return draft, nil
}

func (p *pcn) sayRestored(c *cli.Context, v rota.Version, draft rota.Draft) error {
	if c.Bool("json") {
		return writeJSON(p.stdout, struct {
			Rota    rota.RotaName `json:"rota"`
			Version int           `json:"version"`
			First   rota.Date     `json:"first"`
			Last    rota.Date     `json:"last"`
			Duties  int           `json:"duties"`
			DryRun  bool          `json:"dry_run"`
		}{v.Rota, v.Number, draft.From, draft.Until.AddDays(-1), len(draft.Duties), p.rehearse})
	}
	p.did("restore", fmt.Sprintf("version %d of %s as a draft, %s: %s", v.Number, v.Rota,
		shownDays(draft.From, draft.Until.AddDays(-1)), count(len(draft.Duties), "duty", "duties")))
	if !p.rehearse {
		p.sayDrafted("pcnrota rota diff "+string(v.Rota), "pcnrota rota publish "+string(v.Rota)+" --reason \"WHY\"")
	}
	return nil
}
