package cli

import (
	"github.com/urfave/cli/v2"

	"pcnrota/internal/sheet"
	"pcnrota/rota"
)

func (p *program) bodyAdd() *cli.Command {
	return &cli.Command{
		Name: "add", Usage: "add a partner body", ArgsUsage: "ID",
		Description: `ID is the short name that commands and spreadsheets use. It stays when the body is
renamed.

  pcnrota body add HWB --name "Health and Wellbeing Board" --kind hwb \
    --papers-to "5 clear days" --contact "Jo Clerk" --email jo@example.gov.uk`,
		Flags:  bodyFlags(),
		Action: p.inPCN(bodyAdd),
	}
}

func bodyAdd(c *cli.Context, pcn *pcn) error {
	added := rota.Body{ID: rota.BodyID(sheet.Clean(c.Args().First())), Name: sheet.Clean(c.String("name")), Kind: rota.OtherBody}
	if added.ID == "" || added.Name == "" {
		return usage("a partner body needs an ID and a name", `pcnrota body add HWB --name "Health and Wellbeing Board"`)
	}
	if err := setBody(c, &added); err != nil {
		return err
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
