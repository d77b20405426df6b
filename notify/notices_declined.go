package notify

import (
	"fmt"
	"time"

	"pcnrota/rota"
)

// Declined tells the manager that the holder of a duty on call has declined it in a calendar, by the answer given at
// stamp. That moves nobody, so somebody has to talk with them.
func (n Notices) Declined(d rota.Duty, stamp, at time.Time) []Reminder {
	if !n.Manager || d.Holder == "" || !d.Span.Start.After(at) {
		return nil
	}
	move := moveOf(d)
	move.Is, move.Other = slotOf(d), d.Holder
	r := n.event(Declined, fmt.Sprintf("%s/%s/%s", d.ID, d.Holder, stamp.UTC().Format(keyTime)), "", News{At: at, Moves: []Move{move}})
	r.Until = d.Span.Start.UTC()
	return []Reminder{r}
}
