package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"pcnrota/internal/pass"
	"pcnrota/internal/sqlite"
	"pcnrota/internal/web"
	"pcnrota/notify"
	"pcnrota/rota"
)

var nothingToDo = &web.Refusal{Says: "There is nothing to do here any more.", Do: "Your duties and swaps show how things stand."}

// Errand is part of web.Errands.
func (d desk) Errand(ctx context.Context, purpose pass.Purpose, number int64) (web.Errand, error) {
	p := d.now()
	m, err := p.messageNumbered(ctx, number)
	if err != nil {
		return web.Errand{}, err
	}
	switch {
	case purpose == pass.Confirm && !m.ConfirmBy.IsZero():
		return p.confirmation(m), nil
	case purpose == pass.Unsubscribe && slices.Contains(notify.Preferable, m.Kind) && m.Leader != "":
		return p.unsubscription(ctx, m)
	}
	return web.Errand{}, nothingToDo
}

// messageNumbered finds the message that a pass is about.
func (p *pcn) messageNumbered(ctx context.Context, number int64) (notify.Reminder, error) {
	m, err := p.db.Reminder(ctx, number)
	if errors.Is(err, sqlite.ErrUnknown) {
		return m, nothingToDo
	}
	return m, err
}

// confirmation is the page on which somebody says that they have seen a message.
func (p *pcn) confirmation(m notify.Reminder) web.Errand {
	e := web.Errand{Title: "Have you seen this?", Button: "Yes, I have seen it"}
	if m.News != nil {
		e.Items = each(m.News.Moves, p.moveInWords)
		e.Says = []string{fmt.Sprintf("Your own duties have changed: %s.", count(len(e.Items), "change", "changes"))}
	}
	if !m.Confirmed.IsZero() {
		e.Title, e.Says = "Thank you", nil
		e.Done = fmt.Sprintf("It is noted that you have seen this, on %s.", inFull(rota.CivilOf(m.Confirmed, p.config.Zone)))
	}
	return e
}

// moveInWords says what became of a duty: "New for you: First on call, Mon 4 Jan 2027 18:30 to Tue 5 Jan 2027 08:00."
func (p *pcn) moveInWords(m notify.Move) string {
	what := p.tierTitle(m.Rota, m.Tier)
	slot := func(s *notify.Slot) string { return inFull(s.Start) + " to " + inFull(s.End) }
	switch {
	case m.Was == nil && m.Is == nil:
		return what + "."
	case m.Was == nil:
		return fmt.Sprintf("New for you: %s, %s.", what, slot(m.Is))
	case m.Is == nil:
		return fmt.Sprintf("Not yours any more: %s, %s.", what, slot(m.Was))
	default:
		return fmt.Sprintf("Moved: %s, from %s, now %s.", what, slot(m.Was), slot(m.Is))
	}
}

// unsubscription is the page on which somebody gives up messages of a kind.
func (p *pcn) unsubscription(ctx context.Context, m notify.Reminder) (web.Errand, error) {
	e := web.Errand{
		Title: "Stop these messages", Button: "Stop them",
		Says: []string{fmt.Sprintf("You would get no more messages of the kind “%s”. What changes in your own duties is always told.", m.Kind)},
	}
	preferences, err := p.db.Preferences(ctx)
	if slices.Contains(preferences, declining(m)) {
		e.Title, e.Done = "These messages are stopped", "You get no more messages of this kind."
		e.Says = []string{"Your PCN manager can have them sent to you again."}
	}
	return e, err
}

func declining(m notify.Reminder) notify.Preference {
	return notify.Preference{Leader: m.Leader, Kind: m.Kind}
}

// Run is part of web.Errands. It is the recipient who does it: nobody else was sent the pass.
func (d desk) Run(ctx context.Context, purpose pass.Purpose, number int64) error {
	p := d.now()
	e, err := d.Errand(ctx, purpose, number)
	if err != nil || e.Done != "" {
		return err
	}
	m, err := p.messageNumbered(ctx, number)
	if err != nil {
		return err
	}
	by := "PCN manager"
	if m.Leader != "" {
		names, err := p.leadersByID(ctx)
		if err != nil {
			return err
		}
		by = leaders.label(names[m.Leader])
	}
	ctx = sqlite.WithAuthor(ctx, sqlite.Author{Who: by, Command: string(purpose) + " (link in a message)", Now: d.pcn.now})
	if purpose == pass.Unsubscribe {
		return p.db.PutPreference(ctx, declining(m))
	}
	_, err = p.db.Confirm(ctx, number, by, p.at)
	return err
}
