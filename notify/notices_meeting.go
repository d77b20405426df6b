package notify

import (
	"fmt"
	"time"

	"pcnrota/rota"
)

// Unattended tells the manager, in one message, to which meetings nobody goes any more: whoever represented the PCN
// cannot, and neither the deputy nor anybody else can. They are in order of time.
func (n Notices) Unattended(meetings []rota.Occurrence, at time.Time) []Reminder {
	if !n.Manager || len(meetings) == 0 {
		return nil
	}
	news := News{At: at}
	var until time.Time
	for _, m := range meetings {
		move := Move{Duty: rota.SittingID(rota.Representative, m.ID), Rota: rota.Meetings, Tier: rota.Representative, Title: m.Series.Title, Was: &Slot{m.Start, m.End, m.Span}}
		if m.Series.Who.Mode == rota.EverybodyGoes {
			move.Tier = "" // there is nobody to choose
		}
		news.Moves = append(news.Moves, move)
		until = m.Span.Start.UTC()
	}
	r := n.event(NobodyGoes, fmt.Sprintf("%s/%s", meetings[0].ID, at.UTC().Format(keyTime)), "", news)
	r.Until = until
	return []Reminder{r}
}
