package cli

import (
	"fmt"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"pcnrota/rota"
)

func (p *program) nowCommand() *cli.Command {
	return &cli.Command{
		Name: "now", ArgsUsage: "[ROTA]", Category: onCall, Usage: "who is on call, until when, and the number to ring",
		Description: "  pcnrota now\n  PCNROTA_NOW=2027-12-25T12:00:00Z pcnrota now on-call",
		Flags:       outputFlags(), Action: p.inPCN(func(c *cli.Context, p *pcn) error { return p.showOnCall(c, onNow) }),
	}
}

func (p *program) nextCommand() *cli.Command {
	return &cli.Command{
		Name: "next", ArgsUsage: "[ROTA]", Category: onCall, Usage: "who is on call next, from when until when",
		Description: "  pcnrota next --json",
		Flags:       outputFlags(), Action: p.inPCN(func(c *cli.Context, p *pcn) error { return p.showOnCall(c, onNext) }),
	}
}

// onNow finds the duty that is on at t; onNext the first that starts after t. Both get the published
// duties of one tier in order of time.
func onNow(duties []rota.Duty, t time.Time) (rota.Duty, bool) {
	for _, d := range duties {
		if d.Span.Contains(t) {
			return d, true
		}
	}
	return rota.Duty{}, false
}

func onNext(duties []rota.Duty, t time.Time) (rota.Duty, bool) {
	for _, d := range duties {
		if d.Span.Start.After(t) {
			return d, true
		}
	}
	return rota.Duty{}, false
}

// onCallView is one line of now or next in JSON; the leader is empty where nobody is on call, and so are the
// duty's fields where the rota asks for nobody.
type onCallView struct {
	Rota     rota.RotaName `json:"rota"`
	Tier     rota.TierName `json:"tier"`
	LeaderID rota.LeaderID `json:"leader_id"`
	Leader   string        `json:"leader"`
	Phone    string        `json:"phone"`
	Start    string        `json:"start"`
	End      string        `json:"end"`
	DutyID   rota.DutyID   `json:"duty_id"`
}

func (p *pcn) showOnCall(c *cli.Context, find func([]rota.Duty, time.Time) (rota.Duty, bool)) error {
	policies := p.config.Rotas
	if c.Args().Present() {
		policy, err := p.rotaNamed(c)
		if err != nil {
			return err
		}
		policies = []rota.Policy{policy}
	}
	leaders, err := p.db.Leaders(c.Context)
	if err != nil {
		return err
	}
	published, err := p.db.Published(c.Context, p.at, time.Time{})
	if err != nil {
		return err
	}
	names := byID(leaders)
	l := listing{table: newTable(col("rota"), col("tier"), name("leader"), col("phone"), col("from"), col("until"))}
	views := []onCallView{}
	l.notes = []string{fmt.Sprintf("As of %s.", inFull(rota.CivilOf(p.at, p.config.Zone)))}
	for _, policy := range policies {
		for _, tier := range policy.Tiers {
			duties := ofTier(published, policy.Name, tier.Name)
			d, ok := find(duties, p.at)
			if !ok {
				views = append(views, onCallView{Rota: policy.Name, Tier: tier.Name})
				l.table.row(string(policy.Name), string(tier.Name), "nobody", "", "", "")
				l.notes = append(l.notes, p.upNext(tier, duties, names)...)
				continue
			}
			if d.Holder == "" {
				l.notes = append(l.notes, p.sayVacant(tier, d, duties, names))
			}
			who := names[d.Holder]
			views = append(views, onCallView{policy.Name, tier.Name, d.Holder, who.Name, who.Phone, p.rfc3339(d.Span.Start), p.rfc3339(d.Span.End), d.ID})
			l.table.row(string(policy.Name), string(tier.Name), nameOf(names, d.Holder), who.Phone, briefly(d.Start), shortEnd(d))
		}
	}
	l.json = views
	return p.show(c, l)
}

// sayVacant says that nobody holds a duty that somebody should hold.
func (p *pcn) sayVacant(tier rota.Tier, d rota.Duty, duties []rota.Duty, names map[rota.LeaderID]rota.Leader) string {
	what := fmt.Sprintf("%s: %s from %s to %s, although the rota asks for somebody", tier.Title, p.ink().alarm("NOBODY"), inFull(d.Start), inFull(d.End))
	for _, later := range duties {
		if later.Holder != "" && !later.Span.Start.Before(d.Span.End) {
			what += fmt.Sprintf("; then %s from %s", nameOf(names, later.Holder), inFull(later.Start))
			break
		}
	}
	return strings.Join(wrapIndented(what+".", p.out.prose()), "\n")
}

// upNext says who follows where nobody is on call.
func (p *pcn) upNext(tier rota.Tier, duties []rota.Duty, names map[rota.LeaderID]rota.Leader) []string {
	d, ok := onNext(duties, p.at)
	if !ok {
		return nil
	}
	return []string{fmt.Sprintf("%s: nobody until %s, then %s.", tier.Title, inFull(d.Start), nameOf(names, d.Holder))}
}

func ofTier(published []rota.Published, name rota.RotaName, tier rota.TierName) []rota.Duty {
	var duties []rota.Duty
	for _, d := range published {
		if d.Rota == name && d.Tier == tier {
			duties = append(duties, d.Duty)
		}
	}
	return duties
}

// inFull gives "Mon 4 Jan 2027 18:30".
func inFull(c rota.Civil) string { return c.Date.Format("Mon 2 Jan 2006 ") + c.Time.String() }

// briefly gives "Mon 04 Jan 18:30", which lines up in a column.
func briefly(c rota.Civil) string { return c.Date.Format("Mon 02 Jan ") + c.Time.String() }
