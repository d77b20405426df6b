package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"pcnrota/internal/sqlite"
	"pcnrota/rota"
)

func (p *program) rotaGaps() *cli.Command {
	return &cli.Command{
		Name: "gaps", ArgsUsage: "[NAME]", Usage: "duties that nobody can do, registrations that end, rotas that run out",
		Description: `Looks at everything that is published, as people, leave and rules are today:
duties without a holder, or with one who has left, is away or is not registered
then; shifts that were never given out; registrations that end within 90, 30 or
7 days; rotas whose published days end within six weeks; meetings to which nobody
is left to go, or that have no quorum with 7 days to go. Says what to type.

The exit code is 1 where a duty has nobody who can do it, and 0 where there is
nothing, or only something to see to in time: so that a timer can tell.

  pcnrota rota gaps
  pcnrota rota gaps on-call --weeks 4
  pcnrota rota gaps --csv`,
		Flags: append(outputFlagsCSV(),
			&cli.IntFlag{Name: "weeks", Usage: "look at the duties of so many `WEEKS` from today (default: all that are published)"}),
		Action: p.inPCN(showGaps),
	}
}

func showGaps(c *cli.Context, p *pcn) error {
	policies := p.config.Rotas
	if c.Args().Present() {
		policy, err := p.rotaNamed(c)
		if err != nil {
			return err
		}
		if policies = []rota.Policy{policy}; policy.Name == rota.Meetings {
			policies = nil // the bodies' calendars ask for its duties, and no pattern
		}
	}
	var until rota.Date
	if weeks := c.Int("weeks"); c.IsSet("weeks") {
		if weeks < 1 || weeks > weeksAtMost {
			return usage(fmt.Sprintf("--weeks %d is not a number of weeks from 1 to %d", weeks, weeksAtMost), "--weeks 4")
		}
		until = p.today().AddDays(7 * weeks)
	}
	found, err := p.watch(c.Context, policies, until, p.at)
	if err != nil {
		return err
	}
	if name := c.Args().First(); name != "" { // what is about meetings is only asked for by itself
		found = slices.DeleteFunc(found, func(f rota.Finding) bool { return f.About != "" && name != string(rota.Meetings) })
	}
	if err := p.tellFindings(c, found); err != nil {
		return err
	}
	for _, f := range found {
		if f.Uncovers() {
			return errAnswered
		}
	}
	return nil
}

// watch looks for what is wrong with rotas at now, in duties that start before a day, or in all where it is zero.
func (p *pcn) watch(ctx context.Context, policies []rota.Policy, until rota.Date, now time.Time) ([]rota.Finding, error) {
	lookout := rota.Lookout{Holidays: p.config.Holidays, Zone: p.config.Zone, Now: now, Until: until}
	err := p.db.View(ctx, func(r sqlite.Reader) (err error) {
		if lookout.Leaders, err = r.Leaders(ctx); err != nil {
			return err
		}
		if lookout.Absences, err = r.Absences(ctx); err != nil {
			return err
		}
		if lookout.Meetings, err = r.Occurrences(ctx, now, time.Time{}); err != nil {
			return err
		}
		if lookout.Replies, err = r.Replies(ctx); err != nil {
			return err
		}
		published, err := r.Published(ctx, time.Time{}, time.Time{})
		if err != nil {
			return err
		}
		for _, policy := range policies {
			w, err := watched(ctx, r, policy, published)
			if err != nil {
				return err
			}
			lookout.Rotas = append(lookout.Rotas, w)
		}
		return nil
	})
	return rota.Watch(lookout), err
}

// watched reads one rota as it stands.
func watched(ctx context.Context, r sqlite.Reader, policy rota.Policy, published []rota.Published) (w rota.Watched, err error) {
	w.Policy = policy
	for _, d := range published {
		if d.Rota == policy.Name {
			w.Duties = append(w.Duties, d.Duty)
		}
	}
	if w.Versions, err = r.Versions(ctx, policy.Name); err != nil {
		return w, err
	}
	draft, _, err := r.DraftOf(ctx, policy.Name)
	switch {
	case err == nil:
		w.Draft = &draft
	case !errors.Is(err, sqlite.ErrNoDraft):
		return w, err
	}
	return w, nil
}

