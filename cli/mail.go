package cli

import (
	"path/filepath"

	"pcnrota/internal/config"
	"pcnrota/notify"
	"pcnrota/notify/mail"
)

// letterhead is what all messages of the PCN have in common.
func (p *pcn) letterhead() (mail.Letterhead, error) {
	m := p.config.Mail
	l := mail.Letterhead{PCN: p.config.PCN.Name, Zone: p.config.Zone, From: m.From, FromName: m.FromName, ReplyTo: m.ReplyTo}
	if p.config.Server.NowPage {
		l.Link = p.config.Server.BaseURL
	}
	if m.DKIM == (config.DKIM{}) {
		return l, nil
	}
	var err error
	l.DKIM, err = mail.NewSignature(m.DKIM.Domain, m.DKIM.Selector, []byte(m.DKIM.Key.Reveal()))
	return l, err
}

// sender is the mail server where there is one, and the outbox folder where not.
func (p *pcn) sender(l mail.Letterhead) (notify.Sender, error) {
	if p.config.Mail.Host == "" {
		return mail.Folder{Letterhead: l, Dir: p.outbox()}, nil
	}
	return mail.NewSMTP(l, p.mailOptions())
}

// mailOptions say how to reach the mail server. All PCNs that one process serves share its pace.
func (p *pcn) mailOptions() mail.Options {
	m := p.config.Mail
	o := mail.Options{
		Host: m.Host, Port: m.Port, Encryption: mail.Encryption(m.Encryption), Pace: p.paces.Of(m.Host, m.PerMinute),
		Auth: mail.Auth(m.Auth), Username: m.Username, Password: m.Password.Reveal(),
	}
	switch {
	case m.Token.File != "":
		o.Token = mail.TokenFile(m.Token.File)
	case len(m.Token.Command) > 0:
		o.Token = mail.TokenCommand(m.Token.Command, p.dir)
	}
	return o
}

func (p *pcn) outbox() string { return filepath.Join(p.dir, outboxFolder) }

// mailTarget says where messages go.
func (p *pcn) mailTarget() string {
	if p.config.Mail.Host == "" {
		return "into the folder " + shownPath(p.outbox())
	}
	return "by " + p.config.Mail.Host
}
