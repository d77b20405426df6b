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

// summary decides on the summary of the week: the one whose time came last, which is of use until the next. Its
// key is the ISO week alone, so a week has one, whatever becomes of clocks and of the time in config.toml.
func summary(rules Rules, now time.Time) []Reminder {
	if rules.Summary == nil {
		return nil
	}
	on := rules.Summary.Latest(now, rules.Zone)
	due := on.Instant(rules.Zone).UTC()
	week := isoWeek(on.Date)
	key := Key(fmt.Sprintf("%s/%s", Gaps, week))
	return []Reminder{{
		Key: key, Kind: Gaps, About: week, Start: due, Due: due, Until: on.Date.AddDays(7).At(on.Time).Instant(rules.Zone).UTC(),
		Reason: rules.Summary.String(), MessageID: messageID(string(key), rules.Domain), State: Planned, Next: due, Changed: now,
	}}
}

// isoWeek names the week of a day, as ISO 8601 does: "2027-W01".
func isoWeek(d rota.Date) string {
	year, week := time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC).ISOWeek()
	return fmt.Sprintf("%04d-W%02d", year, week)
}

// summarise puts together what a summary says, as things are when it is sent.
func (e *Engine) summarise(ctx context.Context, r Reminder, now time.Time) (Message, error) {
	matters, err := e.Watch(ctx, now)
	if err != nil {
		return Message{}, fmt.Errorf("look for what is wrong: %w", err)
	}
	part := engagement{kind: Gaps}
	return Message{Reminder: r, Date: now, Thread: part.thread(e.Rules.Domain), To: e.Manager, What: "summary", Matters: matters}, nil
}
