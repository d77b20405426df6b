package cli

import (
	"strings"

	"github.com/urfave/cli/v2"

	"pcnrota/rota"
)

func (p *program) absenceAdd() *cli.Command {
	return &cli.Command{
		Name: "add", Usage: "add an absence", ArgsUsage: "LEADER KIND FIRST [LAST]",
		Description: `KIND is ` + strings.Join(absenceKinds(), ", ") + `.
Says which published duties fall into it. It counts at once: for what somebody
has yet to approve, see absence request.

  pcnrota absence add L02 annual 16/08/2027 18/08/2027
  pcnrota absence add L02 sick 2027-02-01
  pcnrota absence add L08 non-working-day 2027-01-04 2027-12-31 --weekday Tue`,
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "weekday", Usage: "`WEEKDAY` of a non-working day"},
			dryRunFlag(),
		},
		Action: p.inPCN(absenceAdd),
	}
}

func absenceAdd(c *cli.Context, pcn *pcn) error {
	l, err := pcn.leader(c, c.Args().First())
	if err != nil {
		return err
	}
	added, err := readAbsence(c, l.ID)
	if err != nil {
		return err
	}
	all, err := pcn.db.Requests(c.Context)
	if err != nil {
		return err
	}
	if err := checkAbsence(added, all, c.IsSet("weekday")); err != nil {
		return err
	}
	what := absenceKind(map[rota.LeaderID]string{l.ID: l.Name}).label(added)
	err = pcn.change("add", "absence of "+what, func() error {
		if _, err := pcn.db.AddAbsences(c.Context, []rota.Absence{added}); err != nil {
			return err
		}
		return pcn.planMeetings(c.Context)
	})
	if err != nil {
		return err
	}
	return pcn.sayAbsenceHits(c, l, []rota.Absence{added})
}

// readAbsence reads KIND FIRST [LAST] and --weekday.
func readAbsence(c *cli.Context, l rota.LeaderID) (a rota.Absence, err error) {
	a.Leader = l
	if a.Kind, err = parseWith(rota.ParseAbsenceKind, c.Args().Get(1)); err != nil {
		return a, err
	}
	if a.First, err = parseDay(c.Args().Get(2)); err != nil {
		return a, err
	}
	a.Last = a.First
	if c.Args().Len() > 3 {
		if a.Last, err = parseDay(c.Args().Get(3)); err != nil {
			return a, err
		}
	}
	return a, setParsed(c, "weekday", &a.Weekday, rota.ParseWeekday)
}

// absenceKinds are the kinds as one would type them.
func absenceKinds() []string {
	return each(rota.AbsenceKinds, func(k rota.AbsenceKind) string { return strings.ReplaceAll(string(k), " ", "-") })
}
