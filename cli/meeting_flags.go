package cli

import (
	"fmt"
	"net/url"
	"strings"

	"github.com/urfave/cli/v2"

	"pcnrota/rota"
)

// seriesFlags say what a meeting is like; add and edit have them in common.
func seriesFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringFlag{Name: "body", Usage: "`BODY` whose meeting it is (pcnrota body list)"},
		&cli.StringFlag{Name: "rule", Usage: "`RULE` when it recurs"},
		&cli.StringFlag{Name: "first", Usage: "`DAY` from which the rule counts (default: today)"},
		&cli.StringFlag{Name: "until", Usage: "`DAY` after which there are none; \"\" for no end"},
		&cli.StringFlag{Name: "at", Usage: "`TIME` when it starts, like 10:00"},
		&cli.IntFlag{Name: "minutes", Value: 60, Usage: "`N` how long it takes (default: 60)"},
		&cli.StringFlag{Name: "bank-holidays", Usage: "`WHERE` a meeting on one goes: before, after (the working day), week (later), skip, keep"},
		&cli.StringFlag{Name: "place", Usage: "`PLACE` where it is"},
		&cli.StringFlag{Name: "link", Usage: "`ADDRESS` to join from afar: only those who go see it"},
		&cli.StringFlag{Name: "papers", Usage: "`ADDRESS` where its papers are"},
		&cli.StringFlag{Name: "agenda", Usage: "`TEXT` what it is about, in a few words; never about a patient"},
		&cli.StringFlag{Name: "actions", Usage: "`TEXT` what is to be done for it; never about a patient"},
		&cli.StringFlag{Name: "part", Usage: "`PART` the PCN has: member, observer, presenting"},
		&cli.IntFlag{Name: "quorum", Usage: "`N` of ours that it needs"},
		&cli.StringFlag{Name: "who", Value: "all", Usage: "`WHO` goes (default: all)"},
		&cli.StringFlag{Name: "papers-to", Usage: "`TIME` before it when papers are due to the body: 5 (working days), \"5 clear days\", none, \"as the body\""},
		&cli.StringFlag{Name: "papers-from", Usage: "`TIME` before it when papers come from the body"},
	}
}

// setSeries changes what the flags give, and checks the whole.
func setSeries(c *cli.Context, pcn *pcn, s *rota.Series) error {
	setWord(c, "title", &s.Title)
	setWord(c, "place", &s.Place)
	setWord(c, "agenda", &s.Agenda)
	setWord(c, "actions", &s.Actions)
	if c.IsSet("minutes") {
		s.Minutes = c.Int("minutes")
	}
	if c.IsSet("quorum") {
		s.Quorum = c.Int("quorum")
	}
	if c.IsSet("rule") {
		rule, err := parseWith(parseRule, c.String("rule"))
		if err != nil {
			return hint(err, ruleHint)
		}
		s.Rule = rule
	}
	for _, set := range []error{
		setBodyOf(c, pcn, s),
		setParsed(c, "first", &s.First, parseDay),
		setParsed(c, "until", &s.Until, parseDayOrNone),
		setParsed(c, "at", &s.At, rota.ParseTimeOfDay),
		setParsed(c, "bank-holidays", &s.OffHolidays, parseShift),
		setParsed(c, "link", &s.Link, parseLink),
		setParsed(c, "papers", &s.Papers, parseLink),
		setParsed(c, "part", &s.Capacity, parseCapacity),
		setParsed(c, "who", &s.Who, rota.ParseWho),
		setParsed(c, "papers-to", &s.PapersTo, rota.ParseLead),
		setParsed(c, "papers-from", &s.PapersFrom, rota.ParseLead),
	} {
		if set != nil {
			return set
		}
	}
	if c.IsSet("who") && s.Who.Mode == rota.LeaderGoes {
		l, err := pcn.leader(c, s.Who.Name)
		if err != nil {
			return err
		}
		s.Who.Name = string(l.ID)
	}
	return pcn.checkSeries(*s)
}

func setBodyOf(c *cli.Context, pcn *pcn, s *rota.Series) error {
	if !c.IsSet("body") {
		return nil
	}
	b, err := pcn.body(c, c.String("body"))
	if err != nil {
		return err
	}
	if !b.Ends.IsZero() && b.Ends.Before(pcn.today()) {
		return wrong(fmt.Sprintf("%s ended on %s", bodyLabel(b), b.Ends), "pcnrota body list shows those there are now")
	}
	s.Body = b.ID
	return nil
}

func (p *pcn) checkSeries(s rota.Series) error {
	switch {
	case s.Title == "":
		return usage("a meeting needs a title", `pcnrota meeting add "ICB board" ...`)
	case s.Minutes < 1 || s.Minutes > 24*60:
		return usage(fmt.Sprintf("a meeting cannot take %d minutes", s.Minutes), "--minutes 90")
	case s.Quorum < 0 || s.Quorum > 1000:
		return usage(fmt.Sprintf("a quorum cannot be %d", s.Quorum), "--quorum 3")
	case !s.Until.IsZero() && s.Until.Before(s.First):
		return usage(fmt.Sprintf("it cannot end on %s: it counts from %s", s.Until, s.First), "--until a later day")
	}
	for name, text := range map[string]string{"title": s.Title, "place": s.Place, "agenda": s.Agenda, "actions": s.Actions} {
		if err := p.checkText(name, text); err != nil {
			return err
		}
	}
	return nil
}

// maxText is how many characters a few words may have.
const maxText = 500

// checkText refuses what is too long for a few words, or looks as if it were about a patient.
func (p *pcn) checkText(name, text string) error {
	if len([]rune(text)) > maxText {
		return usage(fmt.Sprintf("--%s has %d characters", name, len([]rune(text))), fmt.Sprintf("at most %d: link to the papers with --papers", maxText))
	}
	if problem := rota.PatientData(text, p.today()); problem != "" {
		return wrong(strings.Replace(problem, "the note", "--"+name, 1), "calendars and mails leave the building: take patient data out")
	}
	return nil
}

func parseShift(typed string) (rota.Shift, error) {
	switch typed {
	case "", "keep":
		return rota.StaysPut, nil
	case "before", "after", "week", "skip":
		return rota.Shift(typed), nil
	}
	return "", usage(fmt.Sprintf("%q does not say where a meeting on a bank holiday goes", typed), "before, after, week, skip or keep")
}

func parseCapacity(typed string) (rota.Capacity, error) {
	switch part := rota.Capacity(strings.ToLower(strings.TrimSpace(typed))); part {
	case "", rota.Member, rota.Observer, rota.Presenting:
		return part, nil
	case "presenter":
		return rota.Presenting, nil
	}
	return "", usage(fmt.Sprintf("%q is no part that the PCN can have in a meeting", typed), "member, observer or presenting")
}

// parseLink reads a web address; "" for none.
func parseLink(typed string) (string, error) {
	typed = strings.TrimSpace(typed)
	if typed == "" {
		return "", nil
	}
	u, err := url.Parse(typed)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || strings.ContainsAny(typed, " \t\r\n\"<>") || len(typed) > 2000 {
		return "", usage("that is not a web address", "it begins with https://")
	}
	return typed, nil
}
