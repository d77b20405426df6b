package cli

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"pcnrota/internal/sheet"
	"pcnrota/rota"
	"pcnrota/rota/rotatest"
)

func (p *program) rotaImport() *cli.Command {
	return &cli.Command{
		Name: "import", ArgsUsage: "NAME FILE", Usage: "take a past rota into the ledger",
		Description: `Reads who was on call before today from a CSV file, so that fairness does not
begin at nothing. Any of these will do:
  a row for each day or week, with a column for each tier, and names in it
  a row for each day or week, with a column for each person, and tiers in it
  a row for each duty: date, tier, leader
A column called "Week commencing" or the like means all shifts of the week.

Nothing is guessed. A cell with two names or none, somebody unknown, a day on
which no shift starts: all are listed with line and column, and nothing is taken
in before they are mended, or left out by --skip-unplaced.

What is taken in counts in the ledger like any duty of the rota. Fair shares
follow people and absences as they are known now: bring in first and last days
in post, and past sick and parental leave, before the rota. What is on record
already stays as it is; a file that says otherwise is refused.

  pcnrota rota import on-call old-rota.csv --dry-run
  pcnrota rota import on-call old-rota.csv --skip-unplaced`,
		Flags: append(outputFlags(),
			&cli.StringFlag{Name: "rows", Usage: "what a row stands for: `day` or week (default: as the column of the dates is called)"},
			&cli.BoolFlag{Name: "skip-unplaced", Usage: "leave out what cannot be placed, and take the rest"},
			&cli.StringFlag{Name: "by", Usage: "`NAME` of whoever decides this (default: the user of this computer)"},
			&cli.StringFlag{Name: "reason", Usage: "`WHY` it is taken in, for the record"},
			dryRunFlag()),
		Action: p.inPCN(importRota),
	}
}

func importRota(c *cli.Context, p *pcn) error {
	policy, err := p.rotaNamed(c)
	if err != nil {
		return err
	}
	revision, err := p.db.Revision(c.Context)
	if err != nil {
		return err
	}
	h, err := p.readPast(c, policy)
	if err != nil {
		return err
	}
	if len(h.added) > 0 {
		if err := p.reckonPast(c, policy, &h); err != nil {
			return err
		}
	}
	if blocked := h.blocked(c.Bool("skip-unplaced")); blocked != nil {
		if p.rehearse {
			err = p.showImport(c, h)
		}
		return errors.Join(err, blocked)
	}
	if len(h.added) > 0 && !p.rehearse {
		v, err := p.db.RecordPast(c.Context, h.draft, revision, p.author(c), h.reason(c.String("reason")), p.at)
		if err != nil {
			return err
		}
		h.version = v.Number
		if err := p.planMeetings(c.Context); err != nil {
			return err
		}
	}
	return p.showImport(c, h)
}

// history is a past rota on its way into the ledger.
type history struct {
	policy  rota.Policy
	file    string
	past    sheet.Past
	names   map[rota.LeaderID]rota.Leader
	added   []rota.Duty // what is new
	already int         // how many duties of the file are on record
	draft   rota.Draft  // what is new and what is on record in its days; empty where nothing is new
	version int         // as which it was recorded; 0 for none
	notes   []string
}

// readPast reads the file and sets it against what is on record.
func (p *pcn) readPast(c *cli.Context, policy rota.Policy) (history, error) {
	h := history{policy: policy}
	rows := sheet.Rows(c.String("rows"))
	if !slices.Contains([]sheet.Rows{sheet.RowsAsNamed, sheet.RowsAreDays, sheet.RowsAreWeeks}, rows) {
		return h, usage(fmt.Sprintf("--rows %s is neither day nor week", rows), "--rows day, or --rows week")
	}
	leaders, err := p.db.Leaders(c.Context)
	if err != nil {
		return h, err
	}
	h.names = byID(leaders)
	name, data, err := p.readFile(c.Args().Get(1))
	if err != nil {
		return h, err
	}
	h.file = name
	of := sheet.Rota{Policy: policy, Leaders: leaders, Zone: p.config.Zone, Holidays: p.config.Holidays}
	if h.past, err = sheet.PastRota(name, data, of, p.today(), rows); err != nil {
		return h, err
	}
	if len(h.past.Ignored) > 0 {
		p.warn("not read from %s: %s", name, strings.Join(h.past.Ignored, ", "))
	}
	return h, p.compareWithRecord(c, &h)
}

