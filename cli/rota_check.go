package cli

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"pcnrota/internal/sheet"
	"pcnrota/internal/sqlite"
	"pcnrota/rota"
	"pcnrota/rota/rotatest"
)

func (p *program) rotaCheck() *cli.Command {
	return &cli.Command{
		Name: "check", ArgsUsage: "[NAME]", Usage: "hold a rota against its rules, or against any other rules",
		Description: `Names every place where a rota breaks a rule: the draft where there is one, else
what is published from today on, or with --file one that was made elsewhere. The
exit code is 0 where no rule is broken and 1 where one is.

A file has the columns of rota show --csv, of which start and leader (or
leader_id) are enough where the rota has one tier; tier names it where there are
several. A start is a day and a time, or a day on which only one shift starts. A
row for each day or week with a column for each tier will do too.

Every shift from the first to the last day in the file must be held, in every
tier; with --partial, what the file leaves out is left out of the check.

  pcnrota rota check on-call
  pcnrota rota check on-call --rules pcn-light
  pcnrota rota check on-call --file by-hand.csv --partial
  pcnrota rota check on-call --published --from 2027-01-04 --weeks 13`,
		Flags: append(outputFlags(),
			&cli.StringFlag{Name: "rules", Usage: "`SET` of rules that ships with pcnrota (default: the rota's own)"},
			&cli.StringFlag{Name: "file", Usage: "CSV `FILE` with the duties to check; - is standard input"},
			&cli.BoolFlag{Name: "partial", Usage: "what the file leaves out is no breach"},
			publishedFlag(), versionFlag(),
			&cli.StringFlag{Name: "from", Usage: "first `DAY` to check"},
			&cli.IntFlag{Name: "weeks", Usage: "check so many `WEEKS` only"}),
		Action: p.inPCN(checkRota),
	}
}

func checkRota(c *cli.Context, p *pcn) error {
	policy, err := p.rotaNamed(c)
	if err != nil {
		return err
	}
	if err := checkCheckFlags(c); err != nil {
		return err
	}
	if name := c.String("rules"); name != "" {
		if policy.Rules, err = rulesNamed(name); err != nil {
			return err
		}
	}
	s, err := p.suspect(c, policy)
	if err != nil {
		return err
	}
	verdict, err := p.judge(c, policy, s)
	if err != nil {
		return err
	}
	return p.showVerdict(c, verdict)
}

func checkCheckFlags(c *cli.Context) error {
	switch weeks := c.Int("weeks"); {
	case c.String("file") != "" && (c.Bool("published") || c.IsSet("version")):
		return usage("--file is about what was never published: leave --published and --version out", "or leave --file out")
	case c.String("file") == "" && c.Bool("partial"):
		return usage("--partial is about a file", "add --file FILE, or leave --partial out")
	case c.IsSet("weeks") && (weeks < 1 || weeks > weeksAtMost):
		return usage(fmt.Sprintf("--weeks %d is not a number of weeks from 1 to %d", weeks, weeksAtMost), "--weeks 26")
	}
	return nil
}

// rulesNamed gives a rule set that ships with the program.
func rulesNamed(name string) (rota.RuleSet, error) {
	var names []string
	for _, ready := range rota.ReadyRuleSets() {
		if ready.Rules.Name == name {
			return ready.Rules, nil
		}
		names = append(names, ready.Rules.Name)
	}
	hints := []string{"the sets are " + strings.Join(names, ", ")}
	if near := nearest(name, names); near != "" {
		hints = append([]string{fmt.Sprintf("did you mean %s?", near)}, hints...)
	}
	return rota.RuleSet{}, misused{wrong(fmt.Sprintf("there is no set of rules %q", name), hints...)}
}

// suspect is a rota to be checked, from whatever source.
type suspect struct {
	from, until rota.Date   // of the shifts to check, until excluded
	duties      []rota.Duty // of the rota, perhaps of more days: those count for rest and limits
	begin, end  rota.Date   // of all the days for which duties stands, end excluded
	draft       bool
	partial     bool // shifts without a duty are no breach
}

