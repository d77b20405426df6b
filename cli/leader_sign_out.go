package cli

import (
	"fmt"

	"github.com/urfave/cli/v2"

	"pcnrota/rota"
)

func (p *program) leaderSignOut() *cli.Command {
	return &cli.Command{
		Name: "sign-out", ArgsUsage: "LEADER", Usage: "sign a leader out of the pages everywhere, as after a lost phone",
		Description: `Ends every session, and every link to sign in that was not used. Links to calendars
go on working: pcnrota feed revoke ends those. A new e-mail address signs out too.

  pcnrota leader sign-out L02 --reason "lost phone"`,
		Flags: append(outputFlags(),
			&cli.StringFlag{Name: "reason", Usage: "`WHY` they are signed out, for the record"}, byFlag(), dryRunFlag()),
		Action: p.inPCN(signOutLeader),
	}
}

func signOutLeader(c *cli.Context, p *pcn) error {
	l, err := p.leader(c, c.Args().First())
	if err != nil {
		return err
	}
	ended, err := p.db.SessionsOf(c.Context, l.ID, p.at)
	if err == nil && !p.rehearse {
		ended, err = p.db.EndSessions(c.Context, l.ID, p.at)
	}
	if err != nil {
		return err
	}
	if c.Bool("json") {
		return writeJSON(p.stdout, struct {
			LeaderID rota.LeaderID `json:"leader_id"`
			Sessions int           `json:"sessions_ended"`
			DryRun   bool          `json:"dry_run"`
		}{l.ID, ended, p.rehearse})
	}
	p.did("sign out", fmt.Sprintf("%s of %s", leaders.label(l), count(ended, "session", "sessions")))
	return nil
}
