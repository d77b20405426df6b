package web

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"pcnrota/rota"
)

// This file words what leaders can act on, for the templates.

// dutyView is a duty in words.
type dutyView struct {
	Root       string // begins the addresses of what can be done about it
	ID         rota.DutyID
	What, Line string // "First on call", "Leadership on call"
	Day, Times string // "Monday 4 January", "6:30pm to 8am on Tuesday"
	Offer      string // the number of the offer by which it is offered already; ""
}

func (s *Site) viewDuty(d rota.Duty) dutyView { return s.viewPart(d, d.Start, d.End) }

// viewPart is a part of a duty's time in words.
func (s *Site) viewPart(d rota.Duty, from, until rota.Civil) dutyView {
	v := dutyView{Root: s.root, ID: d.ID}
	v.Line, v.What = schedule{policies: s.Policies}.titles(d.Rota, d.Tier)
	v.Day, v.Times = shiftWords(from, until)
	return v
}

// viewOffered is what an offer is about.
func (s *Site) viewOffered(o rota.Offer, whole map[rota.DutyID]rota.Duty) dutyView {
	d, there := whole[o.Duty]
	switch {
	case !there:
		return dutyView{ID: o.Duty, What: "A duty", Day: "that is not on the rota any more"}
	case o.IsPart():
		return s.viewPart(d, o.From, o.Until)
	default:
		return s.viewDuty(d)
	}
}

type deskView struct {
	Done   string
	Asked  []offerView // others' offers that wait for this leader's answer
	Duties []dutyView  // the first of their own
	Later  []dutyView  // the others
	Noted  []dutyView
	Mine   []offerView // everything else that is on its way, or was

	Meetings []summonsView // the next to which they are asked
	More     []summonsView // the others
}

type offerView struct {
	ID     rota.OfferID
	Duty   dutyView
	Return *dutyView // what the taker gives for it
	Gives  string    // says so, to whoever reads it
	From   string    // who offers it; "" for a gap
	Says   string    // where it stands
}

func (s *Site) viewDesk(p Papers, me rota.LeaderID) deskView {
	var v deskView
	offered := map[rota.DutyID]string{}
	for _, o := range p.Offers {
		if o.Pending() && o.Leader == me {
			offered[o.Duty] = numbered(o.ID)
		}
		view := s.viewOffer(o, p.Whole, people(p.Names), me)
		if waitsFor(o, me) {
			v.Asked = append(v.Asked, view)
		} else {
			v.Mine = append(v.Mine, view)
		}
	}
	for _, d := range p.Duties {
		view := s.viewDuty(d.Duty)
		view.Offer = offered[d.ID]
		v.Duties = append(v.Duties, view)
	}
	for _, c := range p.Meetings {
		v.Meetings = append(v.Meetings, s.viewSummons(c))
	}
	const first = 6
	if len(v.Duties) > first {
		v.Duties, v.Later = v.Duties[:first], v.Duties[first:]
	}
	if len(v.Meetings) > first {
		v.Meetings, v.More = v.Meetings[:first], v.Meetings[first:]
	}
	for _, d := range p.Noted {
		v.Noted = append(v.Noted, s.viewDuty(d.Duty))
	}
	return v
}

func numbered[N ~int64](n N) string { return strconv.FormatInt(int64(n), 10) }

// waitsFor reports whether an offer waits for somebody's yes or no.
func waitsFor(o rota.Offer, l rota.LeaderID) bool {
	return o.State == rota.OfferOpen && slices.ContainsFunc(o.Asked, func(a rota.Asked) bool { return a.Leader == l && !a.Declined })
}

func (s *Site) viewOffer(o rota.Offer, whole map[rota.DutyID]rota.Duty, who people, me rota.LeaderID) offerView {
	v := offerView{ID: o.ID, Duty: s.viewOffered(o, whole), Says: stands(o, who, me)}
	if o.Leader != "" {
		v.From = who.name(o.Leader)
	}
	if back, there := whole[o.Return]; there {
		view := s.viewDuty(back)
		v.Return, v.Gives = &view, "In return"
		switch {
		case o.Pending() && o.Leader == me:
			v.Gives = "You would take in return"
		case waitsFor(o, me):
			v.Gives = "You would give in return"
		}
	}
	return v
}

