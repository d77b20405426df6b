package rota

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Meetings is the rota of who goes to meetings for the PCN. Its shifts come from the calendars of partner
// bodies and not from a pattern; its duties are built, explained, certified, published and swapped like those
// of any rota, in the same ledger.
const Meetings RotaName = "meetings"

// The tiers of Meetings.
const (
	Representative TierName = "representative" // goes
	Deputy         TierName = "deputy"         // stands by, and goes where the representative cannot
)

// MeetingRules are what the rota Meetings asks for beside what every rota does.
type MeetingRules struct {
	PerHour     Points `json:"points_per_hour"`     // what an hour of representing the PCN weighs
	NightHours  int    `json:"hours_after_a_night"` // from the end of a night on call to the next meeting
	WhileOnCall bool   `json:"while_on_call"`       // whoever is on call at home may be at a meeting
}

// MeetingPolicy is the rota Meetings under these rules. A deputy counts a part of what a representative does.
func MeetingPolicy(rules MeetingRules, deputy Points) Policy {
	return Policy{
		Name: Meetings, Title: "Meetings", Registration: RegistrationIgnored, Meetings: &rules,
		Tiers: []Tier{{Name: Representative, Title: "Representative", Weight: Point}, {Name: Deputy, Title: "Deputy", Weight: deputy}},
	}
}

// Sitting is a meeting at which one leader represents the PCN and another deputises. A meeting of everybody
// is none: there is nobody to choose, and nothing that one owes more than another.
type Sitting struct {
	Occurrence
	Deputies Panel   // those who may stand by
	Anybody  bool    // where too few of those who are named can come, anybody may
	Points   Points  // what representing the PCN there weighs; 0 for so much an hour
	Travel   Minutes // needed between it and anything in another place
}

// Panel is all those whom any of its entries names.
type Panel []Who

// Admits reports whether l is on the panel.
func (p Panel) Admits(l Leader) bool {
	return slices.ContainsFunc(p, func(w Who) bool { return w.Admits(l) })
}

// String gives "any GP or leader L01".
func (p Panel) String() string {
	return strings.Join(apply(p, Who.String), " or ")
}

func apply[A, B any](list []A, f func(A) B) []B {
	out := make([]B, len(list))
	for i, a := range list {
		out[i] = f(a)
	}
	return out
}

// StandIns gives those who deputise where the manager names nobody: whoever might go just as well, and for a role
// also its deputies, as in "Deputy Clinical Director"; for one named leader, anybody.
func StandIns(who Who) Panel {
	switch who.Mode {
	case RoleGoes:
		return Panel{who, {RoleGoes, "Deputy " + who.Name}}
	case LeaderGoes:
		return Panel{{Mode: AnyGoes}}
	default:
		return Panel{who}
	}
}

// duties gives the two duties of the meeting, unheld.
func (s Sitting) duties(p Policy) []Duty {
	points := s.Points
	if points == 0 && p.Meetings != nil {
		points = p.Meetings.PerHour * Points(wallMinutes(s.Start, s.End)) / 60
	}
	var duties []Duty
	for _, tier := range p.Tiers {
		d := Duty{
			ID: SittingID(tier.Name, s.ID), Rota: p.Name, Tier: tier.Name, Kind: s.Series.Title,
			Start: s.Start, End: s.End, Span: s.Span,
		}
		d.Load[Meeting] = points * tier.Weight / Point
		duties = append(duties, d)
	}
	return duties
}

// SittingID names a duty at a meeting: "meetings.deputy.m3.20270121".
func SittingID(tier TierName, meeting OccurrenceID) DutyID {
	return DutyID(fmt.Sprintf("%s.%s.%s", Meetings, tier, meeting))
}

// MeetingOf gives the tier and the meeting that a duty of Meetings is about.
func (id DutyID) MeetingOf() (tier TierName, meeting OccurrenceID, ok bool) {
	rest, found := strings.CutPrefix(string(id), string(Meetings)+".")
	name, about, whole := strings.Cut(rest, ".")
	return TierName(name), OccurrenceID(about), found && whole
}

// Wanted gives the duties that p asks for, unheld, in order of time: those of its pattern, or of its meetings that
// nobody holds for good.
func (p Problem) Wanted() []Duty {
	duties := p.Policy.Duties(p.From, p.Until, p.Zone, p.Holidays)
	if p.Policy.Meetings == nil {
		return duties
	}
	held := map[DutyID]bool{}
	for _, d := range p.Held {
		held[d.ID] = true
	}
	for _, s := range p.Sittings {
		if !p.spans(s) {
			continue
		}
		duties = append(duties, slices.DeleteFunc(s.duties(p.Policy), func(d Duty) bool { return held[d.ID] })...)
	}
	slices.SortStableFunc(duties, func(a, b Duty) int {
		return cmp.Or(a.Span.Start.Compare(b.Span.Start), cmp.Compare(a.Kind, b.Kind))
	})
	return duties
}

// spans reports whether s is one of the meetings that p is about, and not one of before or after.
func (p Problem) spans(s Sitting) bool {
	return !s.Start.Date.Before(p.From) && s.Start.Date.Before(p.Until)
}

// sittingOf finds the meeting that a duty is about.
func (p *planner) sittingOf(d Duty) (Sitting, bool) {
	if d.Rota != Meetings {
		return Sitting{}, false
	}
	_, meeting, _ := d.ID.MeetingOf()
	s, known := p.sittings[meeting]
	return s, known
}

