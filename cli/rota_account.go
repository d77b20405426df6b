package cli

import (
	"fmt"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"pcnrota/rota"
)

// explainLeader answers "why does X have what X has?".
func explainLeader(c *cli.Context, p *pcn) error {
	l, err := p.leader(c, c.String("leader"))
	if err != nil {
		return err
	}
	policy, err := p.rotaNamed(c)
	if err != nil {
		return err
	}
	v, err := p.versionOf(c, policy.Name)
	if err != nil {
		return err
	}
	problem, draft, err := p.inForce(c.Context, v)
	if err != nil {
		return err
	}
	account, err := rota.AccountFor(problem, draft, l.ID)
	if err != nil {
		return err
	}
	if c.Bool("json") {
		return writeJSON(p.stdout, p.viewAccount(v, account))
	}
	fmt.Fprintf(p.stdout, "%s\n%s (%s)\n\n", titled(v), l.Name, l.ID)
	if err := p.showOne(c, nil, factsOfAccount(account)); err != nil {
		return err
	}
	fmt.Fprintln(p.stdout)
	accountTable(account.Standing).write(p.stdout, p.out.width, p.ink())
	return p.showReading(c, v, l.ID)
}

// showReading says what it comes to where the leader is among the few who can hold some duties.
func (p *pcn) showReading(c *cli.Context, v rota.Version, id rota.LeaderID) error {
	certificate, err := p.db.CertificateOf(c.Context, v.ID)
	if err != nil {
		return err
	}
	leaders, err := p.db.Leaders(c.Context)
	if err != nil {
		return err
	}
	names := byID(leaders)
	for _, proof := range certificate {
		reading, members := proof.Reading(func(id rota.LeaderID) string { return nameOf(names, id) })
		if proof.Dimension == rota.Total && slices.Contains(members, id) {
			p.point(reading)
		}
	}
	return nil
}

func factsOfAccount(a rota.Account) facts {
	held, target := a.Standing.Held.Total(), a.Standing.Target.Total()
	var f facts
	f.add("holds", fmt.Sprintf("%s in %s", inPoints(held), count(len(a.Held), "duty", "duties")))
	f.add("ends", besides(a.Standing.After().Total())+" the fair share, with what is carried in")
	f.add("part in", fmt.Sprintf("%d of the rota's %s, %s; the others in %d on average", a.Shared, count(a.Duties, "duty", "duties"), inPoints(a.Pool), a.Typical))
	f.add("no part in", strings.Join(each(a.Outside, spellInWords), "\n"))
	if a.Shared > 0 {
		post := a.Leader.Share.String() + " of a post"
		if a.Leader.Share == rota.FullTime {
			post = "a whole post"
		}
		f.add("fair share", fmt.Sprintf("%s: %s among the %s posts that on average share those %s",
			inPoints(target), post, a.Posts, inPoints(a.Pool)))
	}
	if len(a.Barred) > 0 {
		f.add("barred from", strings.Join(each(a.Barred, spellInWords), "\n")+"\nThey count in the fair share all the same.")
	}
	return f
}

func spellInWords(s rota.Spell) string {
	return count(s.Duties, "duty", "duties") + ": " + s.Why
}

// accountTable is the leader's ledger over this rota, by category.
func accountTable(s rota.Standing) *table {
	whole := []rota.Standing{s}
	if s.Before != (rota.Load{}) {
		whole = append(whole, rota.Standing{Held: s.Before})
	}
	used := categoriesIn(whole)
	columns := []column{col("points")}
	for _, category := range used {
		columns = append(columns, number(category.Title()))
	}
	t := newTable(append(columns, number("total"))...)
	add := func(title string, l rota.Load, show func(rota.Points) string) {
		cells := []string{title}
		for _, category := range used {
			cells = append(cells, show(l[category]))
		}
		t.row(append(cells, show(l.Total()))...)
	}
	add("carried in", s.Before, signed)
	add("held", s.Held, rota.Points.String)
	add("fair share", s.Target, rota.Points.String)
	add("carried out", s.After(), signed)
	return t
}

// accountView is a leader's account in JSON.
type accountView struct {
	Rota     rota.RotaName `json:"rota"`
	Version  int           `json:"version"` // 0 for a draft
	Covers   *period       `json:"covers"`
	Standing fairnessView  `json:"standing"`
	Share    rota.Share    `json:"share"`           // of a whole-time post
	Posts    rota.Share    `json:"posts"`           // whole-time posts that share each duty, on average
	Pool     rota.Points   `json:"points_shared"`   // what the duties weigh that the leader has a part in
	Duties   int           `json:"duties"`          // of the rota
	Shared   int           `json:"duties_shared"`   // with a part of the leader
	Typical  int           `json:"others_share_in"` // the same for the others, on average
	Outside  []spellView   `json:"no_part"`
	Barred   []spellView   `json:"barred"`
	Held     []rota.DutyID `json:"held"`
}

type spellView struct {
	Why    string `json:"why"`
	Duties int    `json:"duties"`
}

func (p *pcn) viewAccount(v rota.Version, a rota.Account) accountView {
	spells := func(s rota.Spell) spellView { return spellView(s) }
	var covers *period
	return accountView{
		Rota: v.Rota, Version: v.Number, Covers: covers.with(v),
		Standing: viewFairness(a.Standing, byID([]rota.Leader{a.Leader})), Share: a.Leader.Share, Posts: a.Posts, Pool: a.Pool,
		Duties: a.Duties, Shared: a.Shared, Typical: a.Typical,
		Outside: each(a.Outside, spells), Barred: each(a.Barred, spells),
		Held: each(a.Held, func(d rota.Duty) rota.DutyID { return d.ID }),
	}
}
