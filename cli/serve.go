package cli

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/urfave/cli/v2"

	"pcnrota/internal/config"
	"pcnrota/internal/web"
	"pcnrota/notify"
	"pcnrota/rota"
)

func (p *program) serveCommand() *cli.Command {
	return &cli.Command{
		Name: "serve", Category: running, Usage: "answer calendars, show the page and send reminders, until stopped",
		Description: `Runs until Ctrl-C or a stop from the system. What other commands change in the
database is noticed by itself, and so are most changes of config.toml; where it
listens is read at the start only.

With --all it serves every PCN in a folder of folders, each under the name of
its own folder: ROOT/harbourside is at https://your.server/harbourside/. Folders
may be added and taken away meanwhile. Where ROOT has a config.toml of its own,
its heading [server] says where to listen.

  pcnrota serve
  pcnrota serve --listen 127.0.0.1:9000
  pcnrota serve --all /srv/pcnrota`,
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "all", Usage: "serve every PCN in the folders of `ROOT`"},
			&cli.StringFlag{Name: "listen", Usage: "`ADDRESS` and port to answer on, instead of the one in config.toml"},
			&cli.BoolFlag{Name: "verbose", Usage: "log every request and every pass"},
		},
		Action: p.serve,
	}
}

func (p *program) serve(c *cli.Context) error {
	if p.getenv("PCNROTA_NOW") != "" {
		return wrong("serve keeps real time: it would send real reminders for a rehearsed one", "unset PCNROTA_NOW")
	}
	if p.getenv(followTest) != "" {
		return wrong("serve fetches calendars from the public internet only", "unset "+followTest)
	}
	if c.IsSet("all") {
		return p.serveAll(c)
	}
	return p.serveOne(c)
}

// serveOne serves the PCN of one folder at the root of the address. Faults in it are told before anything is served.
func (p *program) serveOne(c *cli.Context) error {
	pcn, err := p.open(c.Context, p.home(c))
	if err != nil {
		return err
	}
	server := pcn.config.Server
	target := pcn.mailTarget()
	if err := pcn.db.Close(); err != nil {
		return err
	}
	h := p.newHost(p.logger(c.Bool("verbose")))
	if h.service, err = service(server, h.log); err != nil {
		return err
	}
	listener, err := p.listen(c.String("listen"), server)
	if err != nil {
		return err
	}
	fmt.Fprintf(p.stdout, "Serving %s on %s (stop with Ctrl-C).\n", pcn.config.PCN.Name, shownAddress(listener, server))
	fmt.Fprintf(p.stdout, "Links begin with %s. Reminders go %s.\n", server.BaseURL, target)
	return h.run(c.Context, listener, h.only(pcn.dir))
}

// serveAll serves the PCNs of all folders in a folder, each under its own name.
func (p *program) serveAll(c *cli.Context) error {
	root := c.String("all")
	if info, err := os.Stat(root); err != nil || !info.IsDir() {
		return wrong(fmt.Sprintf("%s is no folder", shownPath(root)), "name the folder that holds the PCNs' folders: pcnrota serve --all /srv/pcnrota")
	}
	server, err := config.LoadServer(filepath.Join(root, configFile))
	if err != nil {
		return err
	}
	h := p.newHost(p.logger(c.Bool("verbose")))
	if h.service, err = service(server, h.log); err != nil {
		return err
	}
	h.root = root
	h.scan()
	listener, err := p.listen(c.String("listen"), server)
	if err != nil {
		return err
	}
	fmt.Fprintf(p.stdout, "Serving %s in %s on %s (stop with Ctrl-C).\n",
		count(len(h.folders), "PCN", "PCNs"), shownPath(root), shownAddress(listener, server))
	return h.run(c.Context, listener, web.NewHost(h, h.log))
}

// service is how requests are served, as [server] has it.
func service(server config.Server, log *slog.Logger) (s web.Service, err error) {
	s = web.Service{Trusted: server.Trusted, Log: log}
	if server.Cert != "" {
		s.Certificate, err = web.LoadCertificate(server.Cert, server.Key, log)
	}
	return s, hint(err, "tls_cert and tls_key under [server] in config.toml name two PEM files: the certificate with its chain, and its key")
}

