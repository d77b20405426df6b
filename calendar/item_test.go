package calendar

import (
	"strings"
	"testing"
	"time"

	"pcnrota/rota"
)

// What somebody has to see to stands in their calendar as a day that takes no time; what is somebody's own in nobody else's.
func TestResponsibilitiesInFeeds(t *testing.T) {
	due := rota.Date{Year: 2027, Month: time.June, Day: 30}
	item := rota.Item{ID: "r1.20270630", Title: "DSPT", Area: "data security", Planned: due, Due: due, Owner: "L1", Deputy: "L2", Modified: time.Unix(1800000000, 0)}
	own := item
	own.ID, own.Title, own.For, own.Deputy = "r2.20270630.L1", "Appraisal", "L1", ""
	done := item
	done.ID, done.Title, done.Owner, done.Done.On = "r3.20270630", "Return", "L2", due.AddDays(-2)
	c := Content{
		PCN: "Harbourside PCN", PCNID: "x", Items: []rota.Item{item, own, done},
		Leaders: []rota.Leader{{ID: "L1", Name: "Ada", Practice: "P1"}, {ID: "L2", Name: "Bo", Practice: "P2"}},
	}
	busy := rota.DefaultFeedOptions(rota.FeedOfLeader)
	busy.BusyOnly = true
	for _, tt := range []struct {
		link rota.Feed
		want string
	}{
		{rota.Feed{Kind: rota.FeedOfLeader, Leader: "L1"}, "Due: DSPT; Due: Appraisal"},
		{rota.Feed{Kind: rota.FeedOfLeader, Leader: "L2"}, "Done: Return"},
		{rota.Feed{Kind: rota.FeedOfPCN}, "Due: DSPT (Ada); Done: Return (Bo)"},
		{rota.Feed{Kind: rota.FeedOfPractice, Practice: "P1"}, "Due: DSPT (Ada)"},
		{rota.Feed{Kind: rota.FeedOfRota, Rota: "on-call"}, ""},
		{rota.Feed{Kind: rota.FeedOfLeader, Leader: "L1", Options: busy}, ""},
		{rota.Feed{Kind: rota.FeedOfLeader, Leader: "L1", Options: rota.FeedOptions{Categories: []rota.Category{rota.Weekend}}}, ""},
	} {
		feed := FeedOf(tt.link, c)
		var got []string
		for _, e := range feed.Events {
			got = append(got, e.Summary)
			if !e.AllDay || e.Busy || e.Start.Date != due || e.End.Date != due.AddDays(1) {
				t.Errorf("%s from %s to %s, all day %t, busy %t", e.Summary, e.Start, e.End, e.AllDay, e.Busy)
			}
		}
		if s := strings.Join(got, "; "); s != tt.want {
			t.Errorf("the feed of %s %s%s shows %q, want %q", tt.link.Kind, tt.link.Leader, tt.link.Practice, s, tt.want)
		}
		if _, err := Encode(feed); err != nil {
			t.Error(err)
		}
	}
}
