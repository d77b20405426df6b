package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/urfave/cli/v2"

	"pcnrota/rota"
	"pcnrota/rota/rotatest"
)

// weeksAtMost keeps a slip of the finger from asking for a rota of centuries.
const weeksAtMost = 156

func (p *program) rotaBuild() *cli.Command {
	return &cli.Command{
		Name: "build", ArgsUsage: "[NAME]", Usage: "share out a rota's duties fairly, as a draft",
		Description: `Finds a holder for every duty from --from on, keeps every rule that config.toml
declares, and shares the points out as evenly as it can. The draft replaces an
earlier draft of the rota. Nobody sees it before it is published.

  pcnrota rota build on-call --from 2027-01-04 --weeks 26
  pcnrota rota build on-call --dry-run
  pcnrota rota build on-call --time-limit 5m

Where not everything can be covered, no draft is made, and it says why and what would
help. With --allow-gaps the rota is built with the fewest duties left open, and of
those the lightest.`,
		Flags: append(append(outputFlags(), searchFlags()...),
			&cli.StringFlag{Name: "from", Usage: "first `DAY` (default: the day after what is published, or next Monday)"},
			&cli.IntFlag{Name: "weeks", Value: 26, Usage: "how many `WEEKS`"},
			&cli.Uint64Flag{Name: "seed", Value: 1, Usage: "`NUMBER` to begin from: another one gives another rota that is as fair, the same one the same rota"},
			&cli.BoolFlag{Name: "allow-gaps", Usage: "leave open what the rules let nobody hold, as little as can be"},
			dryRunFlag()),
		Action: p.inPCN(buildRota),
	}
}

func buildRota(c *cli.Context, p *pcn) error {
	policy, err := p.rotaNamed(c)
	if err != nil {
		return err
	}
	if weeks := c.Int("weeks"); weeks < 1 || weeks > weeksAtMost {
		return usage(fmt.Sprintf("--weeks %d is not a number of weeks from 1 to %d", weeks, weeksAtMost), "--weeks 26")
	}
	if err := checkSearch(c); err != nil {
		return err
	}
	from, err := dayFlag(c, "from")
	if err != nil {
		return err
	}
	if from.IsZero() {
		if from, err = p.nextDay(c.Context, policy.Name); err != nil {
			return err
		}
	}
	until := from.AddDays(7 * c.Int("weeks"))
	if from.Before(p.today()) {
		p.warn("%s", pastDays(from, until, p.today()))
	}
	revision, err := p.db.Revision(c.Context)
	if err != nil {
		return err
	}
	problem, err := p.problem(c.Context, policy, from, until)
	if err != nil {
		return err
	}
	problem.Seed, problem.Effort = c.Uint64("seed"), c.Int("effort")
	problem.AllowGaps = c.Bool("allow-gaps")
	draft, price, err := p.build(c, problem)
	if err != nil {
		return err
	}
	if !p.rehearse {
		if _, err := p.db.SaveDraft(context.WithoutCancel(c.Context), draft, revision, p.at); err != nil {
			return err
		}
	}
	return p.showDraft(c, draft, price, byID(problem.Leaders))
}

// pastDays says that a rota is asked for days that are past, as a wrong year does; until is excluded.
func pastDays(from, until, today rota.Date) string {
	if until.After(today) {
		return fmt.Sprintf("%s is past: today is %s", from.Format("Monday 2 January 2006"), today.Format("Monday 2 January 2006"))
	}
	return fmt.Sprintf("all days from %s are past: is that the year you mean? What was held in the past comes in with pcnrota rota import", shownDays(from, until.AddDays(-1)))
}

// nextDay is where a rota goes on by itself: after its last published day, or on the coming Monday.
func (p *pcn) nextDay(ctx context.Context, name rota.RotaName) (rota.Date, error) {
	next := p.today().AddDays(7).Monday()
	if name == rota.Meetings { // which are planned far ahead by themselves
		return next, nil
	}
	versions, err := p.db.Versions(ctx, name)
	for _, v := range versions {
		if !v.Published.IsZero() && v.Until.After(next) {
			next = v.Until
		}
	}
	return next, err
}

