package cli

import (
	"strconv"

	"github.com/urfave/cli/v2"

	"pcnrota/rota"
)

func (p *program) practiceList() *cli.Command {
	return &cli.Command{
		Name: "list", Usage: "list the practices",
		Description: `  pcnrota practice list
  pcnrota practice list --csv > practices.csv`,
		Flags:  outputFlagsCSV(),
		Action: p.inPCN(practiceList),
	}
}

func practiceList(c *cli.Context, pcn *pcn) error {
	all, err := pcn.db.Practices(c.Context)
	if err != nil {
		return err
	}
	t := newTable(col("code"), name("name"), number("patients"))
	for _, p := range all {
		t.row(string(p.Code), p.Name, strconv.Itoa(p.ListSize))
	}
	return pcn.show(c, listing{
		json: append([]rota.Practice{}, all...), csv: practices.csv(all), table: t,
		empty: "no practices yet: pcnrota practice import FILE.csv",
	})
}
