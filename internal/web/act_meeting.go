package web

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"pcnrota/rota"
)

var (
	summonsTemplate = parsePage("summons.html", "answers.html")
	meetingTemplate = parsePage("meeting.html", "answers.html", "signed_in.html")
)

// meetingPage is where a leader who is signed in answers whether they come to a meeting.
func (s *Site) meetingPage(w http.ResponseWriter, r *http.Request, a session) {
	called, err := s.Desk.Summons(r.Context(), a.Leader.ID, rota.OccurrenceID(r.PathValue("meeting")))
	if s.refused(w, r, err) {
		return
	}
	view := s.viewSummons(called)
	view.Token, view.Noted = a.formToken(), r.URL.Query().Has("noted")
	s.showActing(w, r, a, meetingTemplate, page{Title: view.title(), Body: view})
}

// answerMeeting takes the answer of a leader who is signed in.
func (s *Site) answerMeeting(w http.ResponseWriter, r *http.Request, a session) {
	id := rota.OccurrenceID(r.PathValue("meeting"))
	if s.answered(w, r, a.Leader.ID, id) {
		s.leadTo(w, r, "act/meetings/"+string(id)+"?noted")
	}
}

// answered takes the answer of a form, from whoever it comes. It reports false where it has told what was wrong with it.
func (s *Site) answered(w http.ResponseWriter, r *http.Request, l rota.LeaderID, id rota.OccurrenceID) bool {
	answer, err := rota.ParseAnswer(r.PostForm.Get("answer"))
	if err != nil {
		s.tell(w, r, http.StatusBadRequest, &Refusal{"No answer was chosen, so nothing was done.", "Go back and press one of the buttons."})
		return false
	}
	return !s.refused(w, r, s.Desk.AnswerMeeting(r.Context(), l, id, answer, r.PostForm.Get("why")))
}

// summonsPage shows what a pass in a reminder is for: to answer whether one comes. It does nothing, whoever asks.
func (s *Site) summonsPage(w http.ResponseWriter, r *http.Request, number int64) {
	s.showSummons(w, r, number, false)
}

// answerSummons takes the answer that comes by a pass. Done twice, it is the same as done once.
func (s *Site) answerSummons(w http.ResponseWriter, r *http.Request, number int64) {
	leader, meeting, err := s.Desk.SummonsOf(r.Context(), number)
	if !s.refused(w, r, err) && s.answered(w, r, leader, meeting) {
		s.showSummons(w, r, number, true)
	}
}

func (s *Site) showSummons(w http.ResponseWriter, r *http.Request, number int64, noted bool) {
	leader, meeting, err := s.Desk.SummonsOf(r.Context(), number)
	if s.refused(w, r, err) {
		return
	}
	called, err := s.Desk.Summons(r.Context(), leader, meeting)
	if s.refused(w, r, err) {
		return
	}
	view := s.viewSummons(called)
	view.Noted = noted
	s.render(w, r, http.StatusOK, summonsTemplate, page{Title: view.title(), Body: view})
}

// summonsView is a meeting, in words, with what a leader can answer.
type summonsView struct {
	Action     string // where the form leads; "" for the page itself
	Token      string // of the form; "" where a pass is the proof
	ID         rota.OccurrenceID
	What, Of   string
	Day, Times string
	Place      string
	Says       []string // how things stand
	Yes        string   // what the buttons say; "" for none
	No         string
	Deputy     string // says that the deputy goes
	Noted      bool   // an answer was just taken
	Asked      bool   // an answer is awaited, and there is none
	Deputises  bool
}

func (v summonsView) title() string {
	switch {
	case v.Noted:
		return "Thank you"
	case v.Deputises:
		return "Could you go?"
	default:
		return "Will you come?"
	}
}

func (s *Site) viewSummons(c Summons) summonsView {
	m := c.Meeting
	v := summonsView{ID: m.ID, What: m.Series.Title, Of: c.Body, Place: m.Series.Place, Deputises: c.Deputises, Asked: c.Open && c.Answer == ""}
	v.Day, v.Times = shiftWords(m.Start, m.End)
	v.Says = append(v.Says, answerWords(c), goingWords(c))
	if q := c.Quorum; q.Needed > 0 {
		v.Says = append(v.Says, fmt.Sprintf("It needs %d of us: %s.", q.Needed, strings.SplitN(q.String(), ",", 2)[0]))
	}
	v.Says = slices.DeleteFunc(v.Says, func(says string) bool { return says == "" })
	if !c.Open {
		return v
	}
	yes, no := "Yes, I come", "No, I cannot come"
	if c.Deputises {
		yes, no = "Yes, if I am needed", "No, I could not go"
	}
	if c.Answer == rota.Declined || c.Answer == rota.SendsDeputy {
		yes = "I can come after all"
	}
	if c.Answer != rota.Accepted {
		v.Yes = yes
	}
	if c.Answer == rota.Accepted || c.Answer == "" {
		v.No = no
		if c.Deputy != "" && c.Represents {
			v.Deputy = "Send " + c.Deputy
		}
	}
	return v
}

// answerWords says what somebody has answered.
func answerWords(c Summons) string {
	switch {
	case c.Answer == rota.Accepted && c.Spare && c.Open:
		return "You have said that you could come after all. Somebody else has accepted since, so you need not."
	case c.Answer == rota.Accepted && c.Deputises:
		return "You have said that you could go."
	case c.Answer == rota.Accepted:
		return "You have said that you come."
	case c.Answer == rota.Declined:
		return "You have said that you cannot come."
	case c.Answer == rota.SendsDeputy:
		return "You have sent the deputy."
	case !c.Open:
		return "You are not asked to come any more."
	default:
		return ""
	}
}

// goingWords says who goes as things stand.
func goingWords(c Summons) string {
	says := "Nobody goes as things stand, and the PCN manager is told."
	switch n := len(c.Goes); {
	case n > 4:
		says = fmt.Sprintf("%d of us go.", n)
	case c.Represents && n == 1:
		says = "You go."
	case n > 1:
		says = strings.Join(c.Goes[:n-1], ", ") + " and " + c.Goes[n-1] + " go."
	case n == 1:
		says = c.Goes[0] + " goes."
	}
	switch {
	case c.Deputises:
		says += " You are the deputy."
	case c.Deputy != "":
		says += " The deputy is " + c.Deputy + "."
	}
	return says
}
