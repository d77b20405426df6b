package cli

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/urfave/cli/v2"

	"pcnrota/internal/sqlite"
	"pcnrota/rota"
)

func (p *program) rotaDiff() *cli.Command {
	return &cli.Command{
		Name: "diff", ArgsUsage: "[NAME]", Usage: "what the draft would change, for whom, and what it does to fairness",
		Description: `Sets the draft against what is published for the same days, or one version
against another.

  pcnrota rota diff on-call
  pcnrota rota diff on-call --leader L07
  pcnrota rota diff on-call --old 1 --new 2`,
		Flags: append(outputFlagsCSV(),
			&cli.IntFlag{Name: "old", Usage: "`NUMBER` of the version to start from (default: what is published)"},
			&cli.IntFlag{Name: "new", Usage: "`NUMBER` of the version to look at (default: the draft)"},
			&cli.StringFlag{Name: "leader", Usage: "`ID` of the only leader to look at"}),
		Action: p.inPCN(rotaDiff),
	}
}

// state is what a rota is at one moment, over the days that are compared.
type state struct {
	name   string
	duties []rota.Duty
	excess map[rota.LeaderID]rota.Load // in the ledger; nil where it is not asked for
}

// diffView is a comparison in JSON.
type diffView struct {
	Rota    rota.RotaName    `json:"rota"`
	Old     string           `json:"old"`
	New     string           `json:"new"`
	Leaders []turnoverView   `json:"leaders"`
	Duties  []differenceView `json:"duties"`
}

type turnoverView struct {
	LeaderID  rota.LeaderID `json:"leader_id"`
	Leader    string        `json:"leader"`
	Gives     int           `json:"gives"`
	Takes     int           `json:"takes"`
	OldPoints rota.Points   `json:"old_points"`
	NewPoints rota.Points   `json:"new_points"`
	OldExcess *rota.Points  `json:"old_excess"` // null between two versions of the past
	NewExcess *rota.Points  `json:"new_excess"`
}

type differenceView struct {
	Duty  rota.DutyID   `json:"duty"`
	Start string        `json:"start"`
	Tier  rota.TierName `json:"tier"`
	Old   rota.LeaderID `json:"old"`
	New   rota.LeaderID `json:"new"`
	Moved bool          `json:"moved"` // its time or points changed
}

func rotaDiff(c *cli.Context, p *pcn) error {
	policy, err := p.rotaNamed(c)
	if err != nil {
		return err
	}
	was, is, err := p.statesToCompare(c, policy)
	if err != nil {
		return err
	}
	leaders, err := p.db.Leaders(c.Context)
	if err != nil {
		return err
	}
	only := rota.LeaderID(c.String("leader"))
	differences := slices.DeleteFunc(rota.Differences(was.duties, is.duties), func(d rota.Difference) bool {
		return only != "" && d.Before != only && d.After != only
	})
	turnovers := slices.DeleteFunc(rota.Turnovers(was.duties, is.duties, was.excess, is.excess), func(t rota.Turnover) bool {
		return only != "" && t.Leader != only
	})
	return p.showDiff(c, policy, was, is, differences, turnovers, byID(leaders))
}

// statesToCompare reads the two states, both over the days of the new one.
func (p *pcn) statesToCompare(c *cli.Context, policy rota.Policy) (was, is state, err error) {
	newer, err := p.newState(c, policy, &is)
	if err != nil {
		return was, is, err
	}
	within := func(d rota.Duty) bool {
		return d.Rota == policy.Name && !d.Start.Date.Before(newer.From) && d.Start.Date.Before(newer.Until)
	}
	if c.IsSet("old") {
		older, err := p.numbered(c, policy.Name, c.Int("old"))
		if err != nil {
			return was, is, err
		}
		was.name = fmt.Sprintf("version %d", older.Number)
		was.duties, err = p.db.DutiesOf(c.Context, older.ID)
		was.duties = slices.DeleteFunc(was.duties, func(d rota.Duty) bool { return !within(d) })
		return was, is, err
	}
	published, err := p.db.InForce(c.Context, time.Time{}, time.Time{})
	if err != nil {
		return was, is, err
	}
	was.name = "what is published"
	for _, d := range published {
		if within(d.Duty) {
			was.duties = append(was.duties, d.Duty)
		}
	}
	if newer.Number == 0 {
		was.excess, err = p.db.Balances(c.Context, "", rota.Date{}, rota.Date{})
	}
	return was, is, err
}

