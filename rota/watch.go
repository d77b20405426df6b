package rota

import (
	"cmp"
	"fmt"
	"slices"
	"time"
)

// Lookout is all that Watch looks at.
type Lookout struct {
	Rotas    []Watched
	Leaders  []Leader
	Absences []Absence
	Meetings []Occurrence // to come
	Replies  []Reply      // to them
	Holidays Holidays
	Zone     *time.Location
	Now      time.Time
	Until    Date // duties that start on it or later are passed over; zero looks at all
}

// Watched is one rota as it stands.
type Watched struct {
	Policy   Policy
	Duties   []Duty    // in force; where a part was handed over, the pieces
	Versions []Version // all that were published
	Draft    *Version  // nil where there is none
}

// Finding is one thing that somebody has to see to.
type Finding struct {
	Kind   FindingKind
	Day    Date         // on which it is felt first: the first duty, the last day of a registration, the first day without a rota
	Rota   RotaName     // "" for a registration
	About  OccurrenceID // the meeting, or the first of several; "" where it is about none
	Leader LeaderID     // "" where it is about nobody
	Duties []Duty       // that it is about, in order of SortDuties; for a registration, those beyond its end
	Within int          // days of the nearest threshold of RegistrationNotice that is reached, 0 once it has ended
	Drafts Date         // last day of a draft that goes on where the published days end; zero where there is none
	Says   string       // in words, without a full stop
}

// FindingKind says what is wrong.
type FindingKind string

// The kinds. The first seven leave a duty with nobody who can do it.
const (
	OpenDuty     FindingKind = "open"         // it was published without a holder
	MissingDuty  FindingKind = "missing"      // the pattern asks for it, and what was published has it not
	NotInPost    FindingKind = "not in post"  // its holder has left by then, or has not come yet
	Unregistered FindingKind = "unregistered" // its holder has no registration then, and the rota asks for one
	OnLeave      FindingKind = "on leave"     // its holder is away
	Barred       FindingKind = "barred"       // another hard rule about its holder stands against it
	NobodyGoes   FindingKind = "nobody goes"  // to a meeting nobody is left to go
	NoQuorum     FindingKind = "quorum"       // too few have accepted a meeting that is near
	Expiring     FindingKind = "registration" // a registration ends soon, or has ended
	RunsOut      FindingKind = "runs out"     // the published days end soon
)

// FindingKinds lists the kinds in the order in which they are told on one day.
var FindingKinds = []FindingKind{OpenDuty, MissingDuty, NotInPost, Unregistered, OnLeave, Barred, NobodyGoes, NoQuorum, Expiring, RunsOut}

// Uncovers reports whether there is a duty that nobody who can do it holds.
func (f Finding) Uncovers() bool {
	return f.Kind != NoQuorum && f.Kind != Expiring && f.Kind != RunsOut
}

// Urgency says how long a finding can wait.
type Urgency string

// The urgencies.
const (
	Urgent Urgency = "urgent" // it is felt within 7 days, or already
	Soon   Urgency = "soon"   // within 30 days
	Later  Urgency = "later"
)

// Urgencies lists them, the most urgent first.
var Urgencies = []Urgency{Urgent, Soon, Later}

// Urgency is how long the finding can wait, as seen on a day.
func (f Finding) Urgency(today Date) Urgency {
	switch days := today.DaysUntil(f.Day); {
	case days <= 7:
		return Urgent
	case days <= 30:
		return Soon
	default:
		return Later
	}
}

// RegistrationNotice are the days before the end of a registration at which it is told of, the nearest first.
var RegistrationNotice = []int{7, 30, 90}

// runOutDays is how far ahead the published days have to reach.
const runOutDays = 6 * 7

