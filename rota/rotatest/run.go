package rotatest

import (
	"context"
	"os"
	"path/filepath"
)

// T is what Run needs of a *testing.T. The program itself uses the checker, and should not carry package
// testing for that.
type T interface {
	Helper()
	Context() context.Context
	Errorf(format string, args ...any)
	Fatal(args ...any)
}

// Run plays the scenario in the named file and reports every statement that did not come true.
func Run(t T, file string) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	scenario, err := Load(filepath.Base(file), text)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range scenario.Play(t.Context()) {
		t.Errorf("%s:%d: %s\n\t%s", scenario.Name, f.Line, f.Text, f.Problem)
	}
}