// stands says in a sentence where an offer stands, to one leader.
func stands(o rota.Offer, who people, me rota.LeaderID) string {
	mine, taken := o.Leader == me, o.Taker == me
	taker := who.name(o.Taker)
	switch o.State {
	case rota.OfferOpen:
		return standsOpen(o, who, me)
	case rota.OfferAccepted:
		if taken {
			return "You have said that you would take it. The PCN manager has to approve it first: until then it is not yours."
		}
		return taker + " would take it. The PCN manager has to approve it first."
	case rota.OfferDone:
		if taken {
			return "You have taken it. It is in your calendar, and it counts for you."
		}
		if mine {
			return taker + " has taken it. It is not yours any more."
		}
		return taker + " has taken it."
	case rota.OfferDeclined:
		return "Everybody who was asked has said no."
	case rota.OfferWithdrawn:
		if mine {
			return "You have taken it back, so it is still yours."
		}
		return who.name(o.Leader) + " has taken it back."
	case rota.OfferRefused:
		return "The PCN manager has not approved it" + because(o.Says)
	case rota.OfferUndone:
		return "It was undone: everything is as it was before."
	default:
		return "It came to nothing, because things have changed meanwhile."
	}
}

func standsOpen(o rota.Offer, who people, me rota.LeaderID) string {
	if o.Leader != me {
		if waitsFor(o, me) {
			return "It waits for your answer."
		}
		return "You have said no. Others may still take it."
	}
	var waiting, declined []string
	for _, a := range o.Asked {
		if a.Declined {
			declined = append(declined, who.name(a.Leader))
		} else {
			waiting = append(waiting, who.name(a.Leader))
		}
	}
	says := "Asked: " + strings.Join(waiting, ", ") + "."
	if len(declined) > 0 {
		says += " Said no: " + strings.Join(declined, ", ") + "."
	}
	return says + " It is yours until somebody has taken it."
}

func because(why string) string {
	if why == "" || strings.HasPrefix(why, "the manager has") {
		return "."
	}
	return ": " + why
}

type choicesView struct {
	Duty        dutyView
	From, Until string // of the part, as the form has it; "" for all of it
	Start, End  string // of the duty, as the form has them
	Able        []choiceView
	Barred      []choiceView
	Wrong       string // with the form as it was sent
	Why         string // the word to them, as it was typed
}

type choiceView struct {
	ID      rota.LeaderID
	Name    string
	Why     string // they cannot
	Balance string
	Dislike bool
}

func (s *Site) viewChoices(c Choices) choicesView {
	v := choicesView{Duty: s.viewDuty(c.Duty), Start: c.Duty.Start.String(), End: c.Duty.End.String()}
	if c.From != (rota.Civil{}) {
		v.Duty = s.viewPart(c.Duty, c.From, c.Until)
		v.From, v.Until = c.From.String(), c.Until.String()
	}
	for _, k := range c.Candidates {
		view := choiceView{ID: k.Leader, Name: people(c.Names).name(k.Leader), Why: k.Why, Balance: capital(balanceWords(k.Over, "their")), Dislike: k.Dislike > 0}
		switch {
		case k.Leader == c.Duty.Holder:
		case k.Why == "":
			v.Able = append(v.Able, view)
		default:
			v.Barred = append(v.Barred, view)
		}
	}
	return v
}

// balanceWords says how somebody stands against their fair share, or "your" own.
func balanceWords(over rota.Points, their string) string {
	const small = rota.Point / 20 // rounding, and what no rota can share out
	switch {
	case over < small && over > -small:
		return "at " + their + " fair share"
	case over > 0:
		return fmt.Sprintf("%.1f points over %s fair share", over.Float(), their)
	default:
		return fmt.Sprintf("%.1f points under %s fair share", -over.Float(), their)
	}
}

type returnsView struct {
	Duty   dutyView
	With   rota.Leader
	Duties []dutyView
	Barred int
}

func (s *Site) viewReturns(r Returns) returnsView {
	v := returnsView{Duty: s.viewDuty(r.Duty), With: r.With, Barred: r.Barred}
	for _, d := range r.Duties {
		v.Duties = append(v.Duties, s.viewDuty(d))
	}
	return v
}

type proposalView struct {
	offerView
	Note              string // what the one who offers says about it
	Can               bool   // the leader may take it
	Cannot            string // why not, where they were asked
	Asked             bool   // it waits for the leader's answer
	Mine              bool   // the leader may take it back
	Effects           []effectView
	Approval          bool
	Good, Taken, Done bool
}

