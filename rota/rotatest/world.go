package rotatest

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"pcnrota/rota"
)

// world is what a scenario has told so far.
type world struct {
	zone      *time.Location
	holidays  map[rota.Date]string
	practices map[rota.PracticeCode]rota.Practice
	leaders   []rota.Leader
	absences  []rota.Absence
	wishes    []rota.Wish
	pins      []rota.Pin
	policies  map[rota.RotaName]rota.Policy
	sittings  []rota.Sitting // meetings
	held      []rota.Duty
	published []rota.Duty // of what is held and of gaps, what the scenario has published
	parts     []rota.Part // of what is published
	balances  map[rota.LeaderID]rota.Load
	building  rota.RotaName // of the build statement read last
	built     *outcome      // of the build statement played last
}

// outcome is what came of a build.
type outcome struct {
	statement int // index of the build statement
	problem   rota.Problem
	draft     rota.Draft
	repaired  rota.Repaired     // of a repair
	open      *rota.Uncoverable // instead of a draft, or its gaps
	forgiven  bool              // open was expected
}

func newWorld() *world {
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		london = time.UTC
	}
	return &world{
		zone: london, holidays: map[rota.Date]string{}, practices: map[rota.PracticeCode]rota.Practice{},
		policies: map[rota.RotaName]rota.Policy{}, balances: map[rota.LeaderID]rota.Load{},
	}
}

// putLeader adds a leader, or replaces what was known of one.
func (w *world) putLeader(l rota.Leader) {
	w.leaders = slices.DeleteFunc(w.leaders, func(known rota.Leader) bool { return known.ID == l.ID })
	w.leaders = append(w.leaders, l)
}

// leader reads the ID of a leader who is known.
func (w *world) leader(c *clause) rota.LeaderID {
	id := rota.LeaderID(c.take("the leader's ID"))
	if !w.knows(id) {
		c.fail("no line above introduces a leader %q", id)
	}
	return id
}

func (w *world) knows(id rota.LeaderID) bool {
	return slices.ContainsFunc(w.leaders, func(l rota.Leader) bool { return l.ID == id })
}

// oneOf reads "L01 or L02".
func (w *world) oneOf(c *clause) []rota.LeaderID {
	ids := []rota.LeaderID{w.leader(c)}
	for c.skip("or") {
		ids = append(ids, w.leader(c))
	}
	return ids
}

// practice reads the code of a practice that is known.
func (w *world) practice(c *clause) rota.PracticeCode {
	code := rota.PracticeCode(c.take("the code of the practice"))
	if _, ok := w.practices[code]; !ok {
		c.fail("no line above introduces a practice %q", code)
	}
	return code
}

// rota reads the name of a rota that is known.
func (w *world) rota(c *clause) rota.Policy {
	name := rota.RotaName(c.take("the name of the rota"))
	policy, ok := w.policies[name]
	if !ok {
		c.fail("no line above introduces a rota %q", name)
	}
	return policy
}

// duty reads the ID of a duty that the pattern of a known rota asks for.
func (w *world) duty(c *clause) rota.DutyID {
	id := rota.DutyID(c.take("the ID of a duty"))
	if _, ok := w.find(id); !ok {
		c.fail("no rota above asks for a duty %q: it is written like on-call.first.20270104T1830", id)
	}
	return id
}

// find works out the duty that has the given ID.
func (w *world) find(id rota.DutyID) (rota.Duty, bool) {
	if id.Of(rota.Meetings) {
		return w.findMeeting(id)
	}
	parts := strings.Split(string(id), ".")
	day, err := time.Parse("20060102T1504", parts[len(parts)-1])
	if err != nil {
		return rota.Duty{}, false
	}
	from := rota.Date{Year: day.Year(), Month: day.Month(), Day: day.Day()}
	p := w.problem(w.policies[rota.RotaName(parts[0])], from, from.AddDays(1), 0)
	for _, d := range expand(p) {
		if d.ID == id {
			return d, true
		}
	}
	return rota.Duty{}, false
}

