package cli

import (
	"cmp"
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"pcnrota/rota"
)

// noPatients stands in the help of every command that takes a note.
const noPatients = "Nothing about patients: no name, no NHS number, no date of birth."

func (p *program) callCommand() *cli.Command {
	return &cli.Command{
		Name: "call", Category: onCall, Usage: "log the work that was done while on call, and see what rest it asks for",
		Description: `Who was on call logs each call-out: when, how many minutes of work, one line.

` + noPatients + `

  pcnrota call log on-call.first.20270104 --at 02:15 --minutes 40 \
    --note "IT outage at Park View"
  pcnrota call rest
  pcnrota call list --leader L01`,
		Subcommands: []*cli.Command{p.callLog(), p.callList(), p.callRest(), p.callRemove()},
	}
}

// callView is a call-out in JSON.
type callView struct {
	ID       rota.CallID    `json:"id"`
	DutyID   rota.DutyID    `json:"duty_id"`
	LeaderID rota.LeaderID  `json:"leader_id"`
	Leader   string         `json:"leader"`
	At       string         `json:"at"` // RFC 3339
	Minutes  rota.Minutes   `json:"minutes"`
	Note     string         `json:"note"`
	Points   rota.Points    `json:"points"` // that it adds to what the leader holds
	Logged   string         `json:"logged"` // RFC 3339
	Rest     *lateStartView `json:"late_start,omitempty"`
	DryRun   bool           `json:"dry_run,omitempty"`
}

func (p *pcn) viewCall(c rota.Call, names map[rota.LeaderID]rota.Leader) callView {
	return callView{
		ID: c.ID, DutyID: c.Duty, LeaderID: c.Leader, Leader: nameOf(names, c.Leader), At: p.rfc3339(c.At), Minutes: c.Minutes,
		Note: c.Note, Points: c.Load.Total(), Logged: p.rfc3339(c.Logged),
	}
}

// leadersByID is the directory of all leaders.
func (p *pcn) leadersByID(ctx context.Context) (map[rota.LeaderID]rota.Leader, error) {
	all, err := p.db.Leaders(ctx)
	return byID(all), err
}

// piecesOf gives a published duty as it was held: whole, or in the parts that were handed over, in order of time.
func (p *pcn) piecesOf(ctx context.Context, duty rota.Duty) ([]rota.Duty, error) {
	published, err := p.db.Published(ctx, duty.Span.Start, duty.Span.End)
	var pieces []rota.Duty
	for _, d := range published {
		if d.ID == duty.ID || strings.HasPrefix(string(d.ID), string(duty.ID)+"+") {
			pieces = append(pieces, d.Duty)
		}
	}
	return pieces, err
}

// momentOf reads the time at which something happened in a duty. Without its day it must be clear which is
// meant: of the days of the duty only one may have shown that time by now.
func (p *pcn) momentOf(duty rota.Duty, typed string) (time.Time, error) {
	var found []rota.Civil
	if at, err := rota.ParseCivil(strings.Replace(typed, " ", "T", 1)); err == nil {
		found = append(found, at)
	} else {
		clock, err := rota.ParseTimeOfDay(typed)
		if err != nil {
			return time.Time{}, usage(fmt.Sprintf("%q is not a time", typed), "--at 02:15 or --at 2027-01-05T02:15")
		}
		for day := duty.Start.Date; !day.After(duty.End.Date); day = day.AddDays(1) {
			if at := day.At(clock); duty.Span.Contains(at.Instant(p.config.Zone)) {
				found = append(found, at)
			}
		}
	}
	var past []time.Time
	for _, at := range found {
		if t := at.Instant(p.config.Zone); !t.After(p.at) {
			past = append(past, t)
		}
	}
	switch {
	case len(found) == 0 || !duty.Span.Contains(found[0].Instant(p.config.Zone)):
		return time.Time{}, usage(fmt.Sprintf("%s is not within %s, which runs from %s to %s", typed, duty.ID, inFull(duty.Start), inFull(duty.End)))
	case len(past) == 0:
		return time.Time{}, wrong(fmt.Sprintf("it is not yet %s, so nothing can have happened then", inFull(found[0])))
	case len(past) > 1:
		return time.Time{}, usage(fmt.Sprintf("%s has come %d times since %s began", typed, len(past), duty.ID),
			"give the day too, like "+rota.CivilOf(past[len(past)-1], p.config.Zone).String())
	}
	return past[0], nil
}

// noteGiven tidies a note, and refuses what looks like a patient's data.
func (p *pcn) noteGiven(typed string, longest int) (string, error) {
	note := strings.TrimSpace(strings.ReplaceAll(typed, "\r\n", "\n"))
	if n := len([]rune(note)); n > longest {
		return "", usage(fmt.Sprintf("the note has %d characters, and %d fit", n, longest), "say it in fewer words")
	}
	if says := rota.PatientData(note, p.today()); says != "" {
		return "", wrong(says+"; nothing was kept",
			"write what happened and not to whom: patients belong in the clinical record alone")
	}
	return note, nil
}

// actingAs finds the leader who acts: the one who usually would, or the one named, who must have had the duty.
func (p *pcn) actingAs(ctx context.Context, as string, had map[rota.LeaderID]bool, usual rota.LeaderID, what string) (rota.Leader, error) {
	l, err := p.leaderNamed(ctx, cmp.Or(as, string(usual)))
	if err == nil && !had[l.ID] {
		err = wrong(fmt.Sprintf("%s was not on call %s", leaders.label(l), what), "leave --as out, or give --as "+string(usual))
	}
	return l, err
}
