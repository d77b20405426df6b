package cli

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"pcnrota/rota"
)

// This file says why duties cannot be covered, and what could be changed.

// explain turns a rota that cannot be covered into an error that says why. It leaves any other error as it
// is.
func (p *pcn) explain(err error, names map[rota.LeaderID]rota.Leader) error {
	var open *rota.Uncoverable
	if !errors.As(err, &open) {
		return err
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s\nno draft was made\n", howMany(open))
	p.tellGaps(&b, open, names)
	hints := append(remedyHints(open.Conflicts), "leave open what cannot be covered: pcnrota rota build --allow-gaps")
	return wrong(b.String(), hints...)
}

// howMany promises no more than was proved.
func howMany(open *rota.Uncoverable) string {
	found := len(open.Duties)
	switch {
	case open.Least == found:
		return fmt.Sprintf("%s cannot be covered by the rules", count(found, "duty", "duties"))
	case open.Least > 0:
		return fmt.Sprintf("at least %s cannot be covered by the rules (%d in the best rota)", count(open.Least, "duty", "duties"), found)
	default:
		return fmt.Sprintf("no rota was found that covers %s", count(found, "duty", "duties"))
	}
}

// tellGaps explains each conflict, then the duties for which none was found.
func (p *pcn) tellGaps(w io.Writer, open *rota.Uncoverable, names map[rota.LeaderID]rota.Leader) {
	for _, c := range open.Conflicts {
		fmt.Fprintln(w)
		p.tellConflict(w, c)
	}
	const shown = 3
	rest := unexplained(open)
	for i, gap := range rest {
		if i == shown || len(open.Conflicts) > 0 {
			fmt.Fprintf(w, "\n  ... and %s\n", count(len(rest)-i, "more duty", "more duties"))
			break
		}
		fmt.Fprintf(w, "\n  Nobody was found for this duty; that nobody can hold it is not proved.\n")
		p.tellDuty(w, gap.Duty)
		for _, r := range gap.Reasons {
			p.tell(w, "    - ", fmt.Sprintf("%s (%s): %s", nameOf(names, r.Leader), r.Leader, r.Why))
		}
	}
}

// unexplained gives the open duties that are part of no conflict.
func unexplained(open *rota.Uncoverable) []rota.UncoveredDuty {
	return slices.DeleteFunc(slices.Clone(open.Duties), func(gap rota.UncoveredDuty) bool {
		return slices.ContainsFunc(open.Conflicts, func(c rota.Conflict) bool { return hasDuty(c.All(), gap.Duty.ID) })
	})
}

func hasDuty(duties []rota.Duty, id rota.DutyID) bool {
	return slices.ContainsFunc(duties, func(d rota.Duty) bool { return d.ID == id })
}

// tellConflict says what cannot go together, what is in the way, and what would help.
func (p *pcn) tellConflict(w io.Writer, c rota.Conflict) {
	const shown = 8
	if len(c.Duties) == 1 {
		fmt.Fprintln(w, "  Nobody can hold")
	} else {
		fmt.Fprintf(w, "  Of these %d duties only %d can be covered, whoever holds which:\n", len(c.Duties), len(c.Duties)-1)
	}
	for i, d := range c.Duties {
		if i == shown {
			fmt.Fprintf(w, "    ... and %d more\n", len(c.Duties)-shown)
			break
		}
		p.tellDuty(w, d)
	}
	if len(c.Also) > 0 {
		all := c.All()
		p.tell(w, "  ", fmt.Sprintf("The same goes for %s, from %s to %s.", count(len(c.Also), "other duty or group of duties", "other duties or groups of duties"),
			inFull(all[0].Start), inFull(all[len(all)-1].End)))
	}
	if len(c.Causes) > 0 {
		fmt.Fprintln(w, "  In the way:")
	}
	for _, reads := range causeLines(c.Causes) {
		p.tell(w, "    - ", reads)
	}
	if len(c.Able) > 0 {
		p.tell(w, "  ", fmt.Sprintf("Who is left for them: %s.", join(c.Able)))
	}
	if c.Hurried {
		p.tell(w, "  ", "There was no time to find out whether less of this is enough to stand in the way.")
	}
	p.tellRemedies(w, c.Remedies)
}

func join(ids []rota.LeaderID) string {
	return strings.Join(each(ids, func(id rota.LeaderID) string { return string(id) }), ", ")
}

// causeLines joins leaders of whom the same is said.
func causeLines(causes []rota.Cause) []string {
	var lines []string
	said := map[string]bool{}
	for _, c := range causes {
		what, about := c.About()
		if about == "" || c.Kind == rota.CauseAbsence || c.Kind == rota.CauseHeld {
			lines = append(lines, c.Reads)
			continue
		}
		var who []string
		for _, other := range causes {
			if also, name := other.About(); other.Kind == c.Kind && also == what {
				who = append(who, name)
			}
		}
		switch {
		case said[what]:
		case len(who) == 1:
			lines = append(lines, c.Reads)
		default:
			lines = append(lines, what+": "+strings.Join(who, ", "))
		}
		said[what] = true
	}
	return lines
}

func (p *pcn) tellRemedies(w io.Writer, remedies []rota.Remedy) {
	if len(remedies) == 0 {
		fmt.Fprintln(w, "  No small change was found that would help.")
		return
	}
	fmt.Fprintln(w, "  What would make it possible, the cheapest first, each by itself:")
	around := slices.ContainsFunc(remedies, func(r rota.Remedy) bool { return r.Around })
	for i, r := range remedies {
		reads := remedyReads(r)
		if around && !r.Around {
			reads += " (but then others nearby stay open)"
		}
		p.tell(w, fmt.Sprintf("    %d. ", i+1), reads)
	}
	if !around {
		fmt.Fprintln(w, "  Other duties nearby stay open even then.")
	}
}

func remedyReads(r rota.Remedy) string {
	return strings.Join(each(r.Changes, func(c rota.Change) string { return "if " + c.Reads }), ", and ")
}

func (p *pcn) tellDuty(w io.Writer, d rota.Duty) {
	p.tell(w, "    ", fmt.Sprintf("%s, %s to %s", d.ID, inFull(d.Start), inFull(d.End)))
}

// remedyHints says where the things are changed that the first remedies are about.
func remedyHints(conflicts []rota.Conflict) []string {
	where := map[rota.CauseKind]string{
		rota.CausePin:     "what is settled by hand: pcnrota rota pins, then pcnrota rota unpin DUTY",
		rota.CauseLimit:   "rules are under [rota.rules] in config.toml",
		rota.CauseRest:    "rules are under [rota.rules] in config.toml",
		rota.CauseRule:    "rules are under [rota.rules] in config.toml",
		rota.CauseAbsence: "absences: pcnrota absence list, then pcnrota absence edit",
	}
	where[rota.CauseNewcomer], where[rota.CausePractices] = where[rota.CauseLimit], "different_practices is set under [[rota]] in config.toml"
	var hints []string
	for _, c := range conflicts {
		for _, r := range c.Remedies {
			for _, change := range r.Changes {
				if text := where[change.Kind]; text != "" && !slices.Contains(hints, text) {
					hints = append(hints, text)
				}
			}
		}
	}
	return hints
}
