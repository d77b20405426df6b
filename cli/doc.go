// Package cli is how pcnrota is operated: it assembles the program and gives it its commands.
//
// # A command
//
// Commands are nouns with verbs: "pcnrota leader add". Each verb is a file of its own that holds a
// constructor of its *cli.Command, with its help, and the function that does the work:
//
//	func (p *program) bodyList() *cli.Command {
//		return &cli.Command{
//			Name: "list", Usage: "list the partner bodies",
//			Flags:  outputFlags(),
//			Action: p.inPCN(bodyList),
//		}
//	}
//
//	func bodyList(c *cli.Context, pcn *pcn) error { ... }
//
// It is added to its noun, or, where it is a noun itself, to commands.go. ArgsUsage is read, not only
// shown: "LEADER KIND FIRST [LAST]" asks for three or four arguments, and any other number of them is
// refused before the Action runs.
//
// # What a command may count on
//
// program holds everything that comes from outside: the streams, the environment, the clock, what
// the terminal can do. Commands read none of these by themselves, so tests run them in process.
// inPCN opens the folder (config.toml and the database), and closes it afterwards.
//
// # What a person sees
//
// Data goes to standard output: as a table that fits the terminal, or as JSON, or as CSV. Everything
// else goes to standard error. An error is one sentence, then hints that say what to type (hinted).
// A file with several faults is reported whole. The exit code is 0 for done, 1 for failed, 2 for a
// command line that could not be understood.
package cli
