package cli

import (
	"strings"
	"testing"

	"github.com/urfave/cli/v2"
)

func sampleApp() *cli.App {
	add := &cli.Command{Name: "add", Flags: []cli.Flag{
		&cli.StringFlag{Name: "name"}, &cli.StringSliceFlag{Name: "role", Aliases: []string{"r"}},
		&cli.BoolFlag{Name: "dry-run"}, &cli.IntFlag{Name: "weeks"},
	}}
	return &cli.App{
		Flags: globalFlags(),
		Commands: []*cli.Command{
			{Name: "leader", Subcommands: []*cli.Command{add, {Name: "list"}}},
			{Name: "now", Flags: []cli.Flag{&cli.BoolFlag{Name: "json"}}},
		},
	}
}

func TestArrange(t *testing.T) {
	for name, c := range map[string]struct{ typed, arranged string }{
		"in order already":               {"leader add --name X L1", "leader add --name X L1"},
		"flag after its argument":        {"leader add L1 --name X", "leader add --name X L1"},
		"flags on both sides":            {"leader add --dry-run L1 --name X", "leader add --dry-run --name X L1"},
		"value joined to its flag":       {"leader add L1 --name=X L2", "leader add --name=X L1 L2"},
		"short flag":                     {"leader add L1 -r X", "leader add -r X L1"},
		"switch takes no value":          {"leader add --dry-run L1", "leader add --dry-run L1"},
		"value that looks like a flag":   {"leader add L1 --weeks -3", "leader add --weeks -3 L1"},
		"home before the command":        {"--home D leader list", "--home D leader list"},
		"home after the command":         {"leader list --home D", "--home D leader list"},
		"home among arguments":           {"leader add L1 --home D --name X", "--home D leader add --name X L1"},
		"after -- everything is literal": {"leader add --name X -- --role L1", "leader add --name X -- --role L1"},
		"-- only where it is needed":     {"leader add -- L1", "leader add L1"},
		"unknown flag comes first":       {"leader add L1 --bogus", "leader add --bogus L1"},
		"lone dash is an argument":       {"leader add - --name X", "leader add --name X -"},
		"verb that stands alone":         {"now --json", "now --json"},
		"nothing":                        {"", ""},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := arrange(sampleApp(), strings.Fields("pcnrota "+c.typed))
			if err != nil {
				t.Fatal(err)
			}
			if want := strings.TrimSpace("pcnrota " + c.arranged); strings.Join(got, " ") != want {
				t.Errorf("got  %s\nwant %s", strings.Join(got, " "), want)
			}
		})
	}
}

func TestFlagWithoutItsValueIsRefused(t *testing.T) {
	for _, typed := range []string{"leader add L1 --name", "leader list --home"} {
		_, err := arrange(sampleApp(), strings.Fields("pcnrota "+typed))
		if err == nil || !strings.Contains(err.Error(), "needs a value") {
			t.Errorf("%s: %v", typed, err)
		}
	}
}

func TestUnknownCommandIsAnsweredWithTheNearest(t *testing.T) {
	for typed, want := range map[string]string{
		"leeder":     "did you mean pcnrota leader?",
		"leader lst": "did you mean pcnrota leader list?",
		"leader xyz": "pcnrota leader --help",
	} {
		_, err := arrange(sampleApp(), strings.Fields("pcnrota "+typed))
		var said strings.Builder
		if code := report(&said, endless, err); code != exitUsage || !strings.Contains(said.String(), "hint: "+want+"\n") {
			t.Errorf("%s: exit code %d and\n%s\nwant %d and %q", typed, code, &said, exitUsage, want)
		}
	}
}

func TestArgumentsOf(t *testing.T) {
	for _, c := range []struct {
		usage       string
		least, most int
	}{
		{"", 0, 0}, {"ID", 1, 1}, {"LEADER KIND FIRST [LAST]", 3, 4}, {"[LEADER]", 0, 1},
	} {
		if least, most := argumentsOf(c.usage); least != c.least || most != c.most {
			t.Errorf("%q: %d to %d, want %d to %d", c.usage, least, most, c.least, c.most)
		}
	}
}
