package cli

import (
	"errors"
	"fmt"
	"net/mail"

	"github.com/urfave/cli/v2"

	"pcnrota/notify"
)

func (p *program) remindTest() *cli.Command {
	return &cli.Command{
		Name: "test", ArgsUsage: "ADDRESS", Usage: "send one message to an address, to see that mail arrives",
		Description: `Where no mail server is set in config.toml it is written into the folder outbox.

  pcnrota remind test you@example.nhs.uk`,
		Flags: append(outputFlags(), dryRunFlag()), Action: p.inPCN(testMail),
	}
}

func testMail(c *cli.Context, p *pcn) error {
	address := c.Args().First()
	if a, err := mail.ParseAddress(address); err != nil || a.Address != address {
		return usage(fmt.Sprintf("%q is not an e-mail address", address), "pcnrota remind test you@example.nhs.uk")
	}
	if err := p.refuseRehearsedMail(); err != nil {
		return err
	}
	letterhead, err := p.letterhead()
	if err != nil {
		return err
	}
	m := letterhead.Trial(address, p.now())
	if !p.rehearse {
		if err := p.sendOne(c, m); err != nil {
			return err
		}
	}
	if c.Bool("json") {
		return writeJSON(p.stdout, map[string]any{"to": address, "message_id": m.Reminder.MessageID, "sent": !p.rehearse, "dry_run": p.rehearse})
	}
	p.did("send", fmt.Sprintf("a test to %s %s", address, p.mailTarget()))
	return nil
}

// sendOne delivers a message by itself, and tells the administrator what is wrong where it cannot.
func (p *pcn) sendOne(c *cli.Context, m notify.Message) error {
	letterhead, err := p.letterhead()
	if err != nil {
		return err
	}
	sender, err := p.sender(letterhead)
	if err != nil {
		return err
	}
	defer sender.Idle()
	err = sender.Send(c.Context, m)
	if trouble := (*notify.SendError)(nil); errors.As(err, &trouble) {
		return hint(fmt.Errorf("not sent: %w", err), "look at [mail] in config.toml; pcnrota doctor checks the rest")
	}
	return err
}
