package cli

import (
	"fmt"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"pcnrota/rota"
)

func (p *program) meetingAttended() *cli.Command {
	return &cli.Command{
		Name: "attended", Usage: "record who was at a meeting that is over", ArgsUsage: "MEETING [LEADER...]",
		Description: `Those named came, and of those who were to go all others did not. Without names,
everybody came who was to go. It can be recorded anew.

  pcnrota meeting attended "ICB board"
  pcnrota meeting attended "PCN board" L01 L04 --on 2027-05-20`,
		Flags:  append(changeFlags(), onFlag()),
		Action: p.inPCN(telling(meetingAttended)),
	}
}

func meetingAttended(c *cli.Context, p *pcn) error {
	m, err := p.meetingTyped(c, true)
	if err != nil {
		return err
	}
	if m.Span.Start.After(p.at) {
		return wrong(fmt.Sprintf("%s has not begun yet", meetingInWords(m)), "pcnrota meeting accept "+string(m.ID)+", to say who comes")
	}
	came := slices.Clone(m.Attending)
	if c.NArg() > 1 {
		came = nil
		for _, typed := range c.Args().Tail() {
			l, err := p.leaderNamed(c.Context, typed)
			if err != nil {
				return err
			}
			came = append(came, l.ID)
		}
	}
	if len(came) == 0 {
		return usage("who came?", c.Command.HelpName+" "+string(m.ID)+" L01")
	}
	names, err := p.namesOf(c)
	if err != nil {
		return err
	}
	noted := presencesOf(m, came)
	say := func(here bool) string {
		var who []string
		for _, n := range noted {
			if n.Came == here {
				who = append(who, names[n.Leader])
			}
		}
		return strings.Join(who, ", ")
	}
	what := say(true) + " as present"
	if absent := say(false); absent != "" {
		what += " and " + absent + " as absent"
	}
	p.result = each(noted, func(n rota.Presence) presenceView { return presenceView{n.Meeting, n.Leader, names[n.Leader], n.Came} })
	return p.change("record", fmt.Sprintf("%s at %s", what, meetingInWords(m)), func() error { return p.db.PutPresences(c.Context, noted) })
}

// presenceView is in JSON whether somebody came.
type presenceView struct {
	Meeting  rota.OccurrenceID `json:"meeting_id"`
	LeaderID rota.LeaderID     `json:"leader_id"`
	Leader   string            `json:"leader"`
	Came     bool              `json:"came"`
}

// presencesOf says of everybody who was to go, and of everybody who came, whether they came; in order of those who were
// to go.
func presencesOf(m rota.Occurrence, came []rota.LeaderID) []rota.Presence {
	all := slices.Clone(m.Attending)
	for _, id := range came {
		if !slices.Contains(all, id) {
			all = append(all, id)
		}
	}
	return each(all, func(id rota.LeaderID) rota.Presence {
		return rota.Presence{Meeting: m.ID, Leader: id, Came: slices.Contains(came, id)}
	})
}
