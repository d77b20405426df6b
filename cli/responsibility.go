package cli

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/urfave/cli/v2"

	"pcnrota/calendar"
	"pcnrota/rota"
)

func (p *program) responsibilityCommand() *cli.Command {
	return &cli.Command{
		Name: "responsibility", Category: people, Usage: "what the PCN has to do by a day, and who sees to it",
		Description: `Returns, reviews, renewals and declarations: each with somebody accountable and a
deputy, a day by which it is due, and where it can be seen that it was done. Whoever
holds one is one leader, the one who has held least each time, or each for
themselves. What is overdue goes to the deputy too, and after a week to you.

  pcnrota responsibility import-template     a PCN's year, to begin with
  pcnrota responsibility board               what is due in the next 90 days`,
		Subcommands: []*cli.Command{
			p.responsibilityAdd(), p.responsibilityEdit(), p.responsibilityList(), p.responsibilityShow(), p.responsibilityDone(),
			p.responsibilityReassign(), p.responsibilityBoard(), p.responsibilityTemplate(),
		},
	}
}

var responsibilities = kind[rota.Obligation]{
	one: "responsibility", many: "responsibilities",
	same:  func(a, b rota.Obligation) bool { return strings.EqualFold(a.Title, b.Title) },
	label: func(r rota.Obligation) string { return fmt.Sprintf("%s (%s)", r.Title, dueInWords(r)) },
	cells: func(r rota.Obligation) [][2]string {
		return [][2]string{
			{"title", r.Title},
			{"area", r.Area},
			{"holding", string(r.Holding)},
			{"owner", string(r.Owner)},
			{"deputy", string(r.Deputy)},
			{"among", r.Among},
			{"due", r.Rule},
			{"meeting", r.Meeting},
			{"first", r.First.String()},
			{"before", r.Before.String()},
			{"within", r.Within.String()},
			{"points", r.Points.String()},
			{"evidence", r.Evidence},
			{"note", r.Note},
			{"source", r.Source},
			{"checked", r.Checked.String()},
			{"ends", r.Ends.String()},
		}
	},
}

// areas are the words for the leadership's work that are offered; others may be used.
var areas = []string{
	"urgent care", "cancer", "SMI health checks", "learning disability", "population health", "health inequalities", "prescribing and referral", "care homes", "enhanced access",
	"safeguarding", "governance", "workforce", "finance", "contract", "data security", "equality", "resilience", "appraisal", "training",
}

func responsibilityFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringFlag{Name: "area", Usage: "`AREA` of the work: " + strings.Join(areas[:6], ", ") + " ..."},
		&cli.StringFlag{Name: "due", Usage: "`WHEN` it is due, like a day, \"30 June\", \"every quarter end\", \"monthly on the 15th\", \"weekly on Wed\", \"every 5 years\", \"5 working days before every quarter end\", or before a meeting by its title"},
		&cli.StringFlag{Name: "first", Usage: "`DAY` from which the rule counts (default: today)"},
		&cli.StringFlag{Name: "owner", Usage: "`LEADER` who is accountable"},
		&cli.BoolFlag{Name: "rotated", Usage: "it goes round: each time to the one who has held least"},
		&cli.BoolFlag{Name: "each", Usage: "each has it for themselves: appraisal, registration, training"},
		&cli.StringFlag{Name: "among", Usage: "`WHO` may hold it, or has it: a role or qualification; \"\" for everybody"},
		&cli.StringFlag{Name: "deputy", Usage: "`LEADER` who steps in; \"\" for none"},
		&cli.StringFlag{Name: "within", Usage: "`MONTHS` after the last time, at least and at most: 9-15"},
		&cli.StringFlag{Name: "points", Usage: "`N` points that one time weighs (default: 1)"},
		&cli.StringFlag{Name: "evidence", Usage: "`ADDRESS` where it is kept that it was done"},
		&cli.StringFlag{Name: "note", Usage: "`TEXT` what there is to do; never about a patient"},
		&cli.StringFlag{Name: "source", Usage: "`TEXT` where it is said that this has to be done"},
		&cli.StringFlag{Name: "checked", Usage: "`DAY` on which that was last looked up"},
		&cli.StringFlag{Name: "ends", Usage: "`DAY` after which it is no more; \"\" for no end"},
		jsonFlag(), dryRunFlag(),
	}
}

