package cli

import (
	"github.com/urfave/cli/v2"

	"pcnrota/internal/sheet"
	"pcnrota/rota"
)

func (p *program) bodyAdd() *cli.Command {
	return &cli.Command{
		Name: "add", Usage: "add a partner body", ArgsUsage: "ID",
		Description: `ID is the short name that commands and spreadsheets use.

  pcnrota body add HWB --name "Health and Wellbeing Board"`,
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "name", Usage: "`NAME` in full"},
			dryRunFlag(),
		},
		Action: p.inPCN(bodyAdd),
	}
}

func bodyAdd(c *cli.Context, pcn *pcn) error {
	added := rota.Body{ID: rota.BodyID(sheet.Clean(c.Args().First())), Name: sheet.Clean(c.String("name"))}
	if added.ID == "" || added.Name == "" {
		return usage("a partner body needs an ID and a name", `pcnrota body add HWB --name "Health and Wellbeing Board"`)
	}
	all, err := pcn.db.Bodies(c.Context)
	if err != nil {
		return err
	}
	if was, err := pick(all, "body", string(added.ID), bodyNames); err == nil {
		return wrong("there is a partner body "+bodyLabel(was)+" already", "pcnrota body list")
	}
	return pcn.change("add", "partner body "+bodyLabel(added), func() error {
		return pcn.db.PutBodies(c.Context, []rota.Body{added})
	})
}
