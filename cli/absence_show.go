package cli

import (
	"fmt"
	"time"

	"github.com/urfave/cli/v2"

	"pcnrota/rota"
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
	f.add("kind", kindShown(a.Absence))
	f.add("first", a.First.Format("Mon ")+firstShown(a.Absence))
	f.add("last", a.Last.Format("Mon ")+lastShown(a.Absence))
	f.add("days", count(a.First.DaysUntil(a.Last)+1, "day", "days"))
	f.add("state", pcn.stateInWords(a))
	return pcn.showOne(c, pcn.viewRequest(a), f)
}

// stateInWords gives "requested on Mon 14 Dec 2026 09:00", and nothing for what was entered as approved.
func (p *pcn) stateInWords(q rota.Request) string {
	on := func(t time.Time) string { return inFull(rota.CivilOf(t, p.config.Zone)) }
	if q.Asked.IsZero() {
		return ""
	}
	words := "requested on " + on(q.Asked)
	if q.State != rota.Requested {
		words += fmt.Sprintf(", %s on %s", q.State, on(q.Decided))
	}
	if q.Why != "" {
		words += ": " + q.Why
	}
	return words
}
