package cli

import (
	"fmt"
	"net/mail"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"pcnrota/internal/sheet"
	"pcnrota/rota"
)

func (p *program) leaderCommand() *cli.Command {
	return &cli.Command{
		Name: "leader", Category: settingUp, Usage: "the people who share the rotas and meetings",
		Description: `A leader has an ID for life, such as L01, that the PCN chooses. Commands take the ID
or the full name.`,
		Subcommands: []*cli.Command{
			p.leaderAdd(), p.leaderEdit(), p.leaderList(), p.leaderShow(), p.leaderEnd(), p.leaderInvite(), p.leaderRemove(), p.leaderImport(),
			p.leaderSignInLink(), p.leaderSignOut(), p.leaderRemind(),
		},
	}
}

var leaders = kind[rota.Leader]{
	one: "leader", many: "leaders",
	same:  func(a, b rota.Leader) bool { return a.ID == b.ID },
	label: func(l rota.Leader) string { return string(l.ID) + " " + l.Name },
	cells: func(l rota.Leader) [][2]string {
		return [][2]string{
			{"id", string(l.ID)},
			{"name", l.Name},
			{"email", l.Email},
			{"role", strings.Join(l.Roles, "; ")},
			{"practice", string(l.Practice)},
			{"employment", string(l.Employment)},
			{"wte", l.Share.String()},
			{"registration_body", l.Registration.Body},
			{"registration_number", l.Registration.Number},
			{"registration_expires", l.Registration.Expires.String()},
			{"starts", l.Starts.String()},
			{"ends", l.Ends.String()},
			{"phone", l.Phone},
			{"new_to_on_call", yesOrNothing(l.NewToOnCall)},
			{"qualifications", strings.Join(l.Qualifications, "; ")},
		}
	},
}

func leaderFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringFlag{Name: "name", Usage: "`NAME` full name, as colleagues know it"},
		&cli.StringFlag{Name: "email", Usage: "`ADDRESS` where reminders go"},
		&cli.StringFlag{Name: "phone", Usage: "`NUMBER` that the switchboard rings"},
		&cli.StringSliceFlag{Name: "role", Usage: "`ROLE` in the PCN's own words; again for each further role"},
		&cli.StringFlag{Name: "practice", Usage: "`CODE` of the practice; \"\" for none"},
		&cli.StringFlag{Name: "employment", Usage: "`KIND` partner, employee or locum"},
		&cli.StringFlag{Name: "wte", Usage: "`SHARE` whole-time equivalent, like 0.8: the measure of a fair share"},
		&cli.StringFlag{Name: "registration-body", Usage: "`BODY` GMC, NMC, GPhC, HCPC; \"\" for none"},
		&cli.StringFlag{Name: "registration-number", Usage: "`NUMBER` with that body"},
		&cli.StringFlag{Name: "registration-expires", Usage: "`DAY` last day on which it is valid"},
		&cli.StringFlag{Name: "starts", Usage: "`DAY` first day in post"},
		&cli.StringFlag{Name: "ends", Usage: "`DAY` last day in post"},
		&cli.BoolFlag{Name: "new", Usage: "new to on call: never first without an experienced second (--new=false ends it)"},
		&cli.StringSliceFlag{Name: "qualification", Usage: "`WORD` competence that a rota can ask for; again for each further one"},
		dryRunFlag(),
	}
}

// setLeader changes what the flags give, and checks the whole.
func setLeader(c *cli.Context, pcn *pcn, l *rota.Leader) error {
	setWord(c, "name", &l.Name)
	setWord(c, "email", &l.Email)
	setWord(c, "phone", &l.Phone)
	setWord(c, "registration-body", &l.Registration.Body)
	setWord(c, "registration-number", &l.Registration.Number)
	setWords(c, "role", &l.Roles)
	setWords(c, "qualification", &l.Qualifications)
	if c.IsSet("new") {
		l.NewToOnCall = c.Bool("new")
	}
	for _, set := range []error{
		setParsed(c, "employment", &l.Employment, rota.ParseEmployment),
		setParsed(c, "wte", &l.Share, rota.ParseShare),
		setParsed(c, "registration-expires", &l.Registration.Expires, parseDayOrNone),
		setParsed(c, "starts", &l.Starts, parseDayOrNone),
		setParsed(c, "ends", &l.Ends, parseDayOrNone),
		setPracticeOf(c, pcn, l),
	} {
		if set != nil {
			return set
		}
	}
	return checkLeader(*l)
}

func setPracticeOf(c *cli.Context, pcn *pcn, l *rota.Leader) error {
	if !c.IsSet("practice") {
		return nil
	}
	if c.String("practice") == "" {
		l.Practice = ""
		return nil
	}
	practice, err := pcn.practice(c, c.String("practice"))
	l.Practice = practice.Code
	return err
}

func checkLeader(l rota.Leader) error {
	if l.Name == "" {
		return usage("a leader needs a name", `--name "Dr Ada Obi"`)
	}
	if l.Email != "" {
		if a, err := mail.ParseAddress(l.Email); err != nil || a.Address != l.Email {
			return usage(fmt.Sprintf("%q is not an e-mail address", l.Email), "write it like ada.obi@example.nhs.uk")
		}
	}
	if !l.Ends.IsZero() && l.Ends.Before(l.Starts) {
		return usage(fmt.Sprintf("the last day in post, %s, is before the first, %s", l.Ends, l.Starts), "--starts DAY, or --ends DAY")
	}
	return nil
}

// setWord sets the text that a flag gives, as it would come in from a spreadsheet.
func setWord(c *cli.Context, flag string, to *string) {
	if c.IsSet(flag) {
		*to = sheet.Clean(c.String(flag))
	}
}

// setWords sets the list that a repeated flag gives; --flag "" empties it.
func setWords(c *cli.Context, flag string, to *[]string) {
	if c.IsSet(flag) {
		*to = slices.DeleteFunc(each(c.StringSlice(flag), sheet.Clean), func(s string) bool { return s == "" })
	}
}

// setParsed sets the value that a flag gives.
func setParsed[T any](c *cli.Context, flag string, to *T, parse func(string) (T, error)) error {
	if !c.IsSet(flag) {
		return nil
	}
	v, err := parseWith(parse, c.String(flag))
	if err != nil {
		return err
	}
	*to = v
	return nil
}

// hasLeft reports whether l was in post for the last time before day.
func hasLeft(l rota.Leader, day rota.Date) bool { return !l.Ends.IsZero() && l.Ends.Before(day) }

// leaderView is a leader in JSON.
type leaderView struct {
	ID             rota.LeaderID     `json:"id"`
	Name           string            `json:"name"`
	Email          string            `json:"email"`
	Phone          string            `json:"phone"`
	Roles          []string          `json:"roles"`
	Practice       rota.PracticeCode `json:"practice"`
	Employment     rota.Employment   `json:"employment"`
	WTE            rota.Share        `json:"wte"`
	Registration   rota.Registration `json:"registration"`
	Qualifications []string          `json:"qualifications"`
	Starts         rota.Date         `json:"starts"`
	Ends           rota.Date         `json:"ends"`
	NewToOnCall    bool              `json:"new_to_on_call"`
}

func viewOfLeader(l rota.Leader) leaderView {
	return leaderView{
		ID: l.ID, Name: l.Name, Email: l.Email, Phone: l.Phone, Roles: append([]string{}, l.Roles...), Practice: l.Practice,
		Employment: l.Employment, WTE: l.Share, Registration: l.Registration,
		Qualifications: append([]string{}, l.Qualifications...), Starts: l.Starts, Ends: l.Ends, NewToOnCall: l.NewToOnCall,
	}
}