// compareWithRecord tells what is new from what is known, and refuses what is known otherwise: who was on
// call stays true.
func (p *pcn) compareWithRecord(c *cli.Context, h *history) error {
	published, err := p.db.Whole(c.Context, time.Time{}, time.Time{})
	if err != nil {
		return err
	}
	recorded := map[rota.DutyID]rota.LeaderID{}
	for _, d := range published {
		recorded[d.ID] = d.Holder
	}
	var otherwise []string
	for _, d := range h.past.Placed {
		switch holder := recorded[d.ID]; holder {
		case "": // not on record, or as one that nobody held
			h.added = append(h.added, d.Duty)
		case d.Holder:
			h.already++
		default:
			otherwise = append(otherwise, fmt.Sprintf("line %d says %s held %s, and on record is %s",
				d.Line, nameOf(h.names, d.Holder), d.ID, nameOf(h.names, holder)))
		}
	}
	if len(otherwise) > 0 {
		return wrong(fmt.Sprintf("%s contradicts what is on record in %s; the past stays as it was, and nothing was imported%s",
			h.file, count(len(otherwise), "duty", "duties"), firstLines(otherwise)), "take these duties out of the file")
	}
	return nil
}

// firstLines puts the first few of many lines below a sentence.
func firstLines(lines []string) string {
	const shown = 20
	var b strings.Builder
	for i, line := range lines {
		if i == shown {
			fmt.Fprintf(&b, "\n  ... and %d more", len(lines)-shown)
			break
		}
		b.WriteString("\n  " + line)
	}
	return b.String()
}

// blocked is why nothing is taken in, if so.
func (h *history) blocked(skip bool) error {
	if len(h.past.Unplaced) == 0 || skip {
		return nil
	}
	says := fmt.Sprintf("%s in %s cannot be placed; nothing was imported%s",
		count(len(h.past.Unplaced), "cell", "cells"), h.file, firstLines(each(h.past.Unplaced, sheet.Fault.String)))
	if len(h.added) == 0 {
		return wrong(says)
	}
	return wrong(says, "mend the file, or take the other "+count(len(h.added), "duty", "duties")+" with --skip-unplaced")
}

// reason is what the record says about where the version comes from.
func (h *history) reason(said string) string {
	from := "imported from " + h.file
	if said == "" {
		return from
	}
	return said + " (" + from + ")"
}

// reckonPast works out the fair shares of what is new, has them checked by code that shares nothing with
// that, and joins what is on record in the same days.
func (p *pcn) reckonPast(c *cli.Context, policy rota.Policy, h *history) error {
	from, until := h.added[0].Start.Date, h.added[len(h.added)-1].Start.Date.AddDays(1)
	problem, err := p.problem(c.Context, policy, from, until)
	if err != nil {
		return err
	}
	draft := rota.Record(problem, h.added)
	if breaches := rotatest.CheckRecord(problem, draft); len(breaches) > 0 {
		return fmt.Errorf("nothing was imported, because the re-check of fair shares found a breach: %s", breaches[0])
	}
	kept, parts, err := p.onRecord(c, draft)
	if err != nil {
		return err
	}
	h.draft = draft.With(kept, parts)
	h.notes = notesOnPast(problem, draft, h.draft, h.names)
	h.draft.Notes = h.notes
	return nil
}

// onRecord gives what is in force in the days of d and not in d, with its fair shares.
func (p *pcn) onRecord(c *cli.Context, d rota.Draft) (duties []rota.Duty, parts []rota.Part, err error) {
	published, err := p.db.Whole(c.Context, time.Time{}, time.Time{})
	if err != nil {
		return nil, nil, err
	}
	added := map[rota.DutyID]bool{}
	for _, duty := range d.Duties {
		added[duty.ID] = true
	}
	for _, duty := range published {
		if duty.Rota == d.Policy.Name && !duty.Start.Date.Before(d.From) && duty.Start.Date.Before(d.Until) && !added[duty.ID] {
			duties = append(duties, duty.Duty)
		}
	}
	parts, err = p.db.PartsInForce(c.Context, d.Policy.Name, d.From, d.Until)
	return duties, slices.DeleteFunc(parts, func(part rota.Part) bool { return added[part.Duty] }), err
}
