package calendar

import (
	"fmt"

	"pcnrota/rota"
)

// away is a time when the leader is not there: that, and never why.
func (v view) away(a rota.Away) Event {
	return Event{
		UID: UID(awayID(a), v.PCNID), Sequence: a.Sequence, Modified: a.Modified,
		Start: a.Start, End: a.End, AllDay: a.WholeDays(),
		Summary: "Away", Categories: []string{"Away"}, Busy: true, Away: true,
	}
}

func awayID(a rota.Away) string { return fmt.Sprintf("away.%d", a.ID) }
