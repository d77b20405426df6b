package cli

import (
	"time"

	"pcnrota/notify"
	"pcnrota/notify/mail"
)

// announce has whatever the command publishes, offers, answers or decides told to whom it concerns.
func (p *pcn) announce() {
	p.db.Announce(notify.Notices{
		Zone: p.config.Zone, Domain: mail.Letterhead{From: p.config.Mail.From}.Domain(), Manager: p.config.Manager.Email != "",
		Confirm: notify.Confirming{Within: 24 * time.Hour, Ahead: 14 * 24 * time.Hour},
	})
}
