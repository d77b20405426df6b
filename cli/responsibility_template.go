package cli

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"pcnrota/internal/sheet"
	"pcnrota/rota"
)

// pcnYear is the year of a PCN as it is shipped: a line for each responsibility, with where it is said and when that
// was last known to hold. Schemes that have ended are not in it: CAIP at the level of PCNs ended in April 2026.
//
//go:embed pcn_year.csv
var pcnYear string

func (p *program) responsibilityTemplate() *cli.Command {
	return &cli.Command{
		Name: "import-template", Usage: "begin with the year of a PCN, or bring in a list of your own", ArgsUsage: "[FILE]",
		Description: `Adds the responsibilities of the shipped year that are not there yet. Each carries its
source and the day on which that was last known to hold; what no source confirms says
so. Look at each, name its owner, and change or end what is not so with you. --only
takes some lines or areas; --print shows the list, as a spreadsheet that can be
changed and imported as FILE.

What each leader has for themselves counts from a year after the import, until you
say from when: pcnrota responsibility edit "Medical appraisal" --leader L01 --first DAY

  pcnrota responsibility import-template --dry-run
  pcnrota responsibility import-template --only dspt,smi,appraisal
  pcnrota responsibility import-template --print > our-year.csv`,
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "only", Usage: "`LINES` or areas to take, by commas"},
			&cli.StringFlag{Name: "owner", Usage: "`LEADER` who is accountable for what has one owner, until you say otherwise"},
			&cli.BoolFlag{Name: "print", Usage: "show the list and change nothing"},
			jsonFlag(), dryRunFlag(),
		},
		Action: p.inPCN(telling(responsibilityTemplate)),
	}
}

func responsibilityTemplate(c *cli.Context, pcn *pcn) error {
	switch {
	case c.Bool("print") && c.Bool("json"):
		return usage("--print shows a spreadsheet", "leave out --json, or --print")
	case c.Bool("print"):
		_, err := fmt.Fprint(pcn.stdout, pcnYear)
		return err
	}
	name, text := "the shipped year", pcnYear
	if c.Args().Present() {
		from, data, err := pcn.readFile(c.Args().First())
		if err != nil {
			return err
		}
		name, text = from, strings.TrimPrefix(string(data), "\ufeff")
	}
	lines, err := readYear(name, text, pcn.today())
	if err != nil {
		return err
	}
	var owner rota.LeaderID
	if err := setLeaderNamed(c, pcn, "owner", &owner); err != nil {
		return err
	}
	if lines, err = onlyLines(lines, c.String("only")); err != nil {
		return err
	}
	for i := range lines {
		if lines[i].Holding == rota.OwnedByOne {
			lines[i].Owner = owner
		}
		if err := pcn.checkText("what", lines[i].Note); err != nil {
			return err
		}
	}
	return pcn.addLines(c, name, lines)
}

// addLines adds those that are not there yet.
func (p *pcn) addLines(c *cli.Context, name string, lines []rota.Obligation) error {
	have, err := p.db.Responsibilities(c.Context)
	if err != nil {
		return err
	}
	added := slices.DeleteFunc(slices.Clone(lines), func(r rota.Obligation) bool {
		return slices.ContainsFunc(have, func(h rota.Obligation) bool {
			return strings.EqualFold(h.Title, r.Title) || r.Line != "" && h.Line == r.Line
		})
	})
	if p.rehearse {
		for _, r := range added {
			writeFolded(p.stdout, p.out.width, "would add "+responsibilities.label(r))
		}
	} else if len(added) > 0 {
		ids, err := p.db.AddResponsibilities(c.Context, added)
		if err != nil {
			return err
		}
		for i, id := range ids {
			added[i].ID = id
		}
		if err := p.planResponsibilities(c.Context, p.at); err != nil {
			return err
		}
	}
	p.result = each(added, viewOfResponsibility)
	p.did("add", fmt.Sprintf("%s from %s; %d are there already", responsibilities.count(len(added)), name, len(lines)-len(added)))
	p.sayUnchecked(added)
	return nil
}

