package sqlite

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"pcnrota/rota"
)

func TestFeedsRoundTrip(t *testing.T) {
	db := staffed(t)
	hash := bytes.Repeat([]byte{0, 0xff}, 16)
	f := get(db.AddFeed(t.Context(), rota.NewLeaderFeed("L1", awkward[1], at("2027-01-01 09:00")), hash))
	want := rota.NewLeaderFeed("L1", awkward[1], at("2027-01-01 09:00"))
	want.ID = f.ID
	same(t, "feeds", get(db.Feeds(t.Context())), []rota.Feed{want})

	ok(t, db.TouchFeeds(t.Context(), []rota.Fetch{{Feed: f.ID, At: at("2027-01-02 09:00"), Client: awkward[4]}}))
	ok(t, db.RevokeFeed(t.Context(), f.ID, at("2027-01-03 09:00")))
	ok(t, db.RevokeFeed(t.Context(), f.ID, at("2027-01-04 09:00")))
	f.LastFetched, f.Client, f.Revoked = at("2027-01-02 09:00"), awkward[4], at("2027-01-03 09:00")
	found, known, err := db.FeedByHash(t.Context(), hash)
	ok(t, err)
	same(t, "feed by hash", found, f)
	if !known {
		t.Error("the feed is not known by its hash")
	}
	if _, known, err := db.FeedByHash(t.Context(), hash[1:]); known || err != nil {
		t.Errorf("another hash: known %v, error %v", known, err)
	}
	if _, err := db.AddFeed(t.Context(), rota.NewLeaderFeed("L2", "again", at("2027-01-01 09:00")), hash); err == nil {
		t.Error("one secret was given to two people")
	}
	refused(t, db.RevokeFeed(t.Context(), 99, at("2027-01-01 09:00")), ErrUnknown, "feed 99")
}

func TestEveryKindOfFeedIsKeptWithItsOptions(t *testing.T) {
	db := staffed(t)
	all := []rota.Feed{
		{Kind: rota.FeedOfLeader, Leader: "L1"},
		{Kind: rota.FeedOfRota, Rota: "on-call"},
		{Kind: rota.FeedOfPractice, Practice: "Y1"},
		{Kind: rota.FeedOfBody, Body: "ICS"},
		{Kind: rota.FeedOfPCN},
	}
	for i := range all {
		all[i].Name, all[i].Created = "link", at("2027-01-01 09:00")
		all[i].Options = rota.FeedOptions{
			Categories: []rota.Category{rota.BankHoliday, rota.Meeting}, Tiers: []rota.TierName{"first"}, Alarms: []int{30, 1440},
			Back: i, Ahead: 30, ShowAs: rota.ShowAsBusy, Phones: true, Absences: true, BusyOnly: true,
		}
		all[i].Expires = at("2027-12-31 23:00")
		all[i].ID = get(db.AddFeed(t.Context(), all[i], bytes.Repeat([]byte{byte(i)}, 32))).ID
	}
	same(t, "feeds", get(db.Feeds(t.Context())), all)

	for _, wrong := range []rota.Feed{
		{Kind: rota.FeedOfLeader},
		{Kind: rota.FeedOfPCN, Leader: "L1"},
		{Kind: rota.FeedOfRota, Rota: "on-call", Body: "ICS"},
		{Kind: rota.FeedOfBody, Body: "nobody"},
		{Kind: "everything"},
	} {
		if _, err := db.AddFeed(t.Context(), wrong, bytes.Repeat([]byte{99}, 32)); err == nil {
			t.Errorf("%+v was accepted", wrong)
		}
	}
}

func TestFeedsAreEditedAndRotated(t *testing.T) {
	db := staffed(t)
	secret := func(n byte) []byte { return bytes.Repeat([]byte{n}, 32) }
	f := get(db.AddFeed(t.Context(), rota.NewLeaderFeed("L1", "phone", at("2027-01-01 09:00")), secret(1)))
	f.Name, f.Options.Back, f.Expires = "tablet", 7, at("2027-06-01 00:00")
	ok(t, db.EditFeed(t.Context(), f))
	ok(t, db.RotateFeed(t.Context(), f.ID, secret(2), at("2027-01-08 09:00")))
	ok(t, db.RotateFeed(t.Context(), f.ID, secret(3), at("2027-01-10 09:00")))
	f.Edition = 3
	same(t, "feeds", get(db.Feeds(t.Context())), []rota.Feed{f})
	for n, until := range map[byte]string{1: "2027-01-08 09:00", 2: "2027-01-10 09:00", 3: ""} {
		found, known, err := db.FeedByHash(t.Context(), secret(n))
		want := f
		if until != "" {
			want.Replaced = at(until)
		}
		if err != nil || !known {
			t.Fatalf("secret %d: known %v, error %v", n, known, err)
		}
		same(t, "feed by its secret", found, want)
	}
	ok(t, db.RotateFeed(t.Context(), f.ID, secret(4), at("2027-01-05 09:00"))) // it leaked: no older one lives longer
	for n := byte(1); n < 4; n++ {
		if found, _, _ := db.FeedByHash(t.Context(), secret(n)); !found.Ended(at("2027-01-05 09:00")) {
			t.Errorf("secret %d still works", n)
		}
	}
	refused(t, db.EditFeed(t.Context(), rota.Feed{ID: 99}), ErrUnknown, "feed 99")
	refused(t, db.RotateFeed(t.Context(), 99, secret(5), at("2027-01-05 09:00")), ErrUnknown, "feed 99")
}

