package cli

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/urfave/cli/v2"

	"pcnrota/rota"
)

func (p *program) callList() *cli.Command {
	return &cli.Command{
		Name: "list", Usage: "list the call-outs that were logged",
		Description: `  pcnrota call list --from 2027-01-01 --csv > calls.csv
  pcnrota call list --duty on-call.first.20270104
  pcnrota call list --leader L01`,
		Flags: append(outputFlagsCSV(),
			&cli.StringFlag{Name: "duty", Usage: "`DUTY` in which they were"},
			&cli.StringFlag{Name: "leader", Usage: "`ID` of the leader who was called"},
			&cli.StringFlag{Name: "from", Usage: "first `DAY` to list (default: all)"}),
		Action: p.inPCN(listCalls),
	}
}

// callsOf gives the calls of the leader that --leader names, or of all, and who everybody is.
func (p *pcn) callsOf(c *cli.Context) ([]rota.Call, map[rota.LeaderID]rota.Leader, error) {
	names, err := p.leadersByID(c.Context)
	if err != nil {
		return nil, nil, err
	}
	calls, err := p.db.Calls(c.Context)
	if err != nil || c.String("leader") == "" {
		return calls, names, err
	}
	l, err := p.leader(c, c.String("leader"))
	return slices.DeleteFunc(calls, func(call rota.Call) bool { return call.Leader != l.ID }), names, err
}

func listCalls(c *cli.Context, p *pcn) error {
	from, err := dayFlag(c, "from")
	if err != nil {
		return err
	}
	calls, names, err := p.callsOf(c)
	if err != nil {
		return err
	}
	owed, err := p.lateStarts(c.Context, calls)
	if err != nil {
		return err
	}
	var duty rota.Duty
	if c.String("duty") != "" {
		if duty, err = p.publishedDuty(c.Context, c.String("duty")); err != nil {
			return err
		}
	}
	calls = slices.DeleteFunc(calls, func(call rota.Call) bool {
		return duty.ID != "" && call.Duty != duty.ID || !from.IsZero() && p.dayOf(call.At).Before(from)
	})
	l := p.callListing(calls, names)
	owed = slices.DeleteFunc(owed, func(late rota.LateStart) bool { return late.NotBefore.Date.Before(p.today()) })
	if len(owed) > 0 {
		l.notes = append(l.notes, count(len(owed), "late start is owed", "late starts are owed")+": pcnrota call rest")
	}
	return p.show(c, l)
}

// callListing shows calls, and how long each leader worked.
func (p *pcn) callListing(calls []rota.Call, names map[rota.LeaderID]rota.Leader) listing {
	l := listing{
		json:  each(calls, func(call rota.Call) callView { return p.viewCall(call, names) }),
		csv:   [][]string{{"number", "duty_id", "leader_id", "leader", "at", "minutes", "points", "note"}},
		table: newTable(number("no"), col("at"), number("min"), name("leader"), text("note")),
		empty: "no call-outs are logged: pcnrota call log DUTY --at TIME --minutes MINUTES",
	}
	worked := rota.Worked(calls)
	var who []rota.LeaderID
	for _, call := range calls {
		at, minutes := rota.CivilOf(call.At, p.config.Zone), strconv.Itoa(int(call.Minutes))
		l.csv = append(l.csv, []string{numbered(call.ID), string(call.Duty), string(call.Leader), nameOf(names, call.Leader), at.String(), minutes, call.Load.Total().String(), call.Note})
		l.table.row(numbered(call.ID), shownCivil(at), minutes, nameOf(names, call.Leader), call.Note)
		if !slices.Contains(who, call.Leader) {
			who = append(who, call.Leader)
		}
	}
	for _, id := range who {
		l.notes = append(l.notes, fmt.Sprintf("%s worked %d min.", nameOf(names, id), worked[id]))
	}
	return l
}
