package mail

import (
	"time"

	"pcnrota/notify"
	"pcnrota/rota"
)

// This file has a message of every kind, with something in each of its fields: templates are tried on them, and
// pcnrota remind preview shows them. Nobody in them exists.

// sampleZone stands for London without its rules, which a machine may not have.
var sampleZone = time.FixedZone("GMT", 0)

var sampleLetterhead = Letterhead{
	PCN: "Example PCN", Zone: sampleZone, From: "rota@pcn.example", ReplyTo: "manager@pcn.example",
	Link: "https://rota.pcn.example/", Base: "https://rota.pcn.example", PCNID: "0123456789abcdef0123456789abcdef",
	Pass: func(purpose string, _ int64) string { return "https://rota.pcn.example/do/" + purpose + ".example.1" },
}

var (
	sampleNow     = time.Date(2027, 3, 20, 17, 0, 0, 0, time.UTC)
	sampleTo      = rota.Leader{ID: "L01", Name: "Dr Ada Obi", Email: "ada.obi@pcn.example"}
	sampleManager = rota.Leader{Name: "PCN manager", Email: "manager@pcn.example"}
	sampleOther   = notify.Colleague{Name: "Sam Ng", What: "Second on call", Phone: "07700 900123"}
)

// sampleSlot is the night that begins so many days after the sample's day.
func sampleSlot(days int) *notify.Slot {
	day := rota.CivilOf(sampleNow, sampleZone).Date.AddDays(days)
	s := &notify.Slot{Start: day.At(18*60 + 30), End: day.AddDays(1).At(8 * 60)}
	s.Span = rota.Span{Start: s.Start.Instant(sampleZone), End: s.End.Instant(sampleZone)}
	return s
}

func sampleMove(was, is *notify.Slot) notify.Moved {
	return notify.Moved{
		Move: notify.Move{Duty: "on-call.first.20270327T1830", Rota: "on-call", Tier: "first", Was: was, Is: is, Other: "L02"},
		What: "First on call", Line: "Leadership on call", Other: notify.Colleague{Name: sampleOther.Name, Phone: sampleOther.Phone},
	}
}

// Samples gives a message of each kind, in the order of notify.Kinds.
func Samples() []notify.Message {
	var all []notify.Message
	for _, kind := range notify.Kinds {
		all = append(all, Sample(kind))
	}
	return all
}

// Sample gives a message of a kind.
func Sample(kind notify.Kind) notify.Message {
	m := notify.Message{
		Reminder: notify.Reminder{
			Number: 1, Key: notify.Key(string(kind) + "/sample"), Kind: kind, About: "on-call.first.20270327T1830", Leader: sampleTo.ID,
			Due: sampleNow, Until: sampleNow.AddDate(0, 0, 8), Reason: "7 days before, 17:00", MessageID: "0123456789abcdef0123456789abcdef@pcn.example",
		},
		Date: sampleNow, Thread: "fedcba9876543210fedcba9876543210@pcn.example", To: sampleTo,
	}
	if kind.IsEvent() {
		m.Reminder.Reason = ""
		sampleEvent(&m)
	} else {
		sampleRung(&m)
	}
	return m
}

// sampleRung fills in what comes from a ladder.
func sampleRung(m *notify.Message) {
	slot := sampleSlot(7)
	m.What, m.Line, m.Start, m.End, m.Span = "First on call", "Leadership on call", slot.Start, slot.End, slot.Span
	m.With = []notify.Colleague{sampleOther}
	switch m.Reminder.Kind {
	case notify.Handover:
		m.Notes = []notify.Note{{From: notify.Colleague{Name: "Ana Costa", Phone: "07700 900456"}, Written: sampleNow, Note: "The boiler at Quay is out; the engineer comes at ten."}}
	case notify.Meeting:
		m.Line, m.With = "LMC", []notify.Colleague{{Name: sampleOther.Name}}
		sampleMeeting(m, slot.Start.Date)
		m.Going = sampleGoing(m.Start.Date)
	case notify.Responsibility:
		m.What, m.Line, m.With = "SMI health-check return", "Quality", []notify.Colleague{{Name: sampleOther.Name, Phone: sampleOther.Phone}}
	case notify.Action:
		m.What, m.Line, m.With = "Send the access figures round", "ICS board", nil
	case notify.Digest:
		m.Reminder.Reason = "every Monday, 08:00"
		m.Yours = []notify.Entry{{Kind: notify.Duty, What: m.What, Line: m.Line, Start: m.Start, End: m.End, Span: m.Span}}
		m.Team = []notify.Entry{{Kind: notify.Duty, What: "Second on call", Line: m.Line, Who: "Sam Ng", Start: m.Start, End: m.End, Span: m.Span}}
	case notify.Gaps:
		m.Reminder.Reason, m.To = "every Monday, 08:00", sampleManager
		m.Matters = []notify.Matter{{Urgency: rota.Urgent, Says: "nobody is on call first, Wed 31 Mar 2027 18:30", Do: "pcnrota cover find on-call.first.20270331T1830"}}
	case notify.Fairness:
		m.Reminder.Reason, m.To = "the first of every month", sampleManager
		m.Standings = []notify.Balance{{Name: "Dr Ada Obi", Held: 12 * rota.Point, Target: 11 * rota.Point}, {Name: "Sam Ng", Held: 9 * rota.Point, Target: 10 * rota.Point}}
	}
}

