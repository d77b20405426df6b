package cli

import (
	"cmp"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"pcnrota/notify"
	"pcnrota/rota"
)

func (p *program) remindCommand() *cli.Command {
	return &cli.Command{
		Name: "remind", Category: running, Usage: "what messages were sent, and what waits",
		Description: `pcnrota serve plans and sends them by itself. Each has a number and is kept with its
state: planned, sending, sent; retrying, where it is tried again later; failed,
where the mail server refused it for good; missed, where its time passed;
cancelled or superseded, where it was wanted no more.`,
		Subcommands: []*cli.Command{
			p.remindList(), p.remindShow(), p.remindPreview(), p.remindSend(), p.remindRetry(), p.remindCancel(), p.remindConfirm(), p.remindTest(),
		},
	}
}

// reminderView is a reminder in JSON. Times are RFC 3339, "" for none.
type reminderView struct {
	Number      int64         `json:"number"`
	Key         notify.Key    `json:"key"`
	Kind        notify.Kind   `json:"kind"`
	About       string        `json:"about"`
	LeaderID    rota.LeaderID `json:"leader_id"`
	Start       string        `json:"start"`
	Due         string        `json:"due"`
	Until       string        `json:"until"`
	Reason      string        `json:"reason"`
	State       notify.State  `json:"state"`
	Attempts    int           `json:"attempts"`
	Unknown     int           `json:"unknown"`
	Next        string        `json:"next"`
	Changed     string        `json:"changed"`
	Detail      string        `json:"detail"`
	MessageID   string        `json:"message_id"`
	ConfirmBy   string        `json:"confirm_by"`
	Confirmed   string        `json:"confirmed"`
	ConfirmedBy string        `json:"confirmed_by"`
	Declined    string        `json:"declined,omitempty"` // when the recipient declined the duty in a calendar; remind show only
	DryRun      bool          `json:"dry_run,omitempty"`
}

func (p *pcn) viewReminder(r notify.Reminder) reminderView {
	return reminderView{
		Number: r.Number, Key: r.Key, Kind: r.Kind, About: r.About, LeaderID: r.Leader, Start: p.rfc3339(r.Start), Due: p.rfc3339(r.Due),
		Until: p.rfc3339(r.Until), Reason: r.Reason, State: r.State, Attempts: r.Attempts, Unknown: r.Unknown, Next: p.whenever(r.Next),
		Changed: p.rfc3339(r.Changed), Detail: r.Detail, MessageID: r.MessageID, ConfirmBy: p.whenever(r.ConfirmBy),
		Confirmed: p.whenever(r.Confirmed), ConfirmedBy: r.ConfirmedBy, DryRun: p.rehearse,
	}
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
	names := byID(leaders)
	names[""] = rota.Leader{Name: "PCN manager"}
	return names, func(r notify.Reminder) string {
		if r.Kind == notify.Duty || r.Kind == notify.Meeting {
			return aboutReminder(r, titles) + ", " + rota.CivilOf(r.Start, p.config.Zone).Date.Format("2 Jan")
		}
		if r.News != nil && r.News.Silence != nil {
			return aboutSilence(r, names)
		}
		return aboutReminder(r, titles)
	}, nil
}

// recipient names whom a message goes to.
func recipient(names map[rota.LeaderID]rota.Leader, r notify.Reminder) string {
	if r.News != nil && r.News.Attends != nil {
		return "contact of " + string(r.News.Attends.Body)
	}
	return names[r.Leader].Name
}

// aboutSilence says who did not confirm a message, or cannot be reached.
func aboutSilence(r notify.Reminder, names map[rota.LeaderID]rota.Leader) string {
	who := names[r.News.Silence.Leader].Name
	if r.Kind == notify.Undelivered {
		return who + ", not reached"
	}
	return who + ", unconfirmed"
}

// aboutReminder says in a few words what a message is about.
func aboutReminder(r notify.Reminder, titles map[string]string) string {
	duty := func(id string) string {
		if parts := strings.Split(id, "."); len(parts) == 3 {
			return parts[0] + " " + parts[1]
		}
		return cmp.Or(titles[id], id)
	}
	switch r.Kind {
	case notify.Duty, notify.Meeting:
		return duty(r.About)
	case notify.Handover:
		return duty(r.About) + ", begins"
	case notify.Gaps:
		return "what is wrong, " + r.About
	case notify.Digest, notify.Fairness:
		return string(r.Kind) + ", " + r.About
	case notify.SignInRequested:
		return "link to sign in"
	case notify.Attendance:
		return "who attends " + r.News.Attends.Title
	}
	if r.Kind == notify.Change && r.News != nil && len(r.News.Moves) > 1 {
		return aboutChanges(r.News.Moves)
	}
	what := strings.ReplaceAll(string(r.Kind), "-", " ")
	if r.News != nil && len(r.News.Moves) > 0 {
		what += ", " + duty(string(r.News.Moves[0].Duty))
		if more := len(r.News.Moves) - 1; more > 0 {
			what += fmt.Sprintf(" +%d", more)
		}
	}
	return what
}

// aboutChanges says how many of somebody's duties changed, and from when on: "23 new duties, from 14 Dec".
func aboutChanges(moves []notify.Move) string {
	what := "new duties"
	if slices.ContainsFunc(moves, func(m notify.Move) bool { return !m.New }) {
		what = "changes"
	}
	first := cmp.Or(moves[0].Is, moves[0].Was)
	return fmt.Sprintf("%d %s, from %s", len(moves), what, first.Start.Date.Format("2 Jan"))
}

// reminder finds a message by the number that remind list shows, or by its key.
func (p *pcn) reminder(c *cli.Context) (notify.Reminder, error) {
	typed := strings.TrimPrefix(strings.TrimSpace(c.Args().First()), "#")
	if typed == "" {
		return notify.Reminder{}, usage("which message? give its number", "pcnrota remind list, to see the numbers")
	}
	all, err := p.db.Reminders(c.Context, notify.Filter{})
	if err != nil {
		return notify.Reminder{}, err
	}
	for _, r := range all {
		if numbered(r.Number) == typed || string(r.Key) == typed {
			return r, nil
		}
	}
	return notify.Reminder{}, wrong(fmt.Sprintf("there is no message %s", typed), "pcnrota remind list, to see the numbers")
}

// describe names a message in a line: "message 12 to Dr Ada Obi (on-call first)".
func (p *pcn) describeReminder(c *cli.Context, r notify.Reminder) (string, error) {
	names, about, err := p.reminderWords(c)
	return fmt.Sprintf("message %d to %s (%s)", r.Number, recipient(names, r), about(r)), err
}

// clock gives an instant as the PCN's clocks show it: "Mon 04 Jan 18:30".
func (p *pcn) clock(t time.Time) string { return briefly(rota.CivilOf(t, p.config.Zone)) }

// quiet is a logger that keeps to what must not be missed.
func (p *program) quiet() *slog.Logger {
	return slog.New(slog.NewTextHandler(p.stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))
}
