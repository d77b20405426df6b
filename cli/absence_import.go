package cli

import (
	"github.com/urfave/cli/v2"

	"pcnrota/internal/sheet"
	"pcnrota/rota"
)

func (p *program) absenceImport() *cli.Command {
	return &cli.Command{
		Name: "import", Usage: "bring in absences from a CSV file", ArgsUsage: "FILE",
		Description: `Columns: leader_id or leader, kind, first_day, last_day, weekday (of a non-working
day). The usual other names are understood, as are days like 31/01/2027. Adds
the absences that are not there yet. Either the whole file comes in or, where it
has faults, none of it.

  pcnrota absence import absences.csv --dry-run`,
		Flags:  []cli.Flag{dryRunFlag()},
		Action: p.inPCN(absenceImport),
	}
}

func absenceImport(c *cli.Context, pcn *pcn) error {
	people, err := pcn.db.Leaders(c.Context)
	if err != nil {
		return err
	}
	names, err := pcn.namesOf(c)
	if err != nil {
		return err
	}
	have, err := pcn.db.Absences(c.Context)
	if err != nil {
		return err
	}
	i := importing[rota.Absence]{
		kind: absenceKind(names), file: sheet.AbsenceFile, have: have,
		read: func(name string, data []byte) ([]rota.Absence, error) { return sheet.Absences(name, data, people) },
		put: func(found comparison[rota.Absence]) error {
			if _, err := pcn.db.AddAbsences(c.Context, found.added); err != nil {
				return err
			}
			return pcn.planMeetings(c.Context)
		},
	}
	found, err := i.run(c, pcn)
	if err != nil {
		return err
	}
	for _, l := range people {
		if err := pcn.sayAbsenceHits(c, l, found.added); err != nil {
			return err
		}
	}
	return nil
}
