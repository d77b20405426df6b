package cli

import (
	"cmp"
	"fmt"
	"log/slog"
	"maps"
	"slices"
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
		table: newTable(col("due"), name("to"), name("about"), col("starts"), col("state")),
		json: each(reminders, func(r notify.Reminder) reminderView {
			return reminderView{r.Key, r.Kind, r.About, r.Leader, p.rfc3339(r.Start), p.rfc3339(r.Due), r.Reason, r.State, r.Attempts, r.Detail}
		}),
		empty: "no reminders yet: pcnrota serve plans and sends them",
	}
	names, titles, err := p.reminderWords(c)
	if err != nil {
		return err
	}
	names[""] = rota.Leader{Name: "PCN manager"} // to whom summaries go
	for _, r := range reminders {
		l.table.row(p.clock(r.Due), names[r.Leader].Name, titles(r), p.clock(r.Start), string(r.State))
	}
	l.notes = detailNotes(reminders)
	return p.show(c, l)
}

// detailNotes says why reminders are in the state they are in, each reason once.
func detailNotes(reminders []notify.Reminder) []string {
	var notes []string
	for _, state := range notify.States {
		times := map[string]int{}
		for _, r := range reminders {
			if r.State == state && r.Detail != "" {
				times[r.Detail]++
			}
		}
		for _, detail := range slices.Sorted(maps.Keys(times)) {
			notes = append(notes, fmt.Sprintf("%d %s: %s.", times[detail], state, strings.TrimSuffix(detail, ".")))
		}
	}
	return notes
}

// reminderWords gives people's names, and what says in words what a reminder is about: the title of a
// meeting, or the rota and tier with which the identity of a duty begins.
func (p *pcn) reminderWords(c *cli.Context) (map[rota.LeaderID]rota.Leader, func(notify.Reminder) string, error) {
	leaders, err := p.db.Leaders(c.Context)
	if err != nil {
		return nil, nil, err
	}
	meetings, err := p.db.Occurrences(c.Context, time.Time{}, time.Time{})
	if err != nil {
		return nil, nil, err
	}
	titles := map[string]string{}
	for _, m := range meetings {
		titles[string(m.ID)] = m.Series.Title
	}
	about := func(r notify.Reminder) string {
		if r.Kind == notify.Gaps {
			return "what is wrong, " + r.About
		}
		if parts := strings.Split(r.About, "."); r.Kind == notify.Duty && len(parts) == 3 {
			return parts[0] + " " + parts[1]
		}
		return cmp.Or(titles[r.About], r.About)
	}
	return byID(leaders), about, nil
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
