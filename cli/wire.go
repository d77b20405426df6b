package cli

import (
	"fmt"
	"io"
	"os"
	"time"

	"golang.org/x/term"

	"pcnrota/notify/mail"
)

// program is everything that comes to the commands from outside.
type program struct {
	stdin         io.Reader
	stdout        io.Writer
	stderr        io.Writer
	getenv        func(string) string
	now           func() time.Time
	out, err      terminal // what stdout and stderr can do
	defaultConfig []byte
	paces         mail.Paces // how fast mail servers are sent to
	typed         string     // how the program is called where it is running now
}

// terminal says what a stream can do.
type terminal struct {
	interactive bool // somebody is watching
	colour      bool
	width       int // columns
}

const (
	// plainWidth is the width of a page of text, and of a terminal that does not tell its own.
	plainWidth = 80
	// endless is the width of a file or a pipe: a table that is kept or searched must not be cut.
	endless = 10_000
)

// prose is the width of sentences: lines of more than a page are hard to read.
func (t terminal) prose() int { return min(t.width, plainWidth) }

// newProgram wires the commands to a process. PCNROTA_NOW, an RFC 3339 time, stands in for the clock:
// for rehearsals ("what would the rota show on that night?") and for tests.
func newProgram(stdin io.Reader, stdout, stderr io.Writer, getenv func(string) string, defaultConfig []byte) (*program, error) {
	p := &program{
		stdin: stdin, stdout: stdout, stderr: stderr, getenv: getenv, now: time.Now,
		out: terminalOf(stdout, getenv), err: terminalOf(stderr, getenv), defaultConfig: defaultConfig, typed: "pcnrota",
	}
	rehearsed := getenv("PCNROTA_NOW")
	if rehearsed == "" {
		return p, nil
	}
	at, err := time.Parse(time.RFC3339, rehearsed)
	if err != nil {
		return nil, usage(fmt.Sprintf("PCNROTA_NOW is %q, which is not a time", rehearsed),
			"write it like 2027-01-04T18:30:00Z, or leave it unset")
	}
	p.now = func() time.Time { return at }
	return p, nil
}

// terminalOf looks at the stream. Colour follows no-color.org.
func terminalOf(w io.Writer, getenv func(string) string) terminal {
	f, ok := w.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return terminal{width: endless}
	}
	t := terminal{interactive: true, width: plainWidth}
	t.colour = getenv("NO_COLOR") == "" && getenv("TERM") != "dumb"
	if width, _, err := term.GetSize(int(f.Fd())); err == nil && width > 0 {
		t.width = width
	}
	return t
}
