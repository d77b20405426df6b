package cli

import (
	"fmt"

	"github.com/urfave/cli/v2"

	"pcnrota/internal/sheet"
	"pcnrota/rota"
)

// notesOnPast says what a manager should look at: new is what the file adds, all what is then on record.
func notesOnPast(problem rota.Problem, added, all rota.Draft, names map[rota.LeaderID]rota.Leader) []string {
	var notes []string
	known := map[rota.DutyID]bool{}
	for _, d := range all.Duties {
		known[d.ID] = true
	}
	unknown := 0
	for _, d := range problem.Policy.Duties(problem.From, problem.Until, problem.Zone, problem.Holidays) {
		if !known[d.ID] {
			unknown++
		}
	}
	if unknown > 0 {
		notes = append(notes, fmt.Sprintf("Of %s in these days it is not known who held them, and they count for nobody.", count(unknown, "duty", "duties")))
	}
	if twice := heldTwice(all.Duties); twice > 0 {
		notes = append(notes, fmt.Sprintf("In %s one person held more than one tier.", count(twice, "shift", "shifts")))
	}
	return append(notes, notesOnShares(added, names)...)
}

// heldTwice counts the shifts in which somebody stands in two tiers. Duties are in order.
func heldTwice(duties []rota.Duty) (shifts int) {
	type held struct {
		start rota.Civil
		by    rota.LeaderID
	}
	tiers := map[held]int{}
	for _, d := range duties {
		key := held{d.Start, d.Holder}
		if tiers[key]++; tiers[key] == 2 {
			shifts++
		}
	}
	return shifts
}

// notesOnShares names those whose fair share looks as if something about them were not known.
func notesOnShares(d rota.Draft, names map[rota.LeaderID]rota.Leader) []string {
	type part struct {
		duty   rota.DutyID
		leader rota.LeaderID
	}
	has, outside := map[part]bool{}, map[rota.LeaderID]int{}
	for _, p := range d.Parts {
		has[part{p.Duty, p.Leader}] = true
	}
	for _, duty := range d.Duties {
		if !has[part{duty.ID, duty.Holder}] {
			outside[duty.Holder]++
		}
	}
	var notes []string
	for _, s := range d.Standings {
		if n := outside[s.Leader]; n > 0 {
			notes = append(notes, fmt.Sprintf("%s (%s) held %s without a share in them: as far as is known, not in post, not eligible or on protected leave that day. pcnrota leader show %[2]s",
				nameOf(names, s.Leader), s.Leader, count(n, "duty", "duties")))
		}
		if s.Held == (rota.Load{}) && s.Before == (rota.Load{}) && s.Target != (rota.Load{}) {
			notes = append(notes, fmt.Sprintf("%s (%s) held nothing and owes %s: if they were not in post or were away, say so before the import. pcnrota leader edit %[2]s --starts DAY",
				nameOf(names, s.Leader), s.Leader, inPoints(s.Target.Total())))
		}
	}
	return notes
}

// importView is an import in JSON.
type importView struct {
	Rota     rota.RotaName  `json:"rota"`
	File     string         `json:"file"`
	Version  int            `json:"version"` // 0 where nothing was recorded
	First    rota.Date      `json:"first"`   // "" where nothing is new
	Last     rota.Date      `json:"last"`
	Added    []dutyView     `json:"added"`
	Already  int            `json:"already"` // duties of the file that are on record
	Unplaced []unplacedView `json:"unplaced"`
	Fairness []fairnessView `json:"fairness"`
	Notes    []string       `json:"notes"`
	DryRun   bool           `json:"dry_run"`
}

type unplacedView struct {
	Line    int    `json:"line"`
	Column  string `json:"column"`
	Value   string `json:"value"`
	Problem string `json:"problem"`
}

func (p *pcn) viewImport(h history) importView {
	v := importView{
		Rota: h.policy.Name, File: h.file, Version: h.version, Already: h.already, DryRun: p.rehearse,
		Added: each(h.added, func(d rota.Duty) dutyView { return p.viewDuty(d, h.names) }),
		Unplaced: each(h.past.Unplaced, func(f sheet.Fault) unplacedView {
			return unplacedView{f.Line, f.Column, f.Value, f.Problem}
		}),
		Fairness: each(h.draft.Standings, func(s rota.Standing) fairnessView { return viewFairness(s, h.names) }),
		Notes:    each(h.notes, func(s string) string { return s }),
	}
	if len(h.added) > 0 {
		v.First, v.Last = h.draft.From, h.draft.Until.AddDays(-1)
	}
	return v
}

// showImport says what was taken in, or would be: in a rehearsal shift by shift.
func (p *pcn) showImport(c *cli.Context, h history) error {
	if c.Bool("json") {
		return writeJSON(p.stdout, p.viewImport(h))
	}
	if len(h.added) > 0 {
		if p.rehearse {
			shiftTable(h.policy, h.added, h.names).write(p.stdout, p.out.width, p.ink())
			fmt.Fprintln(p.stdout)
		}
		fairnessTable(h.draft.Standings, h.names).write(p.stdout, p.out.width, p.ink())
		fmt.Fprintln(p.stdout)
	}
	for _, note := range h.notes {
		p.point("note: " + note)
	}
	if c.Bool("skip-unplaced") {
		for _, f := range h.past.Unplaced {
			p.point("left out: " + f.String())
		}
	}
	p.sayImported(h)
	return nil
}

// sayImported says in a sentence what came of it.
func (p *pcn) sayImported(h history) {
	p.point(p.outcome(h))
}

func (p *pcn) outcome(h history) string {
	what := fmt.Sprintf("%s of %s", count(len(h.added), "duty", "duties"), h.policy.Name)
	already := ""
	if h.already > 0 {
		already = fmt.Sprintf("; %d more on record already", h.already)
	}
	switch {
	case len(h.added) == 0 && h.already == 0:
		return fmt.Sprintf("nothing to import: %s has no duty that can be placed", h.file)
	case len(h.added) == 0:
		return fmt.Sprintf("nothing to import: what %s says of %s is on record already", h.file, count(h.already, "duty", "duties"))
	case p.rehearse:
		return fmt.Sprintf("would import %s, %s%s (dry run: nothing was changed)", what, h.days(), already)
	default:
		return fmt.Sprintf("imported %s, %s, as version %d%s", what, h.days(), h.version, already)
	}
}

// days are those on which what is new started.
func (h *history) days() string { return shownDays(h.draft.From, h.draft.Until.AddDays(-1)) }
