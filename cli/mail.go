package cli

import (
	"context"
	"path/filepath"

	"pcnrota/internal/config"
	"pcnrota/internal/pass"
	"pcnrota/notify"
	"pcnrota/notify/mail"
)

// letterhead is what all messages of the PCN have in common.
func (p *pcn) letterhead() (mail.Letterhead, error) {
	m, site := p.config.Mail, p.config.Server
	l := mail.Letterhead{
		PCN: p.config.PCN.Name, Zone: p.config.Zone, From: m.From, FromName: m.FromName, ReplyTo: m.ReplyTo, Base: site.BaseURL,
	}
	if site.NowPage {
		l.Link = site.BaseURL
	}
	var err error
	if l.Templates, err = templatesIn(p.dir); err != nil {
		return l, err
	}
	if m.DKIM != (config.DKIM{}) {
		if l.DKIM, err = mail.NewSignature(m.DKIM.Domain, m.DKIM.Selector, []byte(m.DKIM.Key.Reveal())); err != nil {
			return l, err
		}
	}
	ctx := context.Background() // it is put together before there is anything to stop
	if l.PCNID, err = p.db.PCNID(ctx); err != nil {
		return l, err
	}
	key, err := p.db.PassKey(ctx)
	l.Pass = pass.Key(key).Linker(site.BaseURL)
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
