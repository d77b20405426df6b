package cli

import (
	"github.com/urfave/cli/v2"
)

func (p *program) absenceShow() *cli.Command {
	return &cli.Command{
		Name: "show", Usage: "show an absence", ArgsUsage: "NUMBER",
		Description: "  pcnrota absence show 12",
		Flags:       outputFlags(),
		Action:      p.inPCN(absenceShow),
	}
}

func absenceShow(c *cli.Context, pcn *pcn) error {
	a, _, err := pcn.absence(c, c.Args().First())
	if err != nil {
		return err
	}
	l, err := pcn.leader(c, string(a.Leader))
	if err != nil {
		return err
	}
	var f facts
	f.add("number", numbered(a.ID))
	f.add("leader", leaders.label(l))
	f.add("kind", kindShown(a))
	f.add("first", a.First.Format("Mon ")+firstShown(a))
	f.add("last", a.Last.Format("Mon ")+lastShown(a))
	f.add("days", count(a.First.DaysUntil(a.Last)+1, "day", "days"))
	return pcn.showOne(c, viewOfAbsence(a), f)
}