// newState reads the draft, or the version that --new names.
func (p *pcn) newState(c *cli.Context, policy rota.Policy, is *state) (v rota.Version, err error) {
	if c.IsSet("new") {
		if v, err = p.numbered(c, policy.Name, c.Int("new")); err != nil {
			return v, err
		}
		is.name = fmt.Sprintf("version %d", v.Number)
		is.duties, err = p.db.DutiesOf(c.Context, v.ID)
		return v, err
	}
	is.name = "the draft"
	v, is.duties, err = p.db.DraftOf(c.Context, policy.Name)
	if errors.Is(err, sqlite.ErrNoDraft) {
		return v, hint(err, fmt.Sprintf("or compare two versions: pcnrota rota diff %s --old 1 --new 2", policy.Name))
	}
	if err != nil || c.IsSet("old") {
		return v, err
	}
	is.excess, err = p.db.Balances(c.Context, policy.Name, v.From, v.Until)
	if err != nil {
		return v, err
	}
	standings, err := p.db.Standings(c.Context, v.ID)
	for _, s := range standings {
		is.excess[s.Leader] = is.excess[s.Leader].Plus(s.Held).Minus(s.Target)
	}
	return v, err
}

func (p *pcn) showDiff(c *cli.Context, policy rota.Policy, was, is state, differences []rota.Difference, turnovers []rota.Turnover, names map[rota.LeaderID]rota.Leader) error {
	view := diffView{
		Rota: policy.Name, Old: was.name, New: is.name,
		Leaders: each(turnovers, func(t rota.Turnover) turnoverView { return viewTurnover(t, was.excess != nil, names) }),
		Duties: each(differences, func(d rota.Difference) differenceView {
			return differenceView{d.Duty.ID, p.rfc3339(d.Duty.Span.Start), d.Duty.Tier, d.Before, d.After, d.Moved}
		}),
	}
	l := listing{json: view, csv: diffRows(view), table: newTable(col("from"), name("tier"), name("old"), name("new"), wide("besides"))}
	if policy.Meetings != nil {
		l.table = newTable(col("from"), text("meeting"), text("old"), text("new"), text("besides"))
	}
	for _, d := range differences {
		what := string(d.Duty.Tier)
		if policy.Meetings != nil {
			what = d.Duty.Kind + ", " + what
		}
		l.table.row(inFull(d.Duty.Start), what, holderOr(names, d.Before, "-"), holderOr(names, d.After, "-"), movedWord(d))
	}
	l.table = l.table.withoutBlank()
	l.empty = fmt.Sprintf("%s: nothing changes against %s", policy.Name, was.name)
	if !c.Bool("json") && !c.Bool("csv") && len(differences) > 0 {
		fmt.Fprintf(p.stdout, "%s: %s, old, against %s, new.\n\n", policy.Title, was.name, is.name)
		turnoverTable(turnovers, was.excess != nil, names).write(p.stdout, p.out.width, p.ink())
		fmt.Fprintln(p.stdout)
		l.notes = []string{count(len(differences), "duty changes.", "duties change.")}
	}
	return p.show(c, l)
}

func viewTurnover(t rota.Turnover, ledger bool, names map[rota.LeaderID]rota.Leader) turnoverView {
	v := turnoverView{
		LeaderID: t.Leader, Leader: nameOf(names, t.Leader), Gives: t.Gives, Takes: t.Takes, OldPoints: t.Was.Total(), NewPoints: t.Is.Total(),
	}
	if ledger {
		over, after := t.Over.Total(), t.After.Total()
		v.OldExcess, v.NewExcess = &over, &after
	}
	return v
}

// turnoverTable says for each leader what changes.
func turnoverTable(turnovers []rota.Turnover, ledger bool, names map[rota.LeaderID]rota.Leader) *table {
	columns := []column{name("leader"), number("gives"), number("takes"), number("points"), number("over share")}
	if !ledger {
		columns = columns[:4]
	}
	t := newTable(columns...)
	for _, turn := range turnovers {
		cells := []string{
			nameOf(names, turn.Leader), fmt.Sprint(turn.Gives), fmt.Sprint(turn.Takes), fmt.Sprintf("%s -> %s", turn.Was.Total(), turn.Is.Total()),
		}
		if ledger {
			cells = append(cells, fmt.Sprintf("%s -> %s", signed(turn.Over.Total()), signed(turn.After.Total())))
		}
		t.row(cells...)
	}
	return t
}

func diffRows(v diffView) [][]string {
	rows := [][]string{{"duty", "start", "tier", "old", "new", "moved"}}
	for _, d := range v.Duties {
		rows = append(rows, []string{string(d.Duty), d.Start, string(d.Tier), string(d.Old), string(d.New), fmt.Sprint(d.Moved)})
	}
	return rows
}

// holderOr gives a leader's name, and otherwise where there is no leader.
func holderOr(names map[rota.LeaderID]rota.Leader, id rota.LeaderID, otherwise string) string {
	if id == "" {
		return otherwise
	}
	return nameOf(names, id)
}

// movedWord says what is different about a duty but its holder.
func movedWord(d rota.Difference) string {
	if d.Moved {
		return "other time or points"
	}
	return ""
}
