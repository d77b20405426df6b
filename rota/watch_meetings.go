package rota

import (
	"fmt"
	"time"
)

// quorumDays is how near a meeting is when too few answers are told of: before that, people may still answer.
const quorumDays = 7

// unattended finds the series to whose meetings nobody is left to go, each with the first such meeting.
func (l Lookout) unattended() (found []Finding) {
	at, more := map[SeriesID]int{}, map[SeriesID]int{}
	for _, m := range l.Meetings {
		if len(m.Attending) > 0 || !m.Span.Start.After(l.Now) || !l.Until.IsZero() && !m.Start.Date.Before(l.Until) {
			continue
		}
		if _, known := at[m.Series.ID]; known {
			more[m.Series.ID]++
			continue
		}
		at[m.Series.ID] = len(found)
		says := fmt.Sprintf("nobody goes to %s, %s", m.Series.Title, inWords(m.Start))
		found = append(found, Finding{Kind: NobodyGoes, Day: m.Start.Date, Rota: Meetings, About: m.ID, Says: says})
	}
	for series, n := range more {
		found[at[series]].Says += fmt.Sprintf(", and to %s of it", plural(n, "later meeting", "later meetings"))
	}
	return found
}

// quorums finds the meetings of the next days for which fewer have accepted than they ask for.
func (l Lookout) quorums() (found []Finding) {
	for _, m := range l.Meetings {
		q := QuorumOf(m, m.Series.Quorum, l.Replies)
		near := m.Span.Start.After(l.Now) && !m.Span.Start.After(l.Now.Add(quorumDays*24*time.Hour))
		if near && q.Accepted < q.Needed && len(m.Attending) > 0 {
			says := fmt.Sprintf("%s, %s, has no quorum yet: %s", m.Series.Title, inWords(m.Start), q)
			found = append(found, Finding{Kind: NoQuorum, Day: m.Start.Date, Rota: Meetings, About: m.ID, Says: says})
		}
	}
	return found
}
