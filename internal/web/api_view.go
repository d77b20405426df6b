package web

import (
	"net/http"
	"slices"
	"time"

	"pcnrota/rota"
)

// apiNow is who is on call at a moment.
type apiNow struct {
	At    string       `json:"at"`
	PCN   string       `json:"pcn"`
	Zone  string       `json:"zone"`
	Rotas []apiNowRota `json:"rotas"`
}

type apiNowRota struct {
	Name  rota.RotaName `json:"name"`
	Title string        `json:"title"`
	Tiers []apiNowTier  `json:"tiers"`
}

type apiNowTier struct {
	Name   rota.TierName `json:"name"`
	Title  string        `json:"title"`
	OnCall []apiOnCall   `json:"on_call"` // empty outside the hours of the rota
	Next   *apiNext      `json:"next"`    // null where nothing is published
}

// apiOnCall is somebody on call, or a gap that ought to be filled: the name is empty then.
type apiOnCall struct {
	Name  string  `json:"name"`
	Phone string  `json:"phone"`
	Gap   bool    `json:"gap"`
	From  string  `json:"from"`
	Until *string `json:"until"` // null for a gap of which no end is known
}

type apiNext struct {
	Name  string `json:"name"`
	Gap   bool   `json:"gap"`
	From  string `json:"from"`
	Until string `json:"until"`
}

func (s *Site) apiNow(r *http.Request) (any, error) {
	now := s.Clock()
	plan, err := s.schedule(r.Context(), s.dayOf(now), nowDays)
	if err != nil {
		return nil, err
	}
	return viewAPINow(plan, s.PCN, now), nil
}

func viewAPINow(plan schedule, pcn string, now time.Time) apiNow {
	view := apiNow{At: plan.rfc3339(now), PCN: pcn, Zone: plan.zone.String(), Rotas: []apiNowRota{}}
	today := rota.CivilOf(now, plan.zone).Date
	for _, l := range plan.lines(today, today.AddDays(nowDays)) {
		ofRota, ofTier := plan.titles(l.Rota, l.Tier)
		if n := len(view.Rotas); n == 0 || view.Rotas[n-1].Name != l.Rota {
			view.Rotas = append(view.Rotas, apiNowRota{l.Rota, ofRota, []apiNowTier{}})
		}
		of := &view.Rotas[len(view.Rotas)-1]
		of.Tiers = append(of.Tiers, plan.apiTier(l, ofTier, now))
	}
	return view
}

func (s schedule) apiTier(l line, title string, now time.Time) apiNowTier {
	tier := apiNowTier{Name: l.Tier, Title: title, OnCall: []apiOnCall{}}
	current, next, follows := l.at(now)
	for _, c := range current {
		on := apiOnCall{Gap: c.Holder == "", From: s.rfc3339(c.Span.Start)}
		if !on.Gap {
			on.Name, on.Phone = s.who.name(c.Holder), s.who.phone(c.Holder)
		}
		if !on.Gap || follows { // a gap with nothing after it has no end that we know of
			until := s.rfc3339(c.Span.End)
			on.Until = &until
		}
		tier.OnCall = append(tier.OnCall, on)
	}
	if follows {
		tier.Next = &apiNext{s.holderName(next.Holder), next.Holder == "", s.rfc3339(next.Span.Start), s.rfc3339(next.Span.End)}
	}
	return tier
}

// holderName is "" for nobody.
func (s schedule) holderName(id rota.LeaderID) string {
	if id == "" {
		return ""
	}
	return s.who.name(id)
}

func (s schedule) rfc3339(t time.Time) string { return t.In(s.zone).Format(time.RFC3339) }

// apiRotaList is all rotas.
type apiRotaList struct {
	Rotas []apiRotaHead `json:"rotas"`
}

// apiRotaHead is a rota and the days for which it is published. Days are null where it is not.
type apiRotaHead struct {
	Name           rota.RotaName `json:"name"`
	Title          string        `json:"title"`
	Tiers          []apiTier     `json:"tiers"` // in the order in which they are rung
	PublishedFrom  *rota.Date    `json:"published_from"`
	PublishedUntil *rota.Date    `json:"published_until"` // excluded
	URL            string        `json:"url"`
}

type apiTier struct {
	Name  rota.TierName `json:"name"`
	Title string        `json:"title"`
}

func (s *Site) apiRotas(r *http.Request) (any, error) {
	all := apiRotaList{Rotas: []apiRotaHead{}}
	for _, p := range s.Policies {
		versions, err := s.source.Versions(r.Context(), p.Name)
		if err != nil {
			return nil, err
		}
		head := s.rotaHead(p)
		for _, v := range versions {
			if head.PublishedFrom == nil || v.From.Before(*head.PublishedFrom) {
				head.PublishedFrom = &v.From
			}
			if head.PublishedUntil == nil || v.Until.After(*head.PublishedUntil) {
				head.PublishedUntil = &v.Until
			}
		}
		all.Rotas = append(all.Rotas, head)
	}
	return all, nil
}

func (s *Site) rotaHead(p rota.Policy) apiRotaHead {
	plan := schedule{policies: s.Policies}
	head := apiRotaHead{Name: p.Name, URL: s.root + apiRoot + "/rotas/" + string(p.Name), Tiers: []apiTier{}}
	head.Title, _ = plan.titles(p.Name, "")
	for _, t := range p.Tiers {
		_, title := plan.titles(p.Name, t.Name)
		head.Tiers = append(head.Tiers, apiTier{t.Name, title})
	}
	return head
}

// apiRota is the duties of one rota over some days.
type apiRota struct {
	Name   rota.RotaName `json:"name"`
	Title  string        `json:"title"`
	Tiers  []apiTier     `json:"tiers"`
	From   rota.Date     `json:"from"`
	Until  rota.Date     `json:"until"` // excluded
	Duties []apiDuty     `json:"duties"`
}

// apiDuty is one duty, or a part of one that somebody took over. The name is empty for a gap.
type apiDuty struct {
	ID       rota.DutyID   `json:"id"`
	Tier     rota.TierName `json:"tier"`
	Name     string        `json:"name"`
	Gap      bool          `json:"gap"`
	From     string        `json:"from"`
	Until    string        `json:"until"`
	Category rota.Category `json:"category"`
	Points   rota.Points   `json:"points"`
	Holidays []string      `json:"holidays"`
}

func (s *Site) apiRota(r *http.Request) (any, error) {
	name := rota.RotaName(r.PathValue("name"))
	at := slices.IndexFunc(s.Policies, func(p rota.Policy) bool { return p.Name == name })
	if at < 0 {
		return nil, &apiError{http.StatusNotFound, "There is no rota of this name. " + apiRoot + "/rotas lists them."}
	}
	from, until, err := s.askedDays(r)
	if err != nil {
		return nil, err
	}
	plan, err := s.schedule(r.Context(), from, from.DaysUntil(until))
	if err != nil {
		return nil, err
	}
	head := s.rotaHead(s.Policies[at])
	view := apiRota{head.Name, head.Title, head.Tiers, from, until, []apiDuty{}}
	for _, d := range plan.asked(name, rota.Period{First: from, Last: until.AddDays(-1)}) {
		duty := apiDuty{
			d.ID, d.Tier, plan.holderName(d.Holder), d.Holder == "", plan.rfc3339(d.Span.Start), plan.rfc3339(d.Span.End),
			d.Category(), d.Points(),
			[]string{},
		}
		for _, on := range d.OnCall() {
			duty.Holidays = append(duty.Holidays, plan.special(on)...)
		}
		view.Duties = append(view.Duties, duty)
	}
	return view, nil
}
