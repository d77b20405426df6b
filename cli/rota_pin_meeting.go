package cli

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/urfave/cli/v2"

	"pcnrota/rota"
)

// settleMeeting keeps a pin about a meeting and plans the meetings anew at once, because nobody builds them. It says
// what that costs.
func (p *pcn) settleMeeting(c *cli.Context, verb, what string, pin rota.Pin) error {
	p.pinned = []rota.Pin{pin}
	then, err := p.planner(p.at).settle(c.Context)
	if err != nil {
		return err
	}
	price, err := p.priceAtMeetings(c.Context, then)
	if err != nil {
		return err
	}
	err = p.change(verb, what, func() error {
		if err := p.db.PutPin(c.Context, pin); err != nil {
			return err
		}
		return p.planMeetings(c.Context)
	})
	if err == nil {
		fmt.Fprintln(p.stdout, price)
	}
	return err
}

// priceAtMeetings says who stands furthest over their fair share once the meetings are settled so, and who does now.
// Fair shares stay as they are: a pin changes who holds what, and not what is fair.
func (p *pcn) priceAtMeetings(ctx context.Context, then settlement) (string, error) {
	now, err := p.db.Balances(ctx, "", rota.Date{}, rota.Date{})
	if err != nil {
		return "", err
	}
	inForce, err := p.db.InForce(ctx, p.at, time.Time{})
	if err != nil {
		return "", err
	}
	was := map[rota.DutyID]rota.Duty{}
	for _, d := range inForce {
		was[d.ID] = d.Duty
	}
	after, changed := maps.Clone(now), 0
	for _, d := range then.draft.Duties {
		old, known := was[d.ID]
		if !known || old.Holder == d.Holder {
			continue
		}
		changed++
		after[old.Holder] = after[old.Holder].Minus(old.Load)
		after[d.Holder] = after[d.Holder].Plus(d.Load)
	}
	if changed == 0 {
		return "Nobody else goes than before, so it costs nothing.", nil
	}
	most := func(balances map[rota.LeaderID]rota.Load) (rota.LeaderID, rota.Points) {
		ids := slices.DeleteFunc(slices.Sorted(maps.Keys(balances)), func(id rota.LeaderID) bool { return id == "" })
		id := slices.MaxFunc(ids, func(a, b rota.LeaderID) int { return cmp.Compare(balances[a].Total(), balances[b].Total()) })
		return id, balances[id].Total()
	}
	before, from := most(now)
	last, to := most(after)
	return fmt.Sprintf("%s. Furthest over the fair share, over all rotas: %s %s; before, %s %s.", count(changed, "part changes hands", "parts change hands"),
		nameOf(then.names, last), signed(to), nameOf(then.names, before), signed(from)), nil
}
