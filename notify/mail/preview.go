package mail

import (
	"bytes"
	"fmt"

	"pcnrota/notify"
)

// Preview is a message as its recipient gets it, in its parts.
type Preview struct {
	From    string `json:"from"`
	To      string `json:"to"`
	Subject string `json:"subject"`
	Text    string `json:"text"`
	HTML    string `json:"html"`
	Message string `json:"message"` // the whole of it, as a mail server gets it
}

// Preview composes m. A recipient without an address is shown as one.
func (l Letterhead) Preview(m notify.Message) (Preview, error) {
	if m.To.Email == "" {
		m.To.Email = "nobody@pcnrota.invalid"
	}
	whole, err := l.Compose(m)
	if err != nil {
		return Preview{}, err
	}
	from, err := l.sender()
	if err != nil {
		return Preview{}, err
	}
	templates := l.Templates
	if templates == nil {
		templates = builtIn
	}
	w := l.words(m)
	p := Preview{From: from.String(), To: fmt.Sprintf("%s <%s>", w.To, m.To.Email), Subject: w.Subject, Message: string(whole)}
	var text, rich bytes.Buffer
	if err := templates.write(&text, m.Reminder.Kind, ".txt", w); err != nil {
		return Preview{}, fmt.Errorf("write text: %w", err)
	}
	if err := templates.write(&rich, m.Reminder.Kind, ".html", w); err != nil {
		return Preview{}, fmt.Errorf("write HTML: %w", err)
	}
	p.Text, p.HTML = text.String(), rich.String()
	return p, nil
}
