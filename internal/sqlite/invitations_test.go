package sqlite

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pcnrota/notify"
	"pcnrota/rota"
)

// inviting is a staffed database that invites L1 and L3 to their duties.
func inviting(t *testing.T) *DB {
	t.Helper()
	db := staffed(t)
	db.Announce(notify.Notices{Zone: time.UTC, Domain: "pcn.example", Manager: true})
	for _, leader := range []rota.LeaderID{"L1", "L3"} {
		ok(t, db.SetInvited(t.Context(), leader, true, nil))
	}
	return db
}

// calendars says of each message of some kinds since a moment to whom it is, which entry it is about, from when to when
// and with which sequence number.
func calendars(t *testing.T, db *DB, since string) []string {
	t.Helper()
	var all []string
	for _, r := range get(db.Reminders(t.Context(), notify.Filter{})) {
		if r.News == nil || r.Due.Before(at(since)) {
			continue
		}
		switch m := r.News.Moves; r.Kind {
		case notify.Invitation:
			all = append(all, fmt.Sprintf("%s invited %s %s to %s, %d", r.Leader, m[0].Duty, m[0].Is.Start.Time, m[0].Is.End.Time, r.News.Sequence))
		case notify.Cancellation:
			all = append(all, fmt.Sprintf("%s cancelled %s, %d", r.Leader, m[0].Duty, r.News.Sequence))
		case notify.Change:
			all = append(all, fmt.Sprintf("%s told", r.Leader))
		}
	}
	slices.Sort(all)
	return all
}

func TestAPartThatIsHandedOverComesIntoCalendars(t *testing.T) {
	db := inviting(t)
	publishes(t, db, nights("on-call", "2027-01-04", "L1 L2"), "2026-12-01 10:00")
	o := partOfTheNight(t, get(db.Whole(t.Context(), time.Time{}, time.Time{}))[0].Duty)
	var err error
	o.ID, err = db.HandOver(t.Context(), o, 0, at("2026-12-02 09:00"))
	ok(t, err)
	const own, part, rest = "on-call.first.20270104T1830", "on-call.first.20270104T1830+20270104T2200", "on-call.first.20270104T1830+20270104T2330"
	same(t, "handed over", calendars(t, db, "2026-12-02 09:00"), []string{
		"L1 invited " + own + " 18:30 to 22:00, 1", "L1 invited " + rest + " 23:30 to 08:00, 1", "L1 told",
		"L3 invited " + part + " 22:00 to 23:30, 1", "L3 told",
	})
	o.State = rota.OfferUndone
	_, err = db.HandOver(t.Context(), o, 0, at("2026-12-03 09:00"))
	ok(t, err)
	same(t, "given back", calendars(t, db, "2026-12-03 09:00"), []string{
		"L1 cancelled " + rest + ", 2", "L1 invited " + own + " 18:30 to 08:00, 2", "L1 told", "L3 cancelled " + part + ", 2", // of what L3 had not heard yet, nobody tells
	})
}

func TestWhatIsPlannedAheadComesIntoCalendarsWithoutANotice(t *testing.T) {
	db := inviting(t)
	planned := nights(rota.Meetings, "2027-01-04", "L1 L2 L3")
	by := byMo("2026-12-01 10:00")
	by.Rota = rota.Meetings
	_, _, err := db.Settle(t.Context(), planned, by, MeetingPlan{})
	ok(t, err)
	same(t, "planned", calendars(t, db, "2026-12-01 10:00"), []string{
		"L1 invited meetings.first.20270104T1830 18:30 to 08:00, 0", "L3 invited meetings.first.20270106T1830 18:30 to 08:00, 0",
	})
	by.At = at("2026-12-02 10:00")
	_, _, err = db.Settle(t.Context(), nights(rota.Meetings, "2027-01-04", "L2 L2 L3 L1"), by, MeetingPlan{})
	ok(t, err)
	same(t, "planned again", calendars(t, db, "2026-12-02 10:00"), []string{
		"L1 cancelled meetings.first.20270104T1830, 1", "L1 invited meetings.first.20270107T1830 18:30 to 08:00, 0", "L1 told", "L2 told",
	})
}
