package cli

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/urfave/cli/v2"

	"pcnrota/internal/sheet"
)

// importing is one file on its way in: all of it or nothing.
type importing[T any] struct {
	kind[T]
	file sheet.Kind
	read func(name string, data []byte) ([]T, error)
	have []T
	put  func(comparison[T]) error
	// keep gives is with those values of was about which the file, having no such column, says nothing.
	// Nil where every value is part of what a thing is.
	keep func(was, is T, has map[string]bool) (T, error)
	// addOnly leaves what is there already as it is, whatever else the file says of it.
	addOnly bool
}

// run reads the file that the command names, compares it with what there is, and writes what is new
// or different. It gives what it found.
func (i importing[T]) run(c *cli.Context, pcn *pcn) (found comparison[T], err error) {
	name, data, err := pcn.readFile(c.Args().First())
	if err != nil {
		return found, err
	}
	rows, err := i.read(name, data)
	if err != nil {
		return found, err
	}
	if ignored := sheet.Ignored(i.file, data); len(ignored) > 0 {
		pcn.warn("not read from %s: %s", name, strings.Join(ignored, ", "))
	}
	if err := i.keepUnsaid(rows, data); err != nil {
		return found, err
	}
	found = i.compare(i.have, rows)
	if i.addOnly {
		found.unchanged += len(found.changed)
		found.changed, found.how = nil, nil
	}
	switch {
	case len(found.added)+len(found.changed) == 0:
		fmt.Fprintf(pcn.stdout, "nothing to change: %s already as in %s\n", i.are(found.unchanged), name)
		return found, nil
	case pcn.rehearse:
		i.rehearse(pcn.stdout, found, name)
		return found, nil
	}
	if err := i.put(found); err != nil {
		return found, err
	}
	fmt.Fprintf(pcn.stdout, "%s: %s added, %d changed, %d unchanged\n", name, i.count(len(found.added)), len(found.changed), found.unchanged)
	return found, nil
}

// keepUnsaid completes the rows of things that are there already.
func (i importing[T]) keepUnsaid(rows []T, data []byte) (err error) {
	if i.keep == nil {
		return nil
	}
	has := sheet.Columns(i.file, data)
	for n, row := range rows {
		was, known := i.find(i.have, row)
		if !known {
			continue
		}
		if rows[n], err = i.keep(was, row, has); err != nil {
			return fmt.Errorf("%s: %w", i.label(row), err)
		}
	}
	return nil
}

// unlessSaid puts back what was where the file has no column for it.
func unlessSaid[T any](said bool, to *T, was T) {
	if !said {
		*to = was
	}
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
			return "", nil, hint(fmt.Errorf("cannot read %s: %w", path, reasonOf(err)), "give the path of a file, or - for standard input")
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
