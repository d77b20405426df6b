package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"pcnrota/internal/config"
	"pcnrota/internal/sqlite"
	"pcnrota/rota"
)

// The files of a PCN's folder.
const (
	configFile   = "config.toml"
	databaseFile = "pcnrota.db"
	outboxFolder = "outbox"
)

// pcn is one PCN's folder, open.
type pcn struct {
	*program
	dir      string
	config   config.Config
	db       *sqlite.DB
	at       time.Time // when the command was given
	rehearse bool      // --dry-run

	foreseen []rota.Leader  // as they will be once the command is done: rotas are planned with them
	granted  []rota.Absence // count as approved, though the database does not say so yet
	replied  []rota.Reply   // count as given, likewise
	pinned   []rota.Pin     // count as settled by hand, likewise

	result any // what a command that changes something has made, for JSON
}

// inPCN makes an action of a function that works on the folder: opens it before and closes it after.
func (p *program) inPCN(do func(*cli.Context, *pcn) error) cli.ActionFunc {
	return func(c *cli.Context) (err error) {
		pcn, err := p.open(c.Context, p.home(c))
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, pcn.db.Close()) }()
		pcn.rehearse = c.Bool("dry-run")
		c.Context = sqlite.WithAuthor(c.Context, sqlite.Author{
			Who: pcn.author(c), Command: strings.TrimPrefix(c.Command.HelpName, "pcnrota "), Why: c.String("reason"), Now: p.now,
		})
		return do(c, pcn)
	}
}

// author names who gives the command: --by, or the user of this computer.
func (p *program) author(c *cli.Context) string {
	for _, name := range []string{c.String("by"), p.getenv("USER"), p.getenv("USERNAME")} {
		if name != "" {
			return name
		}
	}
	return "PCN manager"
}

// home is the folder that the command is about.
func (p *program) home(c *cli.Context) string {
	switch {
	case c.String("home") != "":
		return c.String("home")
	case p.getenv("PCNROTA_HOME") != "":
		return p.getenv("PCNROTA_HOME")
	default:
		return "."
	}
}

// open reads the configuration and opens the database in dir.
func (p *program) open(ctx context.Context, dir string) (*pcn, error) {
	settings, err := p.loadConfig(dir)
	if err != nil {
		return nil, err
	}
	db, err := sqlite.Open(ctx, filepath.Join(dir, databaseFile))
	if err != nil {
		return nil, err
	}
	opened := &pcn{program: p, dir: dir, config: settings, db: db, at: p.now()}
	opened.announce()
	return opened, nil
}

func (p *program) loadConfig(dir string) (config.Config, error) {
	path := filepath.Join(dir, configFile)
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return config.Config{}, wrong(fmt.Sprintf("there is no PCN here: %s has no %s", shownPath(dir), configFile),
			"pcnrota init, to begin one here", "--home DIR, to work in another folder")
	}
	return config.Load(path, p.getenv)
}

// shownPath gives the path in full: "." says nothing in an error.
func shownPath(path string) string {
	if full, err := filepath.Abs(path); err == nil {
		return full
	}
	return path
}

// today is the day that the PCN's clocks show.
func (p *pcn) today() rota.Date { return p.dayOf(p.at) }

// dayOf is the day that the PCN's clocks show at t.
func (p *pcn) dayOf(t time.Time) rota.Date { return rota.CivilOf(t, p.config.Zone).Date }

// dryRunFlag belongs to every command that changes data.
func dryRunFlag() cli.Flag {
	return &cli.BoolFlag{Name: "dry-run", Usage: "check everything and say what would change, but change nothing"}
}