// sayUnchecked says what somebody has to look at.
func (p *pcn) sayUnchecked(added []rota.Obligation) {
	unowned, unchecked, each := 0, 0, 0
	for _, r := range added {
		if r.Holding == rota.OwnedByOne && r.Owner == "" {
			unowned++
		}
		if r.Checked.IsZero() {
			unchecked++
		}
		if r.Holding == rota.ByEach {
			each++
		}
	}
	if unowned > 0 {
		p.warn("%s no owner yet: pcnrota responsibility edit NUMBER --owner LEADER", counted(unowned, "has", "have"))
	}
	if unchecked > 0 {
		p.warn("%s confirmed by no source: look it up, then --checked DAY", counted(unchecked, "is", "are"))
	}
	if each > 0 {
		p.warn("%s each leader's own, counted from a year from now: edit NUMBER --leader LEADER --first DAY", counted(each, "is", "are"))
	}
}

func counted(n int, is, are string) string {
	if n == 1 {
		return "1 " + is
	}
	return fmt.Sprintf("%d %s", n, are)
}

// onlyLines takes the lines or areas that are wanted; all where nothing is said.
func onlyLines(lines []rota.Obligation, only string) ([]rota.Obligation, error) {
	if only == "" {
		return lines, nil
	}
	var wanted []rota.Obligation
	for word := range strings.SplitSeq(only, ",") {
		word = strings.TrimSpace(word)
		found := false
		for _, r := range lines {
			if strings.EqualFold(r.Line, word) || strings.EqualFold(r.Area, word) {
				found = true
				if !slices.Contains(wanted, r) {
					wanted = append(wanted, r)
				}
			}
		}
		if !found {
			return nil, usage(fmt.Sprintf("there is no line or area %q", word), "pcnrota responsibility import-template --print shows them")
		}
	}
	return wanted, nil
}

// yearColumns are the columns of a year, in order.
var yearColumns = []string{"line", "title", "area", "holding", "among", "due", "within", "points", "what", "source", "checked"}

// readYear reads a year, all of it or none; it counts from today.
func readYear(name, text string, today rota.Date) ([]rota.Obligation, error) {
	in := csv.NewReader(strings.NewReader(text))
	in.FieldsPerRecord = -1
	rows, err := in.ReadAll()
	if err != nil {
		return nil, wrong(fmt.Sprintf("%s: %v", name, err), "save it as CSV, as import-template --print gives it")
	}
	if len(rows) == 0 || !slices.Equal(rows[0], yearColumns) {
		return nil, wrong(name+" does not have the columns of a year", "they are "+strings.Join(yearColumns, ","))
	}
	var all []rota.Obligation
	for n, row := range rows[1:] {
		r, err := readYearLine(row, today)
		if err != nil {
			return nil, wrong(fmt.Sprintf("%s, row %d: %v", name, n+2, err), "nothing was changed")
		}
		all = append(all, r)
	}
	return all, nil
}

func readYearLine(row []string, today rota.Date) (r rota.Obligation, err error) {
	if len(row) != len(yearColumns) {
		return r, fmt.Errorf("it has %d cells instead of %d", len(row), len(yearColumns))
	}
	cell := map[string]string{}
	for i, column := range yearColumns {
		cell[column] = sheet.Clean(row[i])
	}
	r = rota.Obligation{
		Line: cell["line"], Title: cell["title"], Area: cell["area"], Holding: rota.Holding(cell["holding"]), Among: cell["among"],
		First: today, Note: cell["what"], Source: cell["source"], Points: rota.Point,
	}
	if r.Title == "" {
		return r, fmt.Errorf("it has no title")
	}
	if !slices.Contains([]rota.Holding{rota.OwnedByOne, rota.GoesRound, rota.ByEach}, r.Holding) {
		return r, fmt.Errorf("holding is %q instead of owner, rotated or each", r.Holding)
	}
	var day rota.Date
	if r.Rule, day, r.Before, err = parseDue(cell["due"]); err != nil {
		return r, err
	}
	if r.Rule == "" {
		r.First = day
	} else if r.Holding == rota.ByEach {
		r.First = today.AddMonths(12)
	}
	if r.Within, err = rota.ParseWithin(cell["within"]); err != nil {
		return r, err
	}
	if cell["points"] != "" {
		if r.Points, err = rota.ParsePoints(cell["points"]); err != nil {
			return r, err
		}
	}
	r.Checked, err = parseDayOrNone(cell["checked"])
	return r, err
}
