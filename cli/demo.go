package cli

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"slices"
	"time"

	"github.com/urfave/cli/v2"

	"pcnrota/internal/sqlite"
	"pcnrota/internal/web"
	"pcnrota/rota"
)

func (p *program) demoCommand() *cli.Command {
	return &cli.Command{
		Name: "demo", Category: settingUp, Usage: "see everything work for an invented PCN, without any setting up",
		Description: `Makes an invented PCN in a folder of its own, builds and publishes half a year
of on-call rota, writes the reminders that are due into its outbox folder, and
serves calendars and the page on this computer until Ctrl-C.

  pcnrota demo
  pcnrota demo --dir ~/demo --once`,
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "dir", Usage: "`DIR` for the invented PCN (default: a new temporary folder)"},
			&cli.BoolFlag{Name: "once", Usage: "do everything once and end, instead of serving until Ctrl-C"},
		},
		Action: p.demo,
	}
}

const demoWeeks = 26

func (p *program) demo(c *cli.Context) (err error) {
	dir := c.String("dir")
	if dir == "" {
		if dir, err = os.MkdirTemp("", "pcnrota-demo-"); err != nil {
			return fmt.Errorf("make a folder: %w", err)
		}
	}
	text, _, err := p.prepare(dir, demoName, "")
	if err != nil {
		return err
	}
	if err := writeNew(c.Context, dir, text); err != nil {
		return err
	}
	pcn, err := p.open(c.Context, dir)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, pcn.db.Close()) }()
	if err := pcn.fillDemo(c.Context); err != nil {
		return fmt.Errorf("fill the invented PCN: %w", err)
	}
	if err := pcn.demoRota(c); err != nil {
		return err
	}
	listener, err := pcn.demoListener()
	if err != nil {
		return err
	}
	pcn.config.Server.BaseURL = "http://" + listener.Addr().String()
	if err := pcn.demoReminders(c.Context); err != nil {
		return err
	}
	feed, err := pcn.demoLinks(c.Context)
	if err != nil {
		return err
	}
	return pcn.demoServe(c, listener, feed)
}

// demoRota builds, shows and publishes the rota from this week on, so that somebody is on call now.
func (p *pcn) demoRota(c *cli.Context) error {
	policy := p.config.Rotas[0]
	from := p.today().Monday()
	revision, err := p.db.Revision(c.Context)
	if err != nil {
		return err
	}
	problem, err := p.problem(c.Context, policy, from, from.AddDays(7*demoWeeks))
	if err != nil {
		return err
	}
	draft, _, err := p.build(c, problem)
	if err != nil {
		return err
	}
	if _, err := p.db.SaveDraft(c.Context, draft, revision, p.at); err != nil {
		return err
	}
	if _, _, err := p.db.Publish(c.Context, sqlite.Publication{Rota: policy.Name, By: "the demo", Reason: "to show how it works", At: p.at}); err != nil {
		return err
	}
	if _, err := p.planMeetingsAt(c.Context, p.at); err != nil {
		return err
	}
	p.showDemoRota(policy, draft, byID(problem.Leaders))
	return nil
}

func (p *pcn) showDemoRota(policy rota.Policy, draft rota.Draft, names map[rota.LeaderID]rota.Leader) {
	p.heading("%s, %d weeks from %s: points held, and what is fair", policy.Title, demoWeeks, draft.From.Format("2 Jan 2006"))
	fairnessTable(draft.Standings, names).write(p.stdout, p.out.width, p.ink())
	fmt.Fprintln(p.stdout)
	p.showVerdicts(draft.Certificate, draft.Standings, names)
	today := p.today()
	soon := slices.DeleteFunc(slices.Clone(draft.Duties), func(d rota.Duty) bool {
		return d.End.Date.Before(today) || !d.Start.Date.Before(today.AddDays(28))
	})
	p.heading("The next four weeks")
	shiftTable(policy, soon, names).write(p.stdout, p.out.width, p.ink())
	fmt.Fprintf(p.stdout, "\nPublished: %s.\n", count(len(draft.Duties), "duty", "duties"))
}

