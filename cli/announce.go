package cli

import (
	"cmp"
	"context"
	"slices"
	"time"

	"pcnrota/notify"
	"pcnrota/notify/mail"
	"pcnrota/rota"
)

// announce has whatever the command publishes, offers, answers or decides told to whom it concerns.
func (p *pcn) announce() { p.db.Announce(p.notices()) }

func (p *pcn) notices() notify.Notices {
	return notify.Notices{
		Zone: p.config.Zone, Domain: mail.Letterhead{From: p.config.Mail.From}.Domain(), Manager: p.config.Manager.Email != "",
		Confirm: p.confirming(),
	}
}

func (p *pcn) confirming() notify.Confirming {
	r := p.config.Reminders
	return notify.Confirming{Within: r.Confirm, Ahead: time.Duration(r.Ahead) * 24 * time.Hour}
}

// reminderRules are what config.toml says of reminders.
func (p *pcn) reminderRules(domain string) notify.Rules {
	r := p.config.Reminders
	rules := notify.Rules{
		Ladders: notify.Ladders{
			Duty: r.Duty, Meeting: r.Meeting, Responsibility: r.Responsibility, Action: r.Action, Handover: r.Handover,
			Rotas: map[rota.RotaName][]rota.Rung{}, Bodies: map[rota.BodyID][]rota.Rung{}, Responsibilities: map[string][]rota.Rung{},
		},
		Zone: p.config.Zone, Domain: domain, Confirm: p.confirming(),
		Quiet: notify.Hours{From: r.Quiet.From, Until: r.Quiet.Until}, WorkingDays: r.WorkingDays, Holidays: p.config.Holidays,
		Digest: r.Digest,
	}
	for _, own := range r.Ladders {
		switch {
		case own.Rota != "":
			rules.Ladders.Rotas[own.Rota] = own.Rungs
		case own.Body != "":
			rules.Ladders.Bodies[own.Body] = own.Rungs
		default:
			rules.Ladders.Responsibilities[own.Responsibility] = own.Rungs
		}
	}
	if m := p.config.Manager; m.Email != "" { // otherwise there is nobody to tell
		rules.Summary = m.Summary
		if m.Fairness != nil {
			rules.Fairness = &notify.Monthly{Day: m.Fairness.Day, At: m.Fairness.At}
		}
	}
	return rules
}

// balances say how everybody in post stands, over all rotas, in order of name.
func (p *pcn) balances(ctx context.Context, now time.Time) ([]notify.Balance, error) {
	ledger, err := p.db.Ledger(ctx, "", rota.Date{}, rota.Date{})
	if err != nil {
		return nil, err
	}
	people, err := p.db.Leaders(ctx)
	if err != nil {
		return nil, err
	}
	today := p.dayOf(now)
	var all []notify.Balance
	for _, l := range people {
		at := slices.IndexFunc(ledger, func(s rota.Standing) bool { return s.Leader == l.ID })
		if at >= 0 && l.InPost(today, today) {
			all = append(all, notify.Balance{Name: l.Name, Held: ledger[at].Held.Total(), Target: ledger[at].Target.Total()})
		}
	}
	slices.SortFunc(all, func(a, b notify.Balance) int { return cmp.Compare(a.Name, b.Name) })
	return all, nil
}
