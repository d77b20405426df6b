package cli

import (
	"context"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/urfave/cli/v2"

	"pcnrota/internal/workbook"
	"pcnrota/rota"
)

func (p *program) reportHours() *cli.Command {
	return &cli.Command{
		Name: "hours", Usage: "hours, duties and points of each leader in a period",
		Description: `From what is published, with swaps, stand-ins and parts handed over: whoever was on
call. Hours count in the period in which they pass, as they really pass: a night
over the end of a month is divided, and the night the clocks change has an hour
more or less. Duties and their points count where they start. A duty that two
shared counts for both; two duties at once count as both. --until is included.

  pcnrota report hours --month 2027-01
  pcnrota report hours --year 2027/28 --by month --xlsx hours.xlsx
  pcnrota report hours --from 2027-01-04 --until 2027-01-31 --leader L07
  pcnrota report hours --quarter 2027Q1 --csv > hours.csv`,
		Flags: append(outputFlagsCSV(), append(periodFlags(),
			&cli.StringFlag{Name: "rota", Usage: "`NAME` of the only rota to count, without meetings"},
			&cli.StringFlag{Name: "leader", Usage: "`ID` of the only leader to look at"},
			&cli.StringFlag{Name: "by", Usage: "`PART` of the period to add up by itself: month"},
			&cli.StringFlag{Name: "xlsx", Usage: "`FILE` to write as a workbook for Excel, with every duty"})...),
		Action: p.inPCN(reportHours),
	}
}

// timesheet is what a report of hours says.
type timesheet struct {
	period   rota.Period
	sections []section        // the period, or its months
	duties   []rota.Published // that share any time with it, in pieces
	place    func(rota.Published) rota.Place
	names    map[rota.LeaderID]rota.Leader
	planned  bool // some of it is yet to come
}

// section is a part of the period that is added up by itself.
type section struct {
	period rota.Period
	lines  []rota.Tally // of leaders
	nobody rota.Tally
}

func reportHours(c *cli.Context, p *pcn) error {
	period, err := periodOf(c, p.today())
	if err != nil {
		return err
	}
	if by := c.String("by"); by != "" && by != "month" {
		return usage(fmt.Sprintf("--by %s is not known", by), "--by month")
	}
	if file := c.String("xlsx"); file != "" {
		if err := named("xlsx", file, ".xlsx"); err != nil {
			return err
		}
	}
	t, err := p.timesheet(c, period)
	if err != nil {
		return err
	}
	if file := c.String("xlsx"); file != "" {
		return p.writeTimesheet(c, file, t)
	}
	return p.show(c, listing{
		json: p.viewTimesheet(t), csv: timesheetRows(t), table: timesheetTable(t),
		empty: fmt.Sprintf("nobody was on call in %s", inWords(t.period)),
		notes: t.notes(),
	})
}

// timesheet gathers what the flags ask for.
func (p *pcn) timesheet(c *cli.Context, period rota.Period) (*timesheet, error) {
	leaders, err := p.db.Leaders(c.Context)
	if err != nil {
		return nil, err
	}
	t := &timesheet{period: period, names: byID(leaders)}
	only := rota.LeaderID(c.String("leader"))
	if _, ok := t.names[only]; only != "" && !ok {
		return nil, wrong(fmt.Sprintf("there is no leader %q", only), "pcnrota leader list --all")
	}
	name := rota.RotaName(c.String("rota"))
	span := period.Span(p.config.Zone)
	if t.duties, err = p.db.Published(c.Context, reachBack(span.Start), span.End); err != nil {
		return nil, err
	}
	if name != "" && !slices.ContainsFunc(t.duties, func(d rota.Published) bool { return d.Rota == name }) {
		if _, declared := p.config.Rota(name); !declared {
			return nil, wrong(fmt.Sprintf("there is no rota %q in %s", name, inWords(period)), "pcnrota rota list")
		}
	}
	t.duties = slices.DeleteFunc(t.duties, func(d rota.Published) bool {
		return name != "" && d.Rota != name || only != "" && d.Holder != only
	})
	if t.place, err = p.placesOf(c.Context, t.duties); err != nil {
		return nil, err
	}
	var meetings []rota.Occurrence
	if name == "" {
		if meetings, err = p.db.Occurrences(c.Context, span.Start, span.End); err != nil {
			return nil, err
		}
	}
	periods := []rota.Period{period}
	if c.String("by") == "month" {
		periods = period.Months()
	}
	for _, part := range periods {
		t.sections = append(t.sections, t.section(part, p.config.Zone, meetings, only))
	}
	t.duties = slices.DeleteFunc(t.duties, func(d rota.Published) bool { return !d.Span.Overlaps(span) })
	t.planned = slices.ContainsFunc(t.duties, func(d rota.Published) bool { return d.Span.End.After(p.at) })
	return t, nil
}

// reachBack is so early that a duty which began then, in pieces, is over at start.
func reachBack(start time.Time) time.Time { return start.AddDate(0, -1, 0) }

// section adds up one part of the period.
func (t *timesheet) section(period rota.Period, zone *time.Location, meetings []rota.Occurrence, only rota.LeaderID) section {
	s := section{period: period}
	for _, tally := range rota.TallyUp(period.Span(zone), t.duties, t.place, meetings) {
		switch {
		case tally.Leader == "":
			s.nobody = tally
		case only == "" || tally.Leader == only:
			s.lines = append(s.lines, tally)
		}
	}
	return s
}

// placesOf says where the holder of a duty is, by the rules that the duty was published under.
func (p *pcn) placesOf(ctx context.Context, duties []rota.Published) (func(rota.Published) rota.Place, error) {
	places := map[int64]map[string]rota.Place{}
	read := map[rota.RotaName]bool{}
	for _, d := range duties {
		if read[d.Rota] {
			continue
		}
		read[d.Rota] = true
		versions, err := p.db.Versions(ctx, d.Rota)
		if err != nil {
			return nil, err
		}
		for _, v := range versions {
			places[v.ID] = map[string]rota.Place{}
			for _, kind := range v.Policy.Pattern {
				places[v.ID][kind.Name] = kind.Place
			}
		}
	}
	return func(d rota.Published) rota.Place { return places[d.Version][d.Kind] }, nil
}

func (p *pcn) writeTimesheet(c *cli.Context, file string, t *timesheet) error {
	if c.Bool("json") || c.Bool("csv") {
		return usage("--xlsx writes a file and prints nothing", "leave out --json and --csv, or --xlsx")
	}
	book := p.timesheetBook(t)
	if err := writeWhole(file, func(w io.Writer) error { return workbook.Write(w, book) }); err != nil {
		return err
	}
	fmt.Fprintf(p.stdout, "wrote %s: hours of %s, %s\n", file, count(len(t.people()), "leader", "leaders"), inWords(t.period))
	return nil
}

// people are the leaders with a line anywhere in t.
func (t *timesheet) people() map[rota.LeaderID]bool {
	people := map[rota.LeaderID]bool{}
	for _, s := range t.sections {
		for _, l := range s.lines {
			people[l.Leader] = true
		}
	}
	return people
}