// problem reads what the planner looks at. Published duties of the rota itself that start in the time
// to be built are left out: they are what the draft replaces.
func (p *pcn) problem(ctx context.Context, policy rota.Policy, from, until rota.Date) (rota.Problem, error) {
	problem := rota.Problem{Policy: policy, From: from, Until: until, Zone: p.config.Zone, Holidays: p.config.Holidays, Rotas: p.config.Rotas}
	var published, whole []rota.Published
	read := func(err error, f func() error) error {
		if err != nil {
			return err
		}
		return f()
	}
	var err error
	err = read(err, func() (e error) { problem.Leaders, e = p.db.Leaders(ctx); return })
	err = read(err, func() (e error) { problem.Absences, e = p.absences(ctx); return })
	err = read(err, func() (e error) { problem.Wishes, e = p.db.Wishes(ctx); return })
	err = read(err, func() (e error) { problem.Pins, e = p.pins(ctx); return })
	err = read(err, func() (e error) { problem.Balances, e = p.db.Balances(ctx, policy.Name, from, until); return })
	err = read(err, func() (e error) { published, e = p.db.Published(ctx, time.Time{}, time.Time{}); return })
	err = read(err, func() (e error) { whole, e = p.db.Whole(ctx, time.Time{}, time.Time{}); return })
	if err != nil {
		return problem, err
	}
	for _, l := range p.foreseen {
		problem.Leaders[slices.IndexFunc(problem.Leaders, func(is rota.Leader) bool { return is.ID == l.ID })] = l
	}
	if len(problem.Leaders) == 0 {
		return problem, wrong("there are no leaders to share duties out to", "pcnrota leader import leaders.csv")
	}
	replaced := func(d rota.Published) bool {
		return d.Rota == policy.Name && !d.Start.Date.Before(from) && d.Start.Date.Before(until)
	}
	for _, d := range published {
		if d.Holder != "" && !replaced(d) {
			problem.Held = append(problem.Held, d.Duty)
		}
	}
	for _, d := range whole {
		if replaced(d) {
			problem.Published = append(problem.Published, d.Duty)
		}
	}
	if policy.Name == rota.Meetings {
		if err := p.completeMeetings(ctx, &problem); err != nil {
			return problem, err
		}
	}
	agreed, err := p.agreed(ctx, problem)
	problem.Pins = append(problem.Pins, agreed...)
	if err == nil && policy.Name == rota.Meetings {
		err = p.answered(ctx, &problem)
	}
	return problem, err
}

// pins gives what is settled by hand, or counts as if it were.
func (p *pcn) pins(ctx context.Context) ([]rota.Pin, error) {
	all, err := p.db.Pins(ctx)
	for _, pin := range p.pinned {
		all = slices.DeleteFunc(all, func(old rota.Pin) bool {
			return old.Duty == pin.Duty && (old.Leader == pin.Leader || !old.Forbid && !pin.Forbid)
		})
	}
	return append(all, p.pinned...), err
}

// build runs the planner and, where assignments are settled by hand, once more without them, to say what
// they cost; the price is nil where there are none.
func (p *pcn) build(c *cli.Context, problem rota.Problem) (rota.Draft, *rota.PinsPrice, error) {
	step, finish := p.progress("building " + string(problem.Policy.Name))
	defer finish()
	pins := problem.Pinned()
	if len(pins) == 0 {
		draft, err := p.search(c, problem, step)
		return draft, nil, p.explain(err, byID(problem.Leaders))
	}
	draft, err := p.search(c, problem, func(done, of int) { step(done, 2*of) })
	if err != nil {
		return draft, nil, p.explain(err, byID(problem.Leaders))
	}
	free := problem
	free.Pins = nil
	without, err := p.checked(c.Context, free, func(done, of int) { step(of+done, 2*of) })
	switch open := (*rota.Uncoverable)(nil); {
	case errors.As(err, &open), err == nil && (draft.Gaps != nil || without.Gaps != nil):
		p.warn("what the pins cost is not known: no rota was found without them")
		return draft, nil, nil
	case errors.Is(err, context.Canceled) && c.IsSet("time-limit"):
		p.warn("what the pins cost is not known: stopped before it was worked out")
		return draft, nil, nil
	case err != nil:
		return draft, nil, err
	}
	price := rota.PriceOfPins(pins, draft, without)
	return draft, &price, nil
}

// checked runs the planner and has its answer checked by code that shares nothing with it. A breach there
// is a defect of the program, and nothing is stored.
func (p *pcn) checked(ctx context.Context, problem rota.Problem, step func(done, of int)) (rota.Draft, error) {
	draft, err := rota.Build(ctx, problem, step)
	if err != nil {
		return draft, err
	}
	if uneven := rotatest.CheckTurns(problem, draft); len(uneven) > 0 {
		draft.Notes = append(draft.Notes, fmt.Sprintf("Deputising could go round more evenly: %s.", uneven[0].Detail))
	}
	return draft, recheck(problem, draft)
}

// recheck has a rota judged by code that shares nothing with the planner.
func recheck(problem rota.Problem, draft rota.Draft) error {
	if breaches := slices.Concat(rotatest.Hard(rotatest.Check(problem, draft)), rotatest.Certify(problem, draft)); len(breaches) > 0 {
		return fmt.Errorf("the rota was not kept, because its re-check found a breach: %s", breaches[0])
	}
	return nil
}

// proofView says in JSON how far it is proved that no rota is fairer in one dimension.
type proofView struct {
	Dimension rota.Dimension `json:"dimension"` // total, or a category
	Proven    int            `json:"proven"`    // so many of the largest excesses are as small as can be
	Of        int            `json:"of"`
	Bound     []rota.Points  `json:"bound"` // no rota's excesses, from the largest, are below these
	Reads     string         `json:"reads"`
	Because   string         `json:"because"` // "" unless it is because only some can hold some duties
	Proof     rota.Proof     `json:"proof"`   // in full, for whoever wants to check it
}

