package cli

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"pcnrota/internal/sqlite"
	"pcnrota/rota"
)

func (p *program) rotaCommand() *cli.Command {
	return &cli.Command{
		Name: "rota", Category: onCall, Usage: "build, look at and publish rotas",
		Description: `A rota is declared in config.toml, built as a draft that only you see, and
published when you are content with it.

  pcnrota rota build on-call --from 2027-01-04 --weeks 26
  pcnrota rota show on-call
  pcnrota rota fairness on-call
  pcnrota rota pin on-call.first.20270104T1830 L03
  pcnrota rota publish on-call`,
		Subcommands: []*cli.Command{
			p.rotaBuild(), p.rotaRepair(), p.rotaList(), p.rotaShow(), p.rotaPrint(), p.rotaFairness(), p.rotaExplain(), p.rotaCheck(),
			p.rotaDiff(), p.rotaGaps(), p.rotaPublish(), p.rotaHistory(), p.rotaRestore(), p.rotaExtend(), p.rotaImport(),
			p.rotaPin(), p.rotaForbid(), p.rotaUnpin(), p.rotaPins(), p.rotaRules(),
		},
	}
}

// rotaNamed finds the rota that a command is about: the one named first on the line, or the only one
// there is.
func (p *pcn) rotaNamed(c *cli.Context) (rota.Policy, error) {
	name := c.Args().First()
	if name == "" && len(p.config.Rotas) == 1 {
		return p.config.Rotas[0], nil
	}
	var names []string
	for _, policy := range p.config.Rotas {
		names = append(names, string(policy.Name))
	}
	if name == "" {
		return rota.Policy{}, usage("which rota?", c.Command.HelpName+" "+strings.Join(names, " | "))
	}
	policy, ok := p.config.Rota(rota.RotaName(name))
	if !ok {
		hints := []string{fmt.Sprintf("config.toml declares %s", strings.Join(names, ", "))}
		if near := nearest(name, names); near != "" {
			hints = append([]string{fmt.Sprintf("did you mean %s?", near)}, hints...)
		}
		return policy, wrong(fmt.Sprintf("there is no rota %q", name), hints...)
	}
	return policy, nil
}

// versionOf gives the draft of a rota, or, where there is none or --published is given, its newest
// published version that is not over, and where all are, the newest: a past rota may be recorded after the
// rota of today. A draft is not Published.
func (p *pcn) versionOf(c *cli.Context, name rota.RotaName) (rota.Version, error) {
	if c.IsSet("version") {
		return p.numbered(c, name, c.Int("version"))
	}
	if !c.Bool("published") {
		draft, _, err := p.db.DraftOf(c.Context, name)
		if !errors.Is(err, sqlite.ErrNoDraft) {
			return draft, err
		}
	}
	versions, err := p.db.Versions(c.Context, name)
	if err == nil && len(versions) == 0 {
		err = nothingOf(name)
	}
	if err != nil {
		return rota.Version{}, err
	}
	for _, v := range slices.Backward(versions) {
		if v.Until.After(p.today()) {
			return v, nil
		}
	}
	return versions[len(versions)-1], nil
}

// numbered gives a published version of a rota by its number.
func (p *pcn) numbered(c *cli.Context, name rota.RotaName, number int) (rota.Version, error) {
	versions, err := p.db.Versions(c.Context, name)
	if err != nil {
		return rota.Version{}, err
	}
	for _, v := range versions {
		if v.Number == number {
			return v, nil
		}
	}
	return rota.Version{}, wrong(fmt.Sprintf("%s has no version %d", name, number), fmt.Sprintf("pcnrota rota history %s", name))
}

// versionFlag belongs to the commands that can look at what was.
func versionFlag() cli.Flag {
	return &cli.IntFlag{Name: "version", Usage: "`NUMBER` of a published version, to see it as it was: rota history lists them"}
}

// nothingOf is the error of a rota that was never built.
func nothingOf(name rota.RotaName) error {
	return wrong(fmt.Sprintf("%s has neither a draft nor anything published", name),
		fmt.Sprintf("pcnrota rota build %s --weeks 26", name))
}

// titled names a version for people: "Leadership on call, draft, 2027-01-04 to 2027-07-04".
func titled(v rota.Version) string {
	state := "draft"
	if v.Number > 0 {
		state = fmt.Sprintf("version %d", v.Number)
	}
	return fmt.Sprintf("%s, %s, %s", v.Policy.Title, state, shownDays(v.From, v.Until.AddDays(-1)))
}

// publishedFlag belongs to the commands that look at a draft by themselves.
func publishedFlag() cli.Flag {
	return &cli.BoolFlag{Name: "published", Usage: "what is published, even where there is a draft"}
}

// dutyView is a duty in JSON. Its names are kept for good.
type dutyView struct {
	ID       rota.DutyID   `json:"id"`
	Rota     rota.RotaName `json:"rota"`
	Tier     rota.TierName `json:"tier"`
	Kind     string        `json:"kind"`
	Start    string        `json:"start"` // RFC 3339 with the offset of the PCN's zone
	End      string        `json:"end"`
	Category rota.Category `json:"category"` // the heaviest
	Points   rota.Points   `json:"points"`
	Split    rota.Load     `json:"points_by_category"`
	LeaderID rota.LeaderID `json:"leader_id"` // "" where nobody holds it
	Leader   string        `json:"leader"`
	Open     bool          `json:"open"` // nobody holds it
}

func (p *pcn) viewDuty(d rota.Duty, names map[rota.LeaderID]rota.Leader) dutyView {
	return dutyView{
		ID: d.ID, Rota: d.Rota, Tier: d.Tier, Kind: d.Kind,
		Start: p.rfc3339(d.Span.Start), End: p.rfc3339(d.Span.End),
		Category: d.Category(), Points: d.Points(), Split: d.Load,
		LeaderID: d.Holder, Leader: names[d.Holder].Name, Open: d.Holder == "",
	}
}

// rfc3339 gives an instant with the offset that the PCN's zone has then.
func (p *pcn) rfc3339(t time.Time) string { return t.In(p.config.Zone).Format(time.RFC3339) }

// whenever is rfc3339 for a time that may be none.
func (p *pcn) whenever(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return p.rfc3339(t)
}

// byID is a directory of leaders.
func byID(leaders []rota.Leader) map[rota.LeaderID]rota.Leader {
	directory := make(map[rota.LeaderID]rota.Leader, len(leaders))
	for _, l := range leaders {
		directory[l.ID] = l
	}
	return directory
}

// vacant stands where the name of somebody on call belongs.
const vacant = "NOBODY"

// nameOf gives a leader's name, the ID where there is none, and NOBODY for nobody.
func nameOf(names map[rota.LeaderID]rota.Leader, id rota.LeaderID) string {
	if id == "" {
		return vacant
	}
	if name := names[id].Name; name != "" {
		return name
	}
	return string(id)
}
