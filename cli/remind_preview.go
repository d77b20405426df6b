package cli

import (
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/urfave/cli/v2"

	"pcnrota/notify"
	"pcnrota/notify/mail"
)

func (p *program) remindPreview() *cli.Command {
	return &cli.Command{
		Name: "preview", ArgsUsage: "[MESSAGE]", Usage: "show a message as its recipient gets it, and send nothing",
		Description: `MESSAGE is a kind, of which it shows a sample, or the number of one as it stands.
Without it, the kinds are listed. Messages can be worded otherwise: --templates
writes what they are made from into the folder templates, where you can change it;
a file such as change.txt is for one kind alone. config check tries them.

  pcnrota remind preview change
  pcnrota remind preview 12 --html > message.html
  pcnrota remind preview duty --eml > duty.eml
  pcnrota remind preview --templates`,
		Flags: append(outputFlags(),
			&cli.BoolFlag{Name: "html", Usage: "its HTML in place of its text"},
			&cli.BoolFlag{Name: "eml", Usage: "the whole message, as a mail server gets it"},
			&cli.BoolFlag{Name: "templates", Usage: "write our templates into the folder templates"}, dryRunFlag()),
		Action: p.inPCN(previewReminder),
	}
}

func previewReminder(c *cli.Context, p *pcn) error {
	letterhead, err := p.letterhead()
	if err != nil {
		return err
	}
	switch {
	case c.Bool("templates"):
		return p.writeTemplates()
	case !c.Args().Present():
		return p.showKinds(c, letterhead)
	}
	m, err := p.previewOf(c)
	if err != nil {
		return err
	}
	preview, err := letterhead.Preview(m)
	if err != nil {
		return err
	}
	switch {
	case c.Bool("json"):
		return writeJSON(p.stdout, preview)
	case c.Bool("eml"):
		_, err = io.WriteString(p.stdout, preview.Message)
	case c.Bool("html"):
		_, err = io.WriteString(p.stdout, preview.HTML)
	default:
		fmt.Fprintf(p.stdout, "From:    %s\nTo:      %s\nSubject: %s\n\n", preview.From, preview.To, preview.Subject)
		_, err = io.WriteString(p.stdout, preview.Text)
	}
	return err
}

// previewOf gives the message with a number, or a sample of a kind.
func (p *pcn) previewOf(c *cli.Context) (notify.Message, error) {
	typed := c.Args().First()
	if strings.Trim(typed, "#0123456789") != "" && !strings.Contains(typed, "/") {
		kind, err := kindNamed(typed)
		return mail.Sample(kind), err
	}
	r, err := p.reminder(c)
	if err != nil {
		return notify.Message{}, err
	}
	engine, err := p.engine(p.quiet())
	if err != nil {
		return notify.Message{}, err
	}
	return engine.Preview(c.Context, r, p.at)
}

// showKinds lists the kinds of messages, each with the subject of its sample.
func (p *pcn) showKinds(c *cli.Context, letterhead mail.Letterhead) error {
	type kindView struct {
		Kind    notify.Kind `json:"kind"`
		Subject string      `json:"subject"`
	}
	l := listing{table: newTable(col("kind"), name("a subject")), notes: []string{"pcnrota remind preview KIND shows one."}}
	views := []kindView{}
	for _, m := range mail.Samples() {
		preview, err := letterhead.Preview(m)
		if err != nil {
			return err
		}
		views = append(views, kindView{m.Reminder.Kind, preview.Subject})
		l.table.row(string(m.Reminder.Kind), preview.Subject)
	}
	l.json = views
	return p.show(c, l)
}

// writeTemplates puts our templates where the PCN can change them.
func (p *pcn) writeTemplates() error {
	dir := filepath.Join(p.dir, templatesFolder)
	if p.rehearse {
		p.did("write", "message.txt and message.html into "+shownPath(dir))
		return nil
	}
	wrote, err := mail.WriteTemplates(dir)
	if err != nil {
		return fmt.Errorf("write templates: %w", reasonOf(err))
	}
	if len(wrote) == 0 {
		return wrong(fmt.Sprintf("%s has templates already; nothing was changed", shownPath(dir)), "move them away first")
	}
	p.did("write", fmt.Sprintf("%s into %s", strings.Join(wrote, " and "), shownPath(dir)))
	return nil
}