// sampleMeeting has m be about a meeting on a day.
func sampleMeeting(m *notify.Message, day rota.Date) {
	m.What, m.Place, m.Start, m.End = "LMC monthly meeting", "Meeting room 2, Harbour House", day.At(13*60), day.At(14*60+30)
	m.Span = rota.Span{Start: m.Start.Instant(sampleZone), End: m.End.Instant(sampleZone)}
}

// sampleGoing is all that can be said about a meeting on a day.
func sampleGoing(day rota.Date) *notify.Going {
	return &notify.Going{
		Body: "Norfolk Local Medical Committee", Capacity: rota.Presenting, Deputy: "Ana Costa",
		Link: "https://meet.pcn.example/lmc?pwd=example", Papers: "https://papers.lmc.example/2027-03",
		PapersTo: day.AddDays(-5), PapersFrom: day.AddDays(-3),
		Agenda: "enhanced access; the new list-size figures", Before: "bring the figures of the last quarter",
		Quorum: rota.Quorum{Needed: 3, Asked: 3, Accepted: 2},
		Actions: []rota.Action{
			{ID: 4, Meeting: "m3.20270227", Owner: sampleTo.ID, What: "Ask the practices about Saturdays", Due: day.AddDays(-9)},
			{ID: 5, Meeting: "m3.20270227", Owner: sampleTo.ID, What: "Send the access figures round", Due: day},
		},
	}
}

// sampleEvent fills in what tells of something that happened.
func sampleEvent(m *notify.Message) {
	news := &notify.News{At: sampleNow, By: "manager", Why: "Dr Costa is ill", Sequence: 1, Pass: 1}
	m.Reminder.News = news
	m.Moves = []notify.Moved{sampleMove(nil, sampleSlot(7))}
	switch m.Reminder.Kind {
	case notify.Change:
		m.Moves = append(m.Moves, sampleMove(sampleSlot(8), nil), sampleMove(sampleSlot(9), sampleSlot(10)))
		m.Reminder.ConfirmBy = sampleNow.AddDate(0, 0, 1)
	case notify.SwapAsked, notify.SwapAnswered:
		m.From, m.Moves = notify.Colleague{Name: sampleOther.Name, Phone: sampleOther.Phone}, append(m.Moves, sampleMove(nil, sampleSlot(14)))
		news.Offer = &notify.OfferNews{ID: 4, State: rota.OfferOpen, Leader: "L02", Why: "a wedding"}
		if m.Reminder.Kind == notify.SwapAnswered {
			m.Taker, news.Offer.State, news.Offer.Says = notify.Colleague{Name: "Ana Costa", Phone: "07700 900456"}, rota.OfferRefused, "the weekend is too close"
		}
	case notify.AbsenceDecided:
		day := rota.CivilOf(sampleNow, sampleZone).Date
		news.Why = ""
		news.Absence = &notify.AbsenceNews{ID: 3, State: rota.Approved, Begin: day.AddDays(30).At(0), End: day.AddDays(40).At(0)}
	case notify.ConfirmOverdue, notify.Undelivered:
		m.From, m.To = notify.Colleague{Name: sampleOther.Name, Phone: sampleOther.Phone}, sampleManager
		news.Silence = &notify.Silence{Number: 1, Kind: notify.Change, Leader: "L02", Asked: sampleNow.AddDate(0, 0, -1), Step: notify.ToManager}
		if m.Reminder.Kind == notify.Undelivered {
			news.Detail = "550 5.1.1 no such mailbox"
		}
	case notify.Declined:
		m.To, news.By, news.Why = sampleManager, "", ""
	case notify.NobodyGoes:
		m.To, news.By, news.Why = sampleManager, "", ""
		move := sampleMove(sampleSlot(7), nil)
		move.Duty, move.Rota, move.Tier = rota.SittingID(rota.Representative, "m3.20270327"), rota.Meetings, rota.Representative
		move.What, move.Line, move.Other = "Representative", "LMC monthly meeting", notify.Colleague{}
		m.Moves = []notify.Moved{move}
	case notify.Attendance:
		m.To, m.Moves = rota.Leader{Name: "Jo Clerk", Email: "jo.clerk@lmc.example"}, nil
		news.By, news.Why, news.Attends = "", "", &notify.Attends{Body: "LMC", Meeting: "m3.20270327", Again: true}
		sampleMeeting(m, sampleSlot(7).Start.Date)
		m.Line, m.Attends = "Norfolk Local Medical Committee", []notify.Attendee{{Name: sampleTo.Name, Role: "Clinical Director"}, {Name: sampleOther.Name}}
	case notify.Cancellation:
		m.Moves = []notify.Moved{sampleMove(sampleSlot(7), nil)}
	}
}
