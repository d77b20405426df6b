package cli

import (
	"fmt"

	"github.com/urfave/cli/v2"
)

func (p *program) wishShow() *cli.Command {
	return &cli.Command{
		Name: "show", Usage: "show a wish", ArgsUsage: "NUMBER",
		Description: "  pcnrota wish show 4",
		Flags:       outputFlags(),
		Action:      p.inPCN(wishShow),
	}
}

func wishShow(c *cli.Context, pcn *pcn) error {
	w, _, err := pcn.wish(c, c.Args().First())
	if err != nil {
		return err
	}
	l, err := pcn.leader(c, string(w.Leader))
	if err != nil {
		return err
	}
	var f facts
	f.add("number", numbered(w.ID))
	f.add("leader", leaders.label(l))
	f.add("wish", string(w.Kind)+" "+wishAbout(w))
	f.add("weight", fmt.Sprintf("%d of 3", w.Weight))
	return pcn.showOne(c, viewOfWish(w), f)
}