type effectView struct{ Name, Before, After string }

func (s *Site) viewProposal(p Proposal, me rota.LeaderID) proposalView {
	who := people(p.Names)
	v := proposalView{
		offerView: s.viewOffer(p.Offer, p.Whole, who, me), Note: p.Offer.Why,
		Asked: waitsFor(p.Offer, me), Mine: p.Offer.Leader == me && p.Offer.Pending(), Cannot: p.Why,
		Done: p.Offer.State == rota.OfferDone,
	}
	v.Can = v.Asked && p.Why == ""
	for _, e := range p.Effects {
		name, their := who.name(e.Leader), "their"
		if e.Leader == me {
			name, their = "You", "your"
		}
		v.Effects = append(v.Effects, effectView{name, balanceWords(e.Over, their), balanceWords(e.After, their)})
	}
	return v
}

// leaveForm is the form by which leave is asked for, as it was filled in, and what is wrong with it.
type leaveForm struct {
	Kind, First, Last                string
	KindWrong, FirstWrong, LastWrong string
}

// Faults lists what is wrong, with the field.
func (f leaveForm) Faults() (all []fault) {
	for _, one := range []fault{{"kind", f.KindWrong}, {"first", f.FirstWrong}, {"last", f.LastWrong}} {
		if one.Says != "" {
			all = append(all, one)
		}
	}
	return all
}

type fault struct{ Field, Says string }

// read gives the absence that the form asks for; false where something is wrong, which the form then says.
func (f *leaveForm) read(today rota.Date) (a rota.Absence, ok bool) {
	var err error
	if a.Kind, err = rota.ParseAbsenceKind(f.Kind); err != nil || !slices.Contains(leaveKinds, a.Kind) {
		f.KindWrong = "Choose what it is for"
	}
	if a.First, err = rota.ParseDate(f.First); err != nil {
		f.FirstWrong = "Enter the first day away"
	} else if a.First.Before(today) {
		f.FirstWrong = "The first day is in the past: tell your PCN manager about it instead"
	}
	if a.Last, err = rota.ParseDate(cmp.Or(f.Last, f.First)); err != nil && f.Last != "" {
		f.LastWrong = "Enter the last day away, or leave it empty for one day"
	} else if err == nil && f.FirstWrong == "" && a.Last.Before(a.First) {
		f.LastWrong = "The last day must not be before the first"
	}
	return a, len(f.Faults()) == 0
}

// leaveKinds are the kinds that a leader can ask for here, the most usual first.
var leaveKinds = slices.DeleteFunc(slices.Clone(rota.AbsenceKinds), func(k rota.AbsenceKind) bool { return k == rota.NonWorkingDay })

// noteView is the form for a handover note, as it was filled in.
type noteView struct {
	Duty  dutyView
	Note  string
	Wrong string
	Do    string
}

type leaveView struct {
	Form  leaveForm
	Kinds []rota.AbsenceKind
	Asked []askedView
}

type askedView struct {
	ID   rota.AbsenceID
	Kind string
	Days string
	Says string
	Open bool // it can be taken back
	New  bool // it was just asked for
	Hits []dutyView
}

func (s *Site) viewLeave(p Papers, form leaveForm, fresh string) leaveView {
	v := leaveView{Form: form, Kinds: leaveKinds}
	for _, l := range p.Leave {
		view := askedView{ID: l.ID, Kind: string(l.Kind), Days: daysWords(l.First, l.Last), Open: l.State == rota.Requested, New: numbered(l.ID) == fresh}
		switch l.State {
		case rota.Requested:
			view.Says = "Waits for the PCN manager. Until it is approved, you are still on call."
		case rota.Approved:
			view.Says = "Approved."
		default:
			view.Says = "Not approved" + because(cmp.Or(l.Why, ""))
		}
		for _, d := range l.Hits {
			view.Hits = append(view.Hits, s.viewDuty(d))
		}
		v.Asked = append(v.Asked, view)
	}
	return v
}

// daysWords gives "Monday 4 May 2026" or "Monday 4 May 2026 to Friday 8 May 2026".
func daysWords(first, last rota.Date) string {
	if first == last {
		return dayWords(first)
	}
	return dayWords(first) + " to " + dayWords(last)
}
