package cli

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"pcnrota/internal/sheet"
	"pcnrota/rota"
)

func (p *program) meetingAccept() *cli.Command {
	return &cli.Command{
		Name: "accept", Usage: "say that somebody comes to a meeting", ArgsUsage: "MEETING",
		Description: `MEETING is its title, with --on for the day, or its identity, like m3.20270121.

  pcnrota meeting accept "ICB board" --on 2027-05-20 --as L03`,
		Flags:  answerFlags(),
		Action: p.inPCN(func(c *cli.Context, pcn *pcn) error { return pcn.answer(c, rota.Accepted) }),
	}
}

func (p *program) meetingDecline() *cli.Command {
	return &cli.Command{
		Name: "decline", Usage: "say that somebody cannot come to a meeting", ArgsUsage: "MEETING",
		Description: `Where it is the one who represents the PCN, the deputy goes at once, and the next
fairest leader deputises. They are not asked about this meeting again.

  pcnrota meeting decline "ICB board" --on 2027-05-20 --as L03`,
		Flags:  answerFlags(),
		Action: p.inPCN(func(c *cli.Context, pcn *pcn) error { return pcn.answer(c, rota.Declined) }),
	}
}

func (p *program) meetingSendDeputy() *cli.Command {
	return &cli.Command{
		Name: "send-deputy", Usage: "have the deputy go to a meeting", ArgsUsage: "MEETING",
		Description: "  pcnrota meeting send-deputy \"ICB board\" --on 2027-05-20 --as L03",
		Flags:       answerFlags(),
		Action:      p.inPCN(func(c *cli.Context, pcn *pcn) error { return pcn.answer(c, rota.SendsDeputy) }),
	}
}

func answerFlags() []cli.Flag {
	return append(outputFlags(), onFlag(), asFlag("who answers"),
		&cli.StringFlag{Name: "reason", Usage: "tell the manager `WHY`"}, dryRunFlag())
}

// heard is what came of an answer.
type heard struct {
	Meeting rota.Occurrence // as it is now
	Reply   rota.Reply
	Quorum  rota.Quorum
	Changed bool // somebody else goes, or deputises
}

// answer is the command; answerMeeting does it.
func (p *pcn) answer(c *cli.Context, answer rota.Answer) error {
	leader, err := p.actor(c)
	if err != nil {
		return err
	}
	m, err := p.meetingTyped(c, false)
	if err != nil {
		return err
	}
	done, err := p.answerMeeting(c.Context, m.ID, leader.ID, answer, c.String("reason"))
	if err != nil {
		return err
	}
	if c.Bool("json") {
		return writeJSON(p.stdout, p.viewAnswer(done))
	}
	verb := map[rota.Answer]string{rota.Accepted: "accept", rota.Declined: "decline", rota.SendsDeputy: "send the deputy to"}[answer]
	names, err := p.namesOf(c)
	if err != nil {
		return err
	}
	if p.rehearse {
		p.did(verb, meetingInWords(m)+" for "+leaders.label(leader))
	} else {
		fmt.Fprintf(p.stdout, "%s for %s: %s\n", strings.ToUpper(string(answer[:1]))+string(answer[1:]), leaders.label(leader), meetingInWords(m))
	}
	p.sayWhoGoes(done, names)
	return nil
}

func (p *pcn) sayWhoGoes(done heard, names map[rota.LeaderID]string) {
	m := done.Meeting
	if len(m.Attending) == 0 {
		fmt.Fprintln(p.stdout, p.ink().alarm("NOBODY goes.")+" Nobody else can: pcnrota rota explain "+string(rota.SittingID(rota.Representative, m.ID)))
		return
	}
	fmt.Fprintln(p.stdout, whoGoes(done, names)+".")
}

// whoGoes gives "Bo Chen goes, Cy Doe deputises. 0 of 1 accepted", without the last full stop.
func whoGoes(done heard, names map[rota.LeaderID]string) string {
	m := done.Meeting
	says := goers(m, names) + " goes"
	switch {
	case len(m.Attending) == 0:
		return "nobody goes"
	case len(m.Attending) > 1:
		says = goers(m, names) + " go"
	}
	if m.Deputy != "" {
		says += ", " + names[m.Deputy] + " deputises"
	}
	return fmt.Sprintf("%s. %s", says, done.Quorum)
}

