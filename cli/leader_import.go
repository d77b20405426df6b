package cli

import (
	"github.com/urfave/cli/v2"

	"pcnrota/internal/sheet"
	"pcnrota/rota"
)

func (p *program) leaderImport() *cli.Command {
	return &cli.Command{
		Name: "import", Usage: "bring in leaders from a CSV file", ArgsUsage: "FILE",
		Description: `Columns: id, name, email, role, practice, employment, wte, registration_body,
registration_number, registration_expires, starts, ends, phone, new_to_on_call,
qualifications. The usual other names are understood, as are days like
31/01/2027. Leaders who are there already are updated in the columns that the
file has; those whom it does not have stay. Either the whole file comes in or,
where it has faults, none.

  pcnrota leader import leaders.csv --dry-run`,
		Flags:  []cli.Flag{dryRunFlag()},
		Action: p.inPCN(leaderImport),
	}
}

func leaderImport(c *cli.Context, pcn *pcn) error {
	member, err := pcn.db.Practices(c.Context)
	if err != nil {
		return err
	}
	have, err := pcn.db.Leaders(c.Context)
	if err != nil {
		return err
	}
	found, err := importing[rota.Leader]{
		kind: leaders, file: sheet.LeaderFile, have: have, keep: keepLeader,
		read: func(name string, data []byte) ([]rota.Leader, error) { return sheet.Leaders(name, data, member) },
		put: func(found comparison[rota.Leader]) error {
			if err := pcn.db.PutLeaders(c.Context, found.all()); err != nil {
				return err
			}
			return pcn.planMeetings(c.Context)
		},
	}.run(c, pcn)
	if err != nil {
		return err
	}
	for _, l := range found.changed {
		if err := pcn.sayHeldAfterwards(c.Context, l); err != nil {
			return err
		}
	}
	return nil
}

// keepLeader keeps what is known of a leader and the file has no column for: a sheet of telephone numbers
// must not cost anybody their registration.
func keepLeader(was, is rota.Leader, has map[string]bool) (rota.Leader, error) {
	unlessSaid(has["email"], &is.Email, was.Email)
	unlessSaid(has["phone"], &is.Phone, was.Phone)
	unlessSaid(has["role"], &is.Roles, was.Roles)
	unlessSaid(has["practice"] || has["practice_name"], &is.Practice, was.Practice)
	unlessSaid(has["employment"], &is.Employment, was.Employment)
	unlessSaid(has["wte"], &is.Share, was.Share)
	unlessSaid(has["starts"], &is.Starts, was.Starts)
	unlessSaid(has["ends"], &is.Ends, was.Ends)
	unlessSaid(has["new_to_on_call"], &is.NewToOnCall, was.NewToOnCall)
	unlessSaid(has["qualifications"], &is.Qualifications, was.Qualifications)
	unlessSaid(has["registration_body"], &is.Registration.Body, was.Registration.Body)
	if is.Registration.Body == was.Registration.Body { // of another body, number and expiry are others too
		unlessSaid(has["registration_number"], &is.Registration.Number, was.Registration.Number)
		unlessSaid(has["registration_expires"], &is.Registration.Expires, was.Registration.Expires)
	}
	return is, checkLeader(is)
}