func (p *pcn) heading(format string, args ...any) {
	fmt.Fprintf(p.stdout, "\n%s\n\n", p.ink().strong(fmt.Sprintf(format, args...)))
}

// demoListener answers where config.toml says, or on any free port where that one is taken.
func (p *pcn) demoListener() (net.Listener, error) {
	listener, err := p.listen("", p.config.Server)
	if err != nil {
		return p.listen("127.0.0.1:0", p.config.Server)
	}
	return listener, nil
}

func (p *pcn) demoReminders(ctx context.Context) error {
	engine, err := p.engine(p.quiet())
	if err != nil {
		return err
	}
	tally, err := engine.Tick(ctx, p.at)
	if err != nil {
		return err
	}
	fmt.Fprintf(p.stdout, "Reminders: %s due now, written into %s\n", count(tally.Sent, "is", "are"), shownPath(p.outbox()))
	return nil
}

// demoLinks gives whoever is on call first a calendar link, and prints what there is to open. It
// returns the link.
func (p *pcn) demoLinks(ctx context.Context) (string, error) {
	published, err := p.db.Published(ctx, p.at, time.Time{})
	if err != nil {
		return "", err
	}
	leaders, err := p.db.Leaders(ctx)
	if err != nil {
		return "", err
	}
	who := byID(leaders)[published[0].Holder]
	token, hash, err := web.NewToken(rand.Reader)
	if err != nil {
		return "", err
	}
	if _, err := p.db.AddFeed(ctx, rota.NewLeaderFeed(who.ID, "demo", p.at), hash); err != nil {
		return "", err
	}
	link := web.FeedURL(p.config.Server.BaseURL, token)
	p.heading("Open")
	base := p.config.Server.BaseURL
	fmt.Fprintf(p.stdout, "  who is on call now   %s/\n  the same on a wall   %s/wall\n  the team's rota      %s/team\n\n", base, base, base)
	fmt.Fprintf(p.stdout, "%s's own page, and a calendar with the same duties and meetings to subscribe to:\n\n  %s\n\n  %s\n",
		who.Name, web.MyURL(base, token), link)
	p.heading("Try next")
	for _, command := range []string{"now", "rota show on-call --weeks 2", "leader list", "meeting list", "responsibility board", "report job-plan", "remind list", "--help"} {
		fmt.Fprintf(p.stdout, "  %s --home %s %s\n", p.typed, shownPath(p.dir), command)
	}
	fmt.Fprintf(p.stdout, "\nAnd for a PCN of your own: %s --home DIR init\n", p.typed)
	return link, nil
}

// demoServe serves until Ctrl-C; with --once only until it has fetched the page and the calendar
// itself.
func (p *pcn) demoServe(c *cli.Context, listener net.Listener, feed string) error {
	ctx, h := c.Context, p.newHost(p.quiet())
	h.baseURL = p.config.Server.BaseURL
	site := h.only(p.dir)
	if !c.Bool("once") {
		fmt.Fprintf(p.stdout, "\nServing on %s. Ctrl-C ends it; the folder %s stays.\n", listener.Addr(), shownPath(p.dir))
		return h.run(ctx, listener, site)
	}
	ctx, stop := context.WithCancel(ctx)
	served := make(chan error, 1)
	go func() { served <- h.run(ctx, listener, site) }()
	var fetched error
	for _, address := range []string{p.config.Server.BaseURL + "/", feed} {
		fetched = errors.Join(fetched, fetch(ctx, address))
	}
	stop()
	return errors.Join(fetched, <-served)
}

// fetch asks for an address as a browser would.
func fetch(ctx context.Context, address string) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return err
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return fmt.Errorf("fetch: %w", err)
	}
	defer answer.Body.Close()
	if _, err := io.Copy(io.Discard, answer.Body); err != nil {
		return fmt.Errorf("read answer: %w", err)
	}
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("the server answered %s", answer.Status)
	}
	return nil
}
