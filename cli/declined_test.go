package cli

import (
	"slices"
	"testing"
	"time"

	"pcnrota/internal/sqlite"
	"pcnrota/notify"
	"pcnrota/rota"
)

// Whoever declines a duty on call in their calendar still has it: the manager is told until somebody else holds it or they
// change their mind, in the weekly summary and at once by a message of its own.
func TestTheManagerIsToldOfDutiesThatWereDeclined(t *testing.T) {
	p := testPCN(t)
	p.db.Announce(notify.Notices{Zone: p.config.Zone, Domain: "pcn.example", Manager: true})
	put := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	put(p.db.PutLeaders(t.Context(), []rota.Leader{{ID: "L1", Name: "Ada", Share: rota.FullTime}, {ID: "L2", Name: "Bo", Share: rota.FullTime}}))
	now := time.Date(2027, 1, 1, 9, 0, 0, 0, time.UTC)
	night := func(holder rota.LeaderID) {
		t.Helper()
		start := rota.Date{Year: 2027, Month: time.January, Day: 4}.At(18*60 + 30)
		duty := rota.Duty{ID: "on-call.first.20270104T1830", Rota: "on-call", Tier: "first", Kind: "night", Holder: holder, Start: start, End: start.Date.AddDays(1).At(8 * 60)}
		duty.Span = rota.Span{Start: duty.Start.Instant(p.config.Zone), End: duty.End.Instant(p.config.Zone)}
		draft := rota.Draft{Policy: rota.Policy{Name: "on-call"}, From: start.Date, Until: start.Date.AddDays(1), Duties: []rota.Duty{duty}}
		revision, err := p.db.Revision(t.Context())
		put(err)
		_, err = p.db.SaveDraft(t.Context(), draft, revision, now)
		put(err)
		_, _, err = p.db.Publish(t.Context(), sqlite.Publication{Rota: "on-call", By: "Mo", Reason: "test", At: now})
		put(err)
	}
	given := now
	says := func(answer string, sequence int) {
		t.Helper()
		given = given.Add(time.Minute)
		_, err := p.db.PutAnswer(t.Context(), sqlite.Answer{
			About: "on-call.first.20270104T1830", Leader: "L1", Sequence: sequence, Stamp: given, Says: answer, Received: given,
		})
		put(err)
	}
	told := func(when time.Time, want int) {
		t.Helper()
		matters, err := p.declined(t.Context(), when)
		put(err)
		if len(matters) != want || want == 1 && (matters[0].Urgency != rota.Urgent || matters[0].Says != "Ada declined first on Mon 04 Jan 18:30 in a calendar, and holds it all the same") {
			t.Errorf("the manager reads %+v", matters)
		}
	}
	messages := func(want ...notify.State) {
		t.Helper()
		all, err := p.db.Reminders(t.Context(), notify.Filter{})
		put(err)
		var states []notify.State
		for _, r := range all {
			if r.Kind == notify.Declined {
				states = append(states, r.State)
			}
		}
		slices.Sort(states)
		if !slices.Equal(states, want) {
			t.Errorf("messages to the manager are %v, want %v", states, want)
		}
	}
	shows := func(leader rota.LeaderID, want time.Time) {
		t.Helper()
		at, err := p.declinedAt(t.Context(), notify.Reminder{
			Kind: notify.Duty, About: "on-call.first.20270104T1830", Leader: leader, Start: time.Date(2027, 1, 4, 18, 30, 0, 0, time.UTC),
		})
		put(err)
		if !at.Equal(want) {
			t.Errorf("remind show says of %s that they declined at %s, want %s", leader, at, want)
		}
	}
	night("L1")
	told(now, 0)
	says("tentative", 0)
	messages()
	says("declined", 0)
	told(now, 1)
	messages(notify.Planned)
	says("declined", 0) // once more
	messages(notify.Planned)
	says("accepted", 0)
	told(now, 0)
	messages(notify.Cancelled)
	says("declined", 0)
	messages(notify.Cancelled, notify.Planned)
	shows("L1", given)
	shows("L2", time.Time{})
	told(now.AddDate(0, 0, 5), 0) // it is over
	night("L2")
	told(now, 0)
	messages(notify.Cancelled, notify.Superseded)
	shows("L1", time.Time{})
	night("L1")
	told(now, 1)
	says("accepted", 3)
	told(now, 0)
}
