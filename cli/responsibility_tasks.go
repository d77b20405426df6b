package cli

import (
	"context"
	"fmt"
	"time"

	"pcnrota/notify"
	"pcnrota/rota"
)

// dueBy is the time of day by which something has to be seen to: the end of the working day.
const dueBy = 17 * 60

// tasks gives the reminders what has to be seen to. What is overdue is asked for again, a week at a time, of its owner and
// its deputy; the manager reads of it in the summary of the week.
func (p *pcn) tasks(ctx context.Context, from, until time.Time) ([]notify.Task, error) {
	items, err := p.db.Items(ctx, rota.Date{}, p.dayOf(until).AddDays(1))
	today := p.dayOf(from)
	var all []notify.Task
	for _, i := range items {
		switch {
		case !i.Open():
		case i.Due.At(dueBy).Instant(p.config.Zone).After(from):
			all = append(all, p.task(i, string(i.ID), i.Owner, i.Deputy, i.Due))
		default:
			again := i.Due
			for !again.At(dueBy).Instant(p.config.Zone).After(from) {
				again = again.AddDays(7)
			}
			leaders, _ := i.Answers(today.AddDays(1), p.config.Holidays)
			for n, l := range leaders {
				t := p.task(i, fmt.Sprintf("%s/overdue%d", i.ID, n+1), l, i.Deputy, again)
				if t.Since, t.Second = i.Due, l != i.Owner; t.Second {
					t.Deputy = i.Owner
				}
				all = append(all, t)
			}
		}
	}
	if err != nil {
		return nil, err
	}
	actions, err := p.actionTasks(ctx, from, until)
	return append(all, actions...), err
}

// actionTasks gives what meetings agreed on: asked for again of its owner, a week at a time, where it is overdue.
func (p *pcn) actionTasks(ctx context.Context, from, until time.Time) ([]notify.Task, error) {
	actions, err := p.db.Actions(ctx)
	var all []notify.Task
	for _, a := range actions {
		due, since := a.Due, rota.Date{}
		for !due.At(dueBy).Instant(p.config.Zone).After(from) {
			due, since = due.AddDays(7), a.Due
		}
		by := due.At(dueBy)
		end := by.Instant(p.config.Zone)
		if !a.Done.IsZero() || !end.Before(until) {
			continue
		}
		all = append(all, notify.Task{
			Kind: notify.Action, ID: fmt.Sprintf("action%d", a.ID), Leader: a.Owner, Title: a.What, Since: since, Group: string(a.Meeting), Due: by,
			Span: rota.Span{Start: due.At(0).Instant(p.config.Zone), End: end},
		})
	}
	return all, err
}

func (p *pcn) task(i rota.Item, id string, leader, deputy rota.LeaderID, due rota.Date) notify.Task {
	by := due.At(dueBy)
	return notify.Task{
		Kind: notify.Responsibility, ID: id, Leader: leader, Deputy: deputy, Title: i.Title, Group: fmt.Sprint(i.Responsibility), Due: by, Own: i.For != "",
		Span: rota.Span{Start: due.At(0).Instant(p.config.Zone), End: by.Instant(p.config.Zone)},
	}
}

// neglected is what the manager has to know of responsibilities: what is long overdue, and what nobody holds.
func (p *pcn) neglected(ctx context.Context, now time.Time) ([]notify.Matter, error) {
	today := p.dayOf(now)
	items, err := p.db.Items(ctx, rota.Date{}, today.AddDays(30))
	var all []notify.Matter
	for _, i := range items {
		if _, manager := i.Answers(today, p.config.Holidays); !manager || !i.Open() {
			continue
		}
		says := fmt.Sprintf("%s is due on %s and nobody is accountable for it", i.Title, i.Due)
		do := fmt.Sprintf("pcnrota responsibility reassign %d LEADER", i.Responsibility)
		if i.Overdue(today) {
			says = fmt.Sprintf("%s was due on %s and is not recorded as done", i.Title, i.Due)
			do = fmt.Sprintf("pcnrota responsibility done %d, or: pcnrota responsibility reassign %d LEADER", i.Responsibility, i.Responsibility)
		}
		all = append(all, notify.Matter{Urgency: rota.Urgent, Says: says, Do: do})
	}
	return all, err
}
