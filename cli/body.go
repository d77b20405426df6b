package cli

import (
	"fmt"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"pcnrota/internal/config"
	"pcnrota/rota"
)

func (p *program) bodyCommand() *cli.Command {
	return &cli.Command{
		Name: "body", Category: people, Usage: "the partner bodies whose meetings the PCN attends",
		Description: `The integrated care board, the local medical committee and so on. They merge and are
renamed: what has been keeps the name of its day.`,
		Subcommands: []*cli.Command{p.bodyAdd(), p.bodyEdit(), p.bodyList(), p.bodyShow(), p.bodyEnd()},
	}
}

func bodyLabel(b rota.Body) string { return string(b.ID) + ", " + b.Name }

var bodies = kind[rota.Body]{
	one: "partner body", many: "partner bodies",
	same:  func(a, b rota.Body) bool { return strings.EqualFold(string(a.ID), string(b.ID)) },
	label: bodyLabel,
	cells: func(b rota.Body) [][2]string {
		return [][2]string{
			{"id", string(b.ID)},
			{"name", b.Name},
			{"was", strings.Join(each(b.Renamed, renamingInWords), "; ")},
			{"kind", string(b.Kind)},
			{"starts", b.Starts.String()},
			{"ends", b.Ends.String()},
			{"into", string(b.Into)},
			{"contact", b.Contact.Name},
			{"email", b.Contact.Email},
			{"phone", b.Contact.Phone},
			{"told_who_attends", yesOrNothing(b.TellsContact)},
			{"reminders", ladderTyped(b.Ladder)},
			{"papers_to", leadCell(b.PapersTo)},
			{"papers_from", leadCell(b.PapersFrom)},
		}
	},
}

func renamingInWords(r rota.Renaming) string {
	return fmt.Sprintf("%s until %s", r.Was, r.From.AddDays(-1))
}

// ladderTyped writes reminders as they are typed: "14d 09:00, 1d 17:00".
func ladderTyped(ladder []rota.Rung) string {
	return strings.Join(each(ladder, func(r rota.Rung) string { return fmt.Sprintf("%dd %s", r.Days, r.At) }), ", ")
}

func bodyFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringFlag{Name: "name", Usage: "`NAME` in full"},
		&cli.StringFlag{Name: "kind", Usage: "`KIND` of body: " + strings.Join(each(rota.BodyKinds, func(k rota.BodyKind) string { return string(k) }), ", ")},
		&cli.StringFlag{Name: "starts", Usage: "`DAY` on which it began"},
		&cli.StringFlag{Name: "contact", Usage: "`NAME` of its secretary"},
		&cli.StringFlag{Name: "email", Usage: "`ADDRESS` of the contact"},
		&cli.StringFlag{Name: "phone", Usage: "`NUMBER` of the contact"},
		&cli.BoolFlag{Name: "tell", Usage: "the contact may be told who attends, by name and role; --tell=false ends it"},
		&cli.StringFlag{Name: "reminders", Usage: "`TIMES` of reminders for its meetings, like \"14d 09:00, 1d 17:00\"; \"\" for those of config.toml"},
		&cli.StringFlag{Name: "papers-to", Usage: "`TIME` before a meeting when papers are due to it: \"5\" working days, \"5 clear days\", none"},
		&cli.StringFlag{Name: "papers-from", Usage: "`TIME` before a meeting when its papers come"},
		dryRunFlag(),
	}
}

// setBody changes what the flags give, but for the name.
func setBody(c *cli.Context, b *rota.Body) error {
	setWord(c, "contact", &b.Contact.Name)
	setWord(c, "email", &b.Contact.Email)
	setWord(c, "phone", &b.Contact.Phone)
	if c.IsSet("tell") {
		b.TellsContact = c.Bool("tell")
	}
	if b.Contact.Email != "" && !strings.Contains(b.Contact.Email, "@") {
		return usage(fmt.Sprintf("%q is not an e-mail address", b.Contact.Email), "--email clerk@example.gov.uk")
	}
	for _, set := range []error{
		setParsed(c, "kind", &b.Kind, parseBodyKind),
		setParsed(c, "starts", &b.Starts, parseDayOrNone),
		setParsed(c, "reminders", &b.Ladder, parseLadder),
		setParsed(c, "papers-to", &b.PapersTo, parseOwnLead),
		setParsed(c, "papers-from", &b.PapersFrom, parseOwnLead),
	} {
		if set != nil {
			return set
		}
	}
	if !b.Ends.IsZero() && b.Ends.Before(b.Starts) {
		return usage(fmt.Sprintf("it would begin on %s, after it has ended on %s", b.Starts, b.Ends), "--starts DAY, before that")
	}
	return nil
}

func parseBodyKind(typed string) (rota.BodyKind, error) {
	kind := rota.BodyKind(strings.Join(strings.Fields(strings.ToLower(strings.ReplaceAll(typed, "-", " "))), " "))
	for short, known := range map[string]rota.BodyKind{
		"ics": rota.IntegratedCare, "icb": rota.IntegratedCare, "lmc": rota.LocalMedical, "la": rota.LocalAuthority, "council": rota.LocalAuthority,
		"hwb": rota.HealthAndWellbeing, "pcns": rota.OtherNetworks, "pcn": rota.OwnNetwork,
	} {
		if string(kind) == short {
			kind = known
		}
	}
	if slices.Contains(rota.BodyKinds, kind) {
		return kind, nil
	}
	names := each(rota.BodyKinds, func(k rota.BodyKind) string { return string(k) })
	return "", usage(fmt.Sprintf("%q is not a kind of partner body", typed), "it is one of "+strings.Join(names, ", "))
}

// parseLadder reads reminders with commas between; "" for none of its own.
func parseLadder(typed string) ([]rota.Rung, error) {
	var ladder []rota.Rung
	for part := range strings.SplitSeq(typed, ",") {
		if strings.TrimSpace(part) == "" {
			continue
		}
		rung, err := parseWith(config.ParseRung, strings.TrimSpace(part))
		if err != nil {
			return nil, err
		}
		if !slices.Contains(ladder, rung) {
			ladder = append(ladder, rung)
		}
	}
	return ladder, nil
}

// parseOwnLead reads a time before a meeting that is not left to a body.
func parseOwnLead(typed string) (rota.Lead, error) {
	l, err := parseWith(rota.ParseLead, typed)
	if err == nil && l == rota.AsBody {
		return l, usage("a body's own times cannot be left to it", "like 5, \"5 clear days\" or none")
	}
	return l, err
}
