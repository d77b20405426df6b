package cli

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/urfave/cli/v2"

	"pcnrota/rota"
)

func (p *program) rotaFairness() *cli.Command {
	return &cli.Command{
		Name: "fairness", ArgsUsage: "[NAME]", Usage: "set what everybody holds against their fair share",
		Description: `Shows the draft where there is one, and the newest published version where not. Before
is what each was over (+) or under (-) their fair share in everything else that is published, after is
with this rota. What is proved is about the rota as it was built; --json has the proofs in full.

  pcnrota rota fairness on-call
  pcnrota rota fairness --ledger
  pcnrota rota fairness on-call --csv > fairness.csv`,
		Flags: append(outputFlagsCSV(),
			publishedFlag(), versionFlag(),
			&cli.BoolFlag{Name: "ledger", Usage: "everything that was ever published, over all rotas"}),
		Action: p.inPCN(rotaFairness),
	}
}

// reckoning sets what everybody holds against what is fair, in one version of a rota or in the ledger.
type reckoning struct {
	version   rota.Version    // zero for the ledger
	standings []rota.Standing // in order of leader
	before    []rota.Standing // of the same people: all else that is published
	after     []rota.Standing // the two together
	left      []rota.LeaderID // in the ledger, but no longer in post: not among the others

	certificate rota.Certificate // of the version, about own
	own         []rota.Standing  // as the version was built
}

func rotaFairness(c *cli.Context, p *pcn) error {
	leaders, err := p.db.Leaders(c.Context)
	if err != nil {
		return err
	}
	names := byID(leaders)
	var r reckoning
	if c.Bool("ledger") {
		r, err = p.reckonLedger(c, names)
	} else {
		r, err = p.reckonVersion(c, names)
	}
	if err != nil {
		return err
	}
	if c.Bool("json") || c.Bool("csv") {
		return p.show(c, listing{json: viewReckoning(r, names), csv: fairnessRows(r.standings, names)})
	}
	p.showReckoning(r, names)
	return nil
}

// reckonVersion takes the draft of a rota, or its newest version.
func (p *pcn) reckonVersion(c *cli.Context, names map[rota.LeaderID]rota.Leader) (reckoning, error) {
	policy, err := p.rotaNamed(c)
	if err != nil {
		return reckoning{}, err
	}
	r := reckoning{}
	if r.version, err = p.versionOf(c, policy.Name); err != nil {
		return r, err
	}
	own, err := p.db.Standings(c.Context, r.version.ID)
	if err != nil {
		return r, err
	}
	if r.certificate, err = p.db.CertificateOf(c.Context, r.version.ID); err != nil {
		return r, err
	}
	r.own = own
	rest, err := p.db.Ledger(c.Context, policy.Name, r.version.From, r.version.Until)
	r.set(own, rest, func(id rota.LeaderID) bool { return stays(names, id, r.version.From) })
	return r, err
}

// reckonLedger takes everything that is published.
func (p *pcn) reckonLedger(c *cli.Context, names map[rota.LeaderID]rota.Leader) (reckoning, error) {
	if c.Bool("published") || c.Args().Present() {
		return reckoning{}, usage("--ledger is over all rotas and all that is published", "leave the other words out")
	}
	all, err := p.db.Ledger(c.Context, "", rota.Date{}, rota.Date{})
	if err == nil && len(all) == 0 {
		err = wrong("nothing is published yet, so the ledger is empty", "pcnrota rota fairness NAME, for a draft")
	}
	r := reckoning{}
	for _, s := range all {
		if stays(names, s.Leader, p.today()) {
			r.standings = append(r.standings, s)
		} else {
			r.left = append(r.left, s.Leader)
		}
	}
	r.after = r.standings
	return r, err
}

// stays reports whether the leader is still in post on day, or will be.
func stays(names map[rota.LeaderID]rota.Leader, id rota.LeaderID, day rota.Date) bool {
	l, known := names[id]
	return known && (l.Ends.IsZero() || !l.Ends.Before(day))
}

// set joins a version's own standings with those in the rest of the ledger. Whoever has neither a part
// nor a duty in the version is kept where something is carried over for them and keep says so.
func (r *reckoning) set(own, rest []rota.Standing, keep func(rota.LeaderID) bool) {
	elsewhere := map[rota.LeaderID]rota.Standing{}
	for _, s := range rest {
		elsewhere[s.Leader] = s
	}
	taking := map[rota.LeaderID]bool{}
	add := func(s rota.Standing) {
		before := elsewhere[s.Leader]
		before.Leader = s.Leader
		taking[s.Leader] = true
		r.before = append(r.before, before)
		r.after = append(r.after, rota.Standing{Leader: s.Leader, Held: before.Held.Plus(s.Held), Target: before.Target.Plus(s.Target)})
		s.Before = before.After()
		r.standings = append(r.standings, s)
	}
	for _, s := range own {
		if s.Held != (rota.Load{}) || s.Target != (rota.Load{}) {
			add(s)
		}
	}
	for _, s := range rest {
		if !taking[s.Leader] && keep(s.Leader) {
			add(rota.Standing{Leader: s.Leader})
		}
	}
	for _, list := range [][]rota.Standing{r.standings, r.before, r.after} {
		slices.SortFunc(list, func(a, b rota.Standing) int { return cmp.Compare(a.Leader, b.Leader) })
	}
}