// setResponsibility changes what the flags give, and checks the whole.
func setResponsibility(c *cli.Context, pcn *pcn, r *rota.Obligation) error {
	setWord(c, "title", &r.Title)
	setWord(c, "area", &r.Area)
	setWord(c, "among", &r.Among)
	setWord(c, "note", &r.Note)
	setWord(c, "source", &r.Source)
	for _, set := range []error{
		setParsed(c, "first", &r.First, parseDay),
		setDue(c, pcn, r),
		setHolding(c, r),
		setLeaderNamed(c, pcn, "owner", &r.Owner),
		setLeaderNamed(c, pcn, "deputy", &r.Deputy),
		setParsed(c, "within", &r.Within, rota.ParseWithin),
		setParsed(c, "points", &r.Points, rota.ParsePoints),
		setParsed(c, "evidence", &r.Evidence, parseLink),
		setParsed(c, "checked", &r.Checked, parseDayOrNone),
		setParsed(c, "ends", &r.Ends, parseDayOrNone),
	} {
		if set != nil {
			return set
		}
	}
	switch {
	case r.Title == "":
		return usage("a responsibility needs a title", `pcnrota responsibility add "DSPT" --due "30 June" --owner L06`)
	case r.Holding == rota.OwnedByOne && r.Among != "" && c.IsSet("among"):
		return usage("--among is for what goes round or is everybody's own", "add --rotated or --each, or leave it out")
	case r.Deputy != "" && r.Deputy == r.Owner:
		return usage("the deputy must be somebody else than the owner", "--deputy L02")
	}
	return pcn.checkText("note", r.Note)
}

func setHolding(c *cli.Context, r *rota.Obligation) error {
	given := 0
	for flag, holding := range map[string]rota.Holding{"owner": rota.OwnedByOne, "rotated": rota.GoesRound, "each": rota.ByEach} {
		if c.IsSet(flag) {
			given, r.Holding = given+1, holding
		}
	}
	if given > 1 {
		return usage("one leader holds it, or it goes round, or each has it", "give one of --owner, --rotated and --each")
	}
	if r.Holding != rota.OwnedByOne {
		r.Owner = ""
	}
	return nil
}

func setLeaderNamed(c *cli.Context, pcn *pcn, flag string, to *rota.LeaderID) error {
	switch {
	case !c.IsSet(flag):
		return nil
	case c.String(flag) == "":
		*to = ""
		return nil
	}
	l, err := pcn.leader(c, c.String(flag))
	*to = l.ID
	return err
}

// setDue sets when it is due from words.
func setDue(c *cli.Context, pcn *pcn, r *rota.Obligation) error {
	if !c.IsSet("due") {
		return nil
	}
	found, err := pcn.setDueBefore(c, r)
	if err != nil || found {
		return err
	}
	rule, day, before, err := parseDue(c.String("due"))
	if err != nil {
		return hint(misused{err}, `like "30 June", "every quarter end", "monthly on the 15th", "weekly on Wed", 2027-06-30, "5 working days before every quarter end", "5 working days before LMC liaison" (a meeting)`)
	}
	if rule == "" {
		r.First = day
	}
	r.Rule, r.Before, r.Series, r.Meeting = rule, before, 0, ""
	if skips := skippedInWords(rule); skips != "" {
		pcn.warn("%s", skips)
	}
	return nil
}

// setDueBefore reads "5 working days before LMC liaison", which names a series of meetings by its title. It reports
// false where no meeting is called so.
func (p *pcn) setDueBefore(c *cli.Context, r *rota.Obligation) (found bool, err error) {
	lead, title, two := strings.Cut(strings.Join(strings.Fields(c.String("due")), " "), " before ")
	if !two {
		return false, nil
	}
	all, err := p.db.AllSeries(c.Context)
	if err != nil {
		return false, err
	}
	for _, s := range slices.Backward(p.current(all)) { // the newest of those that go on with one another
		if !strings.EqualFold(s.Title, strings.TrimPrefix(title, "each ")) {
			continue
		}
		before, err := parseWith(rota.ParseLead, lead)
		if err != nil || before.Days < 1 {
			return false, usage(fmt.Sprintf("%q is not a number of working days before a meeting", lead), fmt.Sprintf(`--due "5 working days before %s"`, s.Title))
		}
		r.Rule, r.Before, r.Series, r.Meeting = "", before, s.ID, s.Title
		return true, nil
	}
	return false, nil
}