// remedyFor says what to type about a finding.
func remedyFor(f rota.Finding, now time.Time) string {
	switch {
	case f.Kind == rota.NobodyGoes:
		return "pcnrota cover find " + string(rota.SittingID(rota.Representative, f.About))
	case f.Kind == rota.NoQuorum:
		return fmt.Sprintf("pcnrota meeting accept %s --as LEADER, as they answer", f.About)
	case f.Kind == rota.Expiring:
		return fmt.Sprintf("pcnrota leader edit %s --registration-expires DAY, once it is renewed", f.Leader)
	case f.Kind == rota.RunsOut && !f.Drafts.IsZero():
		return fmt.Sprintf("pcnrota rota publish %s", f.Rota)
	case f.Kind == rota.RunsOut:
		return fmt.Sprintf("pcnrota rota extend %s", f.Rota)
	case len(f.Duties) == 1 && !f.Duties[0].Span.Start.After(now):
		return fmt.Sprintf("pcnrota cover take-now %s --as LEADER", wholeOf(f.Duties[0].ID))
	case f.Kind == rota.OpenDuty:
		return fmt.Sprintf("pcnrota cover find %s", wholeOf(f.Duties[0].ID))
	default:
		return fmt.Sprintf("pcnrota rota repair %s", f.Rota)
	}
}

// wholeOf names the duty that a piece is part of, which is the one to ask for cover of.
func wholeOf(id rota.DutyID) rota.DutyID {
	name, _, _ := strings.Cut(string(id), "+")
	return rota.DutyID(name)
}

// findingView is a finding in JSON.
type findingView struct {
	Kind     rota.FindingKind  `json:"kind"`
	Urgency  rota.Urgency      `json:"urgency"`
	Day      rota.Date         `json:"day"` // on which it is felt first
	Rota     rota.RotaName     `json:"rota"`
	Meeting  rota.OccurrenceID `json:"meeting_id"` // "" where it is about none
	LeaderID rota.LeaderID     `json:"leader_id"`
	Duties   []rota.DutyID     `json:"duties"`
	Within   int               `json:"within_days"` // 90, 30 or 7 for a registration that ends, otherwise 0
	Uncovers bool              `json:"uncovers"`    // a duty has nobody who can do it
	Says     string            `json:"says"`
	Do       string            `json:"do"`
}

func (p *pcn) viewFinding(f rota.Finding) findingView {
	return findingView{
		f.Kind, f.Urgency(p.today()), f.Day, f.Rota, f.About, f.Leader, dutyIDs(f.Duties), f.Within, f.Uncovers(), f.Says, remedyFor(f, p.at),
	}
}

// tellFindings prints what was found, the most urgent first.
func (p *pcn) tellFindings(c *cli.Context, found []rota.Finding) error {
	views := each(found, p.viewFinding)
	if c.Bool("json") || c.Bool("csv") {
		return p.show(c, listing{json: views, csv: findingRows(views)})
	}
	if len(found) == 0 {
		p.say("Nothing is wrong: every duty can be covered, and nothing runs out soon.")
		return nil
	}
	titles := map[rota.Urgency]string{rota.Urgent: "Within 7 days", rota.Soon: "Within 30 days", rota.Later: "Later"}
	shown := rota.Urgency("")
	for _, v := range views {
		if v.Urgency != shown {
			if shown != "" {
				fmt.Fprintln(p.stdout)
			}
			shown = v.Urgency
			fmt.Fprintln(p.stdout, p.ink().strong(titles[shown]))
		}
		p.tell(p.stdout, "  ", headed(v.Rota, v.Says))
		p.tell(p.stdout, "      ", v.Do)
	}
	return nil
}

// headed puts the rota before a sentence about it.
func headed(name rota.RotaName, says string) string {
	if name == "" {
		return says
	}
	return fmt.Sprintf("%s: %s", name, says)
}

func findingRows(views []findingView) [][]string {
	rows := [][]string{{"urgency", "kind", "day", "rota", "leader_id", "duties", "within_days", "says", "do"}}
	for _, v := range views {
		rows = append(rows, []string{
			string(v.Urgency), string(v.Kind), v.Day.String(), string(v.Rota), string(v.LeaderID),
			strings.Join(each(v.Duties, func(id rota.DutyID) string { return string(id) }), " "), strconv.Itoa(v.Within), v.Says, v.Do,
		})
	}
	return rows
}
