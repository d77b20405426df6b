package cli

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/urfave/cli/v2"

	"pcnrota/rota"
)

// showMeeting shows one meeting.
func (p *pcn) showMeeting(c *cli.Context, s rota.Series, all []rota.Occurrence) error {
	day, err := parseDay(c.String("on"))
	if err != nil {
		return err
	}
	i := slices.IndexFunc(all, func(m rota.Occurrence) bool { return m.Start.Date == day })
	if i < 0 {
		_, err := p.meetingOn(c, s, day)
		return err
	}
	m := all[i]
	names, err := p.namesOf(c)
	if err != nil {
		return err
	}
	b, err := p.body(c, string(m.Series.Body))
	if err != nil {
		return err
	}
	replies, err := p.db.Replies(c.Context)
	if err != nil {
		return err
	}
	var f facts
	f.add("meeting", m.Series.Title)
	f.add("of", b.NameOn(day))
	f.add("when", shownCivil(m.Start)+" to "+m.End.Time.String())
	f.add("different", ownInWords(m))
	addMeetingFacts(&f, m.Series)
	addGoing(&f, m, names, replies)
	if to := m.Series.PapersTo.Or(b.PapersTo).On(day, p.config.Holidays); !to.IsZero() {
		f.add("papers to it by", to.Format("Mon 2006-01-02"))
	}
	if from := m.Series.PapersFrom.Or(b.PapersFrom).On(day, p.config.Holidays); !from.IsZero() {
		f.add("papers from it by", from.Format("Mon 2006-01-02"))
	}
	f.add("changes", strconv.Itoa(m.Sequence))
	view := p.viewOfMeeting(m, replies)
	view.meetingDetails = p.detailsOf(m, b, replies)
	return p.showOne(c, view, f)
}

// meetingDetails is the rest of what there is to say about one meeting, in JSON.
type meetingDetails struct {
	Body       rota.BodyID   `json:"partner_body"`
	BodyName   string        `json:"partner_body_name"` // on that day
	Different  string        `json:"different"`         // from the rest of its series; "" where nothing is
	Link       string        `json:"link"`
	Papers     string        `json:"papers"`
	PapersTo   rota.Date     `json:"papers_to_by"`   // "" where none are due
	PapersFrom rota.Date     `json:"papers_from_by"` // likewise
	Agenda     string        `json:"agenda"`
	Actions    string        `json:"actions"`
	Capacity   rota.Capacity `json:"part"`
	Who        string        `json:"who"`
	Answers    []repliedView `json:"answers"`
	Changes    int           `json:"changes"`
}

type repliedView struct {
	LeaderID rota.LeaderID `json:"leader_id"`
	Answer   rota.Answer   `json:"answer"`
	Why      string        `json:"why"`
}

func (p *pcn) detailsOf(m rota.Occurrence, b rota.Body, replies []rota.Reply) *meetingDetails {
	d := meetingDetails{
		Body: b.ID, BodyName: b.NameOn(m.Start.Date), Different: ownInWords(m), Link: m.Series.Link, Papers: m.Series.Papers,
		PapersTo: m.Series.PapersTo.Or(b.PapersTo).On(m.Start.Date, p.config.Holidays), PapersFrom: m.Series.PapersFrom.Or(b.PapersFrom).On(m.Start.Date, p.config.Holidays),
		Agenda: m.Series.Agenda, Actions: m.Series.Actions, Capacity: m.Series.Capacity, Who: m.Series.Who.String(), Answers: []repliedView{}, Changes: m.Sequence,
	}
	for _, r := range replies {
		if r.Meeting == m.ID {
			d.Answers = append(d.Answers, repliedView{r.Leader, r.Answer, r.Why})
		}
	}
	return &d
}

// addGoing says who goes, what each has answered, and whether that is enough.
func addGoing(f *facts, m rota.Occurrence, names map[rota.LeaderID]string, replies []rota.Reply) {
	answered := map[rota.LeaderID]rota.Reply{}
	for _, r := range replies {
		if r.Meeting == m.ID {
			answered[r.Leader] = r
		}
	}
	person := func(id rota.LeaderID) string {
		return names[id] + ", " + cmp.Or(string(answered[id].Answer), "has not answered")
	}
	f.add("they go", strings.Join(each(m.Attending, person), "\n"))
	if m.Deputy != "" {
		f.add("deputy", names[m.Deputy])
	}
	var not []string
	for _, r := range replies {
		if r.Meeting == m.ID && r.Answer != rota.Accepted && !slices.Contains(m.Attending, r.Leader) {
			not = append(not, strings.TrimSuffix(names[r.Leader]+", "+string(r.Answer)+": "+r.Why, ": "))
		}
	}
	f.add("do not", strings.Join(not, "\n"))
	f.add("accepted", acceptedInWords(m, replies))
}
