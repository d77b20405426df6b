package cli

import (
	"fmt"
	"strings"

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
	engine, err := p.engine(p.quiet())
	if err != nil {
		return err
	}
	if p.rehearse {
		return p.showWaiting(c, engine)
	}
	if err := p.refuseRehearsedMail(); err != nil {
		return err
	}
	tally, err := engine.Tick(c.Context, p.now())
	if err != nil {
		return err
	}
	if c.Bool("json") {
		return writeJSON(p.stdout, passView(tally))
	}
	fmt.Fprintln(p.stdout, tallyInWords(tally, p.mailTarget()))
	if tally.Retrying+tally.Failed > 0 {
		fmt.Fprintln(p.stdout, "pcnrota remind list says why.")
		return errAnswered
	}
	return nil
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
