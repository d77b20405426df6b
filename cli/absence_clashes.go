package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"pcnrota/internal/sqlite"
	"pcnrota/rota"
)

func (p *program) absenceClashes() *cli.Command {
	return &cli.Command{
		Name: "clashes", Usage: "report duties and meetings that fall into time away, and what to type",
		Description: `Looks both ways, from now on: published duties and meetings of somebody who is away
or has asked to be, and duties in drafts likewise. Why somebody is away is not
shown.

  pcnrota absence clashes`,
		Flags: outputFlags(), Action: p.inPCN(absenceClashes),
	}
}

// clash is a duty or a meeting that falls into its holder's time away.
type clash struct {
	leader     rota.LeaderID
	what       string // the duty, or the meeting with its title
	meeting    bool
	draft      rota.RotaName // whose draft has it; "" for what is published
	start, end rota.Civil
	span       rota.Span
	away       rota.Request
	do         []string // what to type about it
}

// clashView is a clash in JSON.
type clashView struct {
	Leader  rota.LeaderID     `json:"leader_id"`
	Name    string            `json:"leader"`
	What    string            `json:"what"` // duty or meeting
	ID      string            `json:"id"`   // of the duty, or the title of the meeting
	Where   string            `json:"in"`   // published or draft
	Start   string            `json:"start"`
	End     string            `json:"end"`
	Absence rota.AbsenceID    `json:"absence"`
	State   rota.RequestState `json:"absence_state"`
	From    rota.Civil        `json:"away_from"`  // on the clocks of the PCN
	Until   rota.Civil        `json:"away_until"` // excluded
	Do      []string          `json:"do"`         // what to type, one of these
}

func absenceClashes(c *cli.Context, p *pcn) error {
	found, err := p.clashes(c.Context)
	if err != nil {
		return err
	}
	names, err := p.namesOf(c)
	if err != nil {
		return err
	}
	if c.Bool("json") {
		return writeJSON(p.stdout, each(found, func(k clash) clashView { return p.viewClash(k, names) }))
	}
	published := slices.DeleteFunc(slices.Clone(found), func(k clash) bool { return k.draft != "" })
	drafted := slices.DeleteFunc(slices.Clone(found), func(k clash) bool { return k.draft == "" })
	p.sayClashes("published", published, names)
	fmt.Fprintln(p.stdout)
	p.sayClashes("drafts", drafted, names)
	return nil
}

func (p *pcn) viewClash(k clash, names map[rota.LeaderID]string) clashView {
	v := clashView{
		Leader: k.leader, Name: names[k.leader], What: "duty", ID: k.what, Where: "published",
		Start: p.rfc3339(k.span.Start), End: p.rfc3339(k.span.End),
		Absence: k.away.ID, State: k.away.State, From: k.away.Begin(), Until: k.away.End(), Do: k.do,
	}
	if k.meeting {
		v.What = "meeting"
	}
	if k.draft != "" {
		v.Where = "draft"
	}
	return v
}

func (p *pcn) sayClashes(where string, found []clash, names map[rota.LeaderID]string) {
	if len(found) == 0 {
		fmt.Fprintf(p.stdout, "%s: no clash with time away\n", strings.ToUpper(where[:1])+where[1:])
		return
	}
	fmt.Fprintf(p.stdout, "%s: %s with time away\n", strings.ToUpper(where[:1])+where[1:], count(len(found), "clash", "clashes"))
	for _, k := range found {
		fmt.Fprintln(p.stdout)
		p.say(fmt.Sprintf("%s %s: %s, %s", k.leader, names[k.leader], k.what, inFull(k.start)))
		word := "away"
		if k.away.State == rota.Requested {
			word = "asks to be away"
		}
		fmt.Fprintf(p.stdout, "  %s %s\n", word, shownAway(k.away.Absence))
		for i, do := range k.do {
			p.tell(p.stdout, map[bool]string{true: "  -> ", false: "  or "}[i == 0], do)
		}
	}
}

