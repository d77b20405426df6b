package cli

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"pcnrota/notify"
	"pcnrota/rota"
)

func (p *program) meetingTellSecretary() *cli.Command {
	return &cli.Command{
		Name: "tell-secretary", Usage: "tell the body's contact who attends, by name and role only", ArgsUsage: "MEETING",
		Description: `It goes by mail to the contact of the partner body, with the next pass: at once where
pcnrota serve is running. Who was told already and need not be told anything new gets
nothing. Where somebody else comes to attend after that, the contact is told by
itself. --dry-run shows the message. The body has to allow it, once:

  pcnrota body edit LMC --contact "Jo Clerk" --email jo@example.org --tell

  pcnrota meeting tell-secretary "LMC liaison" --dry-run
  pcnrota meeting tell-secretary "LMC liaison" --on 2027-03-09`,
		Flags:  append(outputFlags(), onFlag(), dryRunFlag()),
		Action: p.inPCN(tellSecretary),
	}
}

// toldView is who was told what, in JSON.
type toldView struct {
	Meeting meetingView `json:"meeting"`
	Contact string      `json:"contact"`
	Email   string      `json:"email"`
	Told    bool        `json:"told"` // false: there is nothing new to tell
	Again   bool        `json:"again"`
	Subject string      `json:"subject"`
	Text    string      `json:"text"`
	DryRun  bool        `json:"dry_run"`
}

func tellSecretary(c *cli.Context, p *pcn) error {
	m, err := p.meetingTyped(c, false)
	if err != nil {
		return err
	}
	b, err := p.body(c, string(m.Series.Body))
	if err != nil {
		return err
	}
	if err := p.mayTell(b, m); err != nil {
		return err
	}
	messages, instead, err := p.attendanceNews(c.Context, m)
	if err != nil {
		return err
	}
	if len(messages) > 0 && !p.rehearse {
		if err := p.db.Tell(c.Context, messages, instead); err != nil {
			return err
		}
	}
	view, err := p.viewTold(c.Context, m, b, messages)
	if err != nil {
		return err
	}
	if c.Bool("json") {
		return writeJSON(p.stdout, view)
	}
	who := secretary(b)
	if !view.Told {
		writeFolded(p.stdout, p.out.width, fmt.Sprintf("nothing to tell: %s knows already who attends %s", who, meetingInWords(m)))
		return nil
	}
	p.did("tell", fmt.Sprintf("%s who attends %s", who, meetingInWords(m)))
	if p.rehearse {
		_, err = fmt.Fprintf(p.stdout, "\nSubject: %s\n\n%s", view.Subject, view.Text)
		return err
	}
	writeFolded(p.stdout, p.out.width, "The message goes with the next pass: pcnrota serve makes one by itself, or pcnrota remind send.")
	return nil
}

// secretary names whom one writes to at a body.
func secretary(b rota.Body) string {
	if b.Contact.Name == "" {
		return fmt.Sprintf("%s (%s)", b.Contact.Email, b.ID)
	}
	return fmt.Sprintf("%s (%s)", b.Contact.Name, b.ID)
}

// mayTell refuses to tell a body of a meeting that is over, to which nobody goes, or of which it must not know.
func (p *pcn) mayTell(b rota.Body, m rota.Occurrence) error {
	switch {
	case b.Contact.Email == "":
		return wrong(fmt.Sprintf("%s has no contact with an e-mail address", bodyLabel(b)),
			fmt.Sprintf(`pcnrota body edit %s --contact "NAME" --email ADDRESS --tell`, asTyped(string(b.ID))))
	case !b.TellsContact:
		return wrong(fmt.Sprintf("the contact of %s may not be told who attends", bodyLabel(b)),
			fmt.Sprintf("pcnrota body edit %s --tell, to allow it", asTyped(string(b.ID))))
	case !m.Span.Start.After(p.at):
		return wrong(fmt.Sprintf("%s began on %s: it is too late to tell", m.Series.Title, inFull(m.Start)))
	case len(m.Attending) == 0:
		return wrong(fmt.Sprintf("nobody goes to %s as things stand", meetingInWords(m)), "pcnrota cover find "+string(rota.SittingID(rota.Representative, m.ID)))
	}
	return nil
}

// asTyped puts a name into quotes where a shell would not take it for one word.
func asTyped(name string) string {
	if strings.ContainsAny(name, " '\"()&;<>|*?$`\\") {
		return quoted(name)
	}
	return name
}

// attendanceNews gives what there is to tell the contact now, and what it takes the place of.
func (p *pcn) attendanceNews(ctx context.Context, m rota.Occurrence) ([]notify.Reminder, []notify.Result, error) {
	all, err := p.db.Reminders(ctx, notify.Filter{UsefulAfter: p.at})
	if err != nil {
		return nil, nil, err
	}
	told := slices.DeleteFunc(all, func(r notify.Reminder) bool { return r.Kind != notify.Attendance })
	messages, instead := p.notices().Attendance(m, told, p.at)
	return messages, instead, nil
}

// viewTold is the message as the contact gets it.
func (p *pcn) viewTold(ctx context.Context, m rota.Occurrence, b rota.Body, messages []notify.Reminder) (toldView, error) {
	view := toldView{Meeting: p.viewOfMeeting(m, nil), Contact: b.Contact.Name, Email: b.Contact.Email, DryRun: p.rehearse}
	if len(messages) == 0 {
		return view, nil
	}
	engine, err := p.engine(p.quiet())
	if err != nil {
		return view, err
	}
	message, err := engine.Preview(ctx, messages[0], p.at)
	if err != nil {
		return view, err
	}
	letterhead, err := p.letterhead()
	if err != nil {
		return view, err
	}
	preview, err := letterhead.Preview(message)
	view.Told, view.Again, view.Subject, view.Text = true, messages[0].News.Attends.Again, preview.Subject, preview.Text
	return view, err
}
