package cli

import (
	"github.com/urfave/cli/v2"

	"pcnrota/internal/sheet"
	"pcnrota/rota"
)

func (p *program) practiceImport() *cli.Command {
	return &cli.Command{
		Name: "import", Usage: "bring in practices from a CSV file", ArgsUsage: "FILE",
		Description: `Columns: ods_code, name, list_size. Practices that are there already are updated
in the columns that the file has; those that it does not have stay. Either the
whole file comes in or, where it has faults, none of it.

  pcnrota practice import practices.csv --dry-run`,
		Flags:  []cli.Flag{dryRunFlag()},
		Action: p.inPCN(practiceImport),
	}
}

func practiceImport(c *cli.Context, pcn *pcn) error {
	have, err := pcn.db.Practices(c.Context)
	if err != nil {
		return err
	}
	_, err = importing[rota.Practice]{
		kind: practices, file: sheet.PracticeFile, read: sheet.Practices, have: have,
		keep: func(was, is rota.Practice, has map[string]bool) (rota.Practice, error) {
			unlessSaid(has["list_size"], &is.ListSize, was.ListSize)
			return is, nil
		},
		put: func(found comparison[rota.Practice]) error { return pcn.db.PutPractices(c.Context, found.all()) },
	}.run(c, pcn)
	return err
}
