package notify

import (
	"context"
	"time"

	"pcnrota/rota"
)

// decision is what reminders are decided from. The outbox has been brought into line with it, and needs no more of that
// as long as it stands.
type decision struct {
	stamp     string // of the source, read before all else; "" before the first
	agenda    Agenda
	at, until time.Time
	regular   time.Time // when the next of what comes every week or month is due, which is not planned yet; zero for never
}

// stands reports whether d would be made at now as it was made before: nothing that it comes from has changed, and the
// time between brings nothing but what was planned for.
func (d decision) stands(stamp string, now time.Time) bool {
	return d.stamp != "" && d.stamp == stamp && !now.Before(d.at) && now.Before(d.until)
}

// onlyUntil has d stand no longer than until a time.
func (d *decision) onlyUntil(t time.Time) {
	if t.Before(d.until) {
		d.until = t
	}
}

// retryPlan is how long a decision stands while messages wait for another try: the next rung may come before they can
// be sent.
const retryPlan = 3 * time.Hour

// after takes note of what became of a message. Where it was not sent, another may have to take its place, or it may
// have to wait for the end of the quiet hours.
func (d *decision) after(o Outcome, quiet Hours) {
	switch {
	case o.State == Sent:
	case o.State == Retrying && quiet == (Hours{}):
		d.onlyUntil(o.At.Add(retryPlan))
	default:
		d.onlyUntil(o.At)
	}
}

// decide reads what is published. The stamp was read before it. It takes milliseconds, so that nothing is gained where it
// can be cut short, and to watch over each of its questions would take longer than they do.
func (e *Engine) decide(ctx context.Context, stamp string, now time.Time) (d decision, err error) {
	d.agenda, err = e.agenda(context.WithoutCancel(ctx), now)
	d.stamp, d.at, d.until = stamp, now, now.Add(planAgain)
	d.regular, _ = e.Rules.nextRegular(now)
	if e.Tasks != nil { // another day, another thing overdue
		d.onlyUntil(rota.CivilOf(now, e.Rules.Zone).Date.AddDays(1).At(0).Instant(e.Rules.Zone))
	}
	return d, err
}
