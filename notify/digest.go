package notify

import (
	"cmp"
	"slices"
	"time"

	"pcnrota/rota"
)

const (
	digestDays   = 28             // of one's own that a digest tells
	teamDays     = 8              // of everybody's
	digestUseful = 24 * time.Hour // after that, the week is under way and a digest is no news
)

// readers gives who gets a digest, in order of ID: who is in post, wants one, and has something in it of their own.
func (a Agenda) readers(rules Rules, now time.Time) []rota.LeaderID {
	today := rota.CivilOf(now, rules.Zone).Date
	var readers []rota.LeaderID
	for _, l := range a.Leaders {
		if l.Email != "" && l.InPost(today, today) && a.wants(Digest, l.ID) && len(a.entries(l.ID, now, digestDays)) > 0 {
			readers = append(readers, l.ID)
		}
	}
	slices.Sort(readers)
	return readers
}

// entry is something in the agenda before it has names.
type entry struct {
	Entry
	rota    rota.RotaName
	tier    rota.TierName
	leaders []rota.LeaderID
}

// entries gives what starts within so many days and concerns a leader, or anybody where that is "", in order of time.
func (a Agenda) entries(leader rota.LeaderID, now time.Time, days int) []entry {
	until := now.AddDate(0, 0, days)
	within := func(s rota.Span) bool { return s.End.After(now) && s.Start.Before(until) }
	concerns := func(who ...rota.LeaderID) bool { return leader == "" || slices.Contains(who, leader) }
	var all []entry
	for _, d := range a.Duties {
		if within(d.Span) && concerns(d.Holder) {
			all = append(all, entry{Entry{Kind: Duty, Start: d.Start, End: d.End, Span: d.Span}, d.Rota, d.Tier, []rota.LeaderID{d.Holder}})
		}
	}
	for _, m := range a.Meetings {
		deputises := leader != "" && leader == m.Deputy
		if within(m.Span) && (deputises || concerns(m.Attending...)) {
			what := m.Series.Title
			if deputises {
				what += ", as the deputy"
			}
			all = append(all, entry{Entry: Entry{
				Kind: Meeting, What: what, Line: string(m.Series.Body), Start: m.Start, End: m.End, Span: m.Span, Place: m.Series.Place,
			}, leaders: m.Attending})
		}
	}
	for _, t := range a.Tasks {
		if within(t.Span) && concerns(t.Leader) && !(leader == "" && t.Own) {
			all = append(all, entry{Entry: Entry{
				Kind: t.Kind, What: t.inWords(), Line: t.Line, Start: t.Due, End: t.Due, Span: t.Span, Place: t.Place,
			}, leaders: []rota.LeaderID{t.Leader}})
		}
	}
	slices.SortStableFunc(all, func(a, b entry) int { return cmp.Or(a.Span.Start.Compare(b.Span.Start), cmp.Compare(a.What, b.What)) })
	return all
}

// inWords names a task with when it was due, where it is overdue.
func (t Task) inWords() string {
	if t.Since.IsZero() {
		return t.Title
	}
	return "overdue since " + t.Since.Format("2 January") + ": " + t.Title
}

// digest fills in what a leader is told each week: their own, then the team's.
func (e *Engine) digest(m *Message, a Agenda, now time.Time) {
	for _, own := range a.entries(m.To.ID, now, digestDays) {
		m.Yours = append(m.Yours, e.named(a, own, false))
	}
	for _, anybody := range a.entries("", now, teamDays) {
		m.Team = append(m.Team, e.named(a, anybody, true))
	}
}

// named is an entry with its names.
func (e *Engine) named(a Agenda, found entry, who bool) Entry {
	if found.Kind == Duty {
		policy := e.policy(found.rota)
		found.What, found.Line = tierTitle(policy, found.tier), policy.Title
	}
	for _, id := range found.leaders {
		if name := a.colleague(id).Name; who && name != "" {
			if found.Who != "" {
				found.Who += ", "
			}
			found.Who += name
		}
	}
	return found.Entry
}
