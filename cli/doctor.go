package cli

import (
	"fmt"

	"github.com/urfave/cli/v2"
)

func (p *program) doctorCommand() *cli.Command {
	return &cli.Command{
		Name: "doctor", Category: running, Usage: "check that everything is in order, and say what is not",
		Description: `One line for each check. It signs in to the mail server and sends nothing. The exit
code is 1 where something is wrong.

  pcnrota doctor
  pcnrota doctor --json`,
		Flags: outputFlags(), Action: p.doctor,
	}
}

// finding is what one check says.
type finding struct {
	Check string `json:"check"`
	OK    bool   `json:"ok"`
	Says  string `json:"says"`
	Do    string `json:"do"` // what to do about it; "" where nothing is
}

func fine(check, format string, args ...any) finding {
	return finding{Check: check, OK: true, Says: fmt.Sprintf(format, args...)}
}

func trouble(check, says, do string) finding { return finding{Check: check, Says: says, Do: do} }

// doctor makes the checks that can be made: where the folder cannot be opened, that is what it says.
func (p *program) doctor(c *cli.Context) error {
	findings := p.checkFolder(c)
	unhappy := 0
	for _, f := range findings {
		if !f.OK {
			unhappy++
		}
	}
	if c.Bool("json") {
		if err := writeJSON(p.stdout, findings); err != nil {
			return err
		}
	} else {
		p.showFindings(findings, unhappy)
	}
	if unhappy > 0 {
		return errAnswered
	}
	return nil
}

func (p *program) showFindings(findings []finding, unhappy int) {
	for _, f := range findings {
		mark := "ok   "
		if !f.OK {
			mark = "WRONG"
		}
		head := fmt.Sprintf("%s  %-12s", mark, f.Check)
		for i, line := range wrapIndented(f.Says, max(p.out.prose()-len(head)-2, 40)) {
			if i > 0 {
				head = fmt.Sprintf("%*s", len(head), "")
			}
			fmt.Fprintf(p.stdout, "%s  %s\n", head, line)
		}
		if f.Do != "" {
			p.tell(p.stdout, fmt.Sprintf("%21s", ""), "hint: "+f.Do)
		}
	}
	if unhappy > 0 {
		fmt.Fprintf(p.stdout, "\n%s of %d wrong.\n", count(unhappy, "check", "checks"), len(findings))
		return
	}
	fmt.Fprintf(p.stdout, "\nEverything is in order.\n")
}
