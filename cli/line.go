package cli

import (
	"fmt"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"
)

// line is a command line taken apart. The parser wants flags before arguments and global flags before
// the command; people put them where they come to mind, so they are put in order first.
type line struct {
	program   string
	commands  []*cli.Command // from noun to verb
	global    []string       // flags of the whole program, with their values
	flags     []string       // flags of the command, with their values, and those nobody knows
	arguments []string
	help      bool
	version   bool
}

// arrange puts args in the order that the parser needs: global flags, command, flags, arguments. What
// follows "--" is an argument whatever it looks like. Flags that nobody knows stand with the others, so
// that the parser's error names them.
func arrange(app *cli.App, args []string) ([]string, error) {
	l, err := readLine(app, args)
	return l.arranged(), err
}

func readLine(app *cli.App, args []string) (line, error) {
	l := line{program: args[0]}
	rest := args[1:]
	for len(rest) > 0 {
		word := rest[0]
		rest = rest[1:]
		switch {
		case word == "--":
			l.arguments = append(l.arguments, rest...)
			rest = nil
		case isFlag(word):
			var err error
			if rest, err = l.takeFlag(app, word, rest); err != nil {
				return l, err
			}
		default:
			if err := l.takeWord(app, word); err != nil {
				return l, err
			}
		}
	}
	return l, nil
}

func isFlag(word string) bool { return len(word) > 1 && word[0] == '-' }

// takeFlag adds a flag, with its value where it needs one, and gives what is left.
func (l *line) takeFlag(app *cli.App, word string, rest []string) ([]string, error) {
	name, _, hasValue := strings.Cut(strings.TrimLeft(word, "-"), "=")
	flag, where := findFlag(l.known(), name), &l.flags
	if flag == nil {
		if flag = findFlag(app.Flags, name); flag != nil {
			where = &l.global
		}
	}
	l.help = l.help || (where == &l.global && (name == "help" || name == "h"))
	l.version = l.version || (where == &l.global && name == "version")
	*where = append(*where, word)
	switch {
	case !takesValue(flag) || hasValue:
		return rest, nil
	case len(rest) == 0:
		return nil, usage(fmt.Sprintf("%s needs a value", word), l.path()+" --help")
	default:
		*where = append(*where, rest[0])
		return rest[1:], nil
	}
}

// takeWord adds a word that is no flag: a noun, a verb, or an argument.
func (l *line) takeWord(app *cli.App, word string) error {
	verbs := l.verbs(app)
	if len(verbs) > 0 && word == "help" {
		l.help = true
		return nil
	}
	if len(verbs) == 0 {
		l.arguments = append(l.arguments, word)
		return nil
	}
	for _, c := range verbs {
		if c.HasName(word) {
			l.commands = append(l.commands, c)
			return nil
		}
	}
	return unknownCommand(l.path(), word, verbs)
}

// verbs gives the commands that can come next.
func (l *line) verbs(app *cli.App) []*cli.Command {
	if len(l.commands) == 0 {
		return app.Commands
	}
	return l.command().Subcommands
}

func (l *line) command() *cli.Command { return l.commands[len(l.commands)-1] }

func (l *line) known() []cli.Flag {
	if len(l.commands) == 0 {
		return nil
	}
	return l.command().Flags
}

// path is what has been typed so far: "pcnrota leader add".
func (l *line) path() string {
	words := []string{"pcnrota"}
	for _, c := range l.commands {
		words = append(words, c.Name)
	}
	return strings.Join(words, " ")
}

// wantsHelp is true where help is asked for, and where a noun stands alone.
func (l *line) wantsHelp() bool {
	if l.help {
		return true
	}
	if len(l.commands) == 0 {
		return !l.version && len(l.flags) == 0
	}
	return len(l.command().Subcommands) > 0 && len(l.flags) == 0
}

func (l *line) arranged() []string {
	args := append([]string{l.program}, l.global...)
	for _, c := range l.commands {
		args = append(args, c.Name)
	}
	args = append(args, l.flags...)
	if slices.ContainsFunc(l.arguments, isFlag) {
		args = append(args, "--")
	}
	return append(args, l.arguments...)
}

func findFlag(flags []cli.Flag, name string) cli.Flag {
	for _, f := range flags {
		if slices.Contains(f.Names(), name) {
			return f
		}
	}
	return nil
}

func takesValue(f cli.Flag) bool {
	documented, ok := f.(cli.DocGenerationFlag)
	return ok && documented.TakesValue()
}

// countArguments refuses a number of arguments that ArgsUsage does not allow.
func countArguments(action cli.ActionFunc) cli.ActionFunc {
	return func(c *cli.Context) error {
		least, most := argumentsOf(c.Command.ArgsUsage)
		have := c.Args().Len()
		if have >= least && have <= most {
			return action(c)
		}
		says := fmt.Sprintf("%s asks for %s", c.Command.HelpName, c.Command.ArgsUsage)
		switch {
		case most == 0:
			says = fmt.Sprintf("%s takes no argument, so what is %q?", c.Command.HelpName, c.Args().First())
		case have > most:
			says = fmt.Sprintf("%s asks for %s only, so what is %q?", c.Command.HelpName, c.Command.ArgsUsage, c.Args().Get(most))
		}
		hints := []string{c.Command.HelpName + " --help"}
		if have > most && most > 0 {
			hints = append(hints, "put quotes around words that belong together")
		}
		return usage(says, hints...)
	}
}

// argumentsOf reads "LEADER [FROM] [FILE...]": how many arguments it asks for and how many it allows.
func argumentsOf(argsUsage string) (least, most int) {
	for _, word := range strings.Fields(argsUsage) {
		most++
		if word[0] != '[' {
			least++
		}
		if strings.Contains(word, "...") {
			most += 1 << 16
		}
	}
	return least, most
}
