package cli

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"pcnrota/internal/sheet"
	"pcnrota/rota"
)

func (p *program) meetingAction() *cli.Command {
	return &cli.Command{
		Name: "action", Usage: "what meetings agreed on, who sees to it and by when",
		Description: "The owner is reminded of it until it is done.",
		Subcommands: []*cli.Command{p.meetingActionAdd(), p.meetingActionDone(), p.meetingActionList()},
	}
}

func (p *program) meetingActionAdd() *cli.Command {
	return &cli.Command{
		Name: "add", Usage: "keep what a meeting agreed on", ArgsUsage: "MEETING WHAT",
		Description: `WHAT is a few words, without anything about patients.

  pcnrota meeting action add Board "Send figures" --owner L03 --due 2027-06-04`,
		Flags: []cli.Flag{
			onFlag(),
			&cli.StringFlag{Name: "owner", Usage: "`LEADER` who sees to it"},
			&cli.StringFlag{Name: "due", Usage: "`DAY` by which it is to be done"},
			jsonFlag(), dryRunFlag(),
		},
		Action: p.inPCN(telling(meetingActionAdd)),
	}
}

func meetingActionAdd(c *cli.Context, p *pcn) error {
	m, err := p.meetingTyped(c, true)
	if err != nil {
		return err
	}
	a := rota.Action{Meeting: m.ID, What: sheet.Clean(strings.Join(c.Args().Tail(), " "))}
	if a.What == "" {
		return usage("what is to be done?", c.Command.HelpName+` "ICB board" "Send the figures" --owner L03 --due 2027-06-04`)
	}
	if problem := rota.PatientData(a.What, p.today()); problem != "" {
		return wrong(strings.Replace(problem, "the note", "that", 1), "mails leave the building: take patient data out")
	}
	switch {
	case c.String("owner") == "":
		return usage("who sees to it?", "--owner L03")
	case c.String("due") == "":
		return usage("by when is it to be done?", "--due 2027-06-04")
	}
	if err := setLeaderNamed(c, p, "owner", &a.Owner); err != nil {
		return err
	}
	if err := setParsed(c, "due", &a.Due, parseDay); err != nil {
		return err
	}
	if a.Due.Before(m.Start.Date) {
		return usage(fmt.Sprintf("--due %s is before the meeting, %s", a.Due, m.Start.Date), "--due "+m.Start.Date.AddDays(14).String())
	}
	what := fmt.Sprintf("of %s for %s by %s: %s", meetingInWords(m), a.Owner, a.Due, a.What)
	if !p.rehearse {
		if a.ID, err = p.db.AddAction(c.Context, a); err != nil {
			return err
		}
		what = fmt.Sprintf("%d %s", a.ID, what)
	}
	p.result = p.viewOfAction(a)
	p.did("add", "action "+what)
	return nil
}

func (p *program) meetingActionDone() *cli.Command {
	return &cli.Command{
		Name: "done", Usage: "record that an action is done", ArgsUsage: "NUMBER",
		Description: "  pcnrota meeting action done 12\n  pcnrota meeting action done 12 --undo",
		Flags:       append(changeFlags(), &cli.BoolFlag{Name: "undo", Usage: "it is open again"}),
		Action:      p.inPCN(telling(meetingActionDone)),
	}
}

func meetingActionDone(c *cli.Context, p *pcn) error {
	all, err := p.db.Actions(c.Context)
	if err != nil {
		return err
	}
	number, err := strconv.ParseInt(c.Args().First(), 10, 64)
	at := slices.IndexFunc(all, func(a rota.Action) bool { return int64(a.ID) == number })
	if err != nil || at < 0 {
		return wrong(fmt.Sprintf("there is no action %s", c.Args().First()), "pcnrota meeting action list")
	}
	a := all[at]
	says := "done"
	if a.Done = p.at; c.Bool("undo") {
		says, a.Done = "open again", time.Time{}
	}
	if !p.rehearse {
		if err := p.db.PutAction(c.Context, a); err != nil {
			return err
		}
	}
	p.result = p.viewOfAction(a)
	if p.rehearse {
		says = "would be " + says + " (dry run: nothing was changed)"
	}
	_, err = fmt.Fprintf(p.stdout, "action %d, %s: %s\n", a.ID, a.What, says)
	return err
}

func (p *program) meetingActionList() *cli.Command {
	return &cli.Command{
		Name: "list", Usage: "list what is open, by the day it is due",
		Description: "  pcnrota meeting action list\n  pcnrota meeting action list --leader L03 --all --json",
		Flags: append(outputFlags(),
			&cli.StringFlag{Name: "leader", Usage: "`LEADER` whose alone"},
			&cli.BoolFlag{Name: "all", Usage: "also what is done"}),
		Action: p.inPCN(meetingActionList),
	}
}

// actionView is an action in JSON.
type actionView struct {
	ID       rota.ActionID     `json:"id"`
	Meeting  rota.OccurrenceID `json:"meeting_id"`
	LeaderID rota.LeaderID     `json:"owner_id"`
	What     string            `json:"what"`
	Due      rota.Date         `json:"due"`
	Done     bool              `json:"done"`
	Overdue  bool              `json:"overdue"`
}

func (p *pcn) viewOfAction(a rota.Action) actionView {
	return actionView{a.ID, a.Meeting, a.Owner, a.What, a.Due, !a.Done.IsZero(), a.Overdue(p.today())}
}

func meetingActionList(c *cli.Context, p *pcn) error {
	var of rota.LeaderID
	if err := setLeaderNamed(c, p, "leader", &of); err != nil {
		return err
	}
	all, err := p.db.Actions(c.Context)
	if err != nil {
		return err
	}
	all = slices.DeleteFunc(all, func(a rota.Action) bool { return of != "" && a.Owner != of || !c.Bool("all") && !a.Done.IsZero() })
	names, err := p.namesOf(c)
	if err != nil {
		return err
	}
	t := newTable(number("no."), col("due"), name("who"), text("what"), col("state"))
	for _, a := range all {
		state := ""
		switch {
		case !a.Done.IsZero():
			state = "done"
		case a.Overdue(p.today()):
			state = "overdue"
		}
		t.row(fmt.Sprint(a.ID), a.Due.Format("Mon 2006-01-02"), names[a.Owner], a.What, state)
	}
	return p.show(c, listing{table: t.withoutBlank(), empty: "no action is open", json: each(all, p.viewOfAction)})
}
