package cli

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"pcnrota/notify"
	"pcnrota/rota"
)

func (p *program) remindList() *cli.Command {
	return &cli.Command{
		Name: "list", Usage: "list the messages of the last weeks, each with its state",
		Description: `Those that wait, and those of the last 28 days, but for those that were superseded.
Below the table it says why messages are in the state they are in.

  pcnrota remind list
  pcnrota remind list --state failed --all --json`,
		Flags: append(outputFlags(),
			&cli.StringFlag{Name: "state", Usage: "`STATE` of those to list: " + strings.Join(stateNames(), ", ")},
			&cli.StringFlag{Name: "kind", Usage: "`KIND` of those to list: pcnrota remind preview lists the kinds"},
			&cli.StringFlag{Name: "leader", Usage: "`ID` of the leader to whom they go"},
			&cli.BoolFlag{Name: "all", Usage: "older ones too, and those that were superseded"}),
		Action: p.inPCN(listReminders),
	}
}

func listReminders(c *cli.Context, p *pcn) error {
	wanted, err := p.reminderFilter(c)
	if err != nil {
		return err
	}
	found, err := p.db.Reminders(c.Context, wanted)
	if err != nil {
		return err
	}
	kind, err := kindNamed(c.String("kind"))
	if err != nil {
		return err
	}
	since, superseded := p.at.AddDate(0, 0, -28), c.Bool("all") || c.String("state") != ""
	reminders := slices.DeleteFunc(slices.Clone(found), func(r notify.Reminder) bool {
		return r.State == notify.Superseded && !superseded || kind != "" && r.Kind != kind || !c.Bool("all") && r.Next.IsZero() && r.Changed.Before(since) && r.Due.Before(since)
	})
	l := listing{
		table: newTable(number("no"), col("due"), name("to"), name("about"), col("state")),
		json:  each(reminders, p.viewReminder),
		empty: "no reminders yet: pcnrota serve plans and sends them",
	}
	switch {
	case len(found) > 0 && !c.Bool("all"):
		l.empty = "no such messages in the last 28 days: --all lists older ones too"
	case len(found) > 0 || c.NumFlags() > 0:
		l.empty = "no such messages"
	}
	names, titles, err := p.reminderWords(c)
	if err != nil {
		return err
	}
	for _, r := range reminders {
		l.table.row(numbered(r.Number), p.clock(r.Due), recipient(names, r), titles(r), stateInWords(r))
	}
	l.notes = detailNotes(reminders)
	return p.show(c, l)
}

func (p *pcn) reminderFilter(c *cli.Context) (notify.Filter, error) {
	filter := notify.Filter{}
	if typed := c.String("leader"); typed != "" {
		leader, err := p.leader(c, typed)
		if err != nil {
			return filter, err
		}
		filter.Leader = leader.ID
	}
	if typed := c.String("state"); typed != "" {
		state, err := stateNamed(typed)
		if err != nil {
			return filter, err
		}
		filter.States = []notify.State{state}
	}
	return filter, nil
}

// stateInWords adds to a state how often it was tried, where that tells something.
func stateInWords(r notify.Reminder) string {
	if r.Attempts > 1 || r.State == notify.Retrying {
		return fmt.Sprintf("%s, %s", r.State, count(r.Attempts, "try", "tries"))
	}
	return string(r.State)
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

func stateNames() []string {
	return each(notify.States, func(s notify.State) string { return string(s) })
}

func stateNamed(typed string) (notify.State, error) {
	if slices.Contains(stateNames(), typed) {
		return notify.State(typed), nil
	}
	return "", usage(fmt.Sprintf("%q is not a state of a reminder", typed), "--state "+strings.Join(stateNames(), " | "))
}

// kindNamed finds a kind of messages; "" for any.
func kindNamed(typed string) (notify.Kind, error) {
	names := each(notify.Kinds, func(k notify.Kind) string { return string(k) })
	if typed == "" || slices.Contains(names, typed) {
		return notify.Kind(typed), nil
	}
	hints := []string{"pcnrota remind preview, to see the kinds"}
	if near := nearest(typed, names); near != "" {
		hints = append([]string{"did you mean " + near + "?"}, hints...)
	}
	return "", usage(fmt.Sprintf("%q is not a kind of message", typed), hints...)
}

// leaderOrManager names a recipient: neither the manager nor the contact of a body has an ID.
func leaderOrManager(names map[rota.LeaderID]rota.Leader, r notify.Reminder) string {
	if r.Leader == "" {
		return recipient(names, r)
	}
	return fmt.Sprintf("%s %s", r.Leader, names[r.Leader].Name)
}
