package cli

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"pcnrota/internal/web"
	"pcnrota/rota"
)

// How far back the pages show what a leader can still do something about.
const (
	notedFor = 7 * 24 * time.Hour // after a duty has ended, a note about it can be left
	leaveFor = 31                 // days after leave, it is still listed
)

// Papers is part of web.Desk.
func (d desk) Papers(ctx context.Context, l rota.LeaderID) (v web.Papers, err error) {
	p := d.now()
	if v.Whole, err = p.wholeDuties(ctx); err != nil {
		return v, err
	}
	if v.Names, err = p.leadersByID(ctx); err != nil {
		return v, err
	}
	if v.Offers, err = p.concerning(ctx, l); err != nil {
		return v, err
	}
	published, err := p.db.Published(ctx, p.at.Add(-notedFor), time.Time{})
	if err != nil {
		return v, err
	}
	own := slices.DeleteFunc(published, func(d rota.Published) bool { return d.Holder != l })
	for _, duty := range own {
		if duty.Span.Start.After(p.at) && !strings.Contains(string(duty.ID), "+") {
			v.Duties = append(v.Duties, duty)
		}
		if !duty.Span.Start.After(p.at) {
			duty.ID = wholeID(duty.ID)
			v.Noted = append(v.Noted, duty)
		}
	}
	slices.Reverse(v.Noted)
	v.Meetings, err = p.summonsOf(ctx, l, func(m rota.Occurrence) bool {
		return m.Span.Start.After(p.at) && (m.Deputy == l || slices.Contains(m.Attending, l))
	})
	if err != nil {
		return v, err
	}
	v.Leave, err = p.leaveOf(ctx, l, own)
	return v, err
}

// wholeID gives the duty that a part is of; see Duty.Divide.
func wholeID(id rota.DutyID) rota.DutyID {
	whole, _, _ := strings.Cut(string(id), "+")
	return rota.DutyID(whole)
}

// leaveOf gives what a leader has asked for, the latest first, with what it falls on of their own duties.
func (p *pcn) leaveOf(ctx context.Context, l rota.LeaderID, own []rota.Published) ([]web.Leave, error) {
	requests, err := p.db.Requests(ctx)
	if err != nil {
		return nil, err
	}
	var all []web.Leave
	for _, q := range slices.Backward(requests) {
		if q.Leader != l || q.Asked.IsZero() || q.Last.Before(p.today().AddDays(-leaveFor)) {
			continue
		}
		leave := web.Leave{Request: q}
		falls := during([]rota.Absence{q.Absence}, l)
		for _, d := range own {
			if q.State != rota.Refused && d.Span.Start.After(p.at) && falls(d.Duty) {
				leave.Hits = append(leave.Hits, d.Duty)
			}
		}
		all = append(all, leave)
	}
	return all, nil
}

// AskLeave is part of web.Desk.
func (d desk) AskLeave(ctx context.Context, l rota.LeaderID, a rota.Absence) (rota.AbsenceID, error) {
	ctx, p, _, err := d.as(ctx, l, "absence request")
	if err != nil {
		return 0, err
	}
	a.ID, a.Leader = 0, l
	all, err := p.db.Requests(ctx)
	if err != nil {
		return 0, err
	}
	if other, repeated := repeats(a, all); repeated {
		return 0, &web.Refusal{Says: fmt.Sprintf("You have asked for that already: %s, until %s.", other.Kind, other.Last.Format("Mon 2 Jan 2006"))}
	}
	q, _, err := p.requestAbsence(ctx, a, false)
	return q.ID, p.inWords(ctx, err, "Go back and look at what you have asked for so far.")
}

// DropLeave is part of web.Desk.
func (d desk) DropLeave(ctx context.Context, l rota.LeaderID, id rota.AbsenceID) error {
	ctx, p, _, err := d.as(ctx, l, "absence remove")
	if err != nil {
		return err
	}
	requests, err := p.db.Requests(ctx, rota.Requested)
	if err != nil {
		return err
	}
	for _, q := range requests {
		if q.ID == id && q.Leader == l {
			return p.inWords(ctx, p.removeAbsence(ctx, id), "")
		}
	}
	return &web.Refusal{Says: "It has been decided already, or taken back.", Do: "Tell your PCN manager if you do not need it any more."}
}

// WriteNote is part of web.Desk.
func (d desk) WriteNote(ctx context.Context, l rota.LeaderID, id rota.DutyID, note string) error {
	ctx, p, _, err := d.as(ctx, l, "handover write")
	if err != nil {
		return err
	}
	all, err := p.wholeDuties(ctx)
	if err != nil {
		return err
	}
	duty, there := all[id]
	if !there {
		return &web.Refusal{Says: "This duty is not on the rota any more.", Do: lookAgain}
	}
	_, err = p.leaveNote(ctx, duty, note, string(l))
	return p.inWords(ctx, err, "Write what happened and not to whom.")
}
