package cli

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/urfave/cli/v2"

	"pcnrota/calendar"
	"pcnrota/internal/inbox"
	"pcnrota/internal/sqlite"
	"pcnrota/notify"
	"pcnrota/rota"
)

func (p *program) mailReceive() *cli.Command {
	return &cli.Command{
		Name: "receive", Usage: "read one message that came in, on standard input, from a mail server",
		Description: `For a mail server that hands over what comes to the rota's address, one message each
time. With Postfix, in /etc/aliases:

  rota: "|/usr/local/bin/pcnrota --home /srv/pcn mail receive"

It has to run as the user who owns the folder of the PCN: default_privs in Postfix's
main.cf. With authserv_id under [mail] in config.toml, only those answers count of
which the mail server of that name says that they come from whom they name.

An answer to an invitation is kept. It moves nobody on call: where somebody declines,
the manager is told. Of a meeting it counts as meeting accept or decline does, so that
the deputy goes where somebody declines. A report that a message did not arrive marks the address: pcnrota mail list, and pcnrota
doctor. Anything else is
ignored. Nothing is answered and nothing is sent back: the exit code is 0, or 75 where
the mail server should try again later.`,
		Flags: append(outputFlags(), dryRunFlag()),
		Action: func(c *cli.Context) error {
			if err := p.inPCN(receiveMail)(c); err != nil {
				return postponed{err}
			}
			return nil
		},
	}
}

// receiptView is what became of a message that came in.
type receiptView struct {
	Result   string        `json:"result"` // answer, bounce, ignored or refused
	LeaderID rota.LeaderID `json:"leader_id"`
	About    string        `json:"about"`
	Answer   string        `json:"answer"`
	Says     string        `json:"says"`
	DryRun   bool          `json:"dry_run,omitempty"`
}

func receiveMail(c *cli.Context, p *pcn) error {
	letterhead, err := p.letterhead()
	if err != nil {
		return err
	}
	letter, err := inbox.Read(p.stdin, letterhead.Domain(), p.config.Mail.CheckedBy)
	var refused *inbox.Refused
	var got receiptView
	switch {
	case errors.As(err, &refused):
		_, err = io.Copy(io.Discard, p.stdin) // a mail server that cannot hand over all takes it for a failure
		got = receiptView{Result: "refused", Says: refused.Why}
	case err != nil:
		return err
	case letter.Reply != nil:
		got, err = p.takeAnswer(c, letter)
	case letter.Bounce != nil:
		got, err = p.takeBounce(c, *letter.Bounce)
	default:
		got = receiptView{Result: "ignored", Says: letter.Ignored}
	}
	if err != nil {
		return err
	}
	got.DryRun = p.rehearse
	if c.Bool("json") {
		return writeJSON(p.stdout, got)
	}
	fmt.Fprintf(p.stdout, "%s: %s\n", got.Result, got.Says)
	return nil
}

// takeAnswer keeps an answer to an invitation of ours, from whom it was for.
func (p *pcn) takeAnswer(c *cli.Context, letter inbox.Letter) (receiptView, error) {
	reply := *letter.Reply
	invited, leader, err := p.invitationOf(c, reply)
	if err != nil {
		return receiptView{}, err
	}
	ignored := func(why string) (receiptView, error) { return receiptView{Result: "ignored", Says: why}, nil }
	switch {
	case invited == nil:
		return ignored("it answers no invitation of ours to that person")
	case letter.From != reply.Attendee:
		return ignored("it comes from somebody else than the one who is to answer")
	case p.config.Mail.CheckedBy != "" && !letter.Vouched:
		return ignored("the mail server does not vouch for its sender")
	case reply.Sequence < invited.News.Sequence:
		return ignored("it answers an invitation that has been changed since")
	}
	a := sqlite.Answer{
		About: string(invited.News.Moves[0].Duty), Leader: leader.ID, Sequence: reply.Sequence, Stamp: reply.Stamp,
		Says: string(reply.Answer), Received: p.at,
	}
	later, err := p.answeredLater(c.Context, a)
	if err != nil {
		return receiptView{}, err
	}
	if later {
		return ignored("a later answer is there already")
	}
	outcome, err := p.answerByCalendar(c, a) // before it is kept: where it fails, the mail server hands it over again
	if err != nil {
		return receiptView{}, err
	}
	if !p.rehearse {
		if _, err = p.db.PutAnswer(c.Context, a); err != nil {
			return receiptView{}, err
		}
	}
	return receiptView{
		Result: "answer", LeaderID: leader.ID, About: a.About, Answer: a.Says,
		Says: fmt.Sprintf("%s has %s %s%s", leader.Name, map[string]string{"tentative": "tentatively accepted"}[a.Says]+strings.TrimSuffix(a.Says, "tentative"), a.About, outcome),
	}, nil
}

// invitationOf finds the newest invitation that an answer can be to, and whom it went to; nil where there is none.
func (p *pcn) invitationOf(c *cli.Context, reply calendar.Reply) (*notify.Reminder, rota.Leader, error) {
	leaders, err := p.db.Leaders(c.Context)
	if err != nil {
		return nil, rota.Leader{}, err
	}
	id, err := p.db.PCNID(c.Context)
	if err != nil {
		return nil, rota.Leader{}, err
	}
	for _, l := range leaders {
		if !strings.EqualFold(l.Email, reply.Attendee) {
			continue
		}
		sent, err := p.db.Reminders(c.Context, notify.Filter{Leader: l.ID})
		if err != nil {
			return nil, l, err
		}
		var newest *notify.Reminder
		for _, r := range sent {
			invites := r.Kind == notify.Invitation && r.News != nil && len(r.News.Moves) > 0
			if invites && calendar.UID(string(r.News.Moves[0].Duty), id) == reply.UID && (newest == nil || r.News.Sequence >= newest.News.Sequence) {
				newest = &r
			}
		}
		if newest != nil {
			return newest, l, nil
		}
	}
	return nil, rota.Leader{}, nil
}

// takeBounce marks the address of whoever did not get a message of ours.
func (p *pcn) takeBounce(c *cli.Context, b inbox.Bounce) (receiptView, error) {
	ignored := receiptView{Result: "ignored", Says: "it is about no message that we sent, or one that is marked already"}
	mark := sqlite.Bounce{Received: p.at, Permanent: b.Permanent, Words: cmp.Or(b.Words, b.Status, "no reason was given")}
	all, err := p.db.Reminders(c.Context, notify.Filter{States: []notify.State{notify.Sent}})
	if err != nil {
		return receiptView{}, err
	}
	for _, r := range all {
		if r.MessageID != b.MessageID || r.Leader == "" {
			continue
		}
		if !p.rehearse {
			engine, err := p.engine(p.quiet())
			if err != nil {
				return ignored, err
			}
			tell, err := engine.Returned(c.Context, r, mark.Words, p.at)
			if err != nil {
				return ignored, err
			}
			found, err := p.db.PutBounce(c.Context, b.MessageID, mark, tell)
			if err != nil || !found {
				return ignored, err
			}
		}
		return receiptView{Result: "bounce", LeaderID: r.Leader, About: r.About, Says: fmt.Sprintf("message %d to %s did not arrive", r.Number, r.Leader)}, nil
	}
	return ignored, nil
}
