package cli

import (
	"fmt"
	"slices"

	"github.com/urfave/cli/v2"

	"pcnrota/rota"
)

func (p *program) rotaRepair() *cli.Command {
	return &cli.Command{
		Name: "repair", ArgsUsage: "[NAME]", Usage: "fit what is published to what has changed, moving the fewest duties",
		Description: `When somebody falls ill, leaves or joins, or a rule changes: finds new holders for
the published duties that cannot stay where they are, and leaves all others
alone. It moves as few duties as can be of those that start soon (freeze_days
in config.toml), as few as can be in all, and late ones rather than early ones.
What has begun never changes. The result is a draft, as rota build makes one.

  pcnrota rota repair on-call
  pcnrota rota repair on-call --freeze 28 --dry-run`,
		Flags: append(outputFlags(),
			&cli.StringFlag{Name: "from", Usage: "first `DAY` to look at (default: today)"},
			&cli.IntFlag{Name: "freeze", Usage: "how many `DAYS` from today to leave alone where it can (default: freeze_days in config.toml)"},
			&cli.BoolFlag{Name: "allow-gaps", Usage: "leave open what cannot be covered, as little as can be"},
			dryRunFlag()),
		Action: p.inPCN(repairRota),
	}
}

func repairRota(c *cli.Context, p *pcn) error {
	policy, err := p.rotaNamed(c)
	if err != nil {
		return err
	}
	freeze := policy.FreezeDays
	if c.IsSet("freeze") {
		freeze = c.Int("freeze")
	}
	if freeze < 0 {
		return usage(fmt.Sprintf("--freeze %d is not a number of days", freeze), "--freeze 14")
	}
	revision, err := p.db.Revision(c.Context)
	if err != nil {
		return err
	}
	r, err := p.workOutRepair(c, policy, freeze)
	if err != nil {
		return err
	}
	if !p.rehearse && r.repaired.Changes() {
		if _, err := p.db.SaveDraft(c.Context, r.draft, revision, p.at); err != nil {
			return err
		}
	}
	return p.showRepair(c, r.draft, r.repaired, r.names)
}

// repair is a repair that is worked out and not kept yet.
type repair struct {
	draft    rota.Draft
	repaired rota.Repaired
	names    map[rota.LeaderID]rota.Leader
}

// workOutRepair repairs what is published of a rota, has it re-checked, and keeps nothing.
func (p *pcn) workOutRepair(c *cli.Context, policy rota.Policy, freeze int) (repair, error) {
	problem, err := p.toRepair(c, policy)
	if err != nil {
		return repair{}, err
	}
	problem.AllowGaps = c.Bool("allow-gaps")
	r := repair{names: byID(problem.Leaders)}
	step, finish := p.progress("repairing " + string(policy.Name))
	r.draft, r.repaired, err = rota.Repair(c.Context, problem, freeze, step)
	finish()
	if err != nil {
		return r, p.explain(err, r.names)
	}
	return r, recheck(problem, r.draft)
}

// toRepair reads what a repair looks at: everything published from the day on, without a break.
func (p *pcn) toRepair(c *cli.Context, policy rota.Policy) (rota.Problem, error) {
	from, err := dayFlag(c, "from")
	if err != nil {
		return rota.Problem{}, err
	}
	if from.Before(p.today()) {
		from = p.today()
	}
	versions, err := p.db.Versions(c.Context, policy.Name)
	if err != nil {
		return rota.Problem{}, err
	}
	first, until := rota.Stretch(versions, from)
	if first == until {
		return rota.Problem{}, wrong(fmt.Sprintf("nothing of %s is published from %s on", policy.Name, from),
			fmt.Sprintf("pcnrota rota build %s, then pcnrota rota publish %[1]s", policy.Name))
	}
	problem, err := p.problem(c.Context, policy, first, until)
	problem.Now, problem.Seed = p.at, versions[len(versions)-1].Seed
	if err == nil && begunOtherwise(problem) {
		problem, err = p.problem(c.Context, policy, first.AddDays(1), until)
		problem.Now, problem.Seed = p.at, versions[len(versions)-1].Seed
	}
	return problem, err
}

// begunOtherwise reports whether something has begun on the first day that the pattern, as config.toml has
// it now, asks for in another way or not at all, or that nobody holds. It stays as it is, and so must that day.
func begunOtherwise(p rota.Problem) bool {
	asked := map[rota.DutyID]rota.Duty{}
	for _, d := range p.Wanted() {
		asked[d.ID] = d
	}
	return slices.ContainsFunc(p.Published, func(d rota.Duty) bool {
		if d.Span.Start.After(p.Now) {
			return false
		}
		a, ok := asked[d.ID]
		same := ok && a.Load == d.Load && a.Tier == d.Tier && a.Span.Start.Equal(d.Span.Start) && a.Span.End.Equal(d.Span.End)
		return !same || d.Holder == ""
	})
}

// repairView is a repair in JSON.
type repairView struct {
	Rota      rota.RotaName    `json:"rota"`
	From      rota.Date        `json:"from"`
	Until     rota.Date        `json:"until"`        // excluded
	Thaws     rota.Date        `json:"freeze_until"` // duties that start before it are in the freeze window
	DryRun    bool             `json:"dry_run"`
	Moves     []moveView       `json:"moves"`
	Withdrawn []rota.DutyID    `json:"withdrawn"`
	Proved    bool             `json:"proved"` // no repair moves fewer in the freeze window, fewer in all, or as few that start later
	Price     *repairPriceView `json:"price"`  // null where nothing moves, or nothing is known to compare with
	Fairness  []fairnessView   `json:"fairness"`
	Proofs    []proofView      `json:"proofs"`
	Notes     []string         `json:"notes"`
}

