package cli

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestMain makes the program itself available to the scripts as "pcnrota".
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"pcnrota": func() {
		text, err := os.ReadFile(os.Getenv("DEFAULT_CONFIG"))
		if err != nil {
			panic(err)
		}
		os.Exit(Run(os.Args, os.Stdin, os.Stdout, os.Stderr, text))
	}})
}

// TestScripts runs every script in testdata/script in a folder of its own, in the morning of 14 December
// 2026. "exits 2 pcnrota ..." asks for that exit code; [shared] is true where the samples are there.
func TestScripts(t *testing.T) {
	shared, config := abs(t, "../../shared"), abs(t, "../config.toml")
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("PCNROTA_NOW", "2026-12-14T09:00:00Z")
			env.Setenv("SHARED", shared)
			env.Setenv("DEFAULT_CONFIG", config)
			return serveCalendars(env)
		},
		Condition: func(condition string) (bool, error) {
			if condition != "shared" {
				return false, errors.New("unknown condition")
			}
			_, err := os.Stat(filepath.Join(shared, "samples"))
			return err == nil, nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"exits": exits},
	})
}

// exits runs a command and asks for its exit code.
func exits(ts *testscript.TestScript, _ bool, args []string) {
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	code := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		var exit *exec.ExitError
		if !errors.As(err, &exit) {
			ts.Fatalf("%v", err)
		}
		code = exit.ExitCode()
	}
	if code != want {
		ts.Fatalf("exit code %d, want %d", code, want)
	}
}

func abs(t *testing.T, path string) string {
	t.Helper()
	full, err := filepath.Abs(path)
	if err != nil {
		t.Fatal(err)
	}
	return full
}