// title says what is reckoned.
func (r *reckoning) title() string {
	if r.isLedger() {
		return "The ledger: everything that is published, over all rotas"
	}
	return titled(r.version)
}

func (r *reckoning) isLedger() bool { return r.version.ID == 0 }

func (p *pcn) showReckoning(r reckoning, names map[rota.LeaderID]rota.Leader) {
	fmt.Fprintf(p.stdout, "%s\n\n", r.title())
	for _, t := range []*table{standingsTable(r, names), categoryTable(r, names), figuresTable(r, names)} {
		t.write(p.stdout, p.out.width, p.ink())
		fmt.Fprintln(p.stdout)
	}
	fmt.Fprintln(p.stdout, "Jain and Gini compare points as a part of target: part-timers count like others.")
	p.showVerdicts(r.certificate, r.own, names)
	if len(r.left) > 0 {
		left := strings.Join(each(r.left, func(id rota.LeaderID) string { return nameOf(names, id) }), ", ")
		fmt.Fprintf(p.stdout, "No longer in post, and left out: %s.\n", left)
	}
}

// standingsTable draws everybody's points against their target.
func standingsTable(r reckoning, names map[rota.LeaderID]rota.Leader) *table {
	var full rota.Points
	for _, s := range r.standings {
		full = max(full, s.Held.Total(), s.Target.Total())
	}
	columns := []column{name("leader"), col("held, target │"), number("points"), number("target"), number("before"), number("after")}
	if r.isLedger() {
		columns = append(columns[:4], number("balance"))
	}
	t := newTable(columns...)
	for _, s := range r.standings {
		held, target := s.Held.Total(), s.Target.Total()
		cells := []string{nameOf(names, s.Leader), bar(held, target, full), held.String(), target.String()}
		if !r.isLedger() {
			cells = append(cells, signed(s.Before.Total()))
		}
		t.row(append(cells, signed(s.After().Total()))...)
	}
	return t
}

// categoryTable sets points against target in each category that has any: "16/16.25".
func categoryTable(r reckoning, names map[rota.LeaderID]rota.Leader) *table {
	used := categoriesIn(r.standings)
	columns := []column{name("points / target")}
	for _, category := range used {
		columns = append(columns, number(category.Title()))
	}
	t := newTable(columns...)
	for _, s := range r.standings {
		cells := []string{nameOf(names, s.Leader)}
		for _, category := range used {
			cells = append(cells, fmt.Sprintf("%s / %s", s.Held[category], s.Target[category]))
		}
		t.row(cells...)
	}
	spreads := []string{"(spread after)"}
	if r.isLedger() {
		spreads[0] = "(spread)"
	}
	for _, category := range used {
		spreads = append(spreads, rota.Measure(r.standings, pointsIn(category)).Spread.String())
	}
	t.row(spreads...)
	return t
}

// pointsIn takes the points of one category.
func pointsIn(c rota.Category) func(rota.Load) rota.Points {
	return func(l rota.Load) rota.Points { return l[c] }
}

// categoriesIn lists the categories in which anybody holds or owes points.
func categoriesIn(standings []rota.Standing) []rota.Category {
	var used []rota.Category
	for c := range (rota.Load{}) {
		if slices.ContainsFunc(standings, func(s rota.Standing) bool { return s.Held[c] != 0 || s.Target[c] != 0 }) {
			used = append(used, rota.Category(c))
		}
	}
	return used
}

// figuresTable gives the three figures with what they mean.
func figuresTable(r reckoning, names map[rota.LeaderID]rota.Leader) *table {
	after := rota.Measure(r.after, rota.Load.Total)
	alone := strconv.FormatFloat(1/float64(max(after.Shared, 1)), 'f', 2, 64)
	lines := []struct {
		name  string
		value func(rota.Evenness) string
		means string
	}{
		{"spread", func(e rota.Evenness) string { return e.Spread.String() }, spreadInWords(r.after, after, names)},
		{"Jain", func(e rota.Evenness) string { return ratio(e, e.Jain) }, "1: all at target; " + alone + ": one person holds everything"},
		{"Gini", func(e rota.Evenness) string { return ratio(e, e.Gini) }, "0: all at target; near 1: one person holds everything"},
	}
	if r.isLedger() {
		t := newTable(col("figure"), number("value"), text("meaning"))
		for _, l := range lines {
			t.row(l.name, l.value(after), l.means)
		}
		return t
	}
	before := rota.Measure(r.before, rota.Load.Total)
	t := newTable(col("figure"), number("before"), number("after"), text("meaning"))
	for _, l := range lines {
		t.row(l.name, l.value(before), l.value(after), l.means)
	}
	return t
}

// spreadInWords names the two ends.
func spreadInWords(standings []rota.Standing, e rota.Evenness, names map[rota.LeaderID]rota.Leader) string {
	if e.Spread == 0 {
		return "points between the most over target and the most under"
	}
	end := func(at rota.Points) string {
		i := slices.IndexFunc(standings, func(s rota.Standing) bool { return s.After().Total() == at })
		return nameOf(names, standings[i].Leader) + " " + signed(at)
	}
	return fmt.Sprintf("points: %s to %s", end(e.Most), end(e.Least))
}

// ratio is a figure with four decimals, and "-" where nobody has a target.
func ratio(e rota.Evenness, figure float64) string {
	if e.Shared == 0 {
		return "-"
	}
	return strconv.FormatFloat(figure, 'f', 4, 64)
}
