package cli

import (
	"github.com/urfave/cli/v2"

	"pcnrota/internal/sheet"
	"pcnrota/rota"
)

func (p *program) bodyEdit() *cli.Command {
	return &cli.Command{
		Name: "edit", Usage: "change or rename a partner body", ArgsUsage: "BODY",
		Description: `Changes what the flags give; the rest stays. A new name counts from --from, today
where that is not given: meetings before that day keep the old one. --correct
puts a name right that was never true.

  pcnrota body edit ICS --name "Humber and Coast ICB" --from 2027-04-01
  pcnrota body edit HWB --papers-to "5 clear days" --tell`,
		Flags: append([]cli.Flag{
			&cli.StringFlag{Name: "from", Usage: "`DAY` from which the new name counts (default: today)"},
			&cli.BoolFlag{Name: "correct", Usage: "the name was wrong: it had the new one all along"},
		}, bodyFlags()...),
		Action: p.inPCN(bodyEdit),
	}
}

func bodyEdit(c *cli.Context, pcn *pcn) error {
	was, err := pcn.body(c, c.Args().First())
	if err != nil {
		return err
	}
	is := was
	if err := pcn.renameBody(c, &is); err != nil {
		return err
	}
	if err := setBody(c, &is); err != nil {
		return err
	}
	return edit(c, pcn, bodies, was, is, func() error {
		if err := pcn.db.PutBodies(c.Context, []rota.Body{is}); err != nil {
			return err
		}
		return pcn.planMeetings(c.Context)
	})
}

func (p *pcn) renameBody(c *cli.Context, b *rota.Body) error {
	name := sheet.Clean(c.String("name"))
	switch {
	case !c.IsSet("name") && (c.IsSet("from") || c.IsSet("correct")):
		return usage("--from and --correct go with a new name", `--name "..."`)
	case !c.IsSet("name") || name == b.Name:
		return nil
	case name == "":
		return usage("a partner body needs a name", `--name "Health and Wellbeing Board"`)
	case c.Bool("correct"):
		b.Name = name
		return nil
	}
	from := p.today()
	if err := setParsed(c, "from", &from, parseDay); err != nil {
		return err
	}
	*b = b.Rename(name, from)
	return nil
}