// unasked says in words why l is not among those who go to the meeting that d is about; "" for whoever is, and for
// duties on call.
func (p *planner) unasked(l Leader, d Duty) string {
	s, is := p.sittingOf(d)
	if !is || p.opened[d.ID].Admits(l) {
		return ""
	}
	who, what := Panel{s.Series.Who}, "go"
	if d.Tier == Deputy {
		who, what = s.Deputies, "deputise"
	}
	if who.Admits(l) {
		return ""
	}
	return fmt.Sprintf("not among those who %s: %s", what, who)
}

// open finds the meetings that ask for certain people, by role or by name, of whom too few can come, as far as leave,
// posts and what is held already show. Where none can who are to go, whoever may deputise may go; and where two do
// not come together so, anybody may do what is left, unless the manager said who deputises.
func (p *planner) open() {
	p.opened = map[DutyID]Panel{}
	anybody := Panel{{Mode: AnyGoes}}
	for _, s := range p.Sittings {
		if s.Series.Who.Mode == AnyGoes || !p.spans(s) {
			continue
		}
		both := s.duties(p.Policy)
		if len(both) != 2 {
			continue // not the rota of meetings
		}
		d, deputy := both[0], both[1]
		named, deputies := p.coming(Panel{s.Series.Who}, d), p.coming(s.Deputies, deputy)
		if len(named) == 0 {
			p.opened[d.ID] = s.Deputies
			named = p.coming(s.Deputies, d)
		}
		if len(named) == 0 && s.Anybody {
			p.opened[d.ID] = anybody
		}
		if s.Anybody && !(len(deputies) > 1 || len(deputies) == 1 && slices.ContainsFunc(named, func(id LeaderID) bool { return id != deputies[0] })) {
			p.opened[deputy.ID] = anybody
		}
	}
}

// coming lists those of a panel who can hold d, whatever the rest of the rota is.
func (p *planner) coming(panel Panel, d Duty) []LeaderID {
	was := p.opened[d.ID]
	p.opened[d.ID] = panel
	defer func() { p.opened[d.ID] = was }()
	var ids []LeaderID
	for _, l := range p.Leaders {
		if panel.Admits(l) && p.comes(l, d) {
			ids = append(ids, l.ID)
		}
	}
	return ids
}

// comes reports whether l can be at the meeting, whatever the rest of the rota is, and in whatever part l has at it.
func (p *planner) comes(l Leader, d Duty) bool {
	_, meeting, _ := d.ID.MeetingOf()
	return p.bar(l, d) == "" && !slices.ContainsFunc(p.held, func(h Duty) bool {
		_, other, is := h.ID.MeetingOf()
		return h.Holder == l.ID && !(is && other == meeting) && p.clash(l, d, h) != ""
	})
}

// together says in words why nobody can hold both a and b, whatever the rules are: they overlap, or one is a
// meeting and the other leaves no time to get there, or to rest.
func (p *planner) together(a, b Duty) string {
	if b.Span.Start.Before(a.Span.Start) {
		a, b = b, a
	}
	meetings := (a.Rota == Meetings) != (b.Rota == Meetings)
	switch {
	case a.Rota == Meetings && b.Rota == Meetings:
		return p.onTheWay(a, b)
	case meetings && a.Span.Overlaps(b.Span) && p.listens(a, b):
		return ""
	case a.Span.Overlaps(b.Span):
		return "on call at the same time"
	case b.Rota == Meetings && p.Policy.Meetings != nil:
		return p.afterNight(a, b)
	default:
		return ""
	}
}

// onTheWay says in words what is against going to the meeting a and, after it, to b.
func (p *planner) onTheWay(a, b Duty) string {
	from, known := p.sittingOf(a)
	to, too := p.sittingOf(b)
	switch {
	case known && from.ID == to.ID:
		return "goes to that meeting already"
	case a.Span.Overlaps(b.Span):
		return "at another meeting at the same time"
	}
	if !known || !too || strings.EqualFold(from.Series.Place, to.Series.Place) {
		return ""
	}
	way := max(from.Travel, to.Travel)
	if gap := b.Span.Start.Sub(a.Span.End); gap < time.Duration(way)*time.Minute {
		return fmt.Sprintf("%d minutes are needed on the way to or from another meeting, and there would be %d", way, int(gap.Minutes()))
	}
	return ""
}

// listens reports whether being on call leaves whoever holds it free to be at a meeting.
func (p *planner) listens(a, b Duty) bool {
	onCall := a
	if a.Rota == Meetings {
		onCall = b
	}
	return p.Policy.Meetings != nil && p.Policy.Meetings.WhileOnCall && p.kindOf(onCall).Place != OnSite
}

// smallHours end at six in the morning. Whoever was on call in them was on call that night.
const smallHours TimeOfDay = 6 * 60

// afterNight says in words why the meeting b comes too soon after the night on call a.
func (p *planner) afterNight(a, b Duty) string {
	if !a.nightBefore(b.Span, p.Policy.Meetings.NightHours) {
		return ""
	}
	return fmt.Sprintf("straight after a night on call, which ends at %s", a.End.Time)
}

// nightBefore reports whether d is a night on call, and a meeting begins within so many hours of its end.
func (d Duty) nightBefore(meeting Span, hours int) bool {
	night := d.End.Time > 0 && d.Start.Before(d.End.Date.At(smallHours))
	gap := meeting.Start.Sub(d.Span.End)
	return night && gap >= 0 && gap < time.Duration(hours)*time.Hour
}

// meetingReach is how long before a meeting something can stand in its way without overlapping.
func (p *planner) meetingReach() time.Duration {
	if p.Policy.Meetings == nil {
		return 0
	}
	reach := time.Duration(p.Policy.Meetings.NightHours) * time.Hour
	for _, s := range p.Sittings {
		reach = max(reach, time.Duration(s.Travel)*time.Minute)
	}
	return reach
}
