package cli

import (
	"fmt"
	"runtime/debug"

	"github.com/urfave/cli/v2"
)

func (p *program) versionCommand() *cli.Command {
	return &cli.Command{
		Name: "version", Category: about, Usage: "show the version",
		Description: "Shows which pcnrota this is, for a bug report.",
		Action:      p.version,
	}
}

func (p *program) version(*cli.Context) error {
	_, err := fmt.Fprintf(p.stdout, "pcnrota %s\n", builtVersion())
	return err
}

// builtVersion is what the Go toolchain stamped into the binary.
func builtVersion() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" {
		return "(unknown)"
	}
	return info.Main.Version
}
