package cli

import (
	"fmt"

	"github.com/urfave/cli/v2"

	"pcnrota/rota"
)

func (p *program) rotaHistory() *cli.Command {
	return &cli.Command{
		Name: "history", ArgsUsage: "[NAME]", Usage: "list what was published, when, by whom and why",
		Description: `Every published version is kept for ever, with the rules it was built under.

  pcnrota rota history on-call
  pcnrota rota show on-call --version 2
  pcnrota rota diff on-call --old 1 --new 2`,
		Flags: outputFlags(), Action: p.inPCN(rotaHistory),
	}
}

// versionView is a published version in JSON.
type versionView struct {
	Rota      rota.RotaName `json:"rota"`
	Version   int           `json:"version"`
	First     rota.Date     `json:"first"`
	Last      rota.Date     `json:"last"`
	Built     string        `json:"built"`
	Published string        `json:"published"`
	By        string        `json:"by"`
	Reason    string        `json:"reason"`
	Seed      uint64        `json:"seed"`
	Rules     string        `json:"rules"` // name of the rule set it was built under
}

func rotaHistory(c *cli.Context, p *pcn) error {
	policy, err := p.rotaNamed(c)
	if err != nil {
		return err
	}
	versions, err := p.db.Versions(c.Context, policy.Name)
	if err != nil {
		return err
	}
	l := listing{
		table: newTable(number("no"), col("published"), col("covers"), wide("by"), text("why")),
		json: each(versions, func(v rota.Version) versionView {
			return versionView{
				v.Rota, v.Number, v.From, v.Until.AddDays(-1), p.rfc3339(v.Built), p.rfc3339(v.Published), v.By, v.Reason, v.Seed, v.Policy.Rules.Name,
			}
		}),
		empty: fmt.Sprintf("nothing of %s is published yet", policy.Name),
	}
	for _, v := range versions {
		l.table.row(fmt.Sprint(v.Number), inFull(rota.CivilOf(v.Published, p.config.Zone)), shownDays(v.From, v.Until.AddDays(-1)), v.By, v.Reason)
	}
	return p.show(c, l)
}
