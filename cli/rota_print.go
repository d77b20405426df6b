package cli

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"pcnrota/internal/paper"
	"pcnrota/rota"
)

func (p *program) rotaPrint() *cli.Command {
	return &cli.Command{
		Name: "print", ArgsUsage: "[NAME]", Usage: "lay the published rota out for printing, a page a month",
		Description: `Writes one HTML file. Open it in a browser and print it, or save it as PDF: A4,
landscape. It shows what is published, and its version; drafts stay with you.

  pcnrota rota print on-call --html on-call.html
  pcnrota rota print on-call --from 2027-04-01 --weeks 13 --html spring.html
  pcnrota rota print on-call --phones --html switchboard.html
  pcnrota rota print on-call --html - > on-call.html`,
		Flags: append(outputFlags(),
			&cli.StringFlag{Name: "html", Usage: "`FILE` to write, or - for standard output"},
			&cli.StringFlag{Name: "from", Usage: "first `DAY` (default: today)"},
			&cli.IntFlag{Name: "weeks", Usage: "so many `WEEKS` (default: all that is published)"},
			&cli.BoolFlag{Name: "phones", Usage: "with telephone numbers: mind where it hangs"}),
		Action: p.inPCN(printRota),
	}
}

func printRota(c *cli.Context, p *pcn) error {
	file := c.String("html")
	switch {
	case file == "" && !c.Bool("json"):
		return usage("where to?", c.Command.HelpName+" --html rota.html", "--html - writes to standard output")
	case file != "" && c.Bool("json"):
		return usage("--json and --html exclude each other", "leave one of them out")
	case file != "" && file != "-":
		if err := named("html", file, ".html"); err != nil {
			return err
		}
	}
	policy, err := p.rotaNamed(c)
	if err != nil {
		return err
	}
	page, err := p.paperOf(c, policy.Name)
	switch {
	case err != nil:
		return err
	case c.Bool("json"):
		return writeJSON(p.stdout, page)
	case file == "-":
		return paper.Write(p.stdout, page)
	}
	if err := writeWhole(file, func(w io.Writer) error { return paper.Write(w, page) }); err != nil {
		return err
	}
	fmt.Fprintf(p.stdout, "wrote %s: %s\n", file, count(len(page.Months), "page, a month", "pages, a month each"))
	return nil
}

// paperOf lays out what the flags ask for.
func (p *pcn) paperOf(c *cli.Context, name rota.RotaName) (page paper.Rota, err error) {
	versions, err := p.db.Versions(c.Context, name)
	if err != nil {
		return page, err
	}
	if len(versions) == 0 {
		return page, wrong(fmt.Sprintf("nothing of %s is published yet", name), fmt.Sprintf("pcnrota rota publish %s", name))
	}
	newest := versions[len(versions)-1]
	days, err := p.printedDays(c, versions)
	if err != nil {
		return page, err
	}
	leaders, err := p.db.Leaders(c.Context)
	if err != nil {
		return page, err
	}
	s := sheets{pcn: p, policy: newest.Policy, names: byID(leaders), phones: c.Bool("phones")}
	if err := s.gather(c, days, firstDay(versions)); err != nil {
		return page, err
	}
	if len(s.duties) == 0 {
		return page, wrong(fmt.Sprintf("%s has no duties in %s", name, inWords(days)), fmt.Sprintf("pcnrota rota history %s", name))
	}
	return paper.Rota{
		PCN: p.config.PCN.Name, Title: s.policy.Title, Tiers: s.tiers(), Months: s.months(),
		Version: fmt.Sprintf("Version %d, published %s", newest.Number, inFull(rota.CivilOf(newest.Published, p.config.Zone))),
		Printed: "Printed " + inFull(rota.CivilOf(p.at, p.config.Zone)),
	}, nil
}

// printedDays are the days that --from and --weeks ask for, to the end of all that is published.
func (p *pcn) printedDays(c *cli.Context, versions []rota.Version) (rota.Period, error) {
	from, err := dayFlag(c, "from")
	if err != nil {
		return rota.Period{}, err
	}
	if from.IsZero() {
		from = p.today()
	}
	last := from
	for _, v := range versions {
		if end := v.Until.AddDays(-1); end.After(last) {
			last = end
		}
	}
	if c.IsSet("weeks") {
		if c.Int("weeks") < 1 {
			return rota.Period{}, usage(fmt.Sprintf("--weeks %d is no number of weeks", c.Int("weeks")), "--weeks 13")
		}
		last = from.AddDays(7*c.Int("weeks") - 1)
	}
	return rota.Period{First: from, Last: last}, nil
}

// sheets is a rota on its way to paper.
type sheets struct {
	*pcn
	policy rota.Policy
	names  map[rota.LeaderID]rota.Leader
	phones bool
	duties []rota.Duty                 // whole, in order of start
	pieces map[rota.DutyID][]rota.Duty // of each, in order of start
}

