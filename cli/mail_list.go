package cli

import (
	"fmt"
	"slices"

	"github.com/urfave/cli/v2"

	"pcnrota/internal/sqlite"
	"pcnrota/rota"
)

func (p *program) mailList() *cli.Command {
	return &cli.Command{
		Name: "list", Usage: "list answers to invitations, and addresses at which nothing arrives",
		Description: `An address is marked until its leader has another, or mail clear says that it works.

  pcnrota mail list
  pcnrota mail list --json`,
		Flags: outputFlags(), Action: p.inPCN(listMail),
	}
}

// mailView is what came in by mail. Times are RFC 3339.
type mailView struct {
	Answers []mailedAnswerView `json:"answers"`
	Bounces []bounceView       `json:"bounces"`
}

type mailedAnswerView struct {
	LeaderID rota.LeaderID `json:"leader_id"`
	About    string        `json:"about"`
	Answer   string        `json:"answer"`
	Given    string        `json:"given"`
	Received string        `json:"received"`
}

type bounceView struct {
	LeaderID  rota.LeaderID `json:"leader_id"`
	Email     string        `json:"email"`
	Received  string        `json:"received"`
	Permanent bool          `json:"permanent"`
	Says      string        `json:"says"`
}

func listMail(c *cli.Context, p *pcn) error {
	answers, err := p.db.Answers(c.Context)
	if err != nil {
		return err
	}
	bounces, err := p.db.Bounces(c.Context)
	if err != nil {
		return err
	}
	names, err := p.leadersByID(c.Context)
	if err != nil {
		return err
	}
	slices.Reverse(answers) // the newest first
	l := listing{
		table: newTable(col("received"), name("from"), col("says"), name("about")),
		json: mailView{
			each(answers, func(a sqlite.Answer) mailedAnswerView {
				return mailedAnswerView{a.Leader, a.About, a.Says, p.rfc3339(a.Stamp), p.rfc3339(a.Received)}
			}),
			each(bounces, func(b sqlite.Bounce) bounceView {
				return bounceView{b.Leader, b.Email, p.rfc3339(b.Received), b.Permanent, b.Words}
			}),
		},
		empty: "nothing has come in that concerns the rota",
	}
	for _, b := range bounces {
		l.table.row(p.clock(b.Received), names[b.Leader].Name, "does not arrive", b.Email)
		l.notes = append(l.notes, fmt.Sprintf("%s, %s: %s", b.Leader, b.Email, b.Words))
	}
	for _, a := range answers {
		l.table.row(p.clock(a.Received), names[a.Leader].Name, a.Says, a.About)
	}
	return p.show(c, l)
}
