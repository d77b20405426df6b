package rotatest

import (
	"context"
	"errors"
	"fmt"
	"strings"
)

// Scenario is a story about a PCN and its rotas, read from a text that a manager can review.
type Scenario struct {
	Name       string // as given to Load: the name of the file
	Statements []Statement
}

// Statement is one line of a scenario.
type Statement struct {
	Line int // from 1
	Text string
	do   step
}

// step is what a statement does to the world. It returns what went wrong, a sentence each.
type step func(ctx context.Context, w *world) []string

// Fault is a line that cannot be understood.
type Fault struct {
	File    string
	Line    int
	Problem string
	Hint    string // how such a line is written; may be ""
}

func (f Fault) Error() string {
	text := fmt.Sprintf("%s:%d: %s", f.File, f.Line, f.Problem)
	if f.Hint != "" {
		text += "\n\thint: " + f.Hint
	}
	return text
}

// Faults are all the lines of a text that cannot be understood, in order.
type Faults []Fault

func (f Faults) Error() string {
	lines := make([]string, len(f))
	for i, fault := range f {
		lines[i] = fault.Error()
	}
	return strings.Join(lines, "\n")
}

// Load reads a scenario. Its error is Faults. A name that no line above has declared is a fault, so
// that a slip of the pen does not become an expectation about nobody.
func Load(name string, text []byte) (Scenario, error) {
	s := Scenario{Name: name}
	var faults Faults
	known := newWorld() // what has been declared so far
	for i, line := range strings.Split(strings.ReplaceAll(string(text), "\r\n", "\n"), "\n") {
		do, err := understand(line, known)
		if err != nil {
			fault := Fault{File: name, Line: i + 1, Problem: err.Error()}
			var hinted *hintedError
			if errors.As(err, &hinted) {
				fault.Hint = hinted.hint
			}
			faults = append(faults, fault)
			continue
		}
		if do != nil {
			s.Statements = append(s.Statements, Statement{i + 1, strings.TrimSpace(line), do})
		}
	}
	if faults != nil {
		return Scenario{}, faults
	}
	return s, nil
}

// hintedError is a complaint with the right way to say it.
type hintedError struct {
	error
	hint string
}

// sentence is one kind of statement.
type sentence struct {
	begins string // its first words
	form   string // how it is written
	parse  func(known *world, c *clause, more []*clause) (step, error)
	fact   bool // declares something; what is not a fact happens when the scenario is played
}

// language lists the kinds of statement. To teach it a new one, add a line here and describe it in
// doc.go.
func language() []sentence {
	return []sentence{
		{"zone", `zone Europe/London`, parseZone, true},
		{"holiday", `holiday 2027-06-07 "Founders' day"`, parseHoliday, true},
		{"no holiday", `no holiday 2027-05-03`, parseNoHoliday, true},
		{"practice", `practice A "Park View"`, parsePractice, true},
		{"leader", `leader L01 "Dr Aoife Kowalski", practice A, share 0.8, role "GP partner", registered GMC until 2030-04-29, from 2020-05-09, until 2027-07-05, new to on call`, parseLeader, true},
		{"away", `away L01 annual 2027-03-12 to 2027-03-18, or: away L01 every Thursday 2027-01-01 to 2027-12-31`, parseAway, true},
		{"wish", `wish L01 avoid Thursday, weight 2, or: wish L01 prefer 2027-05-01 to 2027-05-03`, parseWish, true},
		{"rota", `rota on-call, pattern weekly, tier first, tier second counts 0.5, rules pcn-light, different practices`, parseRota, true},
		{"meetings", `meetings 0.5 points an hour, deputy counts 0.25, 4 hours after a night, while on call`, parseMeetings, true},
		{"meeting", `meeting lmc "LMC liaison" 2027-01-12 19:30 to 21:30 every 28 days until 2027-12-31, who "any GP", deputies "any", at "Town Hall", travel 30 minutes, points 2`, parseMeeting, true},
		{"shift", `shift on-call night Mon to Thu, 18:30 to 08:00 next day, not on bank holidays`, parseShift, true},
		{"held", `held on-call.first.20270103T1830 by L01`, parseHeld, true},
		{"published", `published on-call.first.20270104T1830 by L01`, parsePublished, true},
		{"pin", `pin on-call.first.20270104T1830 to L01`, parsePin(false), true},
		{"forbid", `forbid on-call.first.20270104T1830 to L01`, parsePin(true), true},
		{"balance", `balance L01 owes 2 weekend, or: balance L01 ahead 1.5 weekday`, parseBalance, true},
		{"build", `build on-call from 2027-01-04 for 26 weeks, seed 7`, parseBuild, false},
		{"publish", `publish on-call`, parsePublish, false},
		{"repair", `repair on-call on 2027-02-10, freeze 14 days`, parseRepair, false},
		{"expect", `expect covered; see the package documentation for what can be expected`, parseExpect, false},
	}
}

// understand turns a line into a step. Empty lines and comments give none.
func understand(line string, known *world) (step, error) {
	clauses, err := cut(line)
	if err != nil || clauses == nil {
		return nil, err
	}
	var words []string
	for _, s := range language() {
		words = append(words, s.begins)
		if !clauses[0].skip(strings.Fields(s.begins)...) {
			continue
		}
		do, err := s.parse(known, clauses[0], clauses[1:])
		if err != nil {
			return nil, &hintedError{err, s.form}
		}
		if s.fact {
			do(context.Background(), known)
		}
		return do, nil
	}
	return nil, &hintedError{
		fmt.Errorf("%q begins no statement", clauses[0].words[0].text),
		"a line begins with " + strings.Join(words, ", "),
	}
}

// fact makes a step of something that cannot go wrong.
func fact(declare func(*world)) step {
	return func(_ context.Context, w *world) []string {
		declare(w)
		return nil
	}
}
