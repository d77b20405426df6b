package cli

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"pcnrota/rota"
)

func (p *program) callLog() *cli.Command {
	return &cli.Command{
		Name: "log", ArgsUsage: "DUTY", Usage: "log a call-out of whoever was on call",
		Description: `During the duty or after it. It is logged for who was on call at that time; the
manager may do it for them. A night that was disturbed says from when the next
day's work may begin. Work counts points where config.toml says so.

` + noPatients + `

  pcnrota call log on-call.first.20270104 --at 02:15 --minutes 40 \
    --note "IT outage at Park View"`,
		Flags: append(outputFlags(),
			&cli.StringFlag{Name: "at", Usage: "`TIME` at which the work began, like 02:15 or 2027-01-05T02:15"},
			&cli.IntFlag{Name: "minutes", Usage: "`MINUTES` of work"},
			&cli.StringFlag{Name: "note", Usage: "`LINE` on what it was about"},
			asFlag("who was called (default: whoever was on call then)"), dryRunFlag()),
		Action: p.inPCN(logCall),
	}
}

const longestCallNote = 200 // characters

func logCall(c *cli.Context, p *pcn) error {
	revision, err := p.db.Revision(c.Context)
	if err != nil {
		return err
	}
	duty, err := p.publishedDuty(c.Context, c.Args().First())
	if err != nil {
		return err
	}
	call, err := p.callGiven(c, duty)
	if err != nil {
		return err
	}
	calls, err := p.db.Calls(c.Context)
	if err != nil {
		return err
	}
	if other, overlap := call.Overlapping(calls); overlap {
		return wrong(fmt.Sprintf("call %d is of the same time: %s, %s", other.ID, other.Leader, p.callTime(other)),
			fmt.Sprintf("pcnrota call remove %d, then log both as one", other.ID))
	}
	parts, err := p.db.PartsInForce(c.Context, duty.Rota, duty.Start.Date, duty.Start.Date.AddDays(1))
	if err != nil {
		return err
	}
	parts = rota.ShareCall(call.Load, slices.DeleteFunc(parts, func(part rota.Part) bool { return part.Duty != duty.ID }))
	if !p.rehearse {
		if call.ID, err = p.db.AddCall(c.Context, call, parts, revision); err != nil {
			return err
		}
	}
	return p.sayLogged(c, call, append(calls, call))
}

// callGiven reads the call that the line describes.
func (p *pcn) callGiven(c *cli.Context, duty rota.Duty) (call rota.Call, err error) {
	const example = "--at 02:15 --minutes 40"
	call = rota.Call{Duty: duty.ID, Minutes: rota.Minutes(c.Int("minutes")), Logged: p.at}
	switch {
	case !duty.Span.Start.Before(p.at):
		return call, wrong(fmt.Sprintf("%s begins on %s: nobody can have been called yet", duty.ID, inFull(duty.Start)))
	case c.String("at") == "":
		return call, usage("when was it?", example)
	case !c.IsSet("minutes"):
		return call, usage("how many minutes of work was it?", example)
	case call.Minutes < 1 || call.Minutes > rota.LongestCall:
		return call, usage(fmt.Sprintf("--minutes %d is not a number of minutes from 1 to %d", call.Minutes, rota.LongestCall), example, "log what lasted longer in two")
	}
	if call.At, err = p.momentOf(duty, c.String("at")); err != nil {
		return call, err
	}
	if call.Span().End.After(p.at) {
		return call, wrong(fmt.Sprintf("%d minutes from %s on are not over yet", call.Minutes, inFull(rota.CivilOf(call.At, p.config.Zone))), "log it when the work is done")
	}
	if call.Note, err = p.noteGiven(c.String("note"), longestCallNote); err != nil {
		return call, err
	}
	call.Note = strings.Join(strings.Fields(call.Note), " ")
	call.Load = rota.CallPoints(duty, call.Minutes, p.config.CallOuts.PointsPerHour)
	call.Leader, err = p.calledIn(c, duty, call.At)
	return call, err
}

// calledIn finds who was on call in a duty at that time.
func (p *pcn) calledIn(c *cli.Context, duty rota.Duty, at time.Time) (rota.LeaderID, error) {
	pieces, err := p.piecesOf(c.Context, duty)
	if err != nil {
		return "", err
	}
	then := inFull(rota.CivilOf(at, p.config.Zone))
	for _, d := range pieces {
		if d.Span.Contains(at) && d.Holder != "" {
			l, err := p.actingAs(c.Context, c.String("as"), map[rota.LeaderID]bool{d.Holder: true}, d.Holder, "on "+then)
			return l.ID, err
		}
	}
	return "", wrong(fmt.Sprintf("nobody was on call in %s on %s", duty.ID, then), "pcnrota rota show --published")
}

// callTime gives "Tue 5 Jan 2027 02:15, 40 min".
func (p *pcn) callTime(c rota.Call) string {
	return fmt.Sprintf("%s, %d min", inFull(rota.CivilOf(c.At, p.config.Zone)), c.Minutes)
}

// sayLogged says what was logged, and, where the night was disturbed, what is owed.
func (p *pcn) sayLogged(c *cli.Context, call rota.Call, calls []rota.Call) error {
	names, err := p.leadersByID(c.Context)
	if err != nil {
		return err
	}
	owed, err := p.lateStarts(c.Context, calls)
	if err != nil {
		return err
	}
	owed = slices.DeleteFunc(owed, func(l rota.LateStart) bool { return !slices.Contains(l.Calls, call) })
	if c.Bool("json") {
		v := p.viewCall(call, names)
		v.DryRun = p.rehearse
		for _, l := range owed {
			v.Rest = new(p.viewLateStart(l, names))
		}
		return writeJSON(p.stdout, v)
	}
	p.did("log", fmt.Sprintf("a call of %s in %s: %s", nameOf(names, call.Leader), call.Duty, p.callTime(call)))
	if !p.rehearse {
		fmt.Fprintf(p.stdout, "It is call %d.\n", call.ID)
	}
	if call.Load != (rota.Load{}) {
		fmt.Fprintf(p.stdout, "It counts %s.\n", inPoints(call.Load.Total()))
	}
	for _, l := range owed {
		fmt.Fprintln(p.stdout)
		p.say(l.Says(nameOf(names, l.Leader)))
	}
	return nil
}