func viewProofs(certificate rota.Certificate, standings []rota.Standing, names map[rota.LeaderID]rota.Leader) []proofView {
	return each(certificate, func(proof rota.Proof) proofView {
		proven, excesses := proof.Proven(standings)
		because, _ := proof.Reading(func(id rota.LeaderID) string { return nameOf(names, id) })
		return proofView{proof.Dimension, proven, len(excesses), proof.Least, proof.Verdict(standings), because, proof}
	})
}

// draftView is a draft in JSON.
type draftView struct {
	Rota     rota.RotaName  `json:"rota"`
	From     rota.Date      `json:"from"`
	Until    rota.Date      `json:"until"` // excluded
	Seed     uint64         `json:"seed"`
	DryRun   bool           `json:"dry_run"`
	Duties   []dutyView     `json:"duties"`
	Fairness []fairnessView `json:"fairness"`
	Proofs   []proofView    `json:"proofs"`
	Pins     *pinsView      `json:"pins"` // null where nothing is settled by hand, or its price is not known
	Gaps     *gapsView      `json:"gaps"` // null where everything is covered
	Notes    []string       `json:"notes"`
}

// pinsView says in JSON what the pins cost: the largest excesses over target, in total.
type pinsView struct {
	Count   int         `json:"count"`
	With    rota.Points `json:"excess_with"`
	Without rota.Points `json:"excess_without"` // in a rota that was built without the pins
	Bound   rota.Points `json:"excess_bound"`   // proved: in any rota, with or without them, it is no smaller
	Reads   string      `json:"reads"`
}

func viewPrice(price *rota.PinsPrice) *pinsView {
	if price == nil {
		return nil
	}
	view := pinsView{Count: price.Count, Reads: price.Verdict()}
	if len(price.Levels) > 0 {
		total := price.Levels[0]
		view.With, view.Without, view.Bound = total.With, total.Without, total.Bound
	}
	return &view
}

// showVerdicts says in each dimension how far it is proved that no rota is fairer, and why.
func (p *pcn) showVerdicts(certificate rota.Certificate, standings []rota.Standing, names map[rota.LeaderID]rota.Leader) {
	for _, proof := range certificate {
		p.point(proof.Verdict(standings))
		if because, _ := proof.Reading(func(id rota.LeaderID) string { return nameOf(names, id) }); because != "" {
			p.point("  " + because)
		}
	}
}

func (p *pcn) showDraft(c *cli.Context, d rota.Draft, price *rota.PinsPrice, names map[rota.LeaderID]rota.Leader) error {
	if c.Bool("json") {
		return writeJSON(p.stdout, draftView{
			Rota: d.Policy.Name, From: d.From, Until: d.Until, Seed: d.Seed, DryRun: p.rehearse,
			Duties:   each(d.Duties, func(d rota.Duty) dutyView { return p.viewDuty(d, names) }),
			Fairness: each(d.Standings, func(s rota.Standing) fairnessView { return viewFairness(s, names) }),
			Proofs:   viewProofs(d.Certificate, d.Standings, names), Pins: viewPrice(price), Gaps: viewGaps(d.Gaps),
			Notes: each(d.Notes, func(s string) string { return s }),
		})
	}
	fmt.Fprintf(p.stdout, "%s: %s, %s to %s\n\n", d.Policy.Title, count(len(d.Duties), "duty", "duties"),
		d.From.Format("Mon 2 Jan 2006"), d.Until.AddDays(-1).Format("Mon 2 Jan 2006"))
	fairnessTable(d.Standings, names).write(p.stdout, p.out.width, p.ink())
	fmt.Fprintln(p.stdout)
	p.showVerdicts(d.Certificate, d.Standings, names)
	if price != nil {
		p.point(price.Verdict())
	}
	if d.Gaps != nil {
		fmt.Fprintf(p.stdout, "\n%s\n", p.ink().alarm(fmt.Sprintf("NOBODY holds %s.", count(len(d.Gaps.Duties), "duty", "duties"))))
		p.tellGaps(p.stdout, d.Gaps, names)
		fmt.Fprintln(p.stdout)
	}
	for _, note := range d.Notes {
		p.point("note: " + note)
	}
	if p.rehearse {
		fmt.Fprintln(p.stdout, "dry run: no draft was kept")
		return nil
	}
	p.sayDrafted("pcnrota rota show "+string(d.Policy.Name), "pcnrota rota publish "+string(d.Policy.Name)+withGaps(d))
	return nil
}

// sayDrafted says of a new draft who sees it, and what makes it valid.
func (p *pcn) sayDrafted(commands ...string) {
	p.next("The draft is yours alone. Next:", commands...)
}

// withGaps is what publishing a draft with gaps needs to be told.
func withGaps(d rota.Draft) string {
	if d.Gaps == nil {
		return ""
	}
	return " --allow-gaps"
}
