package rota

import (
	"cmp"
	"maps"
	"slices"
	"time"
)

// JobPlan is everything that one leader holds in a period, line by line, against their fair share of it.
//
// Time counts where it passes and points where a duty starts, as in a Tally. The fair share of a duty's time is divided as
// its points are. What a meeting of everybody takes is its own share, because nobody owes it to anybody; so is what
// each has for themselves. Nobody records how long a responsibility takes: it has points and no time.
type JobPlan struct {
	Leader LeaderID
	Lines  []Work // on call, then calls, meetings and responsibilities; each in the order of its first day
}

// Work is one line of a job plan: a tier of a rota, a series of meetings, or a responsibility.
type Work struct {
	Line
	Number int // duties, calls, meetings or times that it is due
	Held   Amount
	Share  Amount
}

// Line names a line of work.
type Line struct {
	Kind WorkKind
	Name string   // of the rota, the series or the responsibility
	Tier TierName // of a rota; Representative or Deputy at a meeting, "" for whoever just comes
}

// WorkKind is what a line of work is about.
type WorkKind string

// The kinds, in the order of a job plan.
const (
	WorkOnCall         WorkKind = "on call"
	WorkCalled         WorkKind = "called" // work while on call: its time is part of the time on call
	WorkMeeting        WorkKind = "meeting"
	WorkResponsibility WorkKind = "responsibility"
)

// Amount is how much something is.
type Amount struct {
	Points Points
	Time   time.Duration
}

// Plus gives a + o.
func (a Amount) Plus(o Amount) Amount { return Amount{a.Points + o.Points, a.Time + o.Time} }

// Over is how many points are held beyond the share; negative where fewer are.
func (w Work) Over() Points { return w.Held.Points - w.Share.Points }

// Plus adds up two lines. What they are called is w's.
func (w Work) Plus(o Work) Work {
	w.Number += o.Number
	w.Held, w.Share = w.Held.Plus(o.Held), w.Share.Plus(o.Share)
	return w
}

// Sum adds up the lines of the kinds given; those of every kind where none is. The time of calls is time on call
// already, and is added only where they are asked for alone.
func (p JobPlan) Sum(kinds ...WorkKind) (sum Work) {
	for _, w := range p.Lines {
		if len(kinds) > 0 && !slices.Contains(kinds, w.Kind) {
			continue
		}
		if w.Kind == WorkCalled && len(kinds) != 1 {
			w.Held.Time, w.Share.Time = 0, 0
		}
		sum = sum.Plus(w)
	}
	return sum
}

// JobFacts is what job plans are made from: everything that has to do with a period.
type JobFacts struct {
	Period    Span
	First     Date        // of the period
	Last      Date        // of the period, included
	Duties    []Published // on call, in pieces where parts were handed over, and of Meetings
	Parts     []Part      // fair shares of these
	Meetings  []Occurrence
	Calls     []Call // in the period
	CallParts []Part // fair shares of what these weigh
	Items     []Item
	ItemParts []ItemPart
}

// PlanJobs gives the job plan of everybody who holds anything or has a share in anything, in order of leader. What nobody
// holds is in none of them.
func PlanJobs(f JobFacts) []JobPlan {
	j := jobs{facts: f, rank: map[Line]int{}, of: map[LeaderID]map[Line]*Work{}}
	j.onCall()
	j.calls()
	j.meetings()
	j.items()
	var plans []JobPlan
	for _, id := range slices.Sorted(maps.Keys(j.of)) {
		plan := JobPlan{Leader: id}
		for _, line := range slices.SortedFunc(maps.Keys(j.of[id]), j.compare) {
			if w := *j.of[id][line]; w.Number != 0 || w.Held != (Amount{}) || w.Share != (Amount{}) {
				plan.Lines = append(plan.Lines, w)
			}
		}
		if len(plan.Lines) > 0 {
			plans = append(plans, plan)
		}
	}
	return plans
}

// jobs is the work on job plans.
type jobs struct {
	facts JobFacts
	rank  map[Line]int // by the first that is met
	of    map[LeaderID]map[Line]*Work
}

// add adds to a line of a leader's plan; "" is nobody.
func (j *jobs) add(who LeaderID, line Line, more Work) {
	if who == "" {
		return
	}
	if _, known := j.rank[line]; !known {
		j.rank[line] = len(j.rank)
	}
	if j.of[who] == nil {
		j.of[who] = map[Line]*Work{}
	}
	if j.of[who][line] == nil {
		j.of[who][line] = &Work{Line: line}
	}
	*j.of[who][line] = j.of[who][line].Plus(more)
}

