package rotatest_test

import (
	"errors"
	"os"
	"strings"
	"testing"

	"pcnrota/rota/rotatest"
)

// setting is what the tests of single statements stand on: two leaders who take turns.
const setting = `practice A "Park View"
leader L01 "Dr Aoife Kowalski", practice A
leader L02 "Farah Quigley"
rota on-call, pattern daily, tier first, rest 24 hours
rota hub, pattern weekly, tier only
`

const settingLines = 5

func load(t *testing.T, text string) rotatest.Scenario {
	t.Helper()
	s, err := rotatest.Load("test.rota", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestTheExampleInTheDocumentationComesTrue plays the scenario of the package comment.
func TestTheExampleInTheDocumentationComesTrue(t *testing.T) {
	text, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	_, after, _ := strings.Cut(string(text), "//\t# Two practices")
	example, _, found := strings.Cut(after, "// Every build is checked")
	if !found {
		t.Fatal("the package comment has no example")
	}
	example = strings.NewReplacer("//\t", "", "//", "").Replace("# Two practices" + example)
	s := load(t, example)
	if len(s.Statements) != 20 {
		t.Errorf("got %d statements, want 20", len(s.Statements))
	}
	for _, f := range s.Play(t.Context()) {
		t.Errorf("%d: %s: %s", f.Line, f.Text, f.Problem)
	}
}

func TestALineThatCannotBeUnderstoodIsAFault(t *testing.T) {
	tests := []struct{ name, line, want string }{
		{"unknown statement", `leeder L03`, `"leeder" begins no statement`},
		{"unknown clause of a leader", `leader L03, shar 0.8`, `"shar" is nothing that can be said of a leader`},
		{"share out of range", `leader L03, share 2`, `"2" is not a whole-time equivalent`},
		{"day that does not exist", `away L01 annual 2027-02-29`, `"2027-02-29" is not a day`},
		{"days in the wrong order", `away L01 annual 2027-02-20 to 2027-02-19`, `2027-02-19 comes before 2027-02-20`},
		{"times in the wrong order", `away L01 other 2027-02-20 18:00 to 09:00`, `2027-02-20T09:00 does not come after 2027-02-20T18:00`},
		{"unknown kind of leave", `away L01 holiday 2027-02-20`, `"holiday" is not one of annual`},
		{"missing day", `away L01 annual`, `a day like 2027-01-31 is missing`},
		{"unknown leader", `away L07 annual 2027-02-20`, `no line above introduces a leader "L07"`},
		{"unknown practice", `leader L03, practice B`, `no line above introduces a practice "B"`},
		{"word too many", `away L01 annual 2027-02-20 to 2027-02-21 please`, `"please" is one word too many`},
		{"open quotation mark", `practice B "Mill Lane`, `the quotation mark before Mill Lane is never closed`},
		{"comma too many", `leader L03,, share 0.8`, `there is nothing before or after a comma`},
		{"wish too heavy", `wish L01 avoid Thursday, weight 4`, `a wish weighs 1, 2 or 3, not 4`},
		{"unknown pattern", `rota x, pattern fortnightly`, `"fortnightly" is not a pattern: use one of weekly`},
		{"unknown rule set", `rota x, rules lax`, `"lax" is not a rule set: use one of pcn-light`},
		{"unknown clause of a rota", `rota x, patern weekly`, `"patern" is nothing that can be said of a rota`},
		{"limit without a unit", `rota x, at most 2 in 7 days`, `"in" stands where "duty" belongs`},
		{"unknown tier clause", `rota x, tier first weighs 2`, `"weighs" is nothing that can be said of a tier`},
		{"shift of no length", `shift on-call night Mon to Thu, 18:30 to 08:00`, `18:30 to 08:00 on one day is no time at all`},
		{"shift of a year", `shift on-call year Mon, 18:30 to 08:00 after 365 days`, `a shift of 365 days is too long`},
		{"unknown zone", `zone Europe/Lundon`, `"Europe/Lundon" is not a zone`},
		{"build of an unknown rota", `build ea from 2027-01-04 for 1 week`, `no line above introduces a rota "ea"`},
		{"publication of what was not built", `publish hub`, `hub has not just been built`},
		{"duty that is never due", `held on-call.first.20270104T0900 by L01`, `no rota above asks for a duty "on-call.first.20270104T0900"`},
		{"duty that is not an ID", `held monday by L01`, `no rota above asks for a duty "monday"`},
		{"expectation before a build", `expect covered`, `nothing has been built yet`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := rotatest.Load("test.rota", []byte(setting+tt.line+"\n"))
			var faults rotatest.Faults
			if !errors.As(err, &faults) || len(faults) != 1 {
				t.Fatalf("got %v, want one fault", err)
			}
			if faults[0].Line != settingLines+1 || !strings.Contains(faults[0].Problem, tt.want) {
				t.Errorf("got line %d: %s\nwant line %d: %s", faults[0].Line, faults[0].Problem, settingLines+1, tt.want)
			}
		})
	}
}

func TestEveryFaultIsToldAtOnceWithItsHint(t *testing.T) {
	_, err := rotatest.Load("test.rota", []byte("leader L01\r\nleader L02, shar 1\r\n\r\naway L03 annual 2027-01-01\r\n"))
	const want = `test.rota:2: "shar" is nothing that can be said of a leader: use practice, share, role, qualified, registered, from, until, partner, employee, locum or new to on call
	hint: leader L01 "Dr Aoife Kowalski", practice A, share 0.8, role "GP partner", registered GMC until 2030-04-29, from 2020-05-09, until 2027-07-05, new to on call
test.rota:4: no line above introduces a leader "L03"
	hint: away L01 annual 2027-03-12 to 2027-03-18, or: away L01 every Thursday 2027-01-01 to 2027-12-31`
	if err == nil || err.Error() != want {
		t.Errorf("got\n%v\nwant\n%s", err, want)
	}
}

// TestAnExpectationThatIsNotMetIsAFailure expects what is false, and its opposite.
func TestAnExpectationThatIsNotMetIsAFailure(t *testing.T) {
	const built = setting + "leader L03\naway L01 annual 2027-01-04 to 2027-01-05\nbuild on-call from 2027-01-04 for 9 days\n"
	tests := []struct{ line, want string }{
		{"expect covered", ""},
		{"expect 9 duties", ""},
		{"expect 8 duties", "there are 9 duties"},
		{"expect no duty starts on 2027-01-03", ""},
		{"expect no duty starts on 2027-01-04", "on-call.first.20270104T0800 starts then"},
		{"expect on-call.first.20270104T0800 not held by L01", ""},
		{"expect on-call.first.20270104T0800 held by L01", "it is held by L0"},
		{"expect on-call.first.20270104T0800 held by L02 or L03", ""},
		{"expect on-call.first.20270104T0800 lasts 24 hours", ""},
		{"expect on-call.first.20270104T0800 lasts 23 hours", "it lasts 24 hours"},
		{"expect on-call.first.20270109T0800 counts 2 weekend", ""},
		{"expect on-call.first.20270109T0800 counts 2 weekend, 1 weekday", "it counts 2 weekend"},
		{"expect on-call.first.20270109T0800 counts 2 festive", "it counts 2 weekend"},
		{"expect on-call.first.20270209T0800 held by L01", "the rota has no such duty"},
		{"expect L01 holds none from 2027-01-04 to 2027-01-05", ""},
		{"expect L01 holds some on 2027-01-05", "L01 holds 0"},
		{"expect L01 holds at least 1", ""},
		{"expect L01 holds at least 4 on first", "L01 holds "},
		{"expect L02 holds at most 1", "L02 holds "},
		{"expect L01 target 3 to 4 points", ""},
		{"expect L01 target 3.5 points", "the targets are L01 3.67, L02 3.67, L03 3.67"},
		{"expect L01 target 1 of L02", ""},
		{"expect L01 target 0.5 of L02", "the targets are"},
		{"expect L01 target below L02", "the targets are"},
		{"expect L01 target above L02", "the targets are"},
		{"expect everybody within 2 points of target", ""},
		{"expect L01 within 0.1 points of target", "L01 ends "},
		{"expect everybody within 0.1 points of target", "; "},
		{`expect note "not yet official"`, "the notes are"},
		{"expect uncoverable on-call.first.20270104T0800", "the rota was covered"},
	}
	for _, tt := range tests {
		t.Run(tt.line, func(t *testing.T) {
			failures := load(t, built+tt.line).Play(t.Context())
			switch {
			case tt.want == "" && len(failures) > 0:
				t.Errorf("got %+v, want it met", failures)
			case tt.want != "" && (len(failures) != 1 || failures[0].Line != settingLines+4 || !strings.Contains(failures[0].Problem, tt.want)):
				t.Errorf("got %+v, want one failure that says %q", failures, tt.want)
			}
		})
	}
}

func TestARotaThatCannotBeCoveredFailsUnlessThatIsExpected(t *testing.T) {
	const open = setting + "away L01 annual 2027-01-04\naway L02 sick 2027-01-05\nbuild on-call from 2027-01-04 for 1 day\n"
	tests := []struct {
		name, line string
		lines      []int // of the failures
	}{
		{"nothing is said", "", []int{8}},
		{"it is expected", "expect uncoverable on-call.first.20270104T0800\n", nil},
		{"it is expected with its reasons", `expect uncoverable on-call.first.20270104T0800 because L01 "away" and L02 "2027-01-05"` + "\n", nil},
		{"another reason is expected", `expect uncoverable on-call.first.20270104T0800 because L01 "not eligible"` + "\n", []int{8, 9}},
		{"another duty is expected", "expect uncoverable on-call.first.20270105T0800\n", []int{8, 9}},
		{"it is built again", "build hub from 2027-02-01 for 1 week\n", []int{8}},
		{"it is published", "expect uncoverable on-call.first.20270104T0800\npublish on-call\n", []int{10}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var lines []int
			for _, f := range load(t, open+tt.line).Play(t.Context()) {
				lines = append(lines, f.Line)
			}
			if len(lines) != len(tt.lines) || (len(lines) > 0 && lines[0] != tt.lines[0]) {
				t.Errorf("failures at lines %v, want %v", lines, tt.lines)
			}
		})
	}
}

