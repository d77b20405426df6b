package cli

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"pcnrota/notify"
)

func (p *program) remindSend() *cli.Command {
	return &cli.Command{
		Name: "send", Usage: "send what is due now",
		Description: `pcnrota serve does this by itself, every half minute. Both may run at a time: no
message is sent twice.

  pcnrota remind send --dry-run
  pcnrota remind send`,
		Flags: append(outputFlags(), dryRunFlag()), Action: p.inPCN(sendReminders),
	}
}

func sendReminders(c *cli.Context, p *pcn) error {
	engine, err := p.engine(slog.New(slog.DiscardHandler)) // what went wrong is told below
	if err != nil {
		return err
	}
	if p.rehearse {
		return p.showWaiting(c, engine)
	}
	if err := p.refuseRehearsedMail(); err != nil {
		return err
	}
	began := p.now()
	tally, err := engine.Tick(c.Context, began)
	if err != nil {
		return err
	}
	if c.Bool("json") {
		return writeJSON(p.stdout, passView(tally))
	}
	p.point(tallyInWords(tally, p.mailTarget()))
	if tally.Retrying+tally.Failed > 0 {
		return p.sayUnsent(c.Context, began)
	}
	return nil
}

// sayUnsent says what kept messages from being sent in the pass that began at a time.
func (p *pcn) sayUnsent(ctx context.Context, began time.Time) error {
	waiting, err := p.db.Reminders(ctx, notify.Filter{States: []notify.State{notify.Planned, notify.Retrying, notify.Failed}})
	if err != nil {
		return err
	}
	for _, note := range detailNotes(slices.DeleteFunc(waiting, func(r notify.Reminder) bool { return r.Changed.Before(began.Truncate(time.Second)) })) {
		p.say("  " + note)
	}
	fmt.Fprintln(p.stdout, "pcnrota remind list shows each.")
	return errAnswered
}

// passView is what a pass did, in JSON.
type passView struct {
	Planned   int `json:"planned"`
	Withdrawn int `json:"withdrawn"`
	Sent      int `json:"sent"`
	Retrying  int `json:"retrying"`
	Failed    int `json:"failed"`
	Missed    int `json:"missed"`
}

// refuseRehearsedMail keeps a rehearsal from sending real mail.
func (p *pcn) refuseRehearsedMail() error {
	if p.getenv("PCNROTA_NOW") != "" && p.config.Mail.Host != "" {
		return wrong("PCNROTA_NOW rehearses another time, and this would send real mail", "unset PCNROTA_NOW")
	}
	return nil
}

func (p *pcn) showWaiting(c *cli.Context, engine *notify.Engine) error {
	waiting, err := engine.Waiting(c.Context, p.at)
	if err != nil {
		return err
	}
	names, about, err := p.reminderWords(c)
	if err != nil {
		return err
	}
	l := listing{
		table: newTable(col("due"), name("to"), name("about"), name("why")), json: each(waiting, p.viewReminder),
		empty: "nothing is due now",
	}
	for _, r := range waiting {
		l.table.row(p.clock(r.Due), recipient(names, r), about(r), r.Reason)
	}
	if len(waiting) > 0 {
		l.notes = []string{fmt.Sprintf("These would go %s (dry run: nothing was sent).", p.mailTarget())}
	}
	return p.show(c, l)
}

func tallyInWords(t notify.Tally, target string) string {
	var parts []string
	add := func(n int, what string) {
		if n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, what))
		}
	}
	add(t.Retrying, "to be tried again")
	add(t.Failed, "refused for good")
	add(t.Missed, "too late")
	add(t.Withdrawn, "no longer wanted")
	sent := fmt.Sprintf("%s sent %s", count(t.Sent, "message", "messages"), target)
	if t.Sent == 0 {
		sent = "nothing sent"
	}
	return strings.Join(append([]string{sent}, parts...), "; ") + "."
}
