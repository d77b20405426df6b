package cli

import (
	"fmt"

	"github.com/urfave/cli/v2"

	"pcnrota/internal/pass"
	"pcnrota/internal/sqlite"
	"pcnrota/rota"
)

func (p *program) leaderSignInLink() *cli.Command {
	return &cli.Command{
		Name: "sign-in-link", ArgsUsage: "LEADER", Usage: "make a link by which a leader signs in, for when mail does not reach them",
		Description: `Usually leaders ask for a link on the page themselves, and it is mailed to them. This
one is shown here, works once, for four hours, and lets whoever has it act as the
leader: give it to nobody else. That it was made is kept in the audit trail.

  pcnrota leader sign-in-link L02 --reason "mailbox full"`,
		Flags: append(outputFlags(),
			&cli.StringFlag{Name: "reason", Usage: "`WHY` it is given, for the record"}, byFlag(), dryRunFlag()),
		Action: p.inPCN(signInLink),
	}
}

// signInView is a link to sign in, in JSON. The link is "" in a dry run.
type signInView struct {
	LeaderID rota.LeaderID `json:"leader_id"`
	Leader   string        `json:"leader"`
	Link     string        `json:"link"`
	Until    string        `json:"until"` // RFC 3339
	DryRun   bool          `json:"dry_run"`
}

func signInLink(c *cli.Context, p *pcn) error {
	l, err := p.leader(c, c.Args().First())
	if err != nil {
		return err
	}
	if p.hasLeft(l) {
		return wrong(fmt.Sprintf("the post of %s ended on %s: they cannot sign in", leaders.label(l), l.Ends), "pcnrota leader edit "+string(l.ID)+" --ends DATE")
	}
	v := signInView{LeaderID: l.ID, Leader: l.Name, Until: p.rfc3339(p.at.Add(givenLife)), DryRun: p.rehearse}
	if !p.rehearse {
		if v.Link, err = p.makeSignInLink(c, l); err != nil {
			return err
		}
	}
	if c.Bool("json") {
		return writeJSON(p.stdout, v)
	}
	p.did("make", "a link for "+leaders.label(l))
	if !p.rehearse {
		fmt.Fprintf(p.stdout, "It works once, until %s. Whoever has it acts as %s:\n\n%s\n\n",
			inFull(rota.CivilOf(p.at.Add(givenLife), p.config.Zone)), l.Name, v.Link)
		fmt.Fprintf(p.stdout, "pcnrota leader sign-out %s takes it back.\n", l.ID)
	}
	return nil
}

func (p *pcn) makeSignInLink(c *cli.Context, l rota.Leader) (string, error) {
	key, err := p.passKey(c.Context)
	if err != nil {
		return "", err
	}
	number, err := p.addSignIn(c.Context, sqlite.SignIn{Leader: l.ID, Expires: p.at.Add(givenLife)})
	return pass.URL(p.config.Server.BaseURL, key.Make(pass.SignIn, number)), err
}