func TestADutyThatIsNobodysPartCanBeExpectedOpen(t *testing.T) {
	s := load(t, setting+`away L01 sick 2027-01-04
away L02 sick 2027-01-04
build on-call from 2027-01-04 for 1 day
expect uncoverable on-call.first.20270104T0800 because L01 "away" and L02 "away"
`)
	for _, f := range s.Play(t.Context()) {
		t.Errorf("%d: %s: %s", f.Line, f.Text, f.Problem)
	}
}

func TestLeaveBelowABuildIsNotKnownToIt(t *testing.T) {
	s := load(t, setting+`build hub from 2027-01-04 for 1 week
away L01 annual 2027-01-01 to 2027-01-31
away L02 annual 2027-01-01 to 2027-01-31
expect covered
build hub from 2027-01-04 for 1 week
expect uncoverable hub.only.20270104T0900
`)
	for _, f := range s.Play(t.Context()) {
		t.Errorf("%d: %s: %s", f.Line, f.Text, f.Problem)
	}
}

func TestAPatternOfThePCNsOwn(t *testing.T) {
	s := load(t, `leader L01
leader L02, qualified prescriber
leader L03, qualified prescriber
holiday 2027-01-07 "Founders' day"
rota late, tier only for qualification prescriber, points weekday 1 weekend 2 bank holiday 3 festive 4
shift late evening Mon to Wed Fri, 18:30 to 24:00, not on bank holidays
shift late away-day Thu, 09:00 to 09:00 after 2 days, only on bank holidays, points weekday 5 bank holiday 7
build late from 2027-01-04 until 2027-01-18
expect 9 duties
expect L01 holds none
expect late.only.20270104T1830 lasts 5.5 hours
expect late.only.20270107T0900 counts 5 weekday, 7 bank holiday
expect no duty starts on 2027-01-14
`)
	for _, f := range s.Play(t.Context()) {
		t.Errorf("%d: %s: %s", f.Line, f.Text, f.Problem)
	}
}

// FuzzLoad holds that any text is either a scenario or refused with faults, each at a line it has.
func FuzzLoad(f *testing.F) {
	f.Add(setting + "build on-call from 2027-01-04 for 9 days\nexpect covered\n")
	f.Add("leader \"\nrota ,\n# only a comment\nexpect")
	f.Add("shift x y Mon to Mon, 00:00 to 24:00\nholiday 2027-01-01")
	f.Fuzz(func(t *testing.T, text string) {
		_, err := rotatest.Load("fuzz.rota", []byte(text))
		var faults rotatest.Faults
		if err != nil && !errors.As(err, &faults) {
			t.Fatalf("got %v, want Faults", err)
		}
		for _, fault := range faults {
			if fault.Line < 1 || fault.Line > strings.Count(text, "\n")+1 || fault.Problem == "" {
				t.Fatalf("fault %+v is at no line of the text", fault)
			}
		}
	})
}
