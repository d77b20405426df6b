package calendar

import (
	"slices"
	"strings"

	"pcnrota/rota"
)

// showsItem: who is accountable sees it, and whoever sees everything or a practice but for what is somebody's own. It takes no time,
// so a calendar of busy time says nothing of it.
func (v view) showsItem(i rota.Item) bool {
	if i.Owner == "" || v.link.Options.BusyOnly || !v.link.Options.Shows(rota.Responsibility) || len(v.link.Options.Tiers) > 0 {
		return false
	}
	switch v.link.Kind {
	case rota.FeedOfLeader:
		return i.Owner == v.link.Leader
	case rota.FeedOfPractice:
		return i.For == "" && v.belongs(i.Owner)
	}
	return i.For == "" && v.link.Kind == rota.FeedOfPCN
}

// item is the day on which something is due, as the view shows it.
func (v view) item(i rota.Item) Event {
	title := oneLine(i.Title)
	if !v.own() {
		title += " (" + v.name(i.Owner) + ")"
	}
	lines := []string{"A responsibility of the PCN, to be seen to by this day.", detail("Area", i.Area)}
	summary := "Due: " + title
	if !i.Open() {
		summary = "Done: " + title
		lines[0] = "A responsibility of the PCN, done on " + i.Done.On.Format("Monday 2 January 2006") + "."
	}
	if i.Deputy != "" {
		lines = append(lines, "Deputy: "+v.name(i.Deputy)+".")
	}
	return Event{
		UID: UID(string(i.ID), v.PCNID), Sequence: i.Sequence, Modified: i.Modified,
		Start: i.Due.At(0), End: i.Due.AddDays(1).At(0), AllDay: true, Summary: summary, URL: v.page(),
		Description: strings.Join(slices.DeleteFunc(lines, func(line string) bool { return line == "" }), "\n"),
		Categories:  []string{"Responsibility"},
	}
}
