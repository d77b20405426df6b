package notify_test

import (
	"testing"
	"time"

	"pcnrota/notify"
	"pcnrota/rota"
)

// TestASwapIsACancellationAndAnInvitation makes of one change of hands a message to each of the two, with the sequence
// number of the duty, and of a move an update to whoever keeps it. Who did not ask for invitations gets none.
func TestASwapIsACancellationAndAnInvitation(t *testing.T) {
	now := instant(t, "2027-03-01T12:00Z")
	duty := func(id rota.DutyID, holder rota.LeaderID, day time.Duration) *rota.Duty {
		start := now.Add(day*24*time.Hour + 6*time.Hour)
		return &rota.Duty{
			ID: id, Rota: "on-call", Tier: "first", Holder: holder, Start: rota.CivilOf(start, london(t)), End: rota.CivilOf(start.Add(12*time.Hour), london(t)),
			Span: rota.Span{Start: start, End: start.Add(12 * time.Hour)},
		}
	}
	changed := []notify.Changed{
		{Was: duty("swapped", "L1", 3), Is: duty("swapped", "L2", 3)},
		{Was: duty("moved", "L1", 5), Is: duty("moved", "L1", 6)},
		{Was: duty("same", "L1", 7), Is: duty("same", "L1", 7)},
		{Was: duty("past", "L1", -3), Is: duty("past", "L2", -3)},
		{Was: duty("others", "L3", 4), Is: duty("others", "L4", 4)},
	}
	sequence := map[rota.DutyID]int{"swapped": 4, "moved": 1}
	notices := notify.Notices{Zone: london(t), Domain: "rota.example"}
	got := notices.Invite("on-call/7", notify.News{At: now}, changed, []rota.LeaderID{"L1", "L2"}, func(id rota.DutyID) int { return sequence[id] })
	want := map[notify.Key]struct {
		kind     notify.Kind
		sequence int
	}{
		"cancellation/swapped/on-call/7/L1": {notify.Cancellation, 4},
		"invitation/swapped/on-call/7/L2":   {notify.Invitation, 4},
		"invitation/moved/on-call/7/L1":     {notify.Invitation, 1},
	}
	if len(got) != len(want) {
		t.Errorf("got %d messages, want %d: %+v", len(got), len(want), got)
	}
	ids := map[string]bool{}
	for _, r := range got {
		w, known := want[r.Key]
		if !known || r.Kind != w.kind || r.News.Sequence != w.sequence || len(r.News.Moves) != 1 || !r.Due.Equal(now) || !r.Until.After(now) || ids[r.MessageID] {
			t.Errorf("got %+v with %+v", r, r.News)
		}
		ids[r.MessageID] = true
	}
}
