package cli

import (
	"context"
	"fmt"
	"strings"

	"github.com/urfave/cli/v2"

	"pcnrota/rota"
)

func (p *program) absenceRequest() *cli.Command {
	return &cli.Command{
		Name: "request", Usage: "ask for an absence, and see which duties it hits", ArgsUsage: "LEADER KIND FIRST [LAST]",
		Description: `KIND is ` + strings.Join(absenceKinds(), ", ") + `.
What is requested bars no duty until it is approved. Says at once which published
duties and meetings it falls on, and who could cover.

  pcnrota absence request L02 annual 16/08/2027 18/08/2027
  pcnrota absence request L02 study 2027-02-01 --dry-run`,
		Flags: append(outputFlags(),
			&cli.StringFlag{Name: "weekday", Usage: "`WEEKDAY` of a non-working day"},
			dryRunFlag()),
		Action: p.inPCN(absenceRequest),
	}
}

// requestedView is a request and what it falls on, in JSON.
type requestedView struct {
	requestView
	hitsView
	DryRun bool `json:"dry_run"`
}

func absenceRequest(c *cli.Context, p *pcn) error {
	l, err := p.leader(c, c.Args().First())
	if err != nil {
		return err
	}
	asked, err := readAbsence(c, l.ID)
	if err != nil {
		return err
	}
	q, h, err := p.requestAbsence(c.Context, asked, c.IsSet("weekday"))
	if err != nil {
		return err
	}
	if c.Bool("json") {
		return writeJSON(p.stdout, requestedView{p.viewRequest(q), p.viewHits(h), p.rehearse})
	}
	p.did("request", "absence of "+absenceKind(map[rota.LeaderID]string{l.ID: l.Name}).label(q.Absence))
	p.sayDutiesHit(h)
	p.sayRestHit(h)
	if !p.rehearse {
		p.sayDecide(q, h)
	}
	return nil
}

// requestAbsence keeps that an absence is asked for, except in a dry run, and gives what it falls on.
func (p *pcn) requestAbsence(ctx context.Context, a rota.Absence, weekdayGiven bool) (q rota.Request, h hits, err error) {
	q = rota.Request{Absence: a, State: rota.Requested, Asked: p.at}
	all, err := p.db.Requests(ctx)
	if err != nil {
		return q, h, err
	}
	if err := checkAbsence(a, all, weekdayGiven); err != nil {
		return q, h, err
	}
	if h, err = p.hitsOf(ctx, a); err == nil && !p.rehearse {
		q.ID, err = p.db.AddRequest(ctx, q)
	}
	return q, h, err
}

// sayDecide tells what the manager can type about a request.
func (p *pcn) sayDecide(q rota.Request, h hits) {
	fmt.Fprintf(p.stdout, "\nIt is absence %d, and bars nothing until it is approved. Next, one of:\n", q.ID)
	if len(p.rotasHit(h)) > 0 {
		fmt.Fprintf(p.stdout, "  pcnrota absence approve %d --repair     give its duties to others\n", q.ID)
		fmt.Fprintf(p.stdout, "  pcnrota absence approve %d --ask-cover  ask who would take them\n", q.ID)
	} else {
		fmt.Fprintf(p.stdout, "  pcnrota absence approve %d\n", q.ID)
	}
	fmt.Fprintf(p.stdout, "  pcnrota absence refuse %d --reason \"WHY\"\n", q.ID)
}