func TestTheTrailOfLinksHoldsNoSecret(t *testing.T) {
	db := staffed(t)
	f := get(db.AddFeed(t.Context(), rota.NewLeaderFeed("L1", "phone", at("2027-01-01 09:00")), []byte("0123456789abcdef-secret")))
	ok(t, db.RotateFeed(t.Context(), f.ID, []byte("fedcba9876543210-secret"), at("2027-01-08 09:00")))
	ok(t, db.TouchFeeds(t.Context(), []rota.Fetch{{Feed: f.ID, At: at("2027-01-02 09:00"), Client: "Outlook"}}))
	text := get(json.Marshal(get(db.Audit(t.Context(), 0, 100))))
	for _, bad := range []string{"-secret", "30313233", "66656463", "MDEyMzQ1", "Outlook"} {
		if bytes.Contains(text, []byte(bad)) {
			t.Errorf("%q is in the trail: %s", bad, text)
		}
	}
	if !bytes.Contains(text, []byte("feed_secret")) {
		t.Error("that there is a new secret is not in the trail")
	}
}

// Links that people subscribed to before there were options work on, with the usual ones.
func TestOldLinksAreMigrated(t *testing.T) {
	path := filepath.Join(t.TempDir(), "old.db")
	this := slices.IndexFunc(migrations, func(script string) bool { return strings.Contains(script, "feed_of_leaders") })
	ok(t, os.WriteFile(path, nil, 0o600))
	old, err := open(t.Context(), path, busyWait, migrations[:this])
	ok(t, err)
	ok(t, old.PutLeaders(t.Context(), []rota.Leader{{ID: "L1", Name: "A", Share: rota.FullTime}}))
	for _, statement := range []string{
		`INSERT INTO feed (leader, name, hash, created, last_fetched, client) VALUES ('L1', 'phone', x'00112233445566778899aabbccddeeff', 1798794000, 1798797600, 'Mozilla/5.0')`,
		`INSERT INTO feed (leader, name, hash, created, client) VALUES ('L1', 'gone', x'01112233445566778899aabbccddeeff', 1, '')`,
		`DELETE FROM feed WHERE name = 'gone'`,
	} {
		if _, err := old.write.ExecContext(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	ok(t, old.Close())
	db, err := Open(t.Context(), path)
	closing(t, db, err)
	want := rota.NewLeaderFeed("L1", "phone", at("2027-01-01 09:00"))
	want.ID, want.LastFetched, want.Client = 1, at("2027-01-01 10:00"), "another program"
	found, known, err := db.FeedByHash(t.Context(), []byte("\x00\x11\x22\x33\x44\x55\x66\x77\x88\x99\xaa\xbb\xcc\xdd\xee\xff"))
	if err != nil || !known {
		t.Fatal(known, err)
	}
	same(t, "the old link", found, want)
	if next := get(db.AddFeed(t.Context(), rota.NewLeaderFeed("L1", "new", at("2027-01-01 09:00")), bytes.Repeat([]byte{7}, 32))); next.ID != 3 {
		t.Errorf("the next link is number %d", next.ID)
	}
}

func TestAwayIsWhatIsApprovedWithItsChangesAndNoReason(t *testing.T) {
	db := staffed(t)
	clock := at("2027-01-01 09:00")
	ctx := WithAuthor(t.Context(), Author{Who: "Mo", Now: func() time.Time { return clock }})
	ids := get(db.AddAbsences(ctx, []rota.Absence{
		{Leader: "L1", Kind: rota.Sick, First: day("2027-02-01"), Last: day("2027-02-03")},
		{Leader: "L1", Kind: rota.Annual, First: day("2027-03-01"), Last: day("2027-03-01"), Starts: 13 * 60, Ends: 17 * 60},
		{Leader: "L1", Kind: rota.NonWorkingDay, First: day("2027-01-01"), Last: day("2027-12-31"), Weekday: 2},
		{Leader: "L2", Kind: rota.Annual, First: day("2027-02-01"), Last: day("2027-02-03")},
	}))
	get(db.AddRequest(ctx, rota.Request{Absence: rota.Absence{Leader: "L1", Kind: rota.Annual, First: day("2027-02-10"), Last: day("2027-02-11")}, State: rota.Requested, Asked: clock}))
	clock = at("2027-01-05 09:00")
	ok(t, db.PutAbsence(ctx, rota.Absence{ID: ids[0], Leader: "L1", Kind: rota.Sick, First: day("2027-02-01"), Last: day("2027-02-05")}))
	first := rota.Away{ID: ids[0], Leader: "L1", Start: day("2027-02-01").At(0), End: day("2027-02-06").At(0), Sequence: 1, Modified: at("2027-01-05 09:00")}
	second := rota.Away{ID: ids[1], Leader: "L1", Start: day("2027-03-01").At(13 * 60), End: day("2027-03-01").At(17 * 60), Modified: at("2027-01-01 09:00")}
	for _, c := range []struct {
		from, until string
		want        []rota.Away
	}{
		{"2027-01-01", "2028-01-01", []rota.Away{first, second}},
		{"2027-02-05", "2027-03-01", []rota.Away{first}},
		{"2027-02-06", "2027-03-02", []rota.Away{second}},
		{"2027-02-06", "2027-03-01", nil},
	} {
		same(t, "away from "+c.from, get(db.Away(t.Context(), "L1", day(c.from), day(c.until))), c.want)
	}
}
