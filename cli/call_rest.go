package cli

import (
	"context"
	"fmt"
	"time"

	"github.com/urfave/cli/v2"

	"pcnrota/rota"
)

func (p *program) callRest() *cli.Command {
	return &cli.Command{
		Name: "rest", Usage: "show who is owed a late start after a disturbed night",
		Description: `A night is disturbed by more than two calls after 23:00, or where the calls leave
less than five hours of rest on end or eight in all between 22:00 and 07:00. The
next day's work then begins later by the time that was worked at night. From
today on; --from looks back. It is a warning: the rota stays as it is.

  pcnrota call rest
  pcnrota call rest --from 2027-01-01 --leader L01 --json`,
		Flags: append(outputFlags(),
			&cli.StringFlag{Name: "from", Usage: "first `DAY` to show (default: today)"},
			&cli.StringFlag{Name: "leader", Usage: "`ID` of a leader, to show theirs alone"}),
		Action: p.inPCN(showRest),
	}
}

// lateStartView is a late start in JSON.
type lateStartView struct {
	LeaderID  rota.LeaderID `json:"leader_id"`
	Leader    string        `json:"leader"`
	NotBefore string        `json:"not_before"` // RFC 3339
	Calls     []rota.CallID `json:"calls"`
	Worked    rota.Minutes  `json:"minutes_worked"` // between 22:00 and 07:00
	Why       string        `json:"why"`
	TooSoon   []rota.DutyID `json:"duties_too_soon"` // that begin before it
}

func (p *pcn) viewLateStart(l rota.LateStart, names map[rota.LeaderID]rota.Leader) lateStartView {
	return lateStartView{
		LeaderID: l.Leader, Leader: nameOf(names, l.Leader), NotBefore: p.rfc3339(l.NotBefore.Instant(p.config.Zone)),
		Calls: each(l.Calls, func(c rota.Call) rota.CallID { return c.ID }), Worked: l.Worked, Why: l.Why,
		TooSoon: each(l.Clashes, func(d rota.Duty) rota.DutyID { return d.ID }),
	}
}

// lateStarts gives what is owed after the calls.
func (p *pcn) lateStarts(ctx context.Context, calls []rota.Call) ([]rota.LateStart, error) {
	published, err := p.db.Published(ctx, time.Time{}, time.Time{})
	duties := each(published, func(d rota.Published) rota.Duty { return d.Duty })
	mornings := rota.Mornings{Starts: p.config.CallOuts.DayStarts, Zone: p.config.Zone, Holidays: p.config.Holidays}
	return mornings.LateStarts(calls, duties), err
}

func showRest(c *cli.Context, p *pcn) error {
	from := p.today()
	if err := setParsed(c, "from", &from, parseDay); err != nil {
		return err
	}
	calls, names, err := p.callsOf(c)
	if err != nil {
		return err
	}
	all, err := p.lateStarts(c.Context, calls)
	if err != nil {
		return err
	}
	l := listing{
		table: newTable(name("leader"), col("not before"), text("because")),
		empty: fmt.Sprintf("nobody is owed a late start from %s on", inFullDay(from)),
	}
	views := []lateStartView{}
	for _, late := range all {
		if late.NotBefore.Date.Before(from) {
			continue
		}
		views = append(views, p.viewLateStart(late, names))
		l.table.row(nameOf(names, late.Leader), inFull(late.NotBefore), fmt.Sprintf("called at %s: %s.%s", late.Called(), late.Why, late.TooSoon()))
	}
	l.json = views
	return p.show(c, l)
}

// inFullDay gives "Mon 4 Jan 2027".
func inFullDay(d rota.Date) string { return d.Format("Mon 2 Jan 2006") }
