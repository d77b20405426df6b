package calendar

import (
	"fmt"
	"strings"

	"pcnrota/rota"
)

// showsItem says whether a day on which a responsibility is due is shown. It takes nobody's time, so a feed of busy
// time does not have it, and neither does one of a rota or a partner body.
func (v view) showsItem(i rota.Item) bool {
	if v.link.Options.BusyOnly || !v.link.Options.Shows(rota.Responsibility) {
		return false
	}
	switch v.link.Kind {
	case rota.FeedOfLeader:
		return i.Owner == v.link.Leader
	case rota.FeedOfPractice:
		return v.belongs(i.Owner)
	}
	return v.link.Kind == rota.FeedOfPCN
}

// item is the day by which a responsibility is to be seen to, always as free time and without an alarm.
func (v view) item(i rota.Item) Event {
	word := "Due"
	if !i.Done.On.IsZero() {
		word = "Done"
	}
	title := fmt.Sprintf("%s: %s", word, oneLine(i.Title))
	switch {
	case v.own():
	case i.Owner == "":
		title += " (nobody yet)"
	default:
		title += fmt.Sprintf(" (%s)", v.name(i.Owner))
	}
	var lines []string
	if i.Deputy != "" {
		lines = append(lines, "Standing by: "+v.name(i.Deputy)+".")
	}
	if word == "Done" {
		lines = append(lines, "Done on "+i.Done.On.Format("Monday 2 January 2006")+".")
	}
	return Event{
		UID: UID(string(i.ID), v.PCNID), Sequence: i.Sequence, Modified: i.Modified,
		Start: i.Due.At(0), End: i.Due.AddDays(1).At(0), AllDay: true,
		Summary: title, Description: strings.Join(lines, "\n"), URL: v.page(), Categories: []string{"Responsibility"},
	}
}
