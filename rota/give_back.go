package rota

import (
	"fmt"
	"slices"
	"strings"
)

// GivenBack is what becomes of somebody who said no to a meeting, and comes after all.
type GivenBack struct {
	Duties []Duty     // of Meetings in force, with what has been given back
	Back   TierName   // the part that they have again; "" for none
	Stays  LeaderID   // who keeps that part instead; "" for nobody
	Why    string     // in words that follow the name of Stays: "has accepted since"
	Let    []LeaderID // who had a part, and is let go
}

// GiveBack undoes what no, an earlier reply, has brought about: the part goes back to whoever gave it up, and who stepped in
// stands by again. Whoever has accepted since, has taken a part over since or was settled on by hand keeps it, so that nobody
// who relies on it is sent away. Whether the one who comes after all can come is not asked here: see Settle.
func GiveBack(no Reply, inForce []Duty, replies []Reply, offers []Offer, pins []Pin) GivenBack {
	g := GivenBack{Duties: slices.Clone(inForce)}
	front, behind := g.part(Representative, no.Meeting), g.part(Deputy, no.Meeting)
	mine, has := g.part(no.Gave, no.Meeting), func(d *Duty) bool { return d != nil && d.Holder == no.Leader }
	if no.Answer == Accepted || mine == nil || has(front) || has(behind) {
		return g
	}
	relies := func(d *Duty) string { return relied(no, *d, replies, offers, pins) }
	if why := relies(mine); why != "" {
		g.Stays, g.Why = mine.Holder, why
		return g
	}
	steppedIn := mine.Holder
	mine.Holder, g.Back = no.Leader, no.Gave
	switch {
	case steppedIn == "":
	case no.Gave == Representative && steppedIn == no.Beside && behind != nil && relies(behind) == "":
		if behind.Holder != "" {
			g.Let = append(g.Let, behind.Holder)
		}
		behind.Holder = steppedIn
	default:
		g.Let = append(g.Let, steppedIn)
	}
	return g
}

// part finds one of the two duties at a meeting.
func (g GivenBack) part(tier TierName, meeting OccurrenceID) *Duty {
	at := slices.IndexFunc(g.Duties, func(d Duty) bool { return tier != "" && d.ID == SittingID(tier, meeting) })
	if at < 0 {
		return nil
	}
	return &g.Duties[at]
}

// relied says in words why the holder of d keeps it, though somebody else gave it up; "" where nothing speaks for it.
func relied(no Reply, d Duty, replies []Reply, offers []Offer, pins []Pin) string {
	accepted := func(r Reply) bool {
		return r.Meeting == no.Meeting && r.Leader == d.Holder && r.Answer == Accepted && !r.At.Before(no.At)
	}
	taken := func(o Offer) bool {
		return o.Duty == d.ID && o.Taker == d.Holder && o.State == OfferDone && !o.Changed.Before(no.At)
	}
	byHand := func(p Pin) bool { return p.Duty == d.ID && p.Leader == d.Holder && !p.Forbid && p.Says == "" }
	switch {
	case d.Holder == "":
		return ""
	case slices.ContainsFunc(replies, accepted):
		return "has accepted since"
	case slices.ContainsFunc(offers, taken):
		return "has taken it over since"
	case slices.ContainsFunc(pins, byHand):
		return "was settled on by hand"
	default:
		return ""
	}
}

// Says puts it into a sentence: "Ada Obi goes again, as before; Cy Doe need not stand by any more"; "" where there was
// nothing to give back.
func (g GivenBack) Says(who LeaderID, name func(LeaderID) string) string {
	switch {
	case g.Stays != "":
		return fmt.Sprintf("%s %s, and stays; %s is noted as able to come", name(g.Stays), g.Why, name(who))
	case g.Back == "":
		return ""
	}
	says := name(who) + map[TierName]string{Representative: " goes", Deputy: " deputises"}[g.Back] + " again"
	if len(g.Let) > 0 {
		says += ", and " + strings.Join(apply(g.Let, name), " and ") + " is free of it"
	}
	return says
}
