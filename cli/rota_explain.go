package cli

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/urfave/cli/v2"

	"pcnrota/rota"
)

func (p *program) rotaExplain() *cli.Command {
	return &cli.Command{
		Name: "explain", ArgsUsage: "[DUTY|NAME]", Usage: "say why somebody holds a duty, and why nobody else",
		Description: `DUTY is an ID as rota show --csv has it, or its beginning. For each other leader
it names the rule that bars them, or what would become of fairness. With --leader it says how a leader's
share of the rota NAME comes about, and what they hold. Both look at the draft where there is one.

  pcnrota rota explain on-call.first.20270104T1830
  pcnrota rota explain --leader L02 on-call`,
		Flags: append(outputFlags(),
			publishedFlag(),
			&cli.StringFlag{Name: "leader", Usage: "`ID` of the leader whose share to explain"}),
		Action: p.inPCN(explainRota),
	}
}

func explainRota(c *cli.Context, p *pcn) error {
	switch {
	case c.IsSet("leader"):
		return explainLeader(c, p)
	case !c.Args().Present():
		return usage("which duty?", "pcnrota rota show --csv, to see their IDs", "--leader ID, for a leader")
	default:
		return explainDuty(c, p)
	}
}

// explainDuty answers "why this leader?".
func explainDuty(c *cli.Context, p *pcn) error {
	v, id, err := p.dutyNamed(c)
	if err != nil {
		return err
	}
	problem, draft, err := p.inForce(c.Context, v)
	if err != nil {
		return err
	}
	e, err := rota.Explain(problem, draft, id)
	if err != nil {
		return err
	}
	names := byID(problem.Leaders)
	turns := rota.TurnsOf(problem, draft.Duties, id)
	if c.Bool("json") {
		view := p.viewExplanation(v, e, names)
		view.Festive = each(turns, viewTurn)
		return writeJSON(p.stdout, view)
	}
	p.showExplanation(v, e, names)
	for _, turn := range turns {
		fmt.Fprintln(p.stdout)
		p.say(turnInWords(turn, names))
	}
	return nil
}

// inForce gives a version as it can be built on: what the planner would look at, under the version's own
// policy, and the duties of its days with their fair shares. Of a published version the duties are those
// in force, though a later version may have taken some of them over.
func (p *pcn) inForce(ctx context.Context, v rota.Version) (rota.Problem, rota.Draft, error) {
	problem, err := p.problem(ctx, v.Policy, v.From, v.Until)
	draft := rota.Draft{Policy: v.Policy, From: v.From, Until: v.Until, Seed: v.Seed}
	if err != nil {
		return problem, draft, err
	}
	if v.Number == 0 {
		if draft.Duties, err = p.db.DutiesOf(ctx, v.ID); err == nil {
			draft.Parts, err = p.db.PartsOf(ctx, v.ID)
		}
		return problem, draft, err
	}
	published, err := p.db.InForce(ctx, time.Time{}, time.Time{})
	if err != nil {
		return problem, draft, err
	}
	from := map[rota.DutyID]int64{}
	var versions []int64
	for _, d := range published {
		if d.Rota == v.Rota && !d.Start.Date.Before(v.From) && d.Start.Date.Before(v.Until) {
			draft.Duties = append(draft.Duties, d.Duty)
			if from[d.ID] = d.Version; !slices.Contains(versions, d.Version) {
				versions = append(versions, d.Version)
			}
		}
	}
	for _, version := range versions {
		parts, err := p.db.PartsOf(ctx, version)
		if err != nil {
			return problem, draft, err
		}
		draft.Parts = append(draft.Parts, slices.DeleteFunc(parts, func(part rota.Part) bool { return from[part.Duty] != version })...)
	}
	return problem, draft, nil
}

// explanationView is an explanation of one duty in JSON.
type explanationView struct {
	Version int               `json:"version"` // 0 for a draft
	Duty    dutyView          `json:"duty"`
	Excess  rota.Points       `json:"excess"`    // with which the holder ends
	Gap     *conflictView     `json:"gap"`       // why nobody holds it; null where somebody does, and where it is not proved
	Stood   *stoodView        `json:"deputises"` // of the holder, where the duty is deputising; null else
	Breach  string            `json:"breach"`    // what would keep the holder from it today; "" where nothing does
	Others  []alternativeView `json:"others"`
	Festive []turnView        `json:"festive"` // the festive periods it falls into
}

// stoodView says how often somebody deputises, and what would be fair.
type stoodView struct {
	Times int         `json:"times"`
	Fair  rota.Points `json:"fair"`
}

func viewStood(s *rota.Stood) *stoodView {
	if s == nil {
		return nil
	}
	return &stoodView{s.Times, s.Part}
}

