package cli

import (
	"fmt"
	"time"

	"github.com/urfave/cli/v2"

	"pcnrota/notify"
	"pcnrota/rota"
)

func (p *program) remindShow() *cli.Command {
	return &cli.Command{
		Name: "show", ArgsUsage: "NUMBER", Usage: "show all that is known of one message",
		Description: `What became of it, how often it was tried, when it is tried next, and the mail server's
last words. The number is what remind list shows; a message bears it nowhere, but
its key, in the header X-PCNRota-Reminder, does as well.

  pcnrota remind show 12`,
		Flags: outputFlags(), Action: p.inPCN(showReminder),
	}
}

func showReminder(c *cli.Context, p *pcn) error {
	r, err := p.reminder(c)
	if err != nil {
		return err
	}
	names, about, err := p.reminderWords(c)
	if err != nil {
		return err
	}
	declined, err := p.declinedAt(c.Context, r)
	if err != nil {
		return err
	}
	var f facts
	f.add("message", numbered(r.Number))
	f.add("kind", string(r.Kind))
	f.add("about", about(r))
	f.add("to", leaderOrManager(names, r))
	if !r.Kind.IsEvent() {
		f.add("starts", p.moment(r.Start))
	}
	f.add("due", p.moment(r.Due))
	f.add("why", r.Reason)
	f.add("of use until", p.moment(r.Until))
	f.add("state", fmt.Sprintf("%s since %s", r.State, p.moment(r.Changed)))
	f.add("tries", triesInWords(r))
	f.add("next try", p.moment(r.Next))
	f.add("last words", r.Detail)
	f.add("confirmed", p.confirmedInWords(r))
	f.add("declined", declinedInWords(p, declined))
	f.add("Message-ID", r.MessageID)
	f.add("key", string(r.Key))
	view := p.viewReminder(r)
	view.Declined = p.whenever(declined)
	return p.showOne(c, view, f)
}

// declinedInWords says what it means that the recipient declined what r is about: of a duty, nothing has changed.
func declinedInWords(p *pcn, at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return fmt.Sprintf("%s, in a calendar; the duty is still theirs", p.moment(at))
}

func triesInWords(r notify.Reminder) string {
	switch {
	case r.Attempts == 0:
		return "none"
	case r.Unknown > 0:
		return fmt.Sprintf("%d, of which %d ended without a result: it may have arrived more than once, with the same Message-ID", r.Attempts, r.Unknown)
	default:
		return fmt.Sprint(r.Attempts)
	}
}

func (p *pcn) confirmedInWords(r notify.Reminder) string {
	switch {
	case !r.Confirmed.IsZero():
		return fmt.Sprintf("%s, by %s", p.moment(r.Confirmed), r.ConfirmedBy)
	case !r.ConfirmBy.IsZero():
		return "asked for until " + p.moment(r.ConfirmBy)
	default:
		return ""
	}
}

// moment gives an instant as the PCN's clocks show it, with the year; "" for none.
func (p *pcn) moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return inFull(rota.CivilOf(t, p.config.Zone))
}
