package cli

import (
	"strings"

	"github.com/urfave/cli/v2"

	"pcnrota/rota"
)

func (p *program) leaderShow() *cli.Command {
	return &cli.Command{
		Name: "show", Usage: "show a leader, with absences and wishes", ArgsUsage: "LEADER",
		Description: `Absences that are over are left out.

  pcnrota leader show L02
  pcnrota leader show "Dr Vikram Evans" --json`,
		Flags:  outputFlags(),
		Action: p.inPCN(leaderShow),
	}
}

func leaderShow(c *cli.Context, pcn *pcn) error {
	l, err := pcn.leader(c, c.Args().First())
	if err != nil {
		return err
	}
	away, err := pcn.absencesOf(c, l.ID)
	if err != nil {
		return err
	}
	wishes, err := pcn.wishesOf(c, l.ID)
	if err != nil {
		return err
	}
	view := struct {
		leaderView
		Absences []absenceView `json:"absences"`
		Wishes   []wishView    `json:"wishes"`
	}{viewOfLeader(l), each(away, viewOfAbsence), each(wishes, viewOfWish)}
	f := factsOfLeader(l, pcn.today())
	f.add("away", strings.Join(each(away, absenceInWords), "\n"))
	f.add("wishes", strings.Join(each(wishes, wishInWords), "\n"))
	return pcn.showOne(c, view, f)
}

func factsOfLeader(l rota.Leader, today rota.Date) facts {
	var f facts
	f.add("id", string(l.ID))
	f.add("name", l.Name)
	f.add("roles", strings.Join(l.Roles, ", "))
	f.add("practice", string(l.Practice))
	f.add("e-mail", l.Email)
	f.add("phone", l.Phone)
	f.add("employment", string(l.Employment)+", "+l.Share.String()+" whole-time equivalent")
	f.add("registration", registrationOf(l, today))
	f.add("qualifications", strings.Join(l.Qualifications, ", "))
	f.add("in post", inPost(l))
	if l.NewToOnCall {
		f.add("on call", "new to it")
	}
	return f
}

func registrationOf(l rota.Leader, today rota.Date) string {
	r := l.Registration
	if r.Body == "" {
		return "none"
	}
	words := strings.TrimSpace(r.Body + " " + r.Number)
	switch {
	case r.Expires.IsZero():
		return words
	case l.LapsedOn(today):
		return words + ", lapsed on " + r.Expires.String()
	default:
		return words + ", valid to " + r.Expires.String()
	}
}

func inPost(l rota.Leader) string {
	var words []string
	if !l.Starts.IsZero() {
		words = append(words, "from "+l.Starts.String())
	}
	if !l.Ends.IsZero() {
		words = append(words, "to "+l.Ends.String())
	}
	return strings.Join(words, " ")
}

// absencesOf gives the leader's absences that are not over.
func (p *pcn) absencesOf(c *cli.Context, id rota.LeaderID) ([]rota.Absence, error) {
	all, err := p.db.Absences(c.Context)
	var of []rota.Absence
	for _, a := range all {
		if a.Leader == id && !a.Last.Before(p.today()) {
			of = append(of, a)
		}
	}
	return of, err
}

// wishesOf gives the leader's wishes.
func (p *pcn) wishesOf(c *cli.Context, id rota.LeaderID) ([]rota.Wish, error) {
	all, err := p.db.Wishes(c.Context)
	var of []rota.Wish
	for _, w := range all {
		if w.Leader == id {
			of = append(of, w)
		}
	}
	return of, err
}
