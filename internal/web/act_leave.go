package web

import (
	"errors"
	"net/http"
	"strconv"
	"strings"

	"pcnrota/rota"
)

// leavePage shows what a leader has asked for, and the form to ask for more.
func (s *Site) leavePage(w http.ResponseWriter, r *http.Request, a session) {
	s.showLeave(w, r, a, leaveForm{First: r.URL.Query().Get("first")})
}

func (s *Site) showLeave(w http.ResponseWriter, r *http.Request, a session, form leaveForm) {
	papers, err := s.Desk.Papers(r.Context(), a.Leader.ID)
	if s.refused(w, r, err) {
		return
	}
	s.showActing(w, r, a, leaveTemplate, page{Title: "Ask for leave", Body: s.viewLeave(papers, form, r.URL.Query().Get("asked"))})
}

// askLeave asks for an absence. Where the form is not right it comes back as it was filled in.
func (s *Site) askLeave(w http.ResponseWriter, r *http.Request, a session) {
	form := leaveForm{Kind: r.PostFormValue("kind"), First: r.PostFormValue("first"), Last: r.PostFormValue("last")}
	asked, ok := form.read(rota.CivilOf(s.Clock(), s.Zone).Date)
	if !ok {
		s.showLeave(w, r, a, form)
		return
	}
	id, err := s.Desk.AskLeave(r.Context(), a.Leader.ID, asked)
	if no := (*Refusal)(nil); errors.As(err, &no) {
		form.FirstWrong = strings.TrimSpace(no.Says + " " + no.Do)
		s.showLeave(w, r, a, form)
		return
	}
	if s.refused(w, r, err) {
		return
	}
	http.Redirect(w, r, s.root+"/act/leave?asked="+strconv.FormatInt(int64(id), 10), http.StatusSeeOther)
}

// dropLeave takes back what was asked for.
func (s *Site) dropLeave(w http.ResponseWriter, r *http.Request, a session) {
	n, err := strconv.ParseInt(r.PathValue("absence"), 10, 64)
	if err != nil {
		s.notFound(w, r)
		return
	}
	if s.refused(w, r, s.Desk.DropLeave(r.Context(), a.Leader.ID, rota.AbsenceID(n))) {
		return
	}
	s.leadTo(w, r, "act/leave")
}

// notePage has the form for a handover note.
func (s *Site) notePage(w http.ResponseWriter, r *http.Request, a session) {
	s.showNote(w, r, a, noteView{})
}

func (s *Site) showNote(w http.ResponseWriter, r *http.Request, a session, v noteView) {
	papers, err := s.Desk.Papers(r.Context(), a.Leader.ID)
	if s.refused(w, r, err) {
		return
	}
	for _, d := range papers.Noted {
		if d.ID == rota.DutyID(r.PathValue("duty")) {
			v.Duty = s.viewDuty(d.Duty)
			s.showActing(w, r, a, noteTemplate, page{Title: "Leave a note for whoever is on call next", Body: v})
			return
		}
	}
	s.tell(w, r, http.StatusNotFound, &Refusal{"You can leave a note about a duty of your own, once it has begun.", ""})
}

// writeNote keeps a handover note.
func (s *Site) writeNote(w http.ResponseWriter, r *http.Request, a session) {
	note := r.PostFormValue("note")
	err := s.Desk.WriteNote(r.Context(), a.Leader.ID, rota.DutyID(r.PathValue("duty")), note)
	if no := (*Refusal)(nil); errors.As(err, &no) {
		s.showNote(w, r, a, noteView{Note: note, Wrong: no.Says, Do: no.Do})
		return
	}
	if s.refused(w, r, err) {
		return
	}
	http.Redirect(w, r, s.root+"/act?noted", http.StatusSeeOther)
}
