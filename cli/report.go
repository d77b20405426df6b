package cli

import "github.com/urfave/cli/v2"

func (p *program) reportCommand() *cli.Command {
	return &cli.Command{
		Name: "report", Category: onCall, Usage: "who did what, for pay and job planning",
		Description: "  pcnrota report hours --month 2027-01\n  pcnrota report hours --year 2027/28 --by month --xlsx hours.xlsx\n  pcnrota report job-plan --leader L05",
		Subcommands: []*cli.Command{p.reportHours(), p.reportJobPlan()},
	}
}
