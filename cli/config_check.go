package cli

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"pcnrota/internal/config"
	"pcnrota/rota"
)

func (p *program) configCheck() *cli.Command {
	return &cli.Command{
		Name: "check", Usage: "check config.toml and say what it means",
		Description: `Reads config.toml and either names every fault in it, with its line, or says in
words what was understood. Templates of messages in the folder templates are tried too.

  pcnrota config check`,
		Flags:  outputFlags(),
		Action: p.checkConfig,
	}
}

func (p *program) checkConfig(c *cli.Context) error {
	settings, err := p.loadConfig(p.home(c))
	if err != nil {
		return err
	}
	templates, err := templatesIn(p.home(c))
	if err != nil {
		return err
	}
	f := factsOfConfig(settings)
	f.add("templates", templatesInWords(templates))
	p.warnOfAddress(p.home(c), settings.Server)
	return p.showOne(c, viewOfConfig(settings), f)
}

func factsOfConfig(s config.Config) facts {
	var f facts
	f.add("PCN", strings.TrimSpace(s.PCN.Name+" "+s.PCN.ODSCode))
	f.add("zone", s.Zone.String())
	for _, r := range s.Rotas {
		f.add("rota "+string(r.Name), rotaInWords(r)+extensionInWords(s, r.Name))
	}
	f.add("meetings", meetingsInWords(s.Meetings))
	f.add("mail", mailInWords(s.Mail))
	f.add("server", serverInWords(s.Server))
	f.add("reminders", remindersInWords(s.Reminders))
	f.add("manager", managerInWords(s.Manager))
	f.add("time away", "in leaders' calendars: "+strings.Join(append(slices.Clone(s.Absences.Keywords), "shown as out of office"), ", "))
	f.add("swaps", map[bool]string{false: "count as soon as two leaders agree", true: "wait for the manager's approval"}[s.Swaps.Approval])
	f.add("call-outs", fmt.Sprintf("an hour counts %s; the day starts at %s", inPoints(s.CallOuts.PointsPerHour), s.CallOuts.DayStarts))
	return f
}

// meetingsInWords says how it is decided who goes to meetings.
func meetingsInWords(p rota.Policy) string {
	onCall := "nobody on call goes"
	if p.Meetings.WhileOnCall {
		onCall = "whoever is on call at home may go"
	}
	deputy := p.Tiers[1].Weight * p.Meetings.PerHour / rota.Point
	return fmt.Sprintf("an hour counts %s, for a deputy %s\n  %s, and nobody within %d hours of a night on call",
		inPoints(p.Meetings.PerHour), strconv.FormatFloat(deputy.Float(), 'f', -1, 64), onCall, p.Meetings.NightHours)
}

// extensionInWords says how far ahead a rota is kept by itself; "" where it is not.
func extensionInWords(s config.Config, name rota.RotaName) string {
	how := s.ExtensionOf(name)
	if !how.Daily {
		return ""
	}
	end := "as a draft"
	if how.Publish {
		end = "and published"
	}
	return fmt.Sprintf("\n  extended by pcnrota serve to reach %d weeks ahead, %d weeks at a time, %s", how.Ahead, how.Block, end)
}

// rotaInWords says how a rota works, one line an aspect.
func rotaInWords(r rota.Policy) string {
	lines := []string{r.Title}
	for _, kind := range r.Pattern {
		lines = append(lines, "  "+shiftInWords(kind))
		if kind.Points != nil {
			lines = append(lines, "    a day of it counts "+weightsInWords(*kind.Points))
		}
	}
	lines = append(lines, "  a day on call counts "+weightsInWords(r.Points))
	for i, t := range r.Tiers {
		counts := ""
		if t.Weight != rota.Point {
			counts = ", counts " + strconv.FormatFloat(t.Weight.Float(), 'f', -1, 64) + " of that"
		}
		lines = append(lines, fmt.Sprintf("  tier %d: %s%s%s", i+1, cmp.Or(t.Title, string(t.Name)), counts, forWhom(t.Eligible)))
	}
	lines = append(lines, "  open to "+eligibleInWords(r.Eligible)+registrationInWords(r.Registration))
	for _, rule := range rulesInWords(r) {
		lines = append(lines, "  "+rule)
	}
	return strings.Join(lines, "\n")
}

// weightsInWords gives "weekday 1, weekend 2, bank holiday 3, festive 4".
func weightsInWords(points rota.DayPoints) string {
	var all []string
	for i, category := range rota.OnCallCategories {
		all = append(all, fmt.Sprintf("%s %s", strings.ReplaceAll(category.String(), "_", " "), strconv.FormatFloat(points[i].Float(), 'f', -1, 64)))
	}
	return strings.Join(all, ", ")
}

func shiftInWords(k rota.ShiftKind) string {
	end := k.End.String()
	switch {
	case k.EndDays == 1:
		end += " the next day"
	case k.EndDays > 1:
		end += fmt.Sprintf(" %d days later", k.EndDays)
	}
	return fmt.Sprintf("%s: %s, %s to %s%s", k.Name, weekdaysInWords(k.Days), k.Start, end, map[rota.OnHolidays]string{
		rota.NotOnHoliday: ", not on bank holidays", rota.OnlyOnHoliday: ", on bank holidays only",
	}[k.Holidays])
}