// Watch finds what is wrong with what is published, or soon will be, as people, leave and rules are today. What
// bars a holder is decided as for the planner. Findings are in order of day, then of kind, rota and leader.
func Watch(l Lookout) []Finding {
	var found []Finding
	for _, w := range l.Rotas {
		found = slices.Concat(found, l.open(w), l.missing(w), l.unfit(w), l.runsOut(w))
	}
	found = slices.Concat(found, l.unattended(), l.quorums(), l.expiring())
	slices.SortStableFunc(found, func(a, b Finding) int {
		return cmp.Or(a.Day.Compare(b.Day), cmp.Compare(slices.Index(FindingKinds, a.Kind), slices.Index(FindingKinds, b.Kind)),
			cmp.Compare(a.Rota, b.Rota), cmp.Compare(a.Leader, b.Leader))
	})
	return found
}

func (l Lookout) today() Date { return CivilOf(l.Now, l.Zone).Date }

// concerns reports whether d is looked at: it is not over, and starts in time.
func (l Lookout) concerns(d Duty) bool {
	return d.Span.End.After(l.Now) && (l.Until.IsZero() || d.Start.Date.Before(l.Until))
}

// about is a finding about duties, of which there is at least one.
func (l Lookout) about(kind FindingKind, w Watched, leader LeaderID, duties []Duty, says string) Finding {
	SortDuties(duties)
	return Finding{Kind: kind, Day: duties[0].Start.Date, Rota: w.Policy.Name, Leader: leader, Duties: duties, Says: says}
}

// open finds the duties that nobody holds, each by itself.
func (l Lookout) open(w Watched) (found []Finding) {
	for _, d := range w.Duties {
		if d.Holder == "" && l.concerns(d) {
			says := fmt.Sprintf("nobody is on call %s, %s to %s", d.Tier, inWords(d.Start), inWords(d.End))
			found = append(found, l.about(OpenDuty, w, "", []Duty{d}, says))
		}
	}
	return found
}

// missing finds what the pattern asks for on published days and was never given to anybody.
func (l Lookout) missing(w Watched) []Finding {
	there := map[DutyID]bool{}
	for _, d := range w.Duties {
		there[d.ID] = true
	}
	var lacking []Duty
	for _, v := range w.Versions {
		for _, d := range w.Policy.Duties(later(v.From, l.today()), v.Until, l.Zone, l.Holidays) {
			if !there[d.ID] && l.concerns(d) && d.Span.Start.After(l.Now) {
				there[d.ID] = true
				lacking = append(lacking, d)
			}
		}
	}
	if len(lacking) == 0 {
		return nil
	}
	f := l.about(MissingDuty, w, "", lacking, "")
	f.Says = fmt.Sprintf("the pattern asks for %s that the published rota does not have, the first %s",
		plural(len(lacking), "duty", "duties"), inWords(f.Duties[0].Start))
	return []Finding{f}
}

// unfit finds the holders who cannot do what they hold, each with the duties for which the reason is the same.
func (l Lookout) unfit(w Watched) (found []Finding) {
	plan := newPlanner(Problem{Policy: w.Policy, Zone: l.Zone, Holidays: l.Holidays, Leaders: l.Leaders, Absences: l.Absences})
	type reason struct {
		leader LeaderID
		kind   FindingKind
		why    string
	}
	var reasons []reason
	duties := map[reason][]Duty{}
	for _, d := range w.Duties {
		at, known := plan.index[d.Holder]
		if !known || !l.concerns(d) {
			continue
		}
		why := plan.bar(plan.Leaders[at], d)
		if why == "" {
			continue
		}
		r := reason{d.Holder, plan.kindOfBar(plan.Leaders[at], d), why}
		if duties[r] == nil {
			reasons = append(reasons, r)
		}
		duties[r] = append(duties[r], d)
	}
	for _, r := range reasons {
		f := l.about(r.kind, w, r.leader, duties[r], "")
		what := "the duty of " + inWords(f.Duties[0].Start)
		if n := len(f.Duties); n > 1 {
			what = fmt.Sprintf("%d duties from %s on", n, inWords(f.Duties[0].Start))
		}
		f.Says = fmt.Sprintf("%s holds %s and cannot: %s", plan.Leaders[plan.index[r.leader]].Name, what, r.why)
		found = append(found, f)
	}
	return found
}

