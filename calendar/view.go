package calendar

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"time"

	"pcnrota/rota"
)

// view is what one link shows of the content.
type view struct {
	Content
	link rota.Feed
}

// FeedOf gives the calendar that a link opens: what its kind and its options let through. The same link and
// content give the same feed. The link's days back and ahead are the caller's business, who reads no more.
func FeedOf(link rota.Feed, c Content) Feed {
	if c.Zone == nil {
		c.Zone = time.UTC
	}
	if c.rotas == nil {
		c = c.Sorted()
	}
	v := view{c, link}
	feed := Feed{Name: v.title(), Zone: c.Zone}
	for _, d := range c.Duties {
		if v.showsDuty(d.Duty) {
			feed.Events = append(feed.Events, v.finish(v.duty(d), string(d.ID), d.Modified))
		}
	}
	for _, m := range c.Meetings {
		if v.showsMeeting(m) {
			feed.Events = append(feed.Events, v.finish(v.meeting(m), string(m.ID), m.Modified))
		}
	}
	for _, i := range c.Items {
		if v.showsItem(i) {
			feed.Events = append(feed.Events, v.finish(v.item(i), string(i.ID), i.Modified))
		}
	}
	for _, a := range c.Away {
		if v.showsAway(a) {
			feed.Events = append(feed.Events, v.finish(v.away(a), awayID(a), a.Modified))
		}
	}
	return feed
}

// title is what people see in their list of calendars. A feed of busy time names nobody.
func (v view) title() string {
	pcn := oneLine(cmp.Or(v.PCN, "PCN"))
	switch {
	case v.link.Options.BusyOnly:
		return fmt.Sprintf("Busy (%s)", oneLine(v.link.Name))
	case v.link.Kind == rota.FeedOfRota:
		return fmt.Sprintf("%s: %s", pcn, v.rotaTitle(v.link.Rota))
	case v.link.Kind == rota.FeedOfPractice:
		return fmt.Sprintf("%s: %s", pcn, v.practiceName(v.link.Practice))
	case v.link.Kind == rota.FeedOfBody:
		return fmt.Sprintf("%s: meetings of %s", pcn, cmp.Or(oneLine(lookUp(v.Bodies, func(b rota.Body) bool { return b.ID == v.link.Body }).Name), oneLine(string(v.link.Body))))
	case v.link.Kind == rota.FeedOfPCN:
		return fmt.Sprintf("%s: duties and meetings", pcn)
	}
	return fmt.Sprintf("%s rota (%s)", pcn, v.name(v.link.Leader))
}

func (v view) showsDuty(d rota.Duty) bool {
	switch v.link.Kind {
	case rota.FeedOfLeader:
		if d.Holder != v.link.Leader {
			return false
		}
	case rota.FeedOfRota:
		if d.Rota != v.link.Rota {
			return false
		}
	case rota.FeedOfPractice:
		if !v.belongs(d.Holder) {
			return false
		}
	case rota.FeedOfBody:
		return false
	}
	return v.link.Options.ShowsTier(d.Tier) && v.link.Options.ShowsLoad(d.Load)
}

func (v view) showsMeeting(m rota.Occurrence) bool {
	if !v.link.Options.Shows(rota.Meeting) {
		return false
	}
	switch v.link.Kind {
	case rota.FeedOfLeader:
		return slices.Contains(m.Attending, v.link.Leader) || v.standsBy(m)
	case rota.FeedOfPractice:
		return slices.ContainsFunc(m.Attending, v.belongs)
	case rota.FeedOfBody:
		return m.Series.Body == v.link.Body
	}
	return v.link.Kind == rota.FeedOfPCN
}

func (v view) showsAway(a rota.Away) bool {
	return v.link.Kind == rota.FeedOfLeader && v.link.Options.Absences && a.Leader == v.link.Leader
}

// standsBy reports whether it is the leader's own feed, and they may have to go in somebody's place.
func (v view) standsBy(m rota.Occurrence) bool {
	return v.own() && m.Deputy != "" && m.Deputy == v.link.Leader && !slices.Contains(m.Attending, m.Deputy)
}

// belongs reports whether the leader is of the practice whose feed it is.
func (v view) belongs(id rota.LeaderID) bool {
	return id != "" && v.leader(id).Practice == v.link.Practice
}

// own reports whether the feed is the leader's own: what is said in it is said to them.
func (v view) own() bool { return v.link.Kind == rota.FeedOfLeader }

// finish lays the link's options over an event. Id and modified are those of what the event shows, without
// what it tells beside.
func (v view) finish(e Event, id string, modified time.Time) Event {
	o := v.link.Options
	if !e.AllDay && !e.Away {
		e.Alarms = o.Alarms
	}
	if o.BusyOnly {
		e = Event{
			UID: v.hiddenUID(id), Sequence: e.Sequence, Modified: modified,
			Start: e.Start, End: e.End, AllDay: e.AllDay, Summary: "Busy", Busy: true, Alarms: e.Alarms,
		}
	}
	switch o.ShowAs {
	case rota.ShowAsBusy:
		e.Busy = true
	case rota.ShowAsFree:
		e.Busy, e.Away = false, false
	}
	return e
}

// hiddenUID stands for what the ID of a duty would tell: the name of its rota and tier.
func (v view) hiddenUID(id string) string {
	sum := sha256.Sum256([]byte("busy\x00" + v.PCNID + "\x00" + id))
	return UID("busy."+hex.EncodeToString(sum[:16]), "")
}

// page is the address to go back to, where calendars can carry it: better a feed with no link than no feed.
func (v view) page() string {
	if printableAddress(v.Page) {
		return v.Page
	}
	return ""
}

// contact gives the name of a leader and, where the link allows it, the number to ring.
func (v view) contact(id rota.LeaderID) string {
	if id == "" {
		return "nobody"
	}
	if phone := v.phone(id); phone != "" {
		return v.name(id) + ", " + phone
	}
	return v.name(id)
}

// phone gives the number to ring, "" where there is none or the link does not allow it.
func (v view) phone(id rota.LeaderID) string {
	if !v.link.Options.Phones {
		return ""
	}
	return oneLine(v.leader(id).Phone)
}
