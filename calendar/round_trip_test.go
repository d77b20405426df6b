package calendar_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"pcnrota/calendar"
	"pcnrota/calendar/caltest"
	"pcnrota/rota"
)

// anyPublished is a rota as a PCN might have published it: a ready pattern over some weeks around either clock change
// of some year, with holders and gaps by chance, some of it changed since.
func anyPublished(t testing.TB, chance *rand.Rand) calendar.Content {
	patterns := rota.ReadyPatterns()
	names := []string{"Dr Ada Obi", `O'Brien; "Tom", \RGN`, "Zoë Łukasz", "د. فاطمة", "👩🏽‍⚕️"}
	c := calendar.Content{Zone: london(t), PCN: "Any, PCN", PCNID: "k7x2"}
	for i, name := range names {
		c.Leaders = append(c.Leaders, rota.Leader{ID: rota.LeaderID(fmt.Sprint("L", i)), Name: name, Practice: rota.PracticeCode(fmt.Sprint("Y", i%2))})
	}
	for n := range 1 + chance.IntN(3) {
		policy := rota.Policy{
			Name: rota.RotaName(fmt.Sprint("rota", n)), Pattern: patterns[chance.IntN(len(patterns))].Kinds, Points: rota.DefaultDayPoints,
			Tiers: []rota.Tier{{Name: "first", Weight: rota.Point}, {Name: "second", Weight: rota.Point / 2}},
		}
		from := rota.Date{Year: 2020 + chance.IntN(15), Month: []time.Month{time.March, time.October}[chance.IntN(2)], Day: 1 + chance.IntN(28)}
		for _, d := range policy.Duties(from, from.AddDays(1+chance.IntN(45)), c.Zone, rota.Holidays{}) {
			if chance.IntN(5) > 0 {
				d.Holder = c.Leaders[chance.IntN(len(c.Leaders))].ID
			}
			c.Duties = append(c.Duties, rota.Published{Duty: d, Sequence: chance.IntN(3), Modified: modified.Add(time.Duration(chance.IntN(1e6)) * time.Second)})
		}
		c.Policies = append(c.Policies, policy)
	}
	chance.Shuffle(len(c.Duties), func(i, j int) { c.Duties[i], c.Duties[j] = c.Duties[j], c.Duties[i] })
	return c
}

// told is what a calendar must tell of a duty.
func told(uid string, start, end time.Time, sequence int) string {
	return fmt.Sprintf("%s from %s to %s, sequence %d", uid, start.UTC().Format(time.RFC3339), end.UTC().Format(time.RFC3339), sequence)
}

// Whatever is published, an independent reader of the feed finds the same duties: each that the link is of, once,
// at its very instants, with who holds it, and nothing else.
func FuzzARotaComesBackFromItsFeed(f *testing.F) {
	for seed := range uint64(12) {
		f.Add(seed, seed)
	}
	f.Fuzz(func(t *testing.T, seed, which uint64) {
		c := anyPublished(t, rand.New(rand.NewPCG(seed, which)))
		leader, practice := c.Leaders[which%5].ID, rota.PracticeCode(fmt.Sprint("Y", which%2))
		links := []struct {
			link rota.Feed
			of   func(rota.Duty) bool
		}{
			{link(rota.FeedOfPCN, nil), func(rota.Duty) bool { return true }},
			{link(rota.FeedOfRota, func(f *rota.Feed) { f.Rota = "rota0" }), func(d rota.Duty) bool { return d.Rota == "rota0" }},
			{rota.NewLeaderFeed(leader, "x", modified), func(d rota.Duty) bool { return d.Holder == leader }},
			{link(rota.FeedOfPractice, func(f *rota.Feed) { f.Practice = practice }), func(d rota.Duty) bool {
				i := slices.IndexFunc(c.Leaders, func(l rota.Leader) bool { return l.ID == d.Holder })
				return i >= 0 && c.Leaders[i].Practice == practice
			}},
		}
		for _, l := range links {
			var want, got []string
			holder := map[string]string{}
			for _, d := range c.Duties {
				if l.of(d.Duty) {
					uid := calendar.UID(string(d.ID), c.PCNID)
					want = append(want, told(uid, d.Span.Start, d.Span.End, d.Sequence))
					holder[uid] = "GAP: "
					if i := slices.IndexFunc(c.Leaders, func(l rota.Leader) bool { return l.ID == d.Holder }); i >= 0 {
						holder[uid] = c.Leaders[i].Name
					}
				}
			}
			for _, e := range caltest.Check(t, encode(t, calendar.FeedOf(l.link, c))).Events {
				got = append(got, told(e.UID, e.Start, e.End, e.Sequence))
				if l.link.Kind != rota.FeedOfLeader && !strings.Contains(e.Summary, holder[e.UID]) {
					t.Errorf("%s is held by %q, and the calendar says %q", e.UID, holder[e.UID], e.Summary)
				}
			}
			slices.Sort(want)
			slices.Sort(got)
			if !slices.Equal(got, want) {
				t.Errorf("the feed of a %s tells\n%s\nand is of\n%s", l.link.Kind, strings.Join(got, "\n"), strings.Join(want, "\n"))
			}
		}
	})
}
