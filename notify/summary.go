package notify

import (
	"context"
	"fmt"
	"time"

	"pcnrota/rota"
)

// Matter is one thing that the manager should see to, as a summary tells it.
type Matter struct {
	Urgency rota.Urgency
	Says    string
	Do      string // what to type
}

// Monthly is a civil time that comes once a month.
type Monthly struct {
	Day int // of the month, 1 to 28
	At  rota.TimeOfDay
}

// Latest gives the last such time that has come by now.
func (m Monthly) Latest(now time.Time, zone *time.Location) rota.Civil {
	today := rota.CivilOf(now, zone).Date
	latest := rota.Date{Year: today.Year, Month: today.Month, Day: m.Day}.At(m.At)
	if latest.Instant(zone).After(now) {
		return m.months(latest, -1)
	}
	return latest
}

// months gives the time so many months later.
func (m Monthly) months(c rota.Civil, n int) rota.Civil {
	first := time.Date(c.Date.Year, c.Date.Month+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
	return rota.Date{Year: first.Year(), Month: first.Month(), Day: m.Day}.At(m.At)
}

// String gives "every month on day 1, 08:00".
func (m Monthly) String() string { return fmt.Sprintf("every month on day %d, %s", m.Day, m.At) }

// regularKinds are those of regular.
var regularKinds = []Kind{Gaps, Fairness, Digest}

// regular decides on what comes every week or month: the one whose time came last, which is of use until the next. Its
// key is the ISO week or the month alone, so each has one, whatever becomes of clocks and of the time in config.toml.
func regular(a Agenda, rules Rules, now time.Time) []Reminder {
	var all []Reminder
	weekly := func(kind Kind, w rota.Weekly, leader rota.LeaderID) {
		on := w.Latest(now, rules.Zone)
		all = append(all, rules.regular(kind, isoWeek(on.Date), leader, on, on.Date.AddDays(7).At(on.Time), w.String(), now))
	}
	if rules.Summary != nil {
		weekly(Gaps, *rules.Summary, "")
	}
	if rules.Fairness != nil {
		on := rules.Fairness.Latest(now, rules.Zone)
		month := fmt.Sprintf("%04d-%02d", on.Date.Year, on.Date.Month)
		all = append(all, rules.regular(Fairness, month, "", on, rules.Fairness.months(on, 1), rules.Fairness.String(), now))
	}
	if rules.Digest != nil {
		on := rules.Digest.Latest(now, rules.Zone)
		if now.Sub(on.Instant(rules.Zone)) < digestUseful {
			for _, l := range a.readers(rules, now) {
				weekly(Digest, *rules.Digest, l)
			}
		}
	}
	return all
}

func (r Rules) regular(kind Kind, about string, leader rota.LeaderID, on, next rota.Civil, reason string, now time.Time) Reminder {
	due := on.Instant(r.Zone).UTC()
	until := next.Instant(r.Zone).UTC()
	key := Key(fmt.Sprintf("%s/%s", kind, about))
	if leader != "" {
		key += Key("/" + leader)
	}
	if kind == Digest {
		until = due.Add(digestUseful)
	}
	return Reminder{
		Key: key, Kind: kind, About: about, Leader: leader, Start: due, Due: due, Until: until,
		Reason: reason, MessageID: messageID(string(key), r.Domain), State: Planned, Next: r.Quiet.wake(due, until, r.Zone), Changed: now,
	}
}

// nextRegular gives when the next of what comes every week or month is due; false where nothing does.
func (r Rules) nextRegular(now time.Time) (next time.Time, any bool) {
	consider := func(c rota.Civil) {
		if at := c.Instant(r.Zone).UTC(); !any || at.Before(next) {
			next, any = at, true
		}
	}
	for _, w := range []*rota.Weekly{r.Summary, r.Digest} {
		if w != nil {
			last := w.Latest(now, r.Zone)
			consider(last.Date.AddDays(7).At(last.Time))
		}
	}
	if r.Fairness != nil {
		consider(r.Fairness.months(r.Fairness.Latest(now, r.Zone), 1))
	}
	return next, any
}

// isoWeek names the week of a day, as ISO 8601 does: "2027-W01".
func isoWeek(d rota.Date) string {
	year, week := time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC).ISOWeek()
	return fmt.Sprintf("%04d-W%02d", year, week)
}

// report puts together what the manager is told regularly, as things are when it is sent.
func (e *Engine) report(ctx context.Context, r Reminder, now time.Time) (Message, error) {
	part := engagement{kind: r.Kind}
	m := Message{Reminder: r, Date: now, Thread: part.thread(e.Rules.Domain), To: e.Manager}
	var err error
	if r.Kind == Fairness {
		m.What = "fairness"
		m.Standings, err = e.Fair(ctx, now)
	} else {
		m.What = "summary"
		m.Matters, err = e.Watch(ctx, now)
	}
	if err != nil {
		return Message{}, fmt.Errorf("look for what to report: %w", err)
	}
	return m, nil
}
