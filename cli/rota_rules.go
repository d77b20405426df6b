package cli

import (
	"cmp"
	"strings"

	"github.com/urfave/cli/v2"

	"pcnrota/rota"
)

func (p *program) rotaRules() *cli.Command {
	return &cli.Command{
		Name: "rules", ArgsUsage: "[NAME]", Usage: "read the rules of a rota, or of a set that ships with pcnrota",
		Description: `Lists the sets of rules there are; or, of the rota or set NAME, every rule: whether it
is hard or what breaking it costs, and where it stands. Rules are chosen and
changed below [rota.rules] in config.toml.

  pcnrota rota rules
  pcnrota rota rules on-call
  pcnrota rota rules rdc-2016`,
		Flags: outputFlags(), Action: p.inPCN(showRules),
	}
}

// ruleView is a rule in JSON.
type ruleView struct {
	rota.Rule
	Reads string `json:"reads"`
	Force string `json:"force"` // "hard", "soft, price 2", "hard for employees, else soft, price 2"
}

func showRules(c *cli.Context, p *pcn) error {
	name := c.Args().First()
	if name == "" {
		return p.listRuleSets(c)
	}
	if policy, ok := p.config.Rota(rota.RotaName(name)); ok {
		return p.listRules(c, policy.Rules)
	}
	set, err := rulesNamed(name)
	if err != nil {
		return err
	}
	return p.listRules(c, set)
}

// ruleSetView is a set of rules in JSON.
type ruleSetView struct {
	Set   string          `json:"set"`
	About string          `json:"about"`
	Rotas []rota.RotaName `json:"rotas"` // those that have it without a change
}

func (p *pcn) listRuleSets(c *cli.Context) error {
	views := []ruleSetView{}
	t := newTable(column{title: "set"}, text("about"), text("rotas"))
	for _, ready := range rota.ReadyRuleSets() {
		v := ruleSetView{Set: ready.Rules.Name, About: ready.About, Rotas: []rota.RotaName{}}
		var names []string
		for _, policy := range p.config.Rotas {
			if policy.Rules.Has(ready.Rules.Name) {
				v.Rotas, names = append(v.Rotas, policy.Name), append(names, string(policy.Name))
			}
		}
		views = append(views, v)
		t.row(v.Set, v.About, strings.Join(names, ", "))
	}
	var own []string
	for _, policy := range p.config.Rotas {
		if policy.Rules.Name == "" && len(policy.Rules.All()) > 0 {
			own = append(own, string(policy.Name))
		}
	}
	var notes []string
	if len(own) > 0 {
		notes = append(notes, "Rules of their own, or a set with changes: "+strings.Join(own, ", ")+".")
	}
	return p.show(c, listing{json: views, table: t, notes: append(notes, "Every rule of a set: pcnrota rota rules SET. Of a rota: pcnrota rota rules NAME")})
}

func (p *pcn) listRules(c *cli.Context, set rota.RuleSet) error {
	views := each(set.All(), func(r rota.Rule) ruleView { return ruleView{r, r.String(), r.Force()} })
	t := newTable(text("rule"), text("force"), text("source"))
	for _, v := range views {
		t.row(v.Reads, v.Force, cmp.Or(v.Source, "house rule"))
	}
	return p.show(c, listing{json: views, table: t, empty: "no rule but that nobody is in two places at once"})
}
