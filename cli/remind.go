package cli

import (
	"fmt"
	"log/slog"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"pcnrota/notify"
	"pcnrota/rota"
)

func (p *program) remindCommand() *cli.Command {
	return &cli.Command{
		Name: "remind", Category: running, Usage: "what reminders were sent, and what waits",
		Description: "Each reminder is kept with its state, from planned to sent.",
		Subcommands: []*cli.Command{p.remindList()},
	}
}

func (p *program) remindList() *cli.Command {
	return &cli.Command{
		Name: "list", Usage: "list the reminders, each with its state",
		Description: `Reminders are planned by pcnrota serve, when they come close.

  pcnrota remind list
  pcnrota remind list --state failed --json`,
		Flags: append(outputFlags(),
			&cli.StringFlag{Name: "state", Usage: "`STATE` of those to list: " + strings.Join(each(notify.States, func(s notify.State) string { return string(s) }), ", ")},
			&cli.StringFlag{Name: "leader", Usage: "`ID` of the leader to whom they go"}),
		Action: p.inPCN(listReminders),
	}
}

// reminderView is a reminder in JSON. Times are RFC 3339.
type reminderView struct {
	Key      notify.Key    `json:"key"`
	Kind     notify.Kind   `json:"kind"`
	About    string        `json:"about"`
	LeaderID rota.LeaderID `json:"leader_id"`
	Start    string        `json:"start"`
	Due      string        `json:"due"`
	Reason   string        `json:"reason"`
	State    notify.State  `json:"state"`
	Attempts int           `json:"attempts"`
	Detail   string        `json:"detail"`
}

func listReminders(c *cli.Context, p *pcn) error {
	filter := notify.Filter{Leader: rota.LeaderID(c.String("leader"))}
	if typed := c.String("state"); typed != "" {
		state, err := stateNamed(typed)
		if err != nil {
			return err
		}
		filter.States = []notify.State{state}
	}
	reminders, err := p.db.Reminders(c.Context, filter)
	if err != nil {
		return err
	}
	l := listing{
		table: newTable(col("due"), col("to"), wide("about"), col("why"), col("state"), wide("detail")),
		json: each(reminders, func(r notify.Reminder) reminderView {
			return reminderView{r.Key, r.Kind, r.About, r.Leader, p.rfc3339(r.Start), p.rfc3339(r.Due), r.Reason, r.State, r.Attempts, r.Detail}
		}),
		empty: "no reminders yet: pcnrota serve plans and sends them",
	}
	for _, r := range reminders {
		l.table.row(p.clock(r.Due), string(r.Leader), r.About, r.Reason, string(r.State), r.Detail)
	}
	return p.show(c, l)
}

func stateNamed(typed string) (notify.State, error) {
	names := each(notify.States, func(s notify.State) string { return string(s) })
	for _, s := range notify.States {
		if string(s) == typed {
			return s, nil
		}
	}
	return "", usage(fmt.Sprintf("%q is not a state of a reminder", typed), "--state "+strings.Join(names, " | "))
}

// clock gives an instant as the PCN's clocks show it: "Mon 04 Jan 18:30".
func (p *pcn) clock(t time.Time) string { return briefly(rota.CivilOf(t, p.config.Zone)) }

// quiet is a logger that keeps to what must not be missed.
func (p *program) quiet() *slog.Logger {
	return slog.New(slog.NewTextHandler(p.stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))
}
