package cli

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/urfave/cli/v2"
)

// change does it and says so, or, in a dry run, says what would be done.
func (p *pcn) change(verb, what string, do func() error) error {
	if !p.rehearse {
		if err := do(); err != nil {
			return err
		}
	}
	p.did(verb, what)
	return nil
}

// did says what was done, or, in a dry run, what would be.
func (p *pcn) did(verb, what string) {
	if p.rehearse {
		writeFolded(p.stdout, p.out.width, fmt.Sprintf("would %s %s (dry run: nothing was changed)", verb, what))
		return
	}
	writeFolded(p.stdout, p.out.width, pastOf(verb)+" "+what)
}

// pastOf gives the past of the few verbs that commands use.
func pastOf(verb string) string {
	switch {
	case verb == "tell":
		return "told"
	case verb == "take back":
		return "took back"
	case verb == "end":
		return "ended"
	case verb == "make":
		return "made"
	case verb == "sign out":
		return "signed out"
	case verb == "give":
		return "gave"
	case verb == "call off":
		return "called off"
	case verb == "put back":
		return "put back"
	case verb == "log":
		return "logged"
	case verb == "write":
		return "wrote"
	case verb == "forbid":
		return "forbade"
	case verb == "withdraw":
		return "withdrew"
	case verb == "send":
		return "sent"
	case verb == "cancel":
		return "cancelled"
	case verb == "retry":
		return "planned another try of"
	case strings.HasSuffix(verb, "pin"):
		return verb + "ned"
	case strings.HasSuffix(verb, "e"):
		return verb + "d"
	default:
		return verb + "ed"
	}
}

// edit puts the changed thing in place of the one there was, and says what is different.
func edit[T any](c *cli.Context, pcn *pcn, k kind[T], was, is T, put func() error) error {
	if c.NumFlags() == 0 || (c.NumFlags() == 1 && c.IsSet("dry-run")) {
		return usage("nothing to change was given", c.Command.HelpName+" --help shows the flags")
	}
	how := k.differences(was, is)
	if len(how) == 0 {
		fmt.Fprintf(pcn.stdout, "nothing to change: %s %s is so already\n", k.one, k.label(was))
		return nil
	}
	return pcn.change("change", fmt.Sprintf("%s %s: %s", k.one, k.label(was), strings.Join(how, ", ")), put)
}

var plainID = regexp.MustCompile(`^[\pL\pN][\pL\pN._-]*$`)

// checkID refuses what could not be typed as one argument later.
func checkID(what, example, id string) error {
	if plainID.MatchString(id) && len(id) <= 40 {
		return nil
	}
	return usage(fmt.Sprintf("%q is not %s: one word of letters and digits", id, what), "write it like "+example)
}
