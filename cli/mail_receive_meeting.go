package cli

import (
	"context"
	"errors"
	"slices"

	"github.com/urfave/cli/v2"

	"pcnrota/internal/sqlite"
	"pcnrota/rota"
)

// answeredLater reports whether an answer of the same leader to the same invitation is there that is as late as a,
// or later.
func (p *pcn) answeredLater(ctx context.Context, a sqlite.Answer) (bool, error) {
	known, err := p.db.Answers(ctx)
	return slices.ContainsFunc(known, func(k sqlite.Answer) bool {
		newer := k.Sequence > a.Sequence || k.Sequence == a.Sequence && !k.Stamp.Before(a.Stamp)
		return k.About == a.About && k.Leader == a.Leader && newer
	}), err
}

// answerByCalendar takes an answer that came from a calendar to the meeting that it is about, and says what came of it;
// "" where it is about being on call, or leaves it open. That an answer comes too late, or of somebody who goes no more,
// is no failure: it is said, and kept.
func (p *pcn) answerByCalendar(c *cli.Context, a sqlite.Answer) (string, error) {
	_, meeting, is := rota.DutyID(a.About).MeetingOf()
	answer := map[string]rota.Answer{"accepted": rota.Accepted, "declined": rota.Declined}[a.Says]
	if !is || answer == "" {
		return "", nil
	}
	done, err := p.answerMeeting(c.Context, meeting, a.Leader, answer, "")
	var sentence *hinted
	if errors.As(err, &sentence) {
		return ", which moves nobody: " + sentence.Error(), nil
	}
	if err != nil {
		return "", err
	}
	names, err := p.namesOf(c)
	says := ": " + whoGoes(done, names)
	if back := done.Back.Says(a.Leader, func(id rota.LeaderID) string { return names[id] }); back != "" {
		says += ". " + back
	}
	return says, err
}
