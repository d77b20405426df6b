package rotatest

import (
	"fmt"
	"slices"
	"strings"

	"pcnrota/rota"
)

// This file reads what is expected of duties that cannot be covered.

// expectGaps reads "2 gaps" and "no gaps".
func expectGaps(want int) expectation {
	return func(o *outcome) string {
		var open []string
		for _, d := range o.draft.Duties {
			if d.Holder == "" {
				open = append(open, string(d.ID))
			}
		}
		if len(open) != want {
			return fmt.Sprintf("there are %d gaps: %s", len(open), strings.Join(open, ", "))
		}
		return ""
	}
}

// expectConflict reads "DUTY and DUTY because "24 hours of rest" and "L01"". The causes are all there are.
func expectConflict(known *world, c *clause) expectation {
	duties := []rota.DutyID{known.duty(c)}
	for c.skip("and") {
		duties = append(duties, known.duty(c))
	}
	var causes []string
	if c.skip("because") {
		causes = append(causes, c.take("a part of the cause, in quotation marks,"))
		for c.skip("and") {
			causes = append(causes, c.take("a part of the cause, in quotation marks,"))
		}
	}
	return func(o *outcome) string {
		if o.open == nil {
			return "the rota was covered"
		}
		for _, conflict := range o.open.Conflicts {
			if slices.EqualFunc(conflict.Duties, duties, func(d rota.Duty, id rota.DutyID) bool { return d.ID == id }) {
				return comparedCauses(conflict, causes)
			}
		}
		return "the conflicts are " + conflictsOf(o)
	}
}

func comparedCauses(c rota.Conflict, want []string) string {
	var found []string
	for _, cause := range c.Causes {
		found = append(found, cause.Reads)
	}
	for _, text := range want {
		if !slices.ContainsFunc(found, func(reads string) bool { return strings.Contains(reads, text) }) {
			return fmt.Sprintf("the causes are %q", found)
		}
	}
	if len(want) > 0 && len(found) != len(want) {
		return fmt.Sprintf("the causes are %q", found)
	}
	return ""
}

func conflictsOf(o *outcome) string {
	var all []string
	for _, c := range o.open.Conflicts {
		var ids []string
		for _, d := range c.Duties {
			ids = append(ids, string(d.ID))
		}
		all = append(all, strings.Join(ids, " and "))
	}
	return strings.Join(all, "; ")
}

// expectRemedy looks among the remedies that come first.
func expectRemedy(text string) expectation {
	return func(o *outcome) string {
		if o.open == nil {
			return "the rota was covered"
		}
		var found []string
		for _, c := range o.open.Conflicts {
			var words []string
			if len(c.Remedies) > 0 {
				for _, change := range c.Remedies[0].Changes {
					words = append(words, change.Reads)
				}
			}
			if reads := strings.Join(words, " and "); strings.Contains(reads, text) {
				return ""
			} else {
				found = append(found, reads)
			}
		}
		return fmt.Sprintf("the first remedies are %q", found)
	}
}
