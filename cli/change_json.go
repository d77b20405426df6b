package cli

import (
	"bytes"
	"strings"

	"github.com/urfave/cli/v2"
)

// doneView is what a command that changes something says in JSON.
type doneView struct {
	Says   string `json:"says"` // what it says in words otherwise
	DryRun bool   `json:"dry_run"`
	Result any    `json:"result"` // what there is now, or would be; null where nothing had to change
}

// changeFlags are the flags of a command that changes something.
func changeFlags() []cli.Flag { return []cli.Flag{jsonFlag(), dryRunFlag()} }

// telling lets a command that changes something answer in JSON. The command gives what it made as pcn.result.
func telling(do func(*cli.Context, *pcn) error) func(*cli.Context, *pcn) error {
	return func(c *cli.Context, p *pcn) error {
		if !c.Bool("json") {
			return do(c, p)
		}
		var said bytes.Buffer
		out := p.stdout
		p.stdout = &said
		err := do(c, p)
		if p.stdout = out; err != nil {
			return err
		}
		return writeJSON(out, doneView{strings.Join(strings.Fields(said.String()), " "), p.rehearse, p.result})
	}
}
