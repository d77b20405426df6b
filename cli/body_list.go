package cli

import (
	"fmt"

	"github.com/urfave/cli/v2"

	"pcnrota/rota"
)

func (p *program) bodyList() *cli.Command {
	return &cli.Command{
		Name: "list", Usage: "list the partner bodies",
		Description: `Those that have ended are left out, unless --all asks for them.

  pcnrota body list
  pcnrota body list --all`,
		Flags:  append([]cli.Flag{&cli.BoolFlag{Name: "all", Usage: "also those that have ended"}}, outputFlags()...),
		Action: p.inPCN(bodyList),
	}
}

func bodyList(c *cli.Context, pcn *pcn) error {
	all, err := pcn.db.Bodies(c.Context)
	if err != nil {
		return err
	}
	shown := []rota.Body{}
	t := newTable(col("id"), name("name"), text("kind"))
	for _, b := range all {
		if ended := !b.Ends.IsZero() && b.Ends.Before(pcn.today()); !ended || c.Bool("all") {
			shown = append(shown, b)
			t.row(string(b.ID), b.NameOn(pcn.today())+endedInWords(b), string(b.Kind))
		}
	}
	return pcn.show(c, listing{json: shown, table: t, empty: "no partner bodies yet: pcnrota body add"})
}

// endedInWords gives " (until 2027-03-31, then ICB2)", "" for a body that is open.
func endedInWords(b rota.Body) string {
	switch {
	case b.Ends.IsZero():
		return ""
	case b.Into == "":
		return fmt.Sprintf(" (until %s)", b.Ends)
	default:
		return fmt.Sprintf(" (until %s, then %s)", b.Ends, b.Into)
	}
}
