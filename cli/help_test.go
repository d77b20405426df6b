package cli

import (
	"bytes"
	"context"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/rivo/uniseg"
	"github.com/urfave/cli/v2"
)

// testProgram is the program with nothing around it: no environment, no terminal, a clock that stands.
func testProgram(t testing.TB) (p *program, stdout, stderr *bytes.Buffer) {
	t.Helper()
	text, err := os.ReadFile("../config.toml")
	if err != nil {
		t.Fatal(err)
	}
	stdout, stderr = new(bytes.Buffer), new(bytes.Buffer)
	p, err = newProgram(strings.NewReader(""), stdout, stderr, func(string) string { return "" }, text)
	if err != nil {
		t.Fatal(err)
	}
	p.now = func() time.Time { return time.Date(2026, time.December, 14, 9, 0, 0, 0, time.UTC) }
	return p, stdout, stderr
}

// allCommands gives the words of every command: "leader", "leader add".
func allCommands(commands []*cli.Command, before string) []string {
	var all []string
	for _, c := range commands {
		words := strings.TrimSpace(before + " " + c.Name)
		all = append(append(all, words), allCommands(c.Subcommands, words)...)
	}
	return all
}

func TestEveryCommandHasHelpThatFitsThePage(t *testing.T) {
	p, _, _ := testProgram(t)
	for _, words := range append(allCommands(p.commands(), ""), "") {
		t.Run(words, func(t *testing.T) {
			p, stdout, stderr := testProgram(t)
			if code := p.run(context.Background(), strings.Fields("pcnrota "+words+" --help")); code != exitOK || stderr.Len() > 0 {
				t.Fatalf("exit code %d, and %s", code, stderr)
			}
			for line := range strings.Lines(stdout.String()) {
				if strings.Contains(line, " ,") || strings.Contains(line, " :") {
					t.Errorf("a sentence with a hole, where the name of a value was taken out: %s", line)
				}
				if w := uniseg.StringWidth(strings.TrimRight(line, "\n")); w > plainWidth {
					t.Errorf("%d columns wide: %s", w, line)
				}
			}
		})
	}
}

func TestEveryCommandIsDescribed(t *testing.T) {
	p, _, _ := testProgram(t)
	var check func(path string, commands []*cli.Command)
	check = func(path string, commands []*cli.Command) {
		for _, c := range commands {
			words := path + " " + c.Name
			if c.Usage == "" || c.Description == "" {
				t.Errorf("%s: Usage or Description is missing", words)
			}
			if len(c.Subcommands) == 0 && c.Action == nil {
				t.Errorf("%s does nothing", words)
			}
			check(words, c.Subcommands)
		}
	}
	check("pcnrota", p.commands())
}
