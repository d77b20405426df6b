package cli

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"strings"
	"testing"
	"time"

	"pcnrota/internal/sqlite"
)

// yearConfig is a PCN whose shifts are few enough to be built in no time. Its pattern and its rules are
// written down a second time in year_check_test.go, in other words.
const yearConfig = `[pcn]
name = "A year"
[swaps]
approval = %t
[[rota]]
name = "on-call"
title = "On call"
registration = "ignored"
different_practices = true
rules = { rest_hours = 24, at_most = [{ duties = 2, days = 7 }] }
[[rota.tier]]
name = "first"
[[rota.tier]]
name = "second"
weight = 0.5
[[rota.shift]]
name = "night"
days = ["Mon", "Tue", "Wed", "Thu"]
start = "18:30"
end = "08:00"
[[rota.shift]]
name = "weekend"
days = ["Fri"]
start = "18:30"
end = "08:00"
ends_after_days = 3
points = { weekend = 2 }
`

// TestAYearOfAnything plays random commands over a simulated year, with both changes of the clocks in it, and
// after each looks whether what must always be so still is: see year_check_test.go. The same seed gives the
// same year; PCNROTA_YEAR_SEED plays one seed, PCNROTA_YEAR_STEPS makes the years longer or shorter.
func TestAYearOfAnything(t *testing.T) {
	seeds, steps := []uint64{1, 2, 3}, 60
	if one, err := strconv.ParseUint(os.Getenv("PCNROTA_YEAR_SEED"), 10, 64); err == nil {
		seeds = []uint64{one}
	}
	if n, err := strconv.Atoi(os.Getenv("PCNROTA_YEAR_STEPS")); err == nil {
		steps = n
	}
	for _, seed := range seeds {
		t.Run(fmt.Sprintf("seed %d", seed), func(t *testing.T) {
			t.Parallel()
			y := newYear(t, seed)
			defer y.told()
			for range steps {
				y.passes(time.Duration(y.upTo(2*365*24*60/steps)) * time.Minute)
				y.step()
			}
			y.audit()
			if y.done < steps/4 {
				t.Errorf("only %d of %d commands did anything: this is not much of a test", y.done, steps)
			}
		})
	}
}

// year is a PCN on its way through one.
type year struct {
	t       *testing.T
	dir     string
	seed    uint64
	random  uint64 // state of splitmix64
	now     time.Time
	leaders int // so many were ever added
	done    int // so many commands changed something
	played  []string
	memory  memory
	tables  *sql.DB // the database beside the program, to read only
}

func newYear(t *testing.T, seed uint64) *year {
	y := &year{t: t, dir: t.TempDir(), seed: seed, random: seed, now: time.Date(2027, time.January, 4, 9, 0, 0, 0, time.UTC), memory: newMemory()}
	y.must("init")
	text := fmt.Sprintf(yearConfig, seed%3 == 0)
	if err := os.WriteFile(filepath.Join(y.dir, configFile), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	for n := range 4 {
		y.must(fmt.Sprintf("practice add Y%d --name Practice%d", n, n))
	}
	for range 8 {
		y.must(y.joiner())
	}
	y.must("rota build --from 2027-01-04 --weeks 5")
	y.must("rota publish")
	y.check()
	return y
}

// joiner is the command that adds the next leader.
func (y *year) joiner() string {
	y.leaders++
	return fmt.Sprintf("leader add L%d --name Name%[1]d --practice Y%d --email l%[1]d@example.org --phone 0%[1]d --wte %[3]s", y.leaders, y.leaders%4, []string{"1", "0.8", "0.5"}[y.leaders%3])
}

// upTo gives a number from 0 to n-1, by splitmix64.
func (y *year) upTo(n int) int {
	y.random += 0x9e3779b97f4a7c15
	z := y.random
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return int((z ^ z>>31) % uint64(n))
}

func (y *year) oneIn(n int) bool { return y.upTo(n) == 0 }

// told says what was played where the year went wrong.
func (y *year) told() {
	if r := recover(); r != nil {
		y.t.Errorf("panic: %v\n%s", r, debug.Stack())
	}
	if y.t.Failed() {
		y.t.Logf("PCNROTA_YEAR_SEED=%d go test ./cli -run TestAYearOfAnything plays this again:\n%s", y.seed, strings.Join(y.played, "\n"))
	}
}

func (y *year) passes(d time.Duration) { y.now = y.now.Add(d) }

// run gives one command at the moment that it is.
func (y *year) run(words string) (code int, stdout, stderr string) {
	y.t.Helper()
	code, stdout, stderr = runAt(y.t, y.dir, y.now, words)
	y.played = append(y.played, fmt.Sprintf("  %s  %s  -> %d %s", y.now.Format("2006-01-02T15:04Z"), words, code, complaint(stderr)))
	return code, stdout, stderr
}

func runAt(t *testing.T, dir string, now time.Time, words string) (code int, stdout, stderr string) {
	p, out, errs := testProgram(t)
	p.now = func() time.Time { return now }
	code = p.run(context.Background(), append(strings.Fields("pcnrota "+words), "--home", dir))
	return code, out.String(), errs.String()
}

// complaint is the sentence of a refusal, which may come after notes.
func complaint(stderr string) string {
	_, says, _ := strings.Cut("\n"+stderr, "\npcnrota: ")
	line, _, _ := strings.Cut(says, "\n")
	return line
}

// must gives a command that cannot be refused.
func (y *year) must(words string) {
	y.t.Helper()
	if code, _, stderr := y.run(words); code != exitOK {
		y.told()
		y.t.Fatalf("%s: exit code %d, %s", words, code, stderr)
	}
}

// step gives one command, whatever it is, and looks what has become of the PCN. What is refused must be refused
// in words, and must change nothing.
func (y *year) step() {
	y.t.Helper()
	y.must("swap list") // which ends the offers that time has overtaken
	before := y.dump()
	words := y.anything()
	code, _, stderr := y.run(words)
	if code == exitOK {
		y.done++
		if strings.Contains(words, "--allow-gaps") {
			y.memory.gapsAllowed = true
		}
		y.check()
		return
	}
	says := complaint(stderr)
	for _, raw := range []string{"constraint", "SQL", "database", "no such", "panic", "re-check", "%!"} {
		if strings.Contains(stderr, raw) {
			y.t.Errorf("%s: refused with %q", words, stderr)
		}
	}
	if code != exitFailed && code != exitUsage || len(says) < 12 {
		y.t.Errorf("%s: exit code %d and %q", words, code, stderr)
	}
	if after := y.dump(); !bytes.Equal(before, after) {
		y.t.Errorf("%s: was refused (%s), and has changed something", words, says)
	}
	y.stopWhereWrong()
}

func (y *year) stopWhereWrong() {
	y.t.Helper()
	if y.t.Failed() {
		y.t.FailNow()
	}
}

// audit asks the program, and the store, whether the record is whole.
func (y *year) audit() {
	y.t.Helper()
	y.must("audit verify")
	db, err := sqlite.Open(context.Background(), filepath.Join(y.dir, databaseFile))
	if err != nil {
		y.t.Fatal(err)
	}
	defer db.Close()
	report, err := db.VerifyAudit(context.Background())
	if err != nil || len(report.Faults) > 0 || report.Entries == 0 {
		y.t.Errorf("%d entries, faults %q, %v", report.Entries, report.Faults, err)
	}
}
