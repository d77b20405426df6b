package cli

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// named refuses a file whose name does not end as its kind does: the wrong program would open it, and no file
// of the PCN's own can be overwritten by mistake.
func named(flag, file, ending string) error {
	if strings.EqualFold(filepath.Ext(file), ending) {
		return nil
	}
	return usage(fmt.Sprintf("--%s makes a file whose name ends in %s, and %q does not", flag, ending, file),
		fmt.Sprintf("--%s %s%s", flag, strings.TrimSuffix(filepath.Base(file), filepath.Ext(file)), ending))
}

// writeWhole writes a file in one step: a reader finds the old file or the new one, and never half of it.
func writeWhole(file string, write func(io.Writer) error) error {
	var b bytes.Buffer
	if err := write(&b); err != nil {
		return err
	}
	beside := file + ".part"
	if err := os.WriteFile(beside, b.Bytes(), 0o644); err != nil {
		return wrong(fmt.Sprintf("%s cannot be written: %v", file, reasonOf(err)), "name a folder that is there and may be written to")
	}
	if err := os.Rename(beside, file); err != nil {
		os.Remove(beside)
		return wrong(fmt.Sprintf("%s cannot be written: %v", file, reasonOf(err)), "close it where it is open in another program")
	}
	return nil
}
