package rota

import "time"

// Published is a duty as the newest published version of its rota has it.
type Published struct {
	Duty
	Version  int64     // Version.ID
	Sequence int       // counts the changes since it was first published, from 0
	Modified time.Time // last real change, UTC
}

// Version is one state of a rota: a draft until it is published, and unchanging from then on.
type Version struct {
	ID          int64
	Rota        RotaName
	Number      int  // 1 for the first published version of its rota; 0 for a draft
	From, Until Date // days on which its shifts start, Until excluded
	Built       time.Time
	Published   time.Time // zero for a draft
	By          string    // who published it
	Reason      string    // why
	Policy      Policy    // the rules it was built under
	Seed        uint64
}

// FeedID numbers a feed.
type FeedID int64

// Feed is a secret, named, revocable link to one leader's view of the calendar. The secret itself is
// shown once, when the feed is made, and only its hash is kept.
type Feed struct {
	ID          FeedID
	Leader      LeaderID
	Name        string // the leader's own word for it: "work Outlook"
	Created     time.Time
	Revoked     time.Time // zero while it works
	LastFetched time.Time // zero until it is first used
	Client      string    // the User-Agent that fetched it last
}