// answerMeeting takes an answer to a meeting, wherever it came from: a command, a page, a calendar. Whoever declines
// what they were to do makes way for the deputy, and for the next fairest; where there is nobody, the meeting is
// among what rota gaps tells.
func (p *pcn) answerMeeting(ctx context.Context, id rota.OccurrenceID, leader rota.LeaderID, answer rota.Answer, why string) (done heard, err error) {
	m, err := p.meetingByID(ctx, id)
	if err != nil {
		return done, err
	}
	replies, err := p.db.Replies(ctx)
	if err != nil {
		return done, err
	}
	l, err := p.leaderNamed(ctx, string(leader))
	if err != nil {
		return done, err
	}
	if why = sheet.Clean(why); why != "" {
		if err := p.checkText("reason", why); err != nil {
			return done, err
		}
	}
	now := p.now()
	before := slices.IndexFunc(replies, func(r rota.Reply) bool { return r.Meeting == id && r.Leader == leader })
	switch {
	case !m.Span.Start.After(now):
		return done, wrong(fmt.Sprintf("%s began on %s: it is too late to answer", m.Series.Title, inFull(m.Start)),
			fmt.Sprintf("pcnrota meeting attended %s %s", id, leader))
	case !asked(m, l):
		return done, wrong(fmt.Sprintf("%s is not asked to come to %s", leaders.label(l), meetingInWords(m)), p.whoIsAsked(m))
	}
	done.Reply = rota.Reply{Meeting: id, Leader: leader, Answer: answer, At: now, Why: why}
	done.Meeting = m
	if answer != rota.Accepted || before >= 0 && replies[before].Answer != rota.Accepted {
		if done.Meeting, err = p.reseat(ctx, m, done.Reply); err != nil {
			return done, err
		}
		done.Changed = !slices.Equal(done.Meeting.Attending, m.Attending) || done.Meeting.Deputy != m.Deputy
	} else if !p.rehearse {
		err = p.db.PutReply(ctx, done.Reply)
	}
	replies = append(slices.DeleteFunc(replies, func(r rota.Reply) bool { return r.Meeting == id && r.Leader == leader }), done.Reply)
	done.Quorum = rota.QuorumOf(done.Meeting, m.Series.Quorum, replies)
	return done, err
}

// reseat plans the meetings with the answer, and gives the meeting as it is then.
func (p *pcn) reseat(ctx context.Context, m rota.Occurrence, reply rota.Reply) (rota.Occurrence, error) {
	planner := p.planner(p.now())
	if p.rehearse {
		p.replied = append(p.replied, reply)
	} else if err := p.db.PutReply(ctx, reply); err != nil {
		return m, err
	}
	var after settlement
	var err error
	if p.rehearse {
		after, err = planner.settle(ctx)
	} else {
		after, _, err = planner.plan(ctx)
	}
	if at := slices.IndexFunc(after.meetings, func(is rota.Occurrence) bool { return is.ID == m.ID }); at >= 0 {
		m = after.meetings[at]
	}
	return m, err
}

// asked reports whether an answer of l is awaited.
func asked(m rota.Occurrence, l rota.Leader) bool {
	everybody := m.Series.Who.Mode == rota.EverybodyGoes || m.Series.Who.Mode == rota.RoleGoes
	return slices.Contains(m.Attending, l.ID) || m.Deputy == l.ID || everybody && m.Series.Who.Admits(l)
}

func (p *pcn) whoIsAsked(m rota.Occurrence) string {
	ids := slices.Clone(m.Attending)
	if m.Deputy != "" {
		ids = append(ids, m.Deputy)
	}
	if len(ids) == 0 {
		return "nobody is; pcnrota cover find " + string(rota.SittingID(rota.Representative, m.ID))
	}
	return "asked are " + strings.Join(each(ids, func(id rota.LeaderID) string { return string(id) }), ", ")
}

// answerView is an answer in JSON.
type answerView struct {
	Meeting  meetingView   `json:"meeting"`
	LeaderID rota.LeaderID `json:"leader_id"`
	Answer   rota.Answer   `json:"answer"`
	Accepted int           `json:"accepted"`
	Asked    int           `json:"asked"`
	Needed   int           `json:"needed"` // 0 where the meeting asks for no number
	Changed  bool          `json:"changed"`
	DryRun   bool          `json:"dry_run"`
}

func (p *pcn) viewAnswer(a heard) answerView {
	meeting := p.viewOfMeeting(a.Meeting, nil)
	meeting.Accepted = a.Quorum.Accepted
	return answerView{
		meeting, a.Reply.Leader, a.Reply.Answer, a.Quorum.Accepted, a.Quorum.Asked, a.Quorum.Needed, a.Changed, p.rehearse,
	}
}