// parseDue reads when something is due: a day, a day of every year, the end of every month or quarter, whatever
// meetings can recur by; each perhaps some working days before.
func parseDue(typed string) (rule string, day rota.Date, before rota.Lead, err error) {
	plain := strings.Join(strings.Fields(typed), " ")
	if lead, rest, found := strings.Cut(plain, " before "); found {
		if before, err = rota.ParseLead(lead); err != nil || before == rota.AsBody {
			return "", day, before, fmt.Errorf("%q is not a number of working days", lead)
		}
		plain = rest
	}
	if day, err = parseDay(plain); err == nil {
		return "", day, before, nil
	}
	words := strings.ToLower(plain)
	for _, prefix := range []string{"every ", "each ", "the "} {
		words = strings.TrimPrefix(words, prefix)
	}
	switch words {
	case "quarter end", "end of quarter", "end of the quarter", "end of every quarter":
		return "FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1", rota.Date{}, before, nil
	case "month end", "end of month", "end of the month", "end of every month":
		return "FREQ=MONTHLY;BYMONTHDAY=-1", rota.Date{}, before, nil
	case "year end", "end of year", "end of the year", "financial year end":
		return "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=31", rota.Date{}, before, nil
	}
	if rule, ok := dayOfYear(words); ok {
		if calendar.CheckRule(rule) != nil {
			return "", rota.Date{}, before, fmt.Errorf("%q is a day that no year has", plain)
		}
		return rule, rota.Date{}, before, nil
	}
	rule, err = parseRule(plain)
	return rule, rota.Date{}, before, err
}

// dayOfYear reads "30 june", "june 30" and "30 june every year".
func dayOfYear(words string) (rule string, ok bool) {
	for _, suffix := range []string{" every year", " each year", ", every year", ", yearly"} {
		words = strings.TrimSuffix(words, suffix)
	}
	parts := strings.Fields(words)
	if len(parts) != 2 {
		return "", false
	}
	if _, named := monthNamed(parts[0]); named {
		slices.Reverse(parts)
	}
	month, named := monthNamed(parts[1])
	n, err := strconv.Atoi(strings.TrimRight(parts[0], "sthnrd"))
	if !named || err != nil || n < 1 || n > 31 {
		return "", false
	}
	return fmt.Sprintf("FREQ=YEARLY;BYMONTH=%d;BYMONTHDAY=%d", month, n), true
}

// dueInWords says when it is due: "last day of March, June, September and December".
func dueInWords(r rota.Obligation) string {
	when := "on " + r.First.String()
	switch {
	case r.Series != 0:
		when = "each " + r.Meeting
	case r.Rule == "FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1":
		when = "every quarter end"
	case r.Rule == "FREQ=MONTHLY;BYMONTHDAY=-1":
		when = "every month end"
	case r.Rule != "":
		when = strings.TrimSuffix(calendar.Describe(r.Rule), ", every year")
	}
	if r.Before.Days > 0 {
		return r.Before.String() + " before " + when
	}
	return when
}

// responsibility finds one by its title or number, or by its short name in the shipped year.
func (p *pcn) responsibility(c *cli.Context, typed string) (rota.Obligation, error) {
	all, err := p.db.Responsibilities(c.Context)
	if err != nil {
		return rota.Obligation{}, err
	}
	if typed == "" {
		return rota.Obligation{}, usage("which responsibility?", "give its title or number: pcnrota responsibility list")
	}
	return pick(all, "responsibility", typed, func(r rota.Obligation) []string {
		return nonEmpty(r.Title, strconv.FormatInt(int64(r.ID), 10), r.Line)
	})
}

// holderInWords says who holds r: a name, or how they are found.
func holderInWords(r rota.Obligation, names map[rota.LeaderID]string) string {
	among := r.Among
	if among == "" {
		among = "everybody"
	}
	switch {
	case r.Holding == rota.GoesRound:
		return "in turn: " + among
	case r.Holding == rota.ByEach:
		return "each: " + among
	case r.Owner == "":
		return "nobody yet"
	default:
		return names[r.Owner]
	}
}
