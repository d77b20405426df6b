package cli

import (
	"context"
	"strings"
	"time"

	"pcnrota/internal/pass"
	"pcnrota/internal/sqlite"
	"pcnrota/internal/web"
	"pcnrota/notify"
	"pcnrota/notify/mail"
	"pcnrota/rota"
)

const (
	linkLife    = 30 * time.Minute // of a link that was mailed
	givenLife   = 4 * time.Hour    // of one that the manager hands over
	sessionLife = 12 * time.Hour
	linksAnHour = 5 // that are mailed to one person
)

// PassKey is part of web.Door.
func (d desk) PassKey(ctx context.Context) (pass.Key, error) { return d.pcn.passKey(ctx) }

func (p *pcn) passKey(ctx context.Context) (pass.Key, error) {
	key, err := p.db.PassKey(ctx)
	return pass.Key(key), err
}

// AskSignIn is part of web.Door. Where several leaders share an address, each has a link of their own.
func (d desk) AskSignIn(ctx context.Context, address, page string) error {
	p := d.now()
	all, err := p.db.Leaders(ctx)
	if err != nil {
		return err
	}
	ctx = sqlite.WithAuthor(ctx, sqlite.Author{Who: "somebody at the sign-in page", Command: "ask to sign in (page)", Now: d.pcn.now})
	for _, l := range all {
		if !strings.EqualFold(strings.TrimSpace(l.Email), address) || p.hasLeft(l) {
			continue
		}
		sent, err := p.db.SignInsSince(ctx, l.ID, p.at.Add(-time.Hour))
		if err != nil {
			return err
		}
		if sent >= linksAnHour {
			continue
		}
		if _, err := p.addSignIn(ctx, sqlite.SignIn{Leader: l.ID, Expires: p.at.Add(linkLife), Mailed: true, Page: page}); err != nil {
			return err
		}
	}
	return nil
}

// addSignIn lets a leader sign in once, and mails the link where it is to be mailed.
func (p *pcn) addSignIn(ctx context.Context, s sqlite.SignIn) (number int64, err error) {
	s.Asked = p.at
	domain := mail.Letterhead{From: p.config.Mail.From}.Domain()
	return p.db.AddSignIn(ctx, s, func(number int64) []notify.Reminder {
		if !s.Mailed {
			return nil
		}
		return []notify.Reminder{notify.SignInLink(s.Leader, number, s.Asked, s.Expires, domain)}
	})
}

var usedUp = &web.Refusal{
	Says: "This link does not work any more: it was used before, or its time has passed.",
	Do:   "Ask for a new one, with your e-mail address.",
}

// SignIn is part of web.Door.
func (d desk) SignIn(ctx context.Context, number int64) (rota.Leader, error) {
	p := d.now()
	s, open, err := p.db.OpenSignIn(ctx, number, p.at)
	if err != nil {
		return rota.Leader{}, err
	}
	if !open {
		return rota.Leader{}, usedUp
	}
	return p.actingLeader(ctx, s.Leader)
}

// BeginSession is part of web.Door.
func (d desk) BeginSession(ctx context.Context, number int64, hash []byte) (page string, until time.Time, err error) {
	p := d.now()
	s, open, err := p.db.OpenSignIn(ctx, number, p.at)
	if err != nil || !open {
		return "", until, orUsedUp(err)
	}
	ctx, p, _, err = d.as(ctx, s.Leader, "sign in")
	if err != nil {
		return "", until, err
	}
	until = p.at.Add(sessionLife)
	began, err := p.db.BeginSession(ctx, number, hash, p.at, until)
	if err != nil || !began {
		return "", until, orUsedUp(err)
	}
	return s.Page, until, nil
}

func orUsedUp(err error) error {
	if err != nil {
		return err
	}
	return usedUp
}

// Visitor is part of web.Door.
func (d desk) Visitor(ctx context.Context, hash []byte) (v web.Visitor, found bool, err error) {
	p := d.now()
	s, found, err := p.db.SessionByHash(ctx, hash, p.at)
	if err != nil || !found {
		return v, false, err
	}
	all, err := p.db.Leaders(ctx)
	if err != nil {
		return v, false, err
	}
	l, known := byID(all)[s.Leader]
	return web.Visitor{Leader: l, Until: s.Expires}, known && !p.hasLeft(l), nil
}

// EndSession is part of web.Door.
func (d desk) EndSession(ctx context.Context, l rota.LeaderID, hash []byte) error {
	ctx, p, _, err := d.as(ctx, l, "sign out")
	if err != nil {
		return err
	}
	return p.db.EndSession(ctx, hash)
}

// EndSessions is part of web.Door.
func (d desk) EndSessions(ctx context.Context, l rota.LeaderID) error {
	ctx, p, _, err := d.as(ctx, l, "sign out everywhere")
	if err != nil {
		return err
	}
	_, err = p.db.EndSessions(ctx, l, p.at)
	return err
}