type alternativeView struct {
	LeaderID rota.LeaderID `json:"leader_id"`
	Leader   string        `json:"leader"`
	Barred   bool          `json:"barred"`
	Why      string        `json:"why"`
	Handover *handoverView `json:"handover"` // null where barred, and where nobody holds the duty
}

type handoverView struct {
	LessFair   rota.Points `json:"less_fair"` // growth of the larger of the two excesses
	LeaderNow  rota.Points `json:"leader_excess_now"`
	LeaderThen rota.Points `json:"leader_excess_then"`
	HolderThen rota.Points `json:"holder_excess_then"`
}

func (p *pcn) viewExplanation(v rota.Version, e rota.Explanation, names map[rota.LeaderID]rota.Leader) explanationView {
	return explanationView{
		Version: v.Number, Duty: p.viewDuty(e.Duty, names), Excess: e.Excess, Stood: viewStood(e.Stood), Breach: e.Breach, Gap: viewGap(e.Gap),
		Others: each(e.Others, func(a rota.Alternative) alternativeView {
			view := alternativeView{LeaderID: a.Leader, Leader: nameOf(names, a.Leader), Barred: a.Barred, Why: a.Why}
			if !a.Barred && e.Duty.Holder != "" {
				view.Handover = &handoverView{a.Worse, a.Now, a.Then, a.Left}
			}
			return view
		}),
	}
}

func (p *pcn) showExplanation(v rota.Version, e rota.Explanation, names map[rota.LeaderID]rota.Leader) {
	d, holder := e.Duty, nameOf(names, e.Duty.Holder)
	able, barred := newTable(name("could hold it"), text("what would change")), newTable(name("could not"), text("because"))
	for _, a := range e.Others {
		t := able
		if a.Barred {
			t = barred
		}
		t.row(nameOf(names, a.Leader), a.Why)
	}
	fmt.Fprintln(p.stdout, titled(v))
	p.point(fmt.Sprintf("%s: %s to %s", d.ID, inFull(d.Start), inFull(d.End)))
	fmt.Fprintf(p.stdout, "%s, %s\n\n", d.Category().Title(), inPoints(d.Points()))
	if d.Holder == "" {
		fmt.Fprintln(p.stdout, p.ink().alarm("NOBODY holds it."))
		if e.Gap != nil {
			fmt.Fprintln(p.stdout)
			p.tellConflict(p.stdout, *e.Gap)
		}
	} else {
		says := fmt.Sprintf("%s holds it, and ends %s their share. %s", holder, besides(e.Excess), inShort(e))
		if e.Stood != nil {
			says += fmt.Sprintf(" In the year before and as far as is planned, %s %s.", holder, e.Stood)
		}
		p.say(says)
	}
	if e.Breach != "" {
		p.say(fmt.Sprintf("By what is known today %s could not take it: %s.", holder, e.Breach))
	}
	for _, t := range []*table{able, barred} {
		if len(t.rows) > 0 {
			fmt.Fprintln(p.stdout)
			t.write(p.stdout, p.out.width, p.ink())
		}
	}
	if len(able.rows) > 0 && d.Holder != "" {
		fmt.Fprintln(p.stdout, "\nOnly this duty changing hands is looked at, not exchanges of several duties.")
	}
}

// inShort counts who else could hold the duty.
func inShort(e rota.Explanation) string {
	others, able := len(e.Others), 0
	for _, a := range e.Others {
		if !a.Barred {
			able++
		}
	}
	rest := "; the rules bar the rest"
	who := fmt.Sprintf("%d of the %d others", able, others)
	if able == others {
		rest, who = "", "Everybody else"
	}
	switch {
	case others == 0:
		return "There is nobody else."
	case able == 0:
		return "The rules bar everybody else."
	case e.Stood != nil:
		return fmt.Sprintf("%s could hold it%s. Deputising goes round by times, not by points.", who, rest)
	case e.Others[0].Worse.String() == "0" || e.Others[0].Worse < 0:
		return fmt.Sprintf("%s could hold it%s.", who, rest)
	default:
		return fmt.Sprintf("%s could hold it, at the price of a rota that is less fair by %s or more%s.", who, inPoints(e.Others[0].Worse), rest)
	}
}

// besides says where an excess stands: "0.5 points over", "1 point under", "exactly at".
func besides(excess rota.Points) string {
	switch {
	case excess.String() == "0":
		return "exactly at"
	case excess < 0:
		return inPoints(-excess) + " under"
	default:
		return inPoints(excess) + " over"
	}
}

// inPoints gives "1 point" or "1.29 points".
func inPoints(p rota.Points) string {
	if s := p.String(); s != "1" {
		return s + " points"
	}
	return "1 point"
}
