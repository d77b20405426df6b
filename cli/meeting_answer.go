package cli

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"pcnrota/internal/sheet"
	"pcnrota/rota"
)

func (p *program) meetingAccept() *cli.Command {
	return &cli.Command{
		Name: "accept", Usage: "say that somebody comes to a meeting", ArgsUsage: "MEETING",
		Description: `MEETING is its title, with --on for the day, or its identity, like m3.20270121.

Whoever has said no can still accept: they have back what they gave up, and who
stepped in stands by again. Who has accepted since keeps it, or was settled on by
hand or took it over; then it is noted that they could come after all.

  pcnrota meeting accept "ICB board" --on 2027-05-20 --as L03`,
		Flags:  answerFlags(),
		Action: p.inPCN(func(c *cli.Context, pcn *pcn) error { return pcn.answer(c, rota.Accepted) }),
	}
}

func (p *program) meetingDecline() *cli.Command {
	return &cli.Command{
		Name: "decline", Usage: "say that somebody cannot come to a meeting", ArgsUsage: "MEETING",
		Description: `Where it is the one who represents the PCN, the deputy goes at once, and the next
fairest leader deputises. They are not asked about this meeting again, and can
still accept it.

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
	Changed bool           // somebody else goes, or deputises
	Back    rota.GivenBack // where a no was taken back
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
	if says := done.Back.Says(leader.ID, func(id rota.LeaderID) string { return names[id] }); says != "" {
		p.say(says + ".")
	}
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
	case before < 0 && !asked(m, l):
		return done, wrong(fmt.Sprintf("%s is not asked to come to %s", leaders.label(l), meetingInWords(m)), p.whoIsAsked(m))
	}
	var no rota.Reply
	if before >= 0 && replies[before].Answer != rota.Accepted {
		no = replies[before]
	}
	done.Reply = rota.Reply{Meeting: id, Leader: leader, Answer: answer, At: now, Why: why}
	done.Meeting = m
	if answer != rota.Accepted || no.Leader != "" {
		if done.Meeting, done.Back, err = p.reseat(ctx, m, done.Reply, no); err != nil {
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

// reseat plans the meetings with the answer, which may take back a no, and gives the meeting as it is then.
func (p *pcn) reseat(ctx context.Context, m rota.Occurrence, reply, no rota.Reply) (rota.Occurrence, rota.GivenBack, error) {
	planner := p.planner(p.now())
	published, err := p.db.InForce(ctx, m.Span.Start, m.Span.Start.Add(time.Second))
	if err != nil {
		return m, rota.GivenBack{}, err
	}
	inForce := each(published, func(d rota.Published) rota.Duty { return d.Duty })
	var back rota.GivenBack
	if reply.Answer != rota.Accepted {
		reply = reply.GivingUp(no, inForce)
	} else if back, err = p.giveBack(ctx, no, inForce); err != nil {
		return m, back, err
	} else if planner.back = &no; back.Stays != "" {
		reply.Gave, reply.Beside = no.Gave, back.Stays
	}
	if p.rehearse {
		p.replied = append(p.replied, reply)
	} else if err := p.db.PutReply(ctx, reply); err != nil {
		return m, rota.GivenBack{}, err
	}
	var after settlement
	if p.rehearse {
		after, err = planner.settle(ctx)
	} else {
		after, _, err = planner.plan(ctx)
	}
	if at := slices.IndexFunc(after.meetings, func(is rota.Occurrence) bool { return is.ID == m.ID }); at >= 0 {
		m = after.meetings[at]
	}
	return m, back, err
}

// giveBack undoes what an earlier no has brought about, as far as nobody relies on it.
func (p *pcn) giveBack(ctx context.Context, no rota.Reply, inForce []rota.Duty) (rota.GivenBack, error) {
	replies, err := p.db.Replies(ctx)
	if err != nil {
		return rota.GivenBack{}, err
	}
	offers, err := p.db.Offers(ctx, rota.OfferDone)
	if err != nil {
		return rota.GivenBack{}, err
	}
	pins, err := p.pins(ctx)
	return rota.GiveBack(no, inForce, replies, offers, pins), err
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
	Back     rota.TierName `json:"back"`  // the part that whoever took back a no has again; ""
	Stays    rota.LeaderID `json:"stays"` // who keeps that part instead; ""
	DryRun   bool          `json:"dry_run"`
}

func (p *pcn) viewAnswer(a heard) answerView {
	meeting := p.viewOfMeeting(a.Meeting, nil)
	meeting.Accepted = a.Quorum.Accepted
	return answerView{
		meeting, a.Reply.Leader, a.Reply.Answer, a.Quorum.Accepted, a.Quorum.Asked, a.Quorum.Needed, a.Changed, a.Back.Back, a.Back.Stays, p.rehearse,
	}
}