// weekdaysInWords gives "Mon-Fri" for three or more days in a row, and "Mon, Wed" for others.
func weekdaysInWords(days []time.Weekday) string {
	inWeek := func(d time.Weekday) int { return (int(d) + 6) % 7 } // Monday first
	sorted := slices.SortedFunc(slices.Values(days), func(a, b time.Weekday) int { return inWeek(a) - inWeek(b) })
	if n := len(sorted); n > 2 && inWeek(sorted[n-1])-inWeek(sorted[0]) == n-1 {
		return sorted[0].String()[:3] + "-" + sorted[n-1].String()[:3]
	}
	return strings.Join(each(sorted, func(d time.Weekday) string { return d.String()[:3] }), ", ")
}

func forWhom(e rota.Eligibility) string {
	if words := eligibleInWords(e); words != "everybody" {
		return ", for " + words
	}
	return ""
}

func eligibleInWords(e rota.Eligibility) string {
	var asks []string
	add := func(what string, names []string) {
		if len(names) > 0 {
			asks = append(asks, what+" "+strings.Join(names, " or "))
		}
	}
	add("role", e.Roles)
	add("practice", each(e.Practices, func(c rota.PracticeCode) string { return string(c) }))
	add("qualification", e.Qualifications)
	add("leader", each(e.Leaders, func(id rota.LeaderID) string { return string(id) }))
	if len(asks) == 0 {
		return "everybody"
	}
	return strings.Join(asks, " and ")
}

func registrationInWords(r rota.Registered) string {
	switch r {
	case rota.RegistrationRequired:
		return " with a valid registration"
	case rota.RegistrationNotLapsed:
		return " whose registration, if any, has not lapsed"
	default:
		return ""
	}
}

func rulesInWords(r rota.Policy) []string {
	var rules []string
	for _, rule := range r.Rules.All() {
		words := rule.String()
		if !rule.Hard() {
			words += " (" + rule.Force() + ")"
		}
		rules = append(rules, words)
	}
	if r.DifferentPractices {
		rules = append(rules, "tiers from different practices")
	}
	if r.Tolerance > 0 {
		rules = append(rules, fmt.Sprintf("%s of fairness may be spent on wishes", inPoints(r.Tolerance)))
	}
	rules = append(rules, fmt.Sprintf("a repair leaves the next %s alone where it can", count(r.FreezeDays, "day", "days")))
	return rules
}

// configView is config.toml as it was understood. Passwords are no part of it.
type configView struct {
	Name      string        `json:"name"`
	ODSCode   string        `json:"ods_code"`
	Zone      string        `json:"zone"`
	Rotas     []rota.Policy `json:"rotas"`
	MailHost  string        `json:"mail_host"`
	MailFrom  string        `json:"mail_from"`
	Listen    string        `json:"listen"`
	BaseURL   string        `json:"base_url"`
	Reminders struct {
		Duty           []string `json:"duty"`
		Meeting        []string `json:"meeting"`
		Responsibility []string `json:"responsibility"`
		Action         []string `json:"action"`
		ConfirmWithin  string   `json:"confirm_within"` // hours and minutes, like 24h0m0s; 0s asks nobody
		ConfirmAhead   int      `json:"confirm_ahead"`  // days
	} `json:"reminders"`
	Keywords []string        `json:"absence_keywords"`
	Approval bool            `json:"swaps_need_approval"`
	PerHour  rota.Points     `json:"call_out_points_per_hour"`
	Starts   rota.TimeOfDay  `json:"day_starts"`
	Extended []extensionView `json:"extended"` // the rotas that pcnrota serve extends by itself
}

// extensionView says how far ahead a rota is kept, in weeks.
type extensionView struct {
	Rota    rota.RotaName `json:"rota"`
	Ahead   int           `json:"ahead"`
	Block   int           `json:"block"`
	Publish bool          `json:"publish"`
}

func viewOfConfig(s config.Config) configView {
	v := configView{
		Name: s.PCN.Name, ODSCode: s.PCN.ODSCode, Zone: s.Zone.String(), Rotas: each(s.Rotas, func(r rota.Policy) rota.Policy { return r }),
		MailHost: s.Mail.Host, MailFrom: s.Mail.From, Listen: s.Server.Listen, BaseURL: s.Server.BaseURL,
	}
	v.Keywords = append([]string{}, s.Absences.Keywords...)
	v.Approval, v.Extended = s.Swaps.Approval, []extensionView{}
	v.PerHour, v.Starts = s.CallOuts.PointsPerHour, s.CallOuts.DayStarts
	for _, r := range s.Rotas {
		if how := s.ExtensionOf(r.Name); how.Daily {
			v.Extended = append(v.Extended, extensionView{r.Name, how.Ahead, how.Block, how.Publish})
		}
	}
	v.Reminders.Duty = each(s.Reminders.Duty, rota.Rung.String)
	v.Reminders.Meeting = each(s.Reminders.Meeting, rota.Rung.String)
	v.Reminders.Responsibility = each(s.Reminders.Responsibility, rota.Rung.String)
	v.Reminders.Action = each(s.Reminders.Action, rota.Rung.String)
	v.Reminders.ConfirmWithin, v.Reminders.ConfirmAhead = s.Reminders.Confirm.String(), s.Reminders.Ahead
	return v
}