// problem puts the question as it stands now. What is handed out is a copy: later statements must not
// reach into what has been built.
func (w *world) problem(policy rota.Policy, from, until rota.Date, seed uint64) rota.Problem {
	return rota.Problem{
		Policy: policy, From: from, Until: until, Zone: w.zone, Holidays: rota.NewHolidays(maps.Clone(w.holidays)),
		Leaders: slices.Clone(w.leaders), Absences: slices.Clone(w.absences), Wishes: slices.Clone(w.wishes),
		Pins: slices.Clone(w.pins), Held: slices.Clone(w.held), Balances: maps.Clone(w.balances), Seed: seed,
		Rotas: w.rotas(), Sittings: slices.Clone(w.sittings),
	}
}

// rotas lists all rotas told of so far, in order of name.
func (w *world) rotas() []rota.Policy {
	var all []rota.Policy
	for _, name := range slices.Sorted(maps.Keys(w.policies)) {
		all = append(all, w.policies[name])
	}
	return all
}

// buildOrder is a build statement.
type buildOrder struct {
	rota        rota.RotaName
	from, until rota.Date
	seed        uint64
	gaps        bool
}

// build builds the rota and checks it, whatever the scenario goes on to expect.
func (b buildOrder) build(ctx context.Context, w *world) []string {
	p := w.problem(w.policies[b.rota], b.from, b.until, b.seed)
	p.AllowGaps = b.gaps
	draft, err := rota.Build(ctx, p, nil)
	w.built = &outcome{problem: p, draft: draft}
	if open, ok := err.(*rota.Uncoverable); ok {
		w.built.open = open
		return nil
	}
	w.built.open = draft.Gaps
	if err != nil {
		return []string{err.Error()}
	}
	var wrong []string
	for _, breach := range slices.Concat(Hard(Check(p, draft)), Certify(p, draft), CheckFair(p, draft), CheckTurns(p, draft)) {
		wrong = append(wrong, breach.String())
	}
	return wrong
}

// publish makes the draft part of what is held, and in place of what was published for that time, and
// counts them in the balances of what comes next.
func publish(_ context.Context, w *world) []string {
	if w.built.open != nil && !w.built.problem.AllowGaps {
		return []string{"there is no draft to publish"}
	}
	d := w.built.draft
	w.take(d.Policy.Name, d.From, d.Until)
	w.restore(d.Duties, d.Parts)
	return nil
}

// Failure is a statement that did not come true.
type Failure struct {
	Statement
	Problem string
}

// Play plays the statements in order, in a world of their own. Every rota that is built is checked
// against the hard rules and for fairness, and must be covered unless the scenario expects otherwise.
func (s Scenario) Play(ctx context.Context) []Failure {
	var failures []Failure
	w := newWorld()
	for i, statement := range s.Statements {
		before := w.built
		for _, problem := range statement.do(ctx, w) {
			failures = append(failures, Failure{statement, problem})
		}
		if w.built != before {
			w.built.statement = i
			failures = append(failures, s.unforgiven(before)...)
		}
	}
	failures = append(failures, s.unforgiven(w.built)...)
	slices.SortStableFunc(failures, func(a, b Failure) int { return cmp.Compare(a.Line, b.Line) })
	return failures
}

// unforgiven complains about a rota that could not be covered, and was not expected to be uncoverable.
func (s Scenario) unforgiven(o *outcome) []Failure {
	if o == nil || o.open == nil || o.forgiven || o.problem.AllowGaps {
		return nil
	}
	return []Failure{{s.Statements[o.statement], o.describe()}}
}

// describe says which duties are open and why.
func (o *outcome) describe() string {
	var b strings.Builder
	b.WriteString(o.open.Error())
	for _, open := range o.open.Duties {
		for _, r := range open.Reasons {
			fmt.Fprintf(&b, "\n\t%s: %s %s", open.Duty.ID, r.Leader, r.Why)
		}
	}
	return b.String()
}
