package cli

import (
	"fmt"

	"github.com/urfave/cli/v2"

	"pcnrota/notify"
)

func (p *program) remindRetry() *cli.Command {
	return &cli.Command{
		Name: "retry", ArgsUsage: "NUMBER", Usage: "try a message again that failed or was called off, as soon as possible",
		Description: `For when what was in the way is put right: an address, a full mailbox. A message that
was sent is never sent again.

  pcnrota remind retry 12`,
		Flags: append(outputFlags(), byFlag(), dryRunFlag()), Action: p.inPCN(retryReminder),
	}
}

func retryReminder(c *cli.Context, p *pcn) error {
	return p.settleReminder(c, "retry", func(r notify.Reminder) (notify.Outcome, error) { return r.Again(p.at) })
}

func (p *program) remindCancel() *cli.Command {
	return &cli.Command{
		Name: "cancel", ArgsUsage: "NUMBER", Usage: "call off a message that waits",
		Description: `It is not sent, and not planned again. Other messages about the same thing are.

  pcnrota remind cancel 12 --reason "told him by telephone"`,
		Flags: append(outputFlags(), &cli.StringFlag{Name: "reason", Usage: "`WHY` it is called off, for the record"}, byFlag(), dryRunFlag()),
		Action: p.inPCN(func(c *cli.Context, p *pcn) error {
			return p.settleReminder(c, "cancel", func(r notify.Reminder) (notify.Outcome, error) {
				return r.Withhold(p.author(c), c.String("reason"), p.at)
			})
		}),
	}
}

// settleReminder brings a message into the state that decide gives, or says why not.
func (p *pcn) settleReminder(c *cli.Context, verb string, decide func(notify.Reminder) (notify.Outcome, error)) error {
	r, err := p.reminder(c)
	if err != nil {
		return err
	}
	what, err := p.describeReminder(c, r)
	if err != nil {
		return err
	}
	outcome, err := decide(r)
	if err != nil {
		return wrong(fmt.Sprintf("%s %s", what, err), fmt.Sprintf("pcnrota remind show %d", r.Number))
	}
	if !p.rehearse {
		if err := p.db.Record(c.Context, []notify.Result{{Reminder: r, Outcome: outcome}}); err != nil {
			return err
		}
	}
	if c.Bool("json") {
		r.State, r.Changed, r.Next, r.Detail = outcome.State, outcome.At, outcome.Next, outcome.Detail
		return writeJSON(p.stdout, p.viewReminder(r))
	}
	if outcome.State == notify.Planned {
		p.point(fmt.Sprintf("%s goes out when it is due: %s", what, p.moment(outcome.Next)))
		return nil
	}
	p.did(verb, what)
	return nil
}
