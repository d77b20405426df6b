package cli

import (
	"context"
	"fmt"
	"time"

	"pcnrota/notify"
	"pcnrota/rota"
)

// declinedAt gives when the recipient of a reminder of a duty declined that duty in a calendar; zero where they did not,
// or it is no longer theirs.
func (p *pcn) declinedAt(ctx context.Context, r notify.Reminder) (time.Time, error) {
	if r.Kind != notify.Duty && r.Kind != notify.Handover {
		return time.Time{}, nil
	}
	answers, err := p.db.Answers(ctx)
	if err != nil {
		return time.Time{}, err
	}
	for _, a := range answers {
		if a.About != r.About || a.Leader != r.Leader || a.Says != "declined" {
			continue
		}
		duties, err := p.db.Published(ctx, r.Start, r.Start.Add(time.Second))
		for _, d := range duties {
			if string(d.ID) == a.About && d.Holder == a.Leader {
				return a.Stamp, err
			}
		}
		return time.Time{}, err
	}
	return time.Time{}, nil
}

// declined tells of duties on call to come whose holder has said no to the invitation in a calendar: that moves nobody,
// so somebody has to talk with them. Of a meeting, the deputy goes at once.
func (p *pcn) declined(ctx context.Context, now time.Time) (matters []notify.Matter, err error) {
	answers, err := p.db.Answers(ctx)
	if err != nil {
		return nil, err
	}
	said := map[rota.DutyID]rota.LeaderID{}
	for _, a := range answers {
		if a.Says == "declined" {
			said[rota.DutyID(a.About)] = a.Leader
		}
	}
	if len(said) == 0 {
		return nil, nil
	}
	names, err := p.leadersByID(ctx)
	if err != nil {
		return nil, err
	}
	duties, err := p.db.Published(ctx, now, time.Time{})
	for _, d := range duties {
		if said[d.ID] != d.Holder || d.Holder == "" || !d.Span.Start.After(now) {
			continue
		}
		matters = append(matters, notify.Matter{
			Urgency: rota.Finding{Day: d.Start.Date}.Urgency(p.dayOf(now)),
			Says:    fmt.Sprintf("%s declined %s on %s in a calendar, and holds it all the same", names[d.Holder].Name, p.tierTitle(d.Rota, d.Tier), briefly(d.Start)),
			Do:      "pcnrota cover find " + string(d.ID.Whole()),
		})
	}
	return matters, err
}
