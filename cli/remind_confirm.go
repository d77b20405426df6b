package cli

import (
	"fmt"

	"github.com/urfave/cli/v2"
)

func (p *program) remindConfirm() *cli.Command {
	return &cli.Command{
		Name: "confirm", ArgsUsage: "NUMBER", Usage: "record that somebody has seen a change to their duties",
		Description: `For whoever says so by telephone: others use the link in the message. Nobody else is
asked then.

  pcnrota remind confirm 12`,
		Flags: append(outputFlags(), byFlag(), dryRunFlag()), Action: p.inPCN(confirmReminder),
	}
}

func confirmReminder(c *cli.Context, p *pcn) error {
	r, err := p.reminder(c)
	if err != nil {
		return err
	}
	what, err := p.describeReminder(c, r)
	if err != nil {
		return err
	}
	switch {
	case r.ConfirmBy.IsZero():
		return wrong(what + " does not ask to be confirmed")
	case !r.Confirmed.IsZero():
		return wrong(fmt.Sprintf("%s was confirmed on %s, by %s", what, p.moment(r.Confirmed), r.ConfirmedBy))
	}
	by := p.author(c)
	if !p.rehearse {
		if _, err := p.db.Confirm(c.Context, r.Number, by, p.at); err != nil {
			return err
		}
	}
	if c.Bool("json") {
		r.Confirmed, r.ConfirmedBy = p.at, by
		return writeJSON(p.stdout, p.viewReminder(r))
	}
	p.did("confirm", what)
	return nil
}
