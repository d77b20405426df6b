package cli

import (
	"context"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/urfave/cli/v2"
)

// Exit codes.
const (
	exitOK     = 0
	exitFailed = 1
	exitUsage  = 2
	exitLater  = 75 // EX_TEMPFAIL of sysexits.h, for mail servers
)

// Run runs the command line args, args[0] being the name of the program, and gives the exit code.
// defaultConfig is the commented config.toml that "pcnrota init" writes. Ctrl-C and SIGTERM ask the
// command to stop; a second one ends the process at once.
func Run(args []string, stdin io.Reader, stdout, stderr io.Writer, defaultConfig []byte) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop)
	p, err := newProgram(stdin, stdout, stderr, os.Getenv, defaultConfig)
	if err != nil {
		return report(stderr, endless, err)
	}
	if strings.Contains(args[0], "go-build") { // a temporary file of the go command, gone afterwards
		p.typed = "go run ."
	}
	return p.run(ctx, args)
}

// run does one command.
func (p *program) run(ctx context.Context, args []string) int {
	app := p.app()
	line, err := readLine(app, args)
	switch {
	case err != nil:
		return report(p.stderr, p.err.width, err)
	case line.wantsHelp():
		return report(p.stderr, p.err.width, p.help(line))
	}
	return report(p.stderr, p.err.width, app.RunContext(ctx, line.arranged()))
}

// app is the whole command line.
func (p *program) app() *cli.App {
	app := &cli.App{
		Name:                      "pcnrota",
		Usage:                     "fair on-call rotas, calendars and reminders for a Primary Care Network",
		Commands:                  p.commands(),
		Flags:                     globalFlags(),
		Reader:                    p.stdin,
		Writer:                    p.stdout,
		ErrWriter:                 p.stderr,
		Action:                    p.version, // a line without a command is answered with help, unless it says --version
		OnUsageError:              onUsageError,
		ExitErrHandler:            func(*cli.Context, error) {}, // the default ends the process
		HideHelp:                  true,                         // help.go has its own
		HideVersion:               true,
		DisableSliceFlagSeparator: true, // "--role 'Lead, digital'" is one role
	}
	prepare(app.Commands)
	return app
}

// prepare gives every command what all commands share.
func prepare(commands []*cli.Command) {
	for _, c := range commands {
		c.HideHelp = true
		c.OnUsageError = onUsageError
		if len(c.Subcommands) == 0 {
			c.Action = countArguments(c.Action)
		}
		prepare(c.Subcommands)
	}
}

func globalFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringFlag{Name: "home", Usage: "`DIR` the PCN's folder; without it PCNROTA_HOME, or this folder"},
		&cli.BoolFlag{Name: "help", Aliases: []string{"h"}, Usage: "show help for a command"},
		&cli.BoolFlag{Name: "version", Usage: "show the version", Hidden: true},
	}
}