func (j *jobs) compare(a, b Line) int {
	kinds := []WorkKind{WorkOnCall, WorkCalled, WorkMeeting, WorkResponsibility}
	return cmp.Or(cmp.Compare(slices.Index(kinds, a.Kind), slices.Index(kinds, b.Kind)), cmp.Compare(j.rank[a], j.rank[b]))
}

// onCall adds what is held on call, and everybody's shares.
func (j *jobs) onCall() {
	parts := partsByDuty(j.facts.Parts)
	begun := map[holding]bool{}
	duties := slices.Clone(j.facts.Duties)
	slices.SortStableFunc(duties, func(a, b Published) int { return compareDuties(a.Duty, b.Duty) })
	for _, d := range duties {
		if d.Rota == Meetings {
			continue
		}
		line := Line{WorkOnCall, string(d.Rota), d.Tier}
		h := holding{d.ID.Whole(), d.Holder}
		whole := tallyOf(j.facts.Period, d, AtHome, !begun[h])
		begun[h] = true
		j.add(d.Holder, line, Work{Number: whole.Duties, Held: Amount{whole.Points.Total(), whole.Time}})
		j.share(line, parts[d.ID.Whole()], Amount{whole.Points.Total(), whole.Time})
	}
}

// share divides an amount of a duty, or of a piece of one, as the duty was shared out.
func (j *jobs) share(line Line, parts []Part, amount Amount) {
	weights := make([]int64, len(parts))
	for i, p := range parts {
		weights[i] = int64(p.Load.Total())
	}
	points := apportion(int64(amount.Points), weights, make([]int64, len(parts)))
	seconds := apportion(int64(amount.Time/time.Second), weights, make([]int64, len(parts)))
	for i, p := range parts {
		j.add(p.Leader, line, Work{Share: Amount{Points(points[i]), time.Duration(seconds[i]) * time.Second}})
	}
}

// calls adds the work that was done while on call.
func (j *jobs) calls() {
	line := Line{Kind: WorkCalled}
	for _, c := range j.facts.Calls {
		j.add(c.Leader, line, Work{Number: 1, Held: Amount{c.Load.Total(), time.Duration(c.Minutes) * time.Minute}})
	}
	for _, p := range j.facts.CallParts {
		j.add(p.Leader, line, Work{Share: Amount{Points: p.Load.Total()}})
	}
}

// meetings adds who goes and who stands by. Points are those of the duties, time that of whoever attends.
func (j *jobs) meetings() {
	parts := partsByDuty(j.facts.Parts)
	held := map[DutyID]Duty{}
	for _, d := range j.facts.Duties {
		if d.Rota == Meetings {
			held[d.ID] = d.Duty
		}
	}
	for _, m := range j.facts.Meetings {
		long := j.facts.Period.Shared(m.Span)
		if !j.facts.Period.Contains(m.Span.Start) {
			continue
		}
		goes, by := held[SittingID(Representative, m.ID)], held[SittingID(Deputy, m.ID)]
		for _, who := range m.Attending {
			switch line := (Line{WorkMeeting, m.Series.Title, Representative}); who {
			case goes.Holder:
				j.add(who, line, Work{Number: 1, Held: Amount{goes.Points(), long}})
				j.share(line, parts[goes.ID], Amount{goes.Points(), long})
			default:
				line.Tier = ""
				j.add(who, line, Work{Number: 1, Held: Amount{Time: long}, Share: Amount{Time: long}})
			}
		}
		line := Line{WorkMeeting, m.Series.Title, Deputy}
		if by.Holder != "" {
			j.add(by.Holder, line, Work{Number: 1, Held: Amount{Points: by.Points()}})
			j.share(line, parts[by.ID], Amount{Points: by.Points()})
		}
	}
}

// items adds what is due in the period.
func (j *jobs) items() {
	shares := map[ItemID][]ItemPart{}
	for _, p := range j.facts.ItemParts {
		shares[p.Item] = append(shares[p.Item], p)
	}
	for _, i := range j.facts.Items {
		if i.Due.Before(j.facts.First) || i.Due.After(j.facts.Last) || i.Owner == "" {
			continue
		}
		line := Line{Kind: WorkResponsibility, Name: i.Title}
		j.add(i.Owner, line, Work{Number: 1, Held: Amount{Points: i.Points}})
		if i.For != "" {
			j.add(i.For, line, Work{Share: Amount{Points: i.Points}})
		}
		for _, p := range shares[i.ID] {
			j.add(p.Leader, line, Work{Share: Amount{Points: p.Points}})
		}
	}
}

func partsByDuty(parts []Part) map[DutyID][]Part {
	by := map[DutyID][]Part{}
	for _, p := range parts {
		by[p.Duty] = append(by[p.Duty], p)
	}
	return by
}