// shownAddress is what to type into a browser on this machine.
func shownAddress(l net.Listener, server config.Server) string {
	if server.Cert != "" {
		return "https://" + l.Addr().String()
	}
	return "http://" + l.Addr().String()
}

// listen opens the address given, or that of the configuration.
func (p *program) listen(address string, server config.Server) (net.Listener, error) {
	if address == "" {
		address = server.Listen
	}
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return nil, hint(fmt.Errorf("listen on %s: %w", address, errors.Unwrap(err)),
			"another program may be using that address: choose one with --listen 127.0.0.1:8081")
	}
	return listener, nil
}

// logger writes lines for the system's journal to standard error.
func (p *program) logger(verbose bool) *slog.Logger {
	level := slog.LevelInfo
	if verbose {
		level = slog.LevelDebug
	}
	return slog.New(slog.NewTextHandler(p.stderr, &slog.HandlerOptions{Level: level, ReplaceAttr: discreet}))
}

// discreet keeps whatever may be the secret of a link out of the log, wherever it comes from. Call stacks have no
// values in them, and names of functions that are as long.
func discreet(_ []string, a slog.Attr) slog.Attr {
	switch v := a.Value.Any().(type) {
	case error:
		a.Value = slog.StringValue(web.Discreet(v.Error()))
	case string:
		if a.Key != "stack" {
			a.Value = slog.StringValue(web.Discreet(v))
		}
	}
	return a
}

// siteOptions say how the feeds and pages present the PCN.
func (p *pcn) siteOptions(log *slog.Logger) web.Options {
	return web.Options{
		PCN: p.config.PCN.Name, Zone: p.config.Zone, Holidays: p.config.Holidays, Policies: p.config.Rotas,
		BaseURL: p.config.Server.BaseURL, NowPage: p.config.Server.NowPage, NowLink: p.config.Server.NowLink, WhyMine: p.whyMine,
		Desk: p.desk(), Clock: p.now, Log: log,
	}
}

// engine assembles the reminders.
func (p *pcn) engine(log *slog.Logger) (*notify.Engine, error) {
	letterhead, err := p.letterhead()
	if err != nil {
		return nil, err
	}
	sender, err := p.sender(letterhead)
	return &notify.Engine{
		Source: p.db, Outbox: p.db, Sender: sender, Rotas: append(slices.Clone(p.config.Rotas), p.config.Meetings), Log: log,
		Rules:   p.reminderRules(letterhead.Domain()),
		Manager: rota.Leader{Name: "PCN manager", Email: p.config.Manager.Email}, Watch: p.matters, Fair: p.balances, Tasks: p.tasks,
	}, err
}

// matters are what rota gaps says of all rotas at now.
func (p *pcn) matters(ctx context.Context, now time.Time) ([]notify.Matter, error) {
	found, err := p.watch(ctx, p.config.Rotas, rota.Date{}, now)
	if err != nil {
		return nil, err
	}
	matters := each(found, func(f rota.Finding) notify.Matter {
		return notify.Matter{Urgency: f.Urgency(p.dayOf(now)), Says: headed(f.Rota, f.Says), Do: remedyFor(f, now)}
	})
	unaddressed, err := p.unaddressed(ctx, now)
	if err != nil {
		return nil, err
	}
	declined, err := p.declined(ctx, now)
	if err != nil {
		return nil, err
	}
	neglected, err := p.neglected(ctx, now)
	return slices.Concat(unaddressed, declined, matters, neglected), err
}

// unaddressed tells of leaders in post whom no message can reach: whoever is on call with nobody reminding them may not come.
func (p *pcn) unaddressed(ctx context.Context, now time.Time) (matters []notify.Matter, err error) {
	people, err := p.db.Leaders(ctx)
	today := p.dayOf(now)
	for _, l := range people {
		if l.Email == "" && l.InPost(today, today) {
			matters = append(matters, notify.Matter{
				Urgency: rota.Urgent, Says: fmt.Sprintf("%s (%s) has no e-mail address, so no reminder and no change reaches them", l.Name, l.ID),
				Do: fmt.Sprintf("pcnrota leader edit %s --email ADDRESS", l.ID),
			})
		}
	}
	return matters, err
}