// kindOfBar names the kind of what bar found, whose order it follows.
func (p *planner) kindOfBar(l Leader, d Duty) FindingKind {
	first, last := d.Days()
	away := slices.ContainsFunc(p.absencesOf[l.ID], func(a Absence) bool { return a.Bars() && a.Overlaps(d.Start, d.End) })
	eligible, _ := p.Policy.Eligible.Admits(l)
	fits, _ := p.tier(d.Tier).Eligible.Admits(l)
	switch {
	case !eligible || !fits:
		return Barred
	case !l.InPost(first, last):
		return NotInPost
	case !p.Policy.Registration.admits(l, last):
		return Unregistered
	case away && p.outsidePool(l, d) == "":
		return OnLeave
	default:
		return Barred
	}
}

// admits reports whether l's registration on d is what the rota asks for.
func (r Registered) admits(l Leader, d Date) bool {
	switch r {
	case RegistrationRequired:
		return l.RegisteredOn(d)
	case RegistrationNotLapsed:
		return !l.LapsedOn(d)
	default:
		return true
	}
}

// expiring finds the registrations that end soon, or have ended, of people who stay on.
func (l Lookout) expiring() (found []Finding) {
	for _, person := range l.Leaders {
		ends := person.Registration.Expires
		stays := person.Ends.IsZero() || person.Ends.After(ends) && !person.Ends.Before(l.today())
		days := l.today().DaysUntil(ends)
		if person.Registration.Body == "" || ends.IsZero() || !stays || days > slices.Max(RegistrationNotice) {
			continue
		}
		f := Finding{Kind: Expiring, Day: ends, Leader: person.ID, Duties: l.beyond(person)}
		when := "ended"
		if days >= 0 {
			at, _ := slices.BinarySearch(RegistrationNotice, days)
			f.Within, when = RegistrationNotice[at], "ends"
		}
		f.Says = fmt.Sprintf("%s registration of %s %s on %s", person.Registration.Body, person.Name, when, ends.Format("Mon 2 Jan 2006"))
		if days >= 0 {
			f.Says += fmt.Sprintf(", within %d days", f.Within)
		}
		if len(f.Duties) > 0 {
			f.Says += fmt.Sprintf("; %s beyond it", plural(len(f.Duties), "duty is", "duties are"))
		}
		found = append(found, f)
	}
	return found
}

// beyond gives the duties of a leader for which the registration will have ended, where the rota asks for one.
func (l Lookout) beyond(person Leader) (duties []Duty) {
	for _, w := range l.Rotas {
		for _, d := range w.Duties {
			_, last := d.Days()
			if d.Holder == person.ID && d.Span.End.After(l.Now) && person.LapsedOn(last) && !w.Policy.Registration.admits(person, last) {
				duties = append(duties, d)
			}
		}
	}
	SortDuties(duties)
	return duties
}

// runsOut finds that the published days end soon.
func (l Lookout) runsOut(w Watched) []Finding {
	today := l.today()
	first, until := Stretch(w.Versions, today)
	if today.DaysUntil(until) > runOutDays {
		return nil
	}
	f := Finding{Kind: RunsOut, Day: until, Rota: w.Policy.Name}
	f.Says = fmt.Sprintf("the published rota ends on %s", until.AddDays(-1).Format("Mon 2 Jan 2006"))
	if first == until {
		f.Says = "nothing is published from today on"
	}
	if w.Draft != nil && (first == until || !w.Draft.From.After(until)) && w.Draft.Until.After(until) {
		f.Drafts = w.Draft.Until.AddDays(-1)
		f.Says += fmt.Sprintf("; a draft goes on to %s", f.Drafts.Format("Mon 2 Jan 2006"))
	}
	return []Finding{f}
}
