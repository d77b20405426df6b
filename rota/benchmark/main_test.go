package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// tiny has two people and one week: Early may not follow Late, and B cannot do Late.
const tiny = `# a comment
SECTION_HORIZON
7

SECTION_SHIFTS
E,480,
L,480,E

SECTION_STAFF
A,E=7|L=7,2400,960,5,2,2,1
B,E=7|L=0,2400,960,5,2,2,1

SECTION_DAYS_OFF
A,0
B,6

SECTION_SHIFT_ON_REQUESTS
A,1,L,3

SECTION_SHIFT_OFF_REQUESTS
B,2,E,2

SECTION_COVER
0,E,1,100,1
0,L,0,100,1
1,E,1,100,1
1,L,1,100,1
2,E,1,100,1
`

func TestParse(t *testing.T) {
	in, err := parse(strings.NewReader(tiny))
	if err != nil {
		t.Fatal(err)
	}
	p := &in.problem
	a, b := p.People[0], p.People[1]
	switch {
	case p.Days != 7 || len(p.Shifts) != 2 || !p.Shifts[1].Forbids[0] || p.Shifts[0].Forbids[1]:
		t.Errorf("horizon or shifts: %+v", p.Shifts)
	case a.MaxMinutes != 2400 || a.MinMinutes != 960 || a.MaxRun != 5 || a.MinRun != 2 || a.MinRest != 2 || a.MaxWeekends != 1:
		t.Errorf("limits: %+v", a)
	case !a.Away[0] || a.Away[6] || !b.Away[6] || b.MaxOf[1] != 0:
		t.Errorf("days off or maxima: %+v", b)
	case a.Unmet != 3 || a.Wish[p.At(1, 1)] != -3 || b.Unmet != 0 || b.Wish[p.At(2, 0)] != 2:
		t.Errorf("wishes: %+v", a)
	case p.Demand[p.At(1, 1)].Need != 1 || p.Demand[p.At(1, 1)].Under != 100 || p.Demand[p.At(5, 0)].Need != 0:
		t.Errorf("cover: %+v", p.Demand)
	}
}

func TestParseSaysWhatIsWrong(t *testing.T) {
	for _, c := range []struct{ old, bad, want string }{
		{"L,480,E", "L,480,X", `line 10: shift L: unknown successor "X"`},
		{"B,6", "B,7", `line 15: day "7": want 0 to 6`},
		{"B,6", "C,6", `line 15: nobody in the staff is called "C"`},
		{"0,L,0,100,1", "0,E,0,100,1", "line 25: cover of day 0, shift E twice"},
		{"SECTION_COVER", "SECTION_X", `line 24: unknown section "X"`},
		{"A,1,L,3", "A,1,L", "line 18: 3 fields in SHIFT_ON_REQUESTS, want 4"},
	} {
		_, err := parse(strings.NewReader(strings.Replace(tiny, c.old, c.bad, 1)))
		if err == nil || err.Error() != c.want {
			t.Errorf("%s for %s: got %v, want %s", c.bad, c.old, err, c.want)
		}
	}
}

// TestCommand looks at what the user sees: the roster, and the result as the last line of the log.
func TestCommand(t *testing.T) {
	file := filepath.Join(t.TempDir(), "tiny.txt")
	if err := os.WriteFile(file, []byte(tiny), 0o600); err != nil {
		t.Fatal(err)
	}
	var out, log bytes.Buffer
	if err := run([]string{file, "--seconds", "5"}, &out, &log); err != nil {
		t.Fatal(err)
	}
	// A asked for Late on day 1 and B works Early on days 0 and 1; day 2 costs B's wish or a shortfall.
	if lines := strings.Split(strings.TrimSpace(out.String()), "\n"); len(lines) != 2 || len(strings.Fields(lines[0])) != 7 {
		t.Errorf("roster:\n%s", out.String())
	}
	if !regexp.MustCompile(`^cost=2 bound=2 seconds=\d+\.\d\d\n$`).Match(log.Bytes()) {
		t.Errorf("log: %s", log.String())
	}
}

// TestPublicInstances solves the quick public instances, where they are at hand, and lets the public
// judge judge them.
func TestPublicInstances(t *testing.T) {
	dir := filepath.Join("..", "..", "..", "shared", "benchmarks")
	for name, optimum := range map[string]string{
		"Instance1": "607", "Instance2": "828", "Instance4": "1716", "Instance6": "1950", "Instance8": "1300", "Instance18": "4459",
	} {
		file := filepath.Join(dir, "shift-scheduling", name+".txt")
		if _, err := os.Stat(file); err != nil {
			t.Skip("the public instances are not at hand")
		}
		var out, log bytes.Buffer
		if err := run([]string{file, "--seconds", "3"}, &out, &log); err != nil {
			t.Fatal(err)
		}
		t.Logf("%s: %s", name, strings.TrimSpace(log.String()))
		roster := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(roster, out.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		verdict, err := exec.Command("python3", filepath.Join(dir, "check_shift.py"), file, roster).CombinedOutput()
		if err != nil {
			t.Errorf("%s: %v\n%s", name, err, verdict)
		}
		cost, bound, _ := strings.Cut(strings.TrimPrefix(log.String(), "cost="), " bound=")
		bound, _, _ = strings.Cut(bound, " ")
		if !strings.HasSuffix(strings.TrimSpace(string(verdict)), "TOTAL "+cost) {
			t.Errorf("%s: cost %s, judged %s", name, cost, verdict)
		}
		if len(bound) > len(optimum) || len(bound) == len(optimum) && bound > optimum {
			t.Errorf("%s: bound %s above the optimum %s", name, bound, optimum)
		}
	}
}