// suspect reads the rota that the command asks to check.
func (p *pcn) suspect(c *cli.Context, policy rota.Policy) (s suspect, err error) {
	switch {
	case c.String("file") != "":
		s, err = p.suspectFile(c, policy)
	case c.IsSet("version"):
		s, err = p.suspectVersion(c, policy.Name)
	case c.Bool("published"):
		s, err = p.suspectPublished(c, policy.Name)
	default:
		v, duties, missing := p.db.DraftOf(c.Context, policy.Name)
		s, err = suspect{from: v.From, until: v.Until, duties: duties, draft: true}, missing
		if errors.Is(missing, sqlite.ErrNoDraft) {
			s, err = p.suspectPublished(c, policy.Name)
		}
	}
	if err != nil {
		return s, err
	}
	s.begin, s.end = s.from, s.until
	from, err := dayFlag(c, "from")
	if !from.IsZero() {
		s.from = from
	}
	if weeks := c.Int("weeks"); weeks > 0 {
		s.until = s.from.AddDays(7 * weeks)
	}
	if err == nil && !s.from.Before(s.until) {
		err = wrong(fmt.Sprintf("there is nothing of %s to check from %s on", policy.Name, s.from), "--from DAY, to check from an earlier day")
	}
	return s, err
}

// suspectFile reads a file, and takes it to be about the days from its first to its last start.
func (p *pcn) suspectFile(c *cli.Context, policy rota.Policy) (suspect, error) {
	leaders, err := p.db.Leaders(c.Context)
	if err != nil {
		return suspect{}, err
	}
	name, data, err := p.readFile(c.String("file"))
	if err != nil {
		return suspect{}, err
	}
	duties, err := sheet.Duties(name, data, sheet.Rota{Policy: policy, Leaders: leaders, Zone: p.config.Zone, Holidays: p.config.Holidays})
	if err != nil {
		return suspect{}, err
	}
	if len(duties) == 0 {
		return suspect{}, wrong(name + " has column names and nothing below them")
	}
	return suspect{
		from: duties[0].Start.Date, until: duties[len(duties)-1].Start.Date.AddDays(1), duties: duties, partial: c.Bool("partial"),
	}, nil
}

// suspectVersion takes a version as it was published.
func (p *pcn) suspectVersion(c *cli.Context, name rota.RotaName) (suspect, error) {
	v, err := p.numbered(c, name, c.Int("version"))
	if err != nil {
		return suspect{}, err
	}
	duties, err := p.db.DutiesOf(c.Context, v.ID)
	return suspect{from: v.From, until: v.Until, duties: duties}, err
}

// suspectPublished takes what is in force, from today on.
func (p *pcn) suspectPublished(c *cli.Context, name rota.RotaName) (suspect, error) {
	versions, err := p.db.Versions(c.Context, name)
	if err != nil {
		return suspect{}, err
	}
	if len(versions) == 0 {
		return suspect{}, nothingOf(name)
	}
	s := suspect{from: versions[0].From}
	for _, v := range versions {
		s.from, s.until = earlier(s.from, v.From), later(s.until, v.Until)
	}
	s.from = later(s.from, p.today())
	published, err := p.db.InForce(c.Context, time.Time{}, time.Time{})
	for _, d := range published {
		if d.Rota == name {
			s.duties = append(s.duties, d.Duty)
		}
	}
	return s, err
}

func earlier(a, b rota.Date) rota.Date {
	if b.Before(a) {
		return b
	}
	return a
}

func later(a, b rota.Date) rota.Date {
	if b.After(a) {
		return b
	}
	return a
}

// verdict is what was checked and what was found.
type verdict struct {
	policy   rota.Policy
	suspect  suspect
	checked  []rota.Duty
	own      map[rota.DutyID]bool // those that the rota has, checked or around
	leftOut  int                  // shifts that a partial file does not have
	breaches []rotatest.Breach
	names    map[rota.LeaderID]rota.Leader
}

// judge has the rota checked by the code that checks what the planner builds. Duties outside the days in
// question are held to be as they are.
func (p *pcn) judge(c *cli.Context, policy rota.Policy, s suspect) (verdict, error) {
	problem, err := p.problem(c.Context, policy, s.begin, s.end)
	if err != nil {
		return verdict{}, err
	}
	problem.From, problem.Until = s.from, s.until
	v := verdict{policy: policy, suspect: s, own: map[rota.DutyID]bool{}, names: byID(problem.Leaders)}
	if !s.draft {
		problem.Pins = nil // they are about what is built next
	}
	var around []rota.Duty
	for _, d := range s.duties {
		v.own[d.ID] = true
		if d.Start.Date.Before(s.from) || !d.Start.Date.Before(s.until) {
			around = append(around, d)
		} else {
			v.checked = append(v.checked, d)
		}
	}
	problem.Held = append(slices.DeleteFunc(problem.Held, func(d rota.Duty) bool { return v.own[d.ID] }), around...)
	v.breaches = rotatest.CheckDuties(problem, v.checked)
	if s.partial {
		v.breaches = slices.DeleteFunc(v.breaches, func(b rotatest.Breach) bool {
			left := v.missing(b)
			if left {
				v.leftOut++
			}
			return left
		})
	}
	return v, nil
}
