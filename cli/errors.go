package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"

	"github.com/urfave/cli/v2"

	"pcnrota/internal/config"
	"pcnrota/internal/sheet"
	"pcnrota/internal/sqlite"
)

// hinted is an error with what to type next.
type hinted struct {
	err   error
	hints []string
}

func (h *hinted) Error() string { return h.err.Error() }
func (h *hinted) Unwrap() error { return h.err }

// hint adds what to type to an error.
func hint(err error, hints ...string) error {
	if err == nil {
		return nil
	}
	return &hinted{err, hints}
}

// wrong makes an error of a sentence and hints.
func wrong(says string, hints ...string) error { return hint(errors.New(says), hints...) }

// misused marks an error of the command line itself: exit code 2.
type misused struct{ error }

func (m misused) Unwrap() error { return m.error }

// errAnswered ends a command whose answer, printed already, is no: exit code 1 and not another word.
var errAnswered = errors.New("answered")

// usage makes an error of the command line itself.
func usage(says string, hints ...string) error { return misused{wrong(says, hints...)} }

// postponed marks an error after which the mail server that called should try again later: exit code 75.
type postponed struct{ error }

func (e postponed) Unwrap() error { return e.error }

// report prints err, if any, for a person, and gives the exit code.
func report(w io.Writer, width int, err error) int {
	if later := (postponed{}); errors.As(err, &later) {
		report(w, width, later.error)
		return exitLater
	}
	var faults faultReport
	var h *hinted
	switch {
	case err == nil:
		return exitOK
	case errors.Is(err, errAnswered):
		return exitFailed
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(w, "pcnrota: stopped before it was done")
		return exitFailed
	case faults.of(err):
		faults.print(w, width)
		return exitFailed
	}
	said := []string{"pcnrota: " + err.Error()}
	for e := err; errors.As(e, &h); e = h.err {
		for _, text := range h.hints {
			said = append(said, "hint: "+text)
		}
	}
	if r := (*sqlite.Refusal)(nil); errors.As(err, &r) && r.Hint() != "" {
		said = append(said, "hint: "+r.Hint())
	}
	for _, sentence := range said {
		writeFolded(w, width, sentence)
	}
	if errors.As(err, new(misused)) {
		return exitUsage
	}
	return exitFailed
}

// faultReport is what a file with faults in it gets back: all of them, and how many there are.
type faultReport struct {
	text string
	n    int
}

func (f *faultReport) of(err error) bool {
	var inConfig config.Faults
	var inSheet sheet.Faults
	var inTemplates templateFaults
	switch {
	case errors.As(err, &inConfig):
		*f = faultReport{inConfig.Error(), len(inConfig)}
	case errors.As(err, &inSheet):
		*f = faultReport{inSheet.Error(), len(inSheet)}
	case errors.As(err, &inTemplates):
		*f = faultReport{inTemplates.Error(), len(inTemplates)}
	default:
		return false
	}
	return true
}

func (f *faultReport) print(w io.Writer, width int) {
	writeFolded(w, width, strings.TrimRight(f.text, "\n")+"\n")
	fmt.Fprintf(w, "pcnrota: %s; nothing was changed\n", count(f.n, "fault", "faults"))
}

// onUsageError puts the parser's errors into words.
func onUsageError(c *cli.Context, err error, _ bool) error {
	help := strings.TrimSpace(c.Command.HelpName) + " --help"
	const unknown = "flag provided but not defined: -"
	text := err.Error()
	switch {
	case strings.HasPrefix(text, unknown):
		return unknownFlag(c, strings.TrimPrefix(text, unknown), help)
	case strings.HasPrefix(text, "invalid value ") || strings.HasPrefix(text, "invalid boolean value "):
		value, rest, _ := strings.Cut(strings.TrimPrefix(strings.TrimPrefix(text, "invalid "), "boolean "), " for ")
		flag, _, _ := strings.Cut(strings.TrimLeft(strings.TrimPrefix(rest, "flag "), "-"), ":")
		return usage(fmt.Sprintf("--%s cannot be %s", flag, strings.TrimPrefix(value, "value ")), help)
	default:
		return misused{hint(err, help)}
	}
}

func unknownFlag(c *cli.Context, name, help string) error {
	var known []string
	for _, f := range append(c.Command.Flags, c.App.Flags...) {
		known = append(known, f.Names()...)
	}
	says := fmt.Sprintf("%s has no flag --%s", c.Command.HelpName, name)
	if near := nearest(name, known); near != "" {
		return usage(says, fmt.Sprintf("did you mean --%s?", near), help)
	}
	return usage(says, help)
}

func unknownCommand(path, word string, known []*cli.Command) error {
	var names []string
	for _, c := range known {
		names = append(names, c.Name)
	}
	says := fmt.Sprintf("%s has no command %q", path, word)
	if near := nearest(word, names); near != "" {
		return usage(says, fmt.Sprintf("did you mean %s %s?", path, near), path+" --help")
	}
	return usage(says, path+" --help")
}

// reasonOf is why a file operation did not succeed, without the path that the sentence names already.
func reasonOf(err error) error {
	var at *fs.PathError
	if errors.As(err, &at) {
		return at.Err
	}
	return err
}
