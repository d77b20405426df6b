package cli

import (
	"fmt"

	"github.com/urfave/cli/v2"
)

func (p *program) auditVerify() *cli.Command {
	return &cli.Command{
		Name: "verify", Usage: "prove that the record is whole",
		Description: `Follows the seals from the first entry to the last, compares every published
version with what was recorded when it was published, and every row of the data
with the last entry about it. The seal that it prints stands for all of them: if
you keep it elsewhere, it proves later that nothing before it was changed.

  pcnrota audit verify
  pcnrota audit verify --json`,
		Flags:  outputFlags(),
		Action: p.inPCN(verifyAudit),
	}
}

// auditReportView is the result of a verification in JSON.
type auditReportView struct {
	Entries int64    `json:"entries"`
	Seal    string   `json:"seal"` // of the newest entry, in hexadecimal
	Faults  []string `json:"faults"`
}

func verifyAudit(c *cli.Context, p *pcn) error {
	report, err := p.db.VerifyAudit(c.Context)
	if err != nil {
		return err
	}
	view := auditReportView{report.Entries, fmt.Sprintf("%x", report.Last), append([]string{}, report.Faults...)}
	if c.Bool("json") {
		if err := writeJSON(p.stdout, view); err != nil {
			return err
		}
	} else if len(view.Faults) == 0 {
		fmt.Fprintf(p.stdout, "%s, and every one is as it was written\nseal %s\n", count(int(view.Entries), "change", "changes"), view.Seal)
	}
	if len(view.Faults) == 0 {
		return nil
	}
	const shown = 10
	text := fmt.Sprintf("the record is not whole: %s", count(len(view.Faults), "fault", "faults"))
	for i, fault := range view.Faults {
		if i == shown {
			text += fmt.Sprintf("\n  ... and %d more: pcnrota audit verify --json", len(view.Faults)-shown)
			break
		}
		text += "\n  " + fault
	}
	return wrong(text, "somebody has changed pcnrota.db with another program; compare it with a backup")
}
