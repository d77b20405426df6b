// Command pcnrota builds fair on-call rotas for a Primary Care Network, publishes them as calendars
// and reminds people by e-mail. Everything it does begins in package cli.
package main

import (
	_ "embed"
	"os"
	_ "time/tzdata" // the PCN's zone is known on machines that have no zone database

	"pcnrota/cli"
)

//go:embed config.toml
var defaultConfig []byte

func main() {
	os.Exit(cli.Run(os.Args, os.Stdin, os.Stdout, os.Stderr, defaultConfig))
}