// clashes gives everything from now on that falls into its holder's time away, approved or requested: what is
// published first, then the drafts, each in order of time.
func (p *pcn) clashes(ctx context.Context) (found []clash, err error) {
	away, err := p.db.Requests(ctx, rota.Approved, rota.Requested)
	if err != nil {
		return nil, err
	}
	drafts, err := p.drafts(ctx)
	if err != nil {
		return nil, err
	}
	duties, err := p.db.Published(ctx, p.at, time.Time{})
	if err != nil {
		return nil, err
	}
	offered, err := p.db.Offers(ctx, rota.OfferOpen, rota.OfferAccepted)
	if err != nil {
		return nil, err
	}
	published := map[rota.DutyID]bool{}
	for _, d := range duties {
		published[d.ID] = true
		for _, q := range awayDuring(away, d.Holder, d.Start, d.End) {
			found = append(found, dutyClash(d.Duty, q, "", p.aboutPublished(d.Duty, q, drafts, offered)))
		}
	}
	meetings, err := p.db.Occurrences(ctx, p.at, time.Time{})
	if err != nil {
		return nil, err
	}
	for _, m := range meetings {
		for _, l := range m.Attending {
			for _, q := range awayDuring(away, l, m.Start, m.End) {
				found = append(found, clash{leader: l, what: m.Series.Title, meeting: true, start: m.Start, end: m.End, span: m.Span, away: q, do: aboutMeeting(q)})
			}
		}
	}
	slices.SortStableFunc(found, func(a, b clash) int { return a.span.Start.Compare(b.span.Start) })
	for _, d := range drafts {
		for _, duty := range d.duties {
			if !duty.Span.End.After(p.at) {
				continue
			}
			for _, q := range awayDuring(away, duty.Holder, duty.Start, duty.End) {
				found = append(found, dutyClash(duty, q, duty.Rota, aboutDraft(d.version, q, published[duty.ID])))
			}
		}
	}
	return found, nil
}

// awayDuring gives the absences of a leader, approved or asked for, into which a time falls.
func awayDuring(all []rota.Request, l rota.LeaderID, start, end rota.Civil) (during []rota.Request) {
	for _, q := range all {
		if q.Leader == l && q.Bars() && q.Overlaps(start, end) {
			during = append(during, q)
		}
	}
	return during
}

func dutyClash(d rota.Duty, q rota.Request, draft rota.RotaName, do []string) clash {
	return clash{leader: d.Holder, what: string(d.ID), draft: draft, start: d.Start, end: d.End, span: d.Span, away: q, do: do}
}

// draftOf is the draft of a rota.
type draftOf struct {
	version rota.Version
	duties  []rota.Duty
}

// drafts gives the drafts of all rotas of config.toml, in its order.
func (p *pcn) drafts(ctx context.Context) (all []draftOf, err error) {
	for _, policy := range p.config.Rotas {
		v, duties, err := p.db.DraftOf(ctx, policy.Name)
		if errors.Is(err, sqlite.ErrNoDraft) {
			continue
		}
		if err != nil {
			return nil, err
		}
		all = append(all, draftOf{v, duties})
	}
	return all, nil
}

// aboutPublished is what to type about a published duty of somebody who is away, or asks to be.
func (p *pcn) aboutPublished(d rota.Duty, q rota.Request, drafts []draftOf, offered []rota.Offer) []string {
	for _, o := range offered {
		if o.Duty == d.ID && o.Leader == d.Holder {
			return []string{fmt.Sprintf("pcnrota swap show %d, by which it is offered", o.ID)}
		}
	}
	switch {
	case !d.Span.Start.After(p.at):
		return []string{"pcnrota cover take-now " + string(d.ID) + " --as LEADER"}
	case q.State == rota.Requested:
		return []string{fmt.Sprintf("pcnrota absence approve %d --repair", q.ID), fmt.Sprintf("pcnrota absence approve %d --ask-cover", q.ID)}
	}
	for _, draft := range drafts {
		for _, other := range draft.duties {
			if other.ID == d.ID && other.Holder != d.Holder {
				return []string{fmt.Sprintf("pcnrota rota publish %s --reason \"WHY\": the draft has somebody else", d.Rota)}
			}
		}
	}
	return []string{"pcnrota rota repair " + string(d.Rota) + ", then rota publish", "pcnrota swap offer " + string(d.ID) + " --to anyone"}
}

func aboutMeeting(q rota.Request) []string {
	if q.State == rota.Requested {
		return []string{fmt.Sprintf("pcnrota absence approve %d, which plans the meeting anew", q.ID)}
	}
	return []string{"pcnrota meeting list"}
}

// aboutDraft is what to type about a duty in a draft. One that is published as well is in a draft that repairs.
func aboutDraft(v rota.Version, q rota.Request, published bool) []string {
	again := fmt.Sprintf("pcnrota rota build %s --from %s", v.Rota, v.From)
	if days := v.From.DaysUntil(v.Until); days%7 == 0 {
		again += fmt.Sprintf(" --weeks %d", days/7)
	}
	switch {
	case q.State == rota.Requested && published:
		return []string{fmt.Sprintf("pcnrota absence approve %d --repair", q.ID)}
	case q.State == rota.Requested:
		return []string{fmt.Sprintf("pcnrota absence approve %d, then %s", q.ID, again)}
	case published:
		return []string{"pcnrota rota repair " + string(v.Rota)}
	default:
		return []string{again}
	}
}
