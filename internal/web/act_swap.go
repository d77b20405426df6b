package web

import (
	"net/http"
	"strconv"

	"pcnrota/rota"
)

// deskPage is where a leader sees what they can act on.
func (s *Site) deskPage(w http.ResponseWriter, r *http.Request, a session) {
	papers, err := s.Desk.Papers(r.Context(), a.Leader.ID)
	if s.refused(w, r, err) {
		return
	}
	view := s.viewDesk(papers, a.Leader.ID)
	if r.URL.Query().Has("noted") {
		view.Done = "Your note is kept for whoever is on call next."
	}
	s.showActing(w, r, a, deskTemplate, page{Title: "Your duties, swaps and leave", Body: view})
}

// choicesPage shows who could take a duty.
func (s *Site) choicesPage(w http.ResponseWriter, r *http.Request, a session) {
	s.showChoices(w, r, a, "")
}

// showChoices shows them with what was wrong with the form that was sent, and with what else was filled in.
func (s *Site) showChoices(w http.ResponseWriter, r *http.Request, a session, wrong string) {
	c, err := s.Desk.Choices(r.Context(), a.Leader.ID, rota.DutyID(r.PathValue("duty")), r.FormValue("from"), r.FormValue("until"))
	if s.refused(w, r, err) {
		return
	}
	view := s.viewChoices(c)
	view.Wrong, view.Why = wrong, r.PostFormValue("why")
	s.showActing(w, r, a, choicesTemplate, page{Title: "Offer a duty to others", Body: view})
}

// returnsPage shows what one colleague could give for a duty.
func (s *Site) returnsPage(w http.ResponseWriter, r *http.Request, a session) {
	back, err := s.Desk.Returns(r.Context(), a.Leader.ID, rota.DutyID(r.PathValue("duty")), rota.LeaderID(r.PathValue("leader")))
	if s.refused(w, r, err) {
		return
	}
	s.showActing(w, r, a, returnsTemplate, page{Title: "Ask for a swap", Body: s.viewReturns(back)})
}

// makeOffer offers a duty to those who are ticked, or to everybody who can take it.
func (s *Site) makeOffer(w http.ResponseWriter, r *http.Request, a session) {
	f := r.PostForm
	o := Offering{
		Duty: rota.DutyID(r.PathValue("duty")), From: f.Get("from"), Until: f.Get("until"),
		Return: rota.DutyID(f.Get("return")), Why: f.Get("why"),
	}
	for _, id := range f["to"] {
		o.To = append(o.To, rota.LeaderID(id))
	}
	if len(o.To) == 0 && f.Get("anyone") == "" {
		s.showChoices(w, r, a, "Nobody was chosen, so nothing was offered: tick at least one colleague")
		return
	}
	id, err := s.Desk.Offer(r.Context(), a.Leader.ID, o)
	if s.refused(w, r, err) {
		return
	}
	s.leadTo(w, r, "act/offers/"+strconv.FormatInt(int64(id), 10))
}

// proposalPage shows an offer, and what can be done about it.
func (s *Site) proposalPage(w http.ResponseWriter, r *http.Request, a session) {
	id, ok := offerID(r)
	if !ok {
		s.notFound(w, r)
		return
	}
	p, err := s.Desk.Proposal(r.Context(), a.Leader.ID, id)
	if s.refused(w, r, err) {
		return
	}
	s.showActing(w, r, a, proposalTemplate, page{Title: "Offer of a duty", Body: s.viewProposal(p, a.Leader.ID)})
}

// answerOffer accepts, declines or withdraws an offer, and shows what has become of it.
func (s *Site) answerOffer(w http.ResponseWriter, r *http.Request, a session) {
	id, ok := offerID(r)
	act := map[string]func() error{
		"accept":   func() error { return s.Desk.Accept(r.Context(), a.Leader.ID, id) },
		"decline":  func() error { return s.Desk.Decline(r.Context(), a.Leader.ID, id) },
		"withdraw": func() error { return s.Desk.Withdraw(r.Context(), a.Leader.ID, id) },
	}[r.PostFormValue("answer")]
	if !ok || act == nil {
		s.notFound(w, r)
		return
	}
	if s.refused(w, r, act()) {
		return
	}
	s.leadTo(w, r, "act/offers/"+r.PathValue("offer"))
}

func offerID(r *http.Request) (rota.OfferID, bool) {
	n, err := strconv.ParseInt(r.PathValue("offer"), 10, 64)
	return rota.OfferID(n), err == nil && n > 0
}
