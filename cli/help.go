package cli

import (
	"fmt"
	"io"
	"strings"

	"github.com/urfave/cli/v2"
)

// help prints what the line asks about: the whole program, a noun or a verb.
func (p *program) help(l line) error {
	app := p.app()
	if len(l.commands) == 0 {
		helpProgram(p.stdout, app)
		return nil
	}
	if c := l.command(); len(c.Subcommands) > 0 {
		helpNoun(p.stdout, l.path(), c)
	} else {
		helpVerb(p.stdout, l.path(), c, app)
	}
	return nil
}

func helpProgram(w io.Writer, app *cli.App) {
	helpHeading(w, "pcnrota", app.Usage)
	fmt.Fprintf(w, "usage: pcnrota COMMAND [flags]\n\n")
	fmt.Fprint(w, story)
	category := ""
	for _, c := range app.Commands {
		if c.Hidden {
			continue
		}
		if c.Category != category {
			category = c.Category
			fmt.Fprintf(w, "\n%s:\n", category)
		}
		item(w, 11, c.Name, c.Usage)
	}
	fmt.Fprintf(w, "\nwith every command:\n")
	helpFlags(w, app.Flags)
	fmt.Fprintf(w, "\nPCNROTA_NOW=2027-01-04T18:30:00Z in the environment rehearses that moment.\n")
}

func helpNoun(w io.Writer, path string, c *cli.Command) {
	helpHeading(w, path, c.Usage)
	fmt.Fprintf(w, "usage: %s VERB [flags]\n\n", path)
	helpDescription(w, c)
	for _, verb := range c.Subcommands {
		item(w, 9, verb.Name, verb.Usage)
	}
	fmt.Fprintf(w, "\n%s VERB --help tells more.\n", path)
}

func helpVerb(w io.Writer, path string, c *cli.Command, app *cli.App) {
	helpHeading(w, path, c.Usage)
	fmt.Fprintf(w, "usage: %s\n\n", usageOf(path, c))
	helpDescription(w, c)
	if len(c.Flags) > 0 {
		fmt.Fprintf(w, "flags:\n")
		helpFlags(w, c.Flags)
	}
	fmt.Fprintf(w, "\nwith every command:\n")
	helpFlags(w, app.Flags)
}

func helpHeading(w io.Writer, path, about string) {
	fmt.Fprintf(w, "%s\n\n", strings.Join(wrap(path+": "+about, plainWidth), "\n"))
}

// usageOf gives the shape of a command: "pcnrota leader add ID [flags]".
func usageOf(path string, c *cli.Command) string {
	words := []string{path}
	if c.ArgsUsage != "" {
		words = append(words, c.ArgsUsage)
	}
	if len(c.Flags) > 0 {
		words = append(words, "[flags]")
	}
	return strings.Join(words, " ")
}

// helpDescription fills the lines of each paragraph. Lines that begin with a blank are examples and stay
// as they are.
func helpDescription(w io.Writer, c *cli.Command) {
	if c.Description == "" {
		return
	}
	prose := ""
	flush := func() {
		if prose != "" {
			fmt.Fprintln(w, strings.Join(wrap(prose, plainWidth), "\n"))
		}
		prose = ""
	}
	for line := range strings.SplitSeq(strings.Trim(c.Description, "\n"), "\n") {
		if line != "" && line[0] != ' ' {
			prose += " " + line
			continue
		}
		flush()
		fmt.Fprintln(w, line)
	}
	flush()
	fmt.Fprintln(w)
}

func helpFlags(w io.Writer, flags []cli.Flag) {
	width := 0
	for _, f := range flags {
		if head, _ := flagHelp(f); visible(f) {
			width = max(width, len(head))
		}
	}
	for _, f := range flags {
		if head, text := flagHelp(f); visible(f) {
			item(w, min(width, 30), head, text)
		}
	}
}

func visible(f cli.Flag) bool {
	v, ok := f.(cli.VisibleFlag)
	return !ok || v.IsVisible()
}

// flagHelp gives "--name NAME" and what it is for. The flag's Usage begins with the name of the value
// in backquotes.
func flagHelp(f cli.Flag) (head, text string) {
	head = "--" + f.Names()[0]
	documented, ok := f.(cli.DocGenerationFlag)
	if !ok {
		return head, ""
	}
	text = documented.GetUsage()
	if before, rest, quoted := strings.Cut(text, "`"); quoted {
		value, after, _ := strings.Cut(rest, "`")
		return head + " " + value, strings.TrimSpace(before + after)
	}
	return head, text
}

// item prints one line of a list of terms, wrapped to the width of a page.
func item(w io.Writer, width int, head, text string) {
	indent := 2 + width + 2
	if len(head) > width {
		fmt.Fprintf(w, "  %s\n", head)
		head = ""
	}
	for i, l := range wrap(text, plainWidth-indent) {
		if i > 0 {
			head = ""
		}
		fmt.Fprintf(w, "  %-*s  %s\n", width, head, l)
	}
}
