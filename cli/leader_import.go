package cli

import (
	"github.com/urfave/cli/v2"

	"pcnrota/internal/sheet"
	"pcnrota/rota"
)

func (p *program) leaderImport() *cli.Command {
	return &cli.Command{
		Name: "import", Usage: "bring in leaders from a CSV file", ArgsUsage: "FILE",
		Description: `Columns: id, name, email, role, practice, employment, wte, registration_body,
registration_number, registration_expires, starts, ends, phone, new_to_on_call,
qualifications. The usual other names are understood, as are days like
31/01/2027. Leaders who are there already are updated; those whom the file does
not have stay. Either the whole file comes in or, where it has faults, none.

  pcnrota leader import leaders.csv --dry-run`,
		Flags:  []cli.Flag{dryRunFlag()},
		Action: p.inPCN(leaderImport),
	}
}

func leaderImport(c *cli.Context, pcn *pcn) error {
	member, err := pcn.db.Practices(c.Context)
	if err != nil {
		return err
	}
	have, err := pcn.db.Leaders(c.Context)
	if err != nil {
		return err
	}
	_, err = importing[rota.Leader]{
		kind: leaders, file: sheet.LeaderFile, have: have,
		read: func(name string, data []byte) ([]rota.Leader, error) { return sheet.Leaders(name, data, member) },
		put: func(found comparison[rota.Leader]) error {
			if err := pcn.db.PutLeaders(c.Context, found.all()); err != nil {
				return err
			}
			return pcn.planMeetings(c.Context)
		},
	}.run(c, pcn)
	return err
}
