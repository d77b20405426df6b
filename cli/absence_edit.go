package cli

import (
	"fmt"

	"github.com/urfave/cli/v2"

	"pcnrota/rota"
)

func (p *program) absenceEdit() *cli.Command {
	return &cli.Command{
		Name: "edit", Usage: "change an absence", ArgsUsage: "NUMBER",
		Description: `NUMBER is what absence list shows. Changes what the flags give; the rest stays.

  pcnrota absence edit 12 --last 2027-03-20`,
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "kind", Usage: "`KIND` why: annual, study, sick, ..."},
			&cli.StringFlag{Name: "first", Usage: "`DAY` first day away"},
			&cli.StringFlag{Name: "last", Usage: "`DAY` last day away"},
			&cli.StringFlag{Name: "weekday", Usage: "`WEEKDAY` of a non-working day"},
			dryRunFlag(),
		},
		Action: p.inPCN(absenceEdit),
	}
}

func absenceEdit(c *cli.Context, pcn *pcn) error {
	was, all, err := pcn.ownAbsence(c, c.Args().First())
	if err != nil {
		return err
	}
	if was.State == rota.Refused {
		return wrong(fmt.Sprintf("absence %d was refused", was.ID), "pcnrota absence request "+string(was.Leader)+" KIND FIRST LAST, to ask anew")
	}
	is, err := editedAbsence(c, was.Absence)
	if err != nil {
		return err
	}
	if err := checkAbsence(is, all, c.IsSet("weekday") || was.Kind == rota.NonWorkingDay && is.Kind == was.Kind); err != nil {
		return err
	}
	l, err := pcn.leader(c, string(was.Leader))
	if err != nil {
		return err
	}
	err = edit(c, pcn, absenceKind(map[rota.LeaderID]string{l.ID: l.Name}), was.Absence, is, func() error {
		if err := pcn.db.PutAbsence(c.Context, is); err != nil {
			return err
		}
		return pcn.planMeetings(c.Context)
	})
	if err != nil || was.State == rota.Requested {
		return err
	}
	return pcn.sayAbsenceHits(c, l, []rota.Absence{is})
}

func editedAbsence(c *cli.Context, a rota.Absence) (rota.Absence, error) {
	for _, err := range []error{
		setParsed(c, "kind", &a.Kind, rota.ParseAbsenceKind),
		setParsed(c, "first", &a.First, parseDay),
		setParsed(c, "last", &a.Last, parseDay),
		setParsed(c, "weekday", &a.Weekday, rota.ParseWeekday),
	} {
		if err != nil {
			return a, err
		}
	}
	return a, nil
}
