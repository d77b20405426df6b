package rota

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// FeedID numbers a feed.
type FeedID int64

// Feed is a secret, named, revocable link to a view of what is published. The secret itself is shown once,
// when it is made, and only its hash is kept.
type Feed struct {
	ID      FeedID
	Kind    FeedKind
	Options FeedOptions

	// Whose calendar it is; of these, the one that Kind names is set.
	Leader   LeaderID
	Rota     RotaName
	Practice PracticeCode
	Body     BodyID

	Name        string // by which to tell links apart: "work Outlook"
	Created     time.Time
	Expires     time.Time // zero where it has no end
	Revoked     time.Time // zero while it works
	Replaced    time.Time // when the secret by which it was found stops working; zero for the one in use
	Edition     int       // counts the changes of its options, its name and its secret
	LastFetched time.Time // zero until it is first used
	Client      string    // the program that fetched it last, in plain words: "Outlook"
}

// Shown is what decides on what the calendar shows: f without what only says which link it is. Two links of which
// this is the same have the same calendar.
func (f Feed) Shown() Feed {
	shown := Feed{Kind: f.Kind, Options: f.Options, Leader: f.Leader, Rota: f.Rota, Practice: f.Practice, Body: f.Body}
	if f.Options.BusyOnly {
		shown.Name = f.Name // such a calendar is called by the name of its link, because it names nobody
	}
	return shown
}

// Fetch is that a program came for a feed.
type Fetch struct {
	Feed   FeedID
	At     time.Time
	Client string // as in Feed
}

// FeedKind says whose duties and meetings a feed shows.
type FeedKind string

// The kinds of feeds.
const (
	FeedOfLeader   FeedKind = "person"   // everything that one leader holds and attends
	FeedOfRota     FeedKind = "rota"     // every duty of one rota, whoever holds it
	FeedOfPractice FeedKind = "practice" // what the leaders of one practice hold and attend
	FeedOfBody     FeedKind = "body"     // the meetings of one partner body
	FeedOfPCN      FeedKind = "pcn"      // everything
)

// FeedOptions say what of its view a feed shows, and how.
type FeedOptions struct {
	Categories []Category `json:"categories,omitempty"` // only what counts in one of these; none: everything
	Tiers      []TierName `json:"tiers,omitempty"`      // of duties; none: all
	Alarms     []int      `json:"alarms,omitempty"`     // minutes before the start; none: no alarm
	Back       int        `json:"back"`                 // how many days it looks back,
	Ahead      int        `json:"ahead"`                // and ahead
	ShowAs     ShowAs     `json:"show_as,omitempty"`
	Phones     bool       `json:"phones,omitempty"`    // numbers of colleagues
	Absences   bool       `json:"absences,omitempty"`  // when the leader is away, never why
	BusyOnly   bool       `json:"busy_only,omitempty"` // that the time is taken, and nothing else
}

// ShowAs says whether calendars count the time as taken.
type ShowAs string

// The ways to show time.
const (
	ShowAsUsual ShowAs = ""     // meetings as busy, duties as free: who is on call can see patients
	ShowAsBusy  ShowAs = "busy" // all of it as busy
	ShowAsFree  ShowAs = "free" // all of it as free
)

// ParseShowAs reads "busy", "free" or "usual".
func ParseShowAs(s string) (ShowAs, error) {
	if strings.EqualFold(s, "usual") {
		return ShowAsUsual, nil
	}
	way, err := oneOf(s, []ShowAs{ShowAsBusy, ShowAsFree})
	if err != nil {
		return way, fmt.Errorf("%q is not a way to show time: busy, free or usual", s)
	}
	return way, nil
}

// How far a feed looks unless it is told otherwise. What is older than a season has been, and a rota is
// never published for much more than a year; a calendar drops what its feed no longer has.
const (
	FeedBack  = 90
	FeedAhead = 400
)

// DefaultFeedOptions are those of a feed about which nothing was said. Only a leader's own feed has numbers
// to ring: others go to more people.
func DefaultFeedOptions(kind FeedKind) FeedOptions {
	return FeedOptions{Back: FeedBack, Ahead: FeedAhead, Phones: kind == FeedOfLeader}
}

// NewLeaderFeed is a feed of one leader with the usual options, not recorded yet.
func NewLeaderFeed(leader LeaderID, name string, created time.Time) Feed {
	return Feed{Kind: FeedOfLeader, Options: DefaultFeedOptions(FeedOfLeader), Leader: leader, Name: name, Created: created}
}

// Ended reports whether the link, by the secret it was found by, has stopped working at t: it was revoked, its
// time is over, or another secret has taken its place.
func (f Feed) Ended(t time.Time) bool {
	over := func(end time.Time) bool { return !end.IsZero() && !end.After(t) }
	return !f.Revoked.IsZero() || over(f.Expires) || over(f.Replaced)
}

// Personal reports whether whoever has the link may see everything that concerns its leader.
func (f Feed) Personal() bool { return f.Kind == FeedOfLeader && !f.Options.BusyOnly }

// Window gives the days that the feed shows on a day: from the first up to until, which is not among them.
func (o FeedOptions) Window(on Date) (from, until Date) {
	return on.AddDays(-o.Back), on.AddDays(o.Ahead + 1)
}

// ShowsTier reports whether duties of the tier are shown.
func (o FeedOptions) ShowsTier(t TierName) bool {
	return len(o.Tiers) == 0 || slices.Contains(o.Tiers, t)
}

// Shows reports whether something that counts in category c is shown.
func (o FeedOptions) Shows(c Category) bool {
	return len(o.Categories) == 0 || slices.Contains(o.Categories, c)
}

// ShowsLoad reports whether a duty that weighs l is shown: it counts in one of the categories. A duty without
// any weight is a weekday's.
func (o FeedOptions) ShowsLoad(l Load) bool {
	if l == (Load{}) {
		return o.Shows(Weekday)
	}
	for c, points := range l {
		if points != 0 && o.Shows(Category(c)) {
			return true
		}
	}
	return false
}
