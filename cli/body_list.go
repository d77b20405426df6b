package cli

import (
	"github.com/urfave/cli/v2"

	"pcnrota/rota"
)

func (p *program) bodyList() *cli.Command {
	return &cli.Command{
		Name: "list", Usage: "list the partner bodies",
		Description: "  pcnrota body list",
		Flags:       outputFlags(),
		Action:      p.inPCN(bodyList),
	}
}

func bodyList(c *cli.Context, pcn *pcn) error {
	all, err := pcn.db.Bodies(c.Context)
	if err != nil {
		return err
	}
	t := newTable(col("id"), name("name"))
	for _, b := range all {
		t.row(string(b.ID), b.Name)
	}
	return pcn.show(c, listing{json: append([]rota.Body{}, all...), table: t, empty: "no partner bodies yet: pcnrota body add"})
}
