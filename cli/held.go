package cli

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"pcnrota/rota"
)

// sayHeld tells the manager which published duties l holds from day on, where hit says so: duties
// that somebody else must take now.
func (p *pcn) sayHeld(ctx context.Context, l rota.Leader, from rota.Date, when string, hit func(rota.Duty) bool) error {
	hits, err := p.heldDuties(ctx, l.ID, from, hit)
	if err != nil {
		return err
	}
	if len(hits) == 0 {
		return nil
	}
	p.warn("%s holds %s %s:", l.Name, count(len(hits), "published duty", "published duties"), when)
	open := map[rota.RotaName]bool{}
	for _, d := range hits {
		fmt.Fprintf(p.stderr, "  %s %s, %s to %s\n", d.Rota, d.Tier, shownCivil(d.Start), shownCivil(d.End))
		if d.Span.Start.After(p.at) { // what has begun stays as it is
			open[d.Rota] = true
		}
	}
	for _, name := range slices.Sorted(maps.Keys(open)) {
		fmt.Fprintf(p.stderr, "hint: pcnrota rota repair %s, then rota publish, gives them to others\n", name)
	}
	return nil
}

// heldDuties gives the published duties of a leader that are not over, from day on, of which hit says so.
func (p *pcn) heldDuties(ctx context.Context, l rota.LeaderID, from rota.Date, hit func(rota.Duty) bool) (hits []rota.Published, err error) {
	held, err := p.db.Published(ctx, from.At(0).Instant(p.config.Zone), time.Time{})
	for _, d := range held {
		if d.Holder == l && hit(d.Duty) && d.Span.End.After(p.at) {
			hits = append(hits, d)
		}
	}
	return hits, err
}

// shownCivil gives "Mon 2027-01-04 18:30".
func shownCivil(c rota.Civil) string { return c.Date.Format("Mon 2006-01-02 ") + c.Time.String() }
