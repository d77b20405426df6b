package cli

import (
	"fmt"

	"github.com/urfave/cli/v2"

	"pcnrota/rota"
)

func (p *program) responsibilityDone() *cli.Command {
	return &cli.Command{
		Name: "done", Usage: "record that a responsibility was seen to", ArgsUsage: "RESPONSIBILITY",
		Description: `The first that is open counts as done, unless --due names another. Where each has it
for themselves, --leader says whose.

  pcnrota responsibility done DSPT --evidence https://dsptoolkit.nhs.uk/x
  pcnrota responsibility done Appraisal --leader L05 --on 2027-03-12
  pcnrota responsibility done DSPT --undo`,
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "due", Usage: "`DAY` on which the one that is meant was due"},
			&cli.StringFlag{Name: "leader", Usage: "`LEADER` whose it is"},
			&cli.StringFlag{Name: "on", Usage: "`DAY` on which it was done (default: today)"},
			&cli.StringFlag{Name: "by", Usage: "`NAME` of who says so (default: you)"},
			&cli.StringFlag{Name: "evidence", Usage: "`ADDRESS` where that can be seen"},
			&cli.BoolFlag{Name: "undo", Usage: "it was not: the last that is done, or the one of --due, is open again"},
			jsonFlag(), dryRunFlag(),
		},
		Action: p.inPCN(telling(responsibilityDone)),
	}
}

func responsibilityDone(c *cli.Context, pcn *pcn) error {
	r, err := pcn.responsibility(c, c.Args().First())
	if err != nil {
		return err
	}
	item, last, err := pcn.itemMeant(c, r, c.Bool("undo"))
	if err != nil {
		return err
	}
	if c.Bool("undo") {
		item.Done = rota.Done{}
		pcn.result = pcn.viewOfItem(item)
		return pcn.change("reopen", fmt.Sprintf("%s, due %s", r.Title, item.Due), func() error { return pcn.db.PutItem(c.Context, item, pcn.at) })
	}
	item.Done = rota.Done{On: pcn.today(), By: pcn.author(c), Evidence: r.Evidence}
	if err := setParsed(c, "on", &item.Done.On, parseDay); err != nil {
		return err
	}
	if err := setParsed(c, "evidence", &item.Done.Evidence, parseLink); err != nil {
		return err
	}
	if item.Done.On.After(pcn.today()) {
		return usage(fmt.Sprintf("%s is yet to come", item.Done.On), "--on today or an earlier day")
	}
	if !last.IsZero() {
		if says := r.Within.Kept(last, item.Done.On); says != "" {
			pcn.warn("%s should be done within %s of the last: %s", r.Title, r.Within, says)
		}
	}
	pcn.result = pcn.viewOfItem(item)
	return pcn.change("record", fmt.Sprintf("%s, due %s, as done on %s", r.Title, item.Due, item.Done.On), func() error {
		if err := pcn.db.PutItem(c.Context, item, pcn.at); err != nil {
			return err
		}
		return pcn.planResponsibilities(c.Context, pcn.at)
	})
}

// itemMeant finds the time of r that flags mean: the first that is open, or the last that is done. It gives too when
// the one before was done.
func (p *pcn) itemMeant(c *cli.Context, r rota.Obligation, done bool) (item rota.Item, last rota.Date, err error) {
	items, err := p.itemsFor(c, r)
	if err != nil {
		return item, last, err
	}
	var of rota.LeaderID
	if err := setLeaderNamed(c, p, "leader", &of); err != nil {
		return item, last, err
	}
	if r.Holding == rota.ByEach && of == "" {
		return item, last, usage(r.Title+" is each leader's own", "--leader L05 says whose")
	}
	var due rota.Date
	if err := setParsed(c, "due", &due, parseDay); err != nil {
		return item, last, err
	}
	for _, i := range items {
		switch {
		case r.Holding == rota.ByEach && i.For != of || !due.IsZero() && i.Due != due || i.Open() == done:
			if !i.Open() && (r.Holding != rota.ByEach || i.For == of) {
				last = i.Done.On
			}
		case item.ID == "" || done:
			item = i
		}
	}
	switch {
	case item.ID != "":
		return item, last, nil
	case done:
		return item, last, wrong(r.Title+" was not recorded as done", "pcnrota responsibility show "+quoted(r.Title))
	case !due.IsZero():
		return item, last, wrong(fmt.Sprintf("no %s that is open is due on %s", r.Title, due), "pcnrota responsibility show "+quoted(r.Title))
	}
	return item, last, wrong("no "+r.Title+" is open", "pcnrota responsibility show "+quoted(r.Title))
}
