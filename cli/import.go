package cli

import (
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/urfave/cli/v2"
)

// importing is one file on its way in: all of it or nothing.
type importing[T any] struct {
	kind[T]
	read func(name string, data []byte) ([]T, error)
	have []T
	put  func(comparison[T]) error
}

// run reads the file that the command names, compares it with what there is, and writes what is new
// or different.
func (i importing[T]) run(c *cli.Context, pcn *pcn) error {
	name, data, err := pcn.readFile(c.Args().First())
	if err != nil {
		return err
	}
	rows, err := i.read(name, data)
	if err != nil {
		return err
	}
	found := i.compare(i.have, rows)
	switch {
	case len(found.added)+len(found.changed) == 0:
		fmt.Fprintf(pcn.stdout, "nothing to change: %s already as in %s\n", i.are(found.unchanged), name)
		return nil
	case pcn.rehearse:
		i.rehearse(pcn.stdout, found, name)
		return nil
	}
	if err := i.put(found); err != nil {
		return err
	}
	fmt.Fprintf(pcn.stdout, "%s: %s added, %d changed, %d unchanged\n", name, i.count(len(found.added)), len(found.changed), found.unchanged)
	return nil
}

// rehearse says what each row would do.
func (i importing[T]) rehearse(w io.Writer, found comparison[T], name string) {
	for _, thing := range found.added {
		fmt.Fprintf(w, "would add %s\n", i.label(thing))
	}
	for n, thing := range found.changed {
		fmt.Fprintf(w, "would change %s: %s\n", i.label(thing), found.how[n])
	}
	fmt.Fprintf(w, "%s: %s to add, %d to change, %d unchanged (dry run: nothing was changed)\n",
		name, i.count(len(found.added)), len(found.changed), found.unchanged)
}

func (i importing[T]) are(n int) string {
	if n == 1 {
		return i.count(n) + " is"
	}
	return i.count(n) + " are"
}

// readFile reads a file that a person named; "-" is standard input.
func (p *program) readFile(path string) (name string, data []byte, err error) {
	const largest = 20 << 20
	var from io.Reader = p.stdin
	name = "standard input"
	if path != "-" {
		f, err := os.Open(path)
		if err != nil {
			return "", nil, hint(fmt.Errorf("cannot read %s: %w", path, reasonOf(err)), "give the path of a CSV file, or - for standard input")
		}
		defer f.Close()
		from, name = f, filepath.Base(path)
	}
	data, err = io.ReadAll(io.LimitReader(from, largest+1))
	switch {
	case err != nil:
		return "", nil, fmt.Errorf("cannot read %s: %w", path, reasonOf(err))
	case len(data) > largest:
		return "", nil, wrong(fmt.Sprintf("%s is larger than 20 MB; is it a CSV file?", path))
	}
	return name, data, nil
}