// firstDay is the first day that a rota was ever published for.
func firstDay(versions []rota.Version) rota.Date {
	return slices.MinFunc(versions, func(a, b rota.Version) int { return a.From.Compare(b.From) }).From
}

// gather reads the duties that start in days, and those that the pattern asks for since the rota began and that are
// not published.
func (s *sheets) gather(c *cli.Context, days rota.Period, began rota.Date) error {
	span := days.Span(s.config.Zone)
	whole, err := s.db.Whole(c.Context, span.Start, span.End)
	if err != nil {
		return err
	}
	divided, err := s.db.Published(c.Context, span.Start, span.End.AddDate(0, 1, 0))
	if err != nil {
		return err
	}
	s.pieces = map[rota.DutyID][]rota.Duty{}
	for _, d := range divided {
		s.pieces[d.ID.Whole()] = append(s.pieces[d.ID.Whole()], d.Duty)
	}
	for _, d := range whole {
		if d.Rota == s.policy.Name && span.Contains(d.Span.Start) {
			s.duties = append(s.duties, d.Duty)
		}
	}
	if began.After(days.First) {
		days.First = began
	}
	s.duties = append(s.duties, s.missing(days, whole)...)
	rota.SortDuties(s.duties)
	return nil
}

// missing gives the duties of the pattern of which no part is published, before the last that is.
func (s *sheets) missing(days rota.Period, published []rota.Published) []rota.Duty {
	if len(s.duties) == 0 {
		return nil
	}
	end := s.duties[len(s.duties)-1].Span.Start
	return slices.DeleteFunc(s.policy.Duties(days.First, days.Last.AddDays(1), s.config.Zone, s.config.Holidays), func(d rota.Duty) bool {
		return d.Span.Start.After(end) || slices.ContainsFunc(published, func(held rota.Published) bool {
			return held.Rota == d.Rota && held.Tier == d.Tier && held.Span.Overlaps(d.Span)
		})
	})
}

func (s *sheets) tiers() []paper.Tier {
	return each(s.policy.Tiers, func(t rota.Tier) paper.Tier {
		if t.Title == "" {
			return paper.Tier{Title: string(t.Name)}
		}
		return paper.Tier{Title: t.Title}
	})
}

// months divides the duties into tables.
func (s *sheets) months() []paper.Month {
	var months []paper.Month
	var last rota.Duty // of the row that is being filled
	for _, d := range s.duties {
		column := slices.IndexFunc(s.policy.Tiers, func(t rota.Tier) bool { return t.Name == d.Tier })
		if column < 0 {
			continue // a tier that the rota has no longer
		}
		name := d.Start.Date.Format("January 2006")
		if len(months) == 0 || months[len(months)-1].Name != name {
			months = append(months, paper.Month{Name: name})
			last = rota.Duty{}
		}
		m := &months[len(months)-1]
		if last.Start != d.Start || last.End != d.End || last.Kind != d.Kind {
			row := s.row(d)
			row.Monday = last.Start.Date.Monday() != d.Start.Date.Monday()
			m.Shifts = append(m.Shifts, row)
			last = d
		}
		m.Shifts[len(m.Shifts)-1].Cells[column].Holders = s.holders(d)
	}
	return months
}

func (s *sheets) row(d rota.Duty) paper.Shift {
	return paper.Shift{
		Day: d.Start.Date.Format("Mon 2 Jan"), Times: d.Start.Time.String() + " to " + shortEnd(d),
		Special: s.special(d), Cells: make([]paper.Cell, len(s.policy.Tiers)),
	}
}

// special names the bank holidays and festive days of a duty, each with its day where the duty has several.
func (s *sheets) special(d rota.Duty) []string {
	days := d.OnCall()
	words := []string{}
	for _, day := range days {
		festive := rota.FestiveName(day)
		holiday, isHoliday := s.config.Holidays.On(day)
		said := ""
		switch {
		case isHoliday && festive != "":
			said = festive + " (bank holiday)"
		case isHoliday:
			said = strings.TrimSuffix(holiday.Name, " bank holiday") + " (bank holiday)"
		case festive != "":
			said = festive
		default:
			continue
		}
		if len(days) > 1 {
			said = day.Format("Mon 2: ") + said
		}
		words = append(words, said)
	}
	return words
}

// holders says who is on call in a duty; where several share it, who from when until when.
func (s *sheets) holders(d rota.Duty) []paper.Holder {
	pieces := s.pieces[d.ID]
	if len(pieces) < 2 {
		return []paper.Holder{s.holder(d.Holder, "")}
	}
	return each(pieces, func(piece rota.Duty) paper.Holder {
		return s.holder(piece.Holder, piece.Start.Time.String()+" to "+piece.End.Time.String())
	})
}

func (s *sheets) holder(id rota.LeaderID, when string) paper.Holder {
	h := paper.Holder{Name: nameOf(s.names, id), When: when, Open: id == ""}
	if s.phones {
		h.Phone = s.names[id].Phone
	}
	return h
}