type moveView struct {
	Duty   dutyView      `json:"duty"`
	WasID  rota.LeaderID `json:"was_id"`
	Was    string        `json:"was"`
	Why    string        `json:"why"`
	Frozen bool          `json:"in_freeze_window"`
}

type repairPriceView struct {
	Moves   int               `json:"moves"`
	Rebuilt int               `json:"moves_if_rebuilt"`
	Levels  []repairLevelView `json:"excesses"`
	Reads   string            `json:"reads"`
}

type repairLevelView struct {
	Dimension rota.Dimension `json:"dimension"`
	Repaired  []rota.Points  `json:"repaired"`
	Rebuilt   []rota.Points  `json:"rebuilt"`
}

func (p *pcn) viewRepair(d rota.Draft, r rota.Repaired, names map[rota.LeaderID]rota.Leader) repairView {
	view := repairView{
		Rota: d.Policy.Name, From: d.From, Until: d.Until, Thaws: r.Thaws, DryRun: p.rehearse, Proved: r.Proved,
		Moves: each(r.Moves, func(m rota.Move) moveView {
			return moveView{p.viewDuty(m.Duty, names), m.Was, names[m.Was].Name, m.Why, m.Frozen}
		}),
		Withdrawn: each(r.Withdrawn, func(d rota.Duty) rota.DutyID { return d.ID }),
		Fairness:  each(d.Standings, func(s rota.Standing) fairnessView { return viewFairness(s, names) }),
		Proofs:    viewProofs(d.Certificate, d.Standings, names), Notes: each(d.Notes, func(s string) string { return s }),
	}
	if r.Price != nil {
		view.Price = &repairPriceView{
			r.Price.Moves, r.Price.Rebuilt,
			each(r.Price.Levels, func(l rota.RepairLevel) repairLevelView { return repairLevelView{l.Dimension, l.Repaired, l.Rebuilt} }),
			r.Price.Verdict(),
		}
	}
	return view
}

func (p *pcn) showRepair(c *cli.Context, d rota.Draft, r rota.Repaired, names map[rota.LeaderID]rota.Leader) error {
	if c.Bool("json") {
		return writeJSON(p.stdout, p.viewRepair(d, r, names))
	}
	span := fmt.Sprintf("%s to %s", d.From.Format("Mon 2 Jan 2006"), d.Until.AddDays(-1).Format("Mon 2 Jan 2006"))
	if !r.Changes() {
		fmt.Fprintf(p.stdout, "%s, %s: nothing to repair\n", d.Policy.Title, span)
		return nil
	}
	fmt.Fprintf(p.stdout, "%s, %s: %d of %s %s\n\n", d.Policy.Title, span, len(r.Moves), count(len(d.Duties), "duty", "duties"), map[bool]string{true: "moves", false: "move"}[len(r.Moves) == 1])
	movesTable(d, r, names).write(p.stdout, p.out.width, p.ink())
	fmt.Fprintln(p.stdout)
	for _, sentence := range repairSentences(d, r) {
		p.point(sentence)
	}
	if p.rehearse {
		fmt.Fprintln(p.stdout, "dry run: no draft was kept")
		return nil
	}
	p.sayDrafted("pcnrota rota publish " + string(d.Policy.Name) + " --reason \"WHY\"" + withGaps(d))
	return nil
}

// movesTable has a row for each duty that changes hands or is no more. A star marks the freeze window.
func movesTable(d rota.Draft, r rota.Repaired, names map[rota.LeaderID]rota.Leader) *table {
	t := newTable(col("from"), col("tier"), name("was"), name("now"), text("why"))
	moment := briefly
	if d.From.DaysUntil(d.Until) > 365 {
		moment = inFull
	}
	star := func(frozen bool) string {
		if frozen {
			return " *"
		}
		return ""
	}
	for _, m := range r.Moves {
		t.row(moment(m.Duty.Start)+star(m.Frozen), string(m.Duty.Tier), nameOf(names, m.Was), nameOf(names, m.Duty.Holder), m.Why)
	}
	for _, w := range r.Withdrawn {
		t.row(moment(w.Start)+star(w.Start.Date.Before(r.Thaws)), string(w.Tier), nameOf(names, w.Holder), "", "the rota asks for this duty no more")
	}
	return t
}

// repairSentences says what is proved, what it costs, and what else the manager should know.
func repairSentences(d rota.Draft, r rota.Repaired) []string {
	var sentences []string
	if soon := frozenMoves(r); soon > 0 {
		sentences = append(sentences, fmt.Sprintf("* %s before %s, within the freeze window.",
			count(soon, "duty starts", "duties start"), r.Thaws.Format("Mon 2 Jan 2006")))
	}
	if r.Proved {
		sentences = append(sentences, "Proved: no repair moves fewer duties in the freeze window, fewer in all, or as few that start later.")
	} else {
		sentences = append(sentences, "Best found: it is not proved that no repair moves fewer.")
	}
	if r.Price != nil {
		sentences = append(sentences, r.Price.Verdict())
	}
	if len(d.Certificate) > 0 {
		sentences = append(sentences, d.Certificate[0].Verdict(d.Standings))
	}
	for _, note := range d.Notes {
		sentences = append(sentences, "note: "+note)
	}
	return sentences
}

func frozenMoves(r rota.Repaired) (n int) {
	for _, m := range r.Moves {
		if m.Frozen {
			n++
		}
	}
	return n
}
