package cli

import (
	"context"
	"slices"
	"time"

	"pcnrota/internal/web"
	"pcnrota/notify"
	"pcnrota/rota"
)

// Summons is part of web.Desk. A meeting that takes place no more, or with which the leader has nothing to do, is none
// of theirs.
func (d desk) Summons(ctx context.Context, l rota.LeaderID, id rota.OccurrenceID) (web.Summons, error) {
	p := d.now()
	all, err := p.summonsOf(ctx, l, func(m rota.Occurrence) bool { return m.ID == id })
	if err != nil {
		return web.Summons{}, err
	}
	if len(all) == 0 || !all[0].Open && all[0].Answer == "" {
		return web.Summons{}, &web.Refusal{Says: "This meeting is over, does not take place, or is none that you are asked to come to.", Do: lookAgain}
	}
	return all[0], nil
}

// summonsOf gives meetings as one leader sees them, in order of time.
func (p *pcn) summonsOf(ctx context.Context, id rota.LeaderID, want func(rota.Occurrence) bool) ([]web.Summons, error) {
	meetings, err := p.db.Occurrences(ctx, p.at.Add(-24*time.Hour), time.Time{})
	if err != nil {
		return nil, err
	}
	replies, err := p.db.Replies(ctx)
	if err != nil {
		return nil, err
	}
	bodies, err := p.db.Bodies(ctx)
	if err != nil {
		return nil, err
	}
	who, err := p.leadersByID(ctx)
	if err != nil {
		return nil, err
	}
	var all []web.Summons
	for _, m := range meetings {
		if !want(m) {
			continue
		}
		s := web.Summons{
			Meeting: m, Body: rota.BodyName(bodies, m.Series.Body, m.Start.Date),
			Quorum: rota.QuorumOf(m, m.Series.Quorum, replies), Answer: rota.AnswerOf(replies, m.ID, id),
		}
		goes := slices.Contains(m.Attending, id)
		s.Deputises = m.Deputy == id && !goes
		s.Goes = each(m.Attending, func(l rota.LeaderID) string { return who[l].Name })
		if m.Deputy != id {
			s.Deputy = who[m.Deputy].Name
		}
		s.Represents = goes
		s.Spare = !goes && !s.Deputises
		s.Open = (asked(m, who[id]) || s.Answer != "") && m.Span.Start.After(p.at) // an answer can be taken back
		all = append(all, s)
	}
	return all, nil
}

// AnswerMeeting is part of web.Desk.
func (d desk) AnswerMeeting(ctx context.Context, l rota.LeaderID, id rota.OccurrenceID, answer rota.Answer, why string) error {
	verb := map[rota.Answer]string{rota.Accepted: "accept", rota.Declined: "decline", rota.SendsDeputy: "send-deputy"}[answer]
	ctx, p, _, err := d.as(ctx, l, "meeting "+verb)
	if err != nil {
		return err
	}
	called, err := d.Summons(ctx, l, id)
	if err != nil || called.Answer == answer {
		return err
	}
	_, err = p.answerMeeting(ctx, id, l, answer, why)
	return p.inWords(ctx, err, "Tell your PCN manager if that does not suit you.")
}

// SummonsOf is part of web.Errands.
func (d desk) SummonsOf(ctx context.Context, number int64) (rota.LeaderID, rota.OccurrenceID, error) {
	m, err := d.now().messageNumbered(ctx, number)
	if err == nil && (m.Kind != notify.Meeting || m.Leader == "") {
		err = nothingToDo
	}
	return m.Leader, rota.OccurrenceID(m.About), err
}
