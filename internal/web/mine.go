package web

import (
	"cmp"
	"context"
	"html/template"
	"net/url"
	"slices"
	"strings"
	"time"

	"pcnrota/rota"
)

// mine is what concerns one leader over some days.
type mine struct {
	schedule
	leader   rota.Leader
	duties   []rota.Published // their own, in order of time
	meetings []rota.Occurrence
	bodies   map[rota.BodyID]rota.Body
	reasons  map[rota.DutyID]string // why they hold a duty, by its ID
	phones   bool                   // colleagues' numbers may be shown
	act      string                 // begins the address at which they can do something about a duty or a meeting; "" where they cannot
}

// mine reads what is on show to a leader over some days.
func (s *Site) mine(ctx context.Context, d door, from rota.Date, days int) (mine, error) {
	plan, err := s.schedule(ctx, from, days)
	if err != nil {
		return mine{}, err
	}
	m := mine{schedule: plan, leader: plan.who[d.Leader], bodies: map[rota.BodyID]rota.Body{}, phones: d.feed.Options.Phones}
	if s.Desk != nil {
		m.act = s.root + "/act/"
	}
	for _, p := range plan.published {
		if p.Holder == d.Leader {
			m.duties = append(m.duties, p)
		}
	}
	met, err := s.source.Occurrences(ctx, from.At(0).Instant(s.Zone), from.AddDays(days).At(0).Instant(s.Zone))
	if err != nil {
		return mine{}, err
	}
	for _, o := range met {
		if slices.Contains(o.Attending, d.Leader) || o.Deputy == d.Leader {
			m.meetings = append(m.meetings, o)
		}
	}
	bodies, err := s.source.Bodies(ctx)
	if err != nil {
		return mine{}, err
	}
	for _, b := range bodies {
		m.bodies[b.ID] = b
	}
	return m, nil
}

// entry is a duty or a meeting of one leader, in words.
type entry struct {
	Duty       rota.DutyID // "" for a meeting
	Start, End rota.Civil
	Span       rota.Span
	Title      string // "First on call", "Integrated care board in public"
	Of         string // the rota, or the body that meets
	Day, Times string
	Special    []string // holidays and festive days among its days
	Worth      string   // "2 points, weekend"; "" for a meeting
	Load       rota.Load
	Place      string
	Papers     string   // when papers are due, and when they come
	Details    []detail // how to join, and what there is to read and to do
	Beside     []beside // who else is on call
	Reason     string   // why it is they who hold it; "" where that is not known
	Now        bool     // it has begun
	Act        string   // where they can hand it over, or answer whether they come; "" where they cannot
}

// detail is a line about a meeting; URL is "" where it is no web address.
type detail struct{ Title, Text, URL string }

// webAddress gives text where it is an address that a browser opens, as a whole.
func webAddress(text string) string {
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || strings.ContainsAny(text, " \n") {
		return ""
	}
	return text
}

// beside is somebody on call at the same time.
type beside struct {
	Tier  string
	Name  string // "" where nobody is
	Phone string
	Call  template.URL
}

// entries gives duties and meetings that end after now, in order of time; all where now is zero.
func (m mine) entries(now time.Time) []entry {
	var all []entry
	for _, d := range m.duties {
		all = append(all, m.dutyEntry(d.Duty))
	}
	for _, o := range m.meetings {
		all = append(all, m.meetingEntry(o))
	}
	all = slices.DeleteFunc(all, func(e entry) bool { return !now.IsZero() && !e.Span.End.After(now) })
	for i := range all {
		all[i].Now = !now.IsZero() && all[i].Span.Contains(now)
		if all[i].Now && all[i].Duty == "" {
			all[i].Act = "" // it is too late to answer
		}
	}
	slices.SortStableFunc(all, func(a, b entry) int { return a.Span.Start.Compare(b.Span.Start) })
	return all
}

func (m mine) dutyEntry(d rota.Duty) entry {
	ofRota, tier := m.titles(d.Rota, d.Tier)
	e := entry{
		Duty: d.ID, Start: d.Start, End: d.End, Span: d.Span, Title: tier, Of: ofRota, Load: d.Load,
		Worth: pointsWords(d.Points()) + ", " + d.Category().Title(), Reason: m.reasons[d.ID.Whole()],
	}
	e.Day, e.Times = shiftWords(d.Start, d.End)
	for _, on := range d.OnCall() {
		e.Special = append(e.Special, m.special(on)...)
	}
	e.Beside = m.beside(d)
	if m.act != "" {
		e.Act = m.act + "duties/" + url.PathEscape(string(d.ID.Whole()))
	}
	return e
}

// beside gives who is on call at the same time as d, in the order in which the tiers are rung.
func (m mine) beside(d rota.Duty) []beside {
	var others []rota.Published
	for _, o := range m.published {
		if o.ID != d.ID && o.Rota == d.Rota && o.Tier != d.Tier && o.Span.Overlaps(d.Span) {
			others = append(others, o)
		}
	}
	rank := func(o rota.Published) int {
		for _, p := range m.policies {
			if p.Name == o.Rota {
				return slices.IndexFunc(p.Tiers, func(t rota.Tier) bool { return t.Name == o.Tier })
			}
		}
		return 0
	}
	slices.SortStableFunc(others, func(a, b rota.Published) int { return cmp.Compare(rank(a), rank(b)) })
	var all []beside
	for _, o := range others {
		_, tier := m.titles(o.Rota, o.Tier)
		b := beside{Tier: tier}
		if o.Holder != "" {
			b.Name = m.who.name(o.Holder)
			if m.phones {
				b.Phone = m.who.phone(o.Holder)
				b.Call = phoneLink(b.Phone)
			}
		}
		if !slices.Contains(all, b) {
			all = append(all, b)
		}
	}
	return all
}

func (m mine) meetingEntry(o rota.Occurrence) entry {
	body := m.bodies[o.Series.Body].NameOn(o.Start.Date)
	e := entry{
		Start: o.Start, End: o.End, Span: o.Span, Title: o.Series.Title,
		Of: "Meeting of " + cmp.Or(body, string(o.Series.Body)), Place: o.Series.Place,
	}
	e.Day, e.Times = shiftWords(o.Start, o.End)
	e.Special = m.special(o.Start.Date)
	if m.act != "" {
		e.Act = m.act + "meetings/" + url.PathEscape(string(o.ID))
	}
	link := o.Series.Link
	if !slices.Contains(o.Attending, m.leader.ID) {
		e.Of, link = "You are the deputy. "+e.Of, ""
	}
	if due := o.Series.PapersTo.On(o.Start.Date, m.holidays); !due.IsZero() {
		e.Papers = "Papers are due by " + dayWords(due) + "."
	}
	if come := o.Series.PapersFrom.On(o.Start.Date, m.holidays); !come.IsZero() {
		e.Papers = strings.TrimSpace(e.Papers + " Papers come by " + dayWords(come) + ".")
	}
	for _, d := range [][2]string{{"Join", link}, {"Papers", o.Series.Papers}, {"Agenda", o.Series.Agenda}, {"To do", o.Series.Actions}} {
		if d[1] != "" {
			e.Details = append(e.Details, detail{d[0], d[1], webAddress(d[1])})
		}
	}
	return e
}

// pointsWords gives "1 point" or "1.5 points".
func pointsWords(p rota.Points) string {
	if s := p.String(); s != "1" {
		return s + " points"
	}
	return "1 point"
}
