package cli

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"time"

	"github.com/urfave/cli/v2"

	"pcnrota/internal/follow"
	"pcnrota/internal/sqlite"
	"pcnrota/internal/web"
	"pcnrota/notify"
	"pcnrota/rota"
)

func (p *program) serveCommand() *cli.Command {
	return &cli.Command{
		Name: "serve", Category: running, Usage: "answer calendars, show the page and send reminders, until stopped",
		Description: `Runs until Ctrl-C or a stop from the system. Restart it after config.toml was
changed; what other commands change in the database is noticed by itself.

  pcnrota serve
  pcnrota serve --listen 127.0.0.1:9000`,
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "listen", Usage: "`ADDRESS` and port to answer on, instead of the one in config.toml"},
			&cli.BoolFlag{Name: "verbose", Usage: "log every request and every pass"},
		},
		Action: p.inPCN(serve),
	}
}

func serve(c *cli.Context, p *pcn) error {
	if p.getenv("PCNROTA_NOW") != "" {
		return wrong("serve keeps real time: it would send real reminders for a rehearsed one", "unset PCNROTA_NOW")
	}
	if p.getenv(followTest) != "" {
		return wrong("serve fetches calendars from the public internet only", "unset "+followTest)
	}
	listener, err := p.listen(c.String("listen"))
	if err != nil {
		return err
	}
	fmt.Fprintf(p.stdout, "Serving %s on http://%s (stop with Ctrl-C).\n", p.config.PCN.Name, listener.Addr())
	fmt.Fprintf(p.stdout, "Links begin with %s. Reminders go %s.\n", p.config.Server.BaseURL, p.mailTarget())
	return p.serveOn(c.Context, listener, p.logger(c.Bool("verbose")))
}

// listen opens the address given, or that of the configuration.
func (p *pcn) listen(address string) (net.Listener, error) {
	if address == "" {
		address = p.config.Server.Listen
	}
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return nil, hint(fmt.Errorf("listen on %s: %w", address, errors.Unwrap(err)),
			"another program may be using that address: choose one with --listen 127.0.0.1:8081")
	}
	return listener, nil
}

// serveOn runs the site and the reminders side by side until ctx ends, and the meetings are planned
// ahead every day. Where one of them stops with an error, so do the others.
func (p *pcn) serveOn(ctx context.Context, listener net.Listener, log *slog.Logger) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	engine, err := p.engine(log)
	if err != nil {
		return err
	}
	site := p.site(log)
	defer site.Close()
	parts := []func(context.Context) error{
		func(ctx context.Context) error { return web.Serve(ctx, listener, site) },
		engine.Run,
		func(ctx context.Context) error { return p.keepPlanning(ctx, log) },
		func(ctx context.Context) error { return p.keepExtending(ctx, log) },
		func(ctx context.Context) error { return p.keepFollowing(ctx, follow.New("").Fetch, log) },
	}
	ended := make(chan error)
	for _, part := range parts {
		go func() { ended <- part(ctx) }()
	}
	var all error
	for range parts {
		err := <-ended
		if err != nil && !errors.Is(err, context.Canceled) {
			all = errors.Join(all, err)
		}
		stop(err)
	}
	return all
}

// keepPlanning plans the meetings ahead as the days go by, and takes in what other commands changed.
func (p *pcn) keepPlanning(ctx context.Context, log *slog.Logger) error {
	const every = time.Hour
	ctx = sqlite.WithAuthor(ctx, sqlite.Author{Who: "pcnrota serve", Command: "plan meetings ahead", Now: p.now})
	for {
		if _, err := p.planMeetingsAt(ctx, p.now()); err != nil && ctx.Err() == nil {
			log.Error("meetings are not planned ahead until the next pass", "problem", err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(every):
		}
	}
}

// logger writes lines for the system's journal to standard error.
func (p *program) logger(verbose bool) *slog.Logger {
	level := slog.LevelInfo
	if verbose {
		level = slog.LevelDebug
	}
	return slog.New(slog.NewTextHandler(p.stderr, &slog.HandlerOptions{Level: level}))
}

// site assembles the feeds and the page.
func (p *pcn) site(log *slog.Logger) *web.Site {
	return web.New(p.db, web.Options{
		PCN: p.config.PCN.Name, Zone: p.config.Zone, Holidays: p.config.Holidays, Policies: p.config.Rotas,
		BaseURL: p.config.Server.BaseURL, NowPage: p.config.Server.NowPage, Clock: p.now, Log: log,
	})
}

// engine assembles the reminders.
func (p *pcn) engine(log *slog.Logger) (*notify.Engine, error) {
	letterhead, err := p.letterhead()
	if err != nil {
		return nil, err
	}
	sender, err := p.sender(letterhead)
	return &notify.Engine{
		Source: p.db, Outbox: p.db, Sender: sender, Rotas: p.config.Rotas, Log: log,
		Rules: notify.Rules{
			Ladders: notify.Ladders{Duty: p.config.Reminders.Duty, Meeting: p.config.Reminders.Meeting},
			Zone:    p.config.Zone, Domain: letterhead.Domain(), Summary: p.summaryTime(),
		},
		Manager: rota.Leader{Name: "PCN manager", Email: p.config.Manager.Email}, Watch: p.matters,
	}, err
}

// summaryTime is when the manager is told each week what is wrong; nil where there is nobody to tell.
func (p *pcn) summaryTime() *rota.Weekly {
	if p.config.Manager.Email == "" {
		return nil
	}
	return p.config.Manager.Summary
}

// matters are what rota gaps says of all rotas at now.
func (p *pcn) matters(ctx context.Context, now time.Time) ([]notify.Matter, error) {
	found, err := p.watch(ctx, p.config.Rotas, rota.Date{}, now)
	return each(found, func(f rota.Finding) notify.Matter {
		return notify.Matter{Urgency: f.Urgency(p.dayOf(now)), Says: headed(f.Rota, f.Says), Do: remedyFor(f, now)}
	}), err
}
