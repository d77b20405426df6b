package cli

import (
	"errors"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"pcnrota/internal/sqlite"
	"pcnrota/rota"
)

func (p *program) rotaList() *cli.Command {
	return &cli.Command{
		Name: "list", Usage: "list the rotas, and how far each is published",
		Description: "  pcnrota rota list --json",
		Flags:       outputFlags(), Action: p.inPCN(listRotas),
	}
}

// rotaView is a rota in JSON. Days are first days of its shifts; both ends are included.
type rotaView struct {
	Name      rota.RotaName   `json:"name"`
	Title     string          `json:"title"`
	Tiers     []rota.TierName `json:"tiers"`
	Version   int             `json:"version"` // 0 while nothing is published
	Published *period         `json:"published"`
	Draft     *period         `json:"draft"`
}

type period struct {
	First rota.Date `json:"first"`
	Last  rota.Date `json:"last"`
}

func (p *period) String() string {
	if p == nil {
		return "-"
	}
	return shownDays(p.First, p.Last)
}

func listRotas(c *cli.Context, p *pcn) error {
	l := listing{table: newTable(col("name"), text("title"), text("tiers"), col("published"), col("draft"))}
	views := []rotaView{}
	for _, policy := range append(slices.Clone(p.config.Rotas), p.config.Meetings) {
		v, err := p.viewRota(c, policy)
		if err != nil {
			return err
		}
		if policy.Name == rota.Meetings && v.Published == nil && v.Draft == nil {
			continue
		}
		views = append(views, v)
		tiers := strings.Join(each(v.Tiers, func(t rota.TierName) string { return string(t) }), ", ")
		l.table.row(string(v.Name), v.Title, tiers, v.Published.String(), v.Draft.String())
	}
	l.json = views
	return p.show(c, l)
}

func (p *pcn) viewRota(c *cli.Context, policy rota.Policy) (rotaView, error) {
	v := rotaView{Name: policy.Name, Title: policy.Title, Tiers: each(policy.Tiers, func(t rota.Tier) rota.TierName { return t.Name })}
	versions, err := p.db.Versions(c.Context, policy.Name)
	if err != nil {
		return v, err
	}
	for _, version := range versions {
		if version.Published.IsZero() {
			continue
		}
		v.Version = max(v.Version, version.Number)
		v.Published = v.Published.with(version)
	}
	draft, _, err := p.db.DraftOf(c.Context, policy.Name)
	if errors.Is(err, sqlite.ErrNoDraft) {
		return v, nil
	}
	v.Draft = v.Draft.with(draft)
	return v, err
}

// with widens the period so that it takes in what the version covers.
func (p *period) with(v rota.Version) *period {
	first, last := v.From, v.Until.AddDays(-1)
	if p == nil {
		return &period{first, last}
	}
	if first.After(p.First) {
		first = p.First
	}
	if last.Before(p.Last) {
		last = p.Last
	}
	return &period{first, last}
}
