package web

import (
	"context"
	"time"

	"pcnrota/internal/pass"
	"pcnrota/rota"
)

// Desk is where leaders act: it lets them in, knows what they can act on, and does it by the very functions that
// the commands run. Who may do what is decided here and not by the pages. What a leader can do something about is
// answered with a *Refusal; any other error is for the log.
type Desk interface {
	Door
	Errands

	// Papers gives everything that a leader can act on.
	Papers(ctx context.Context, l rota.LeaderID) (Papers, error)

	// Choices ranks who could take a leader's duty, or the part of its time from from until until; zero for all of it.
	Choices(ctx context.Context, l rota.LeaderID, duty rota.DutyID, from, until string) (Choices, error)
	// Returns gives what with could give a leader for a duty, as far as both can hold what they would get.
	Returns(ctx context.Context, l rota.LeaderID, duty rota.DutyID, with rota.LeaderID) (Returns, error)
	// Offer makes an offer of a leader's duty.
	Offer(ctx context.Context, l rota.LeaderID, o Offering) (rota.OfferID, error)
	// Proposal gives an offer that concerns the leader, and what it would mean for them to take it.
	Proposal(ctx context.Context, l rota.LeaderID, id rota.OfferID) (Proposal, error)
	Accept(ctx context.Context, l rota.LeaderID, id rota.OfferID) error
	Decline(ctx context.Context, l rota.LeaderID, id rota.OfferID) error
	Withdraw(ctx context.Context, l rota.LeaderID, id rota.OfferID) error

	// Summons gives a meeting that concerns the leader, and how it stands.
	Summons(ctx context.Context, l rota.LeaderID, id rota.OccurrenceID) (Summons, error)
	// AnswerMeeting says for a leader whether they come; whoever they make way for is found at once.
	AnswerMeeting(ctx context.Context, l rota.LeaderID, id rota.OccurrenceID, answer rota.Answer, why string) error

	// AskLeave asks for an absence of the leader; its ID and leader are ignored.
	AskLeave(ctx context.Context, l rota.LeaderID, a rota.Absence) (rota.AbsenceID, error)
	// DropLeave takes back what has been asked for and nobody has decided.
	DropLeave(ctx context.Context, l rota.LeaderID, id rota.AbsenceID) error
	// WriteNote leaves a note about a duty for whoever is on call next.
	WriteNote(ctx context.Context, l rota.LeaderID, duty rota.DutyID, note string) error
}

// Door lets leaders in. A session is known by the SHA-256 of its secret.
type Door interface {
	PassKey(ctx context.Context) (pass.Key, error)
	// AskSignIn mails a link to whoever has the address, as long as not too many were asked for. It does not tell whether
	// anybody has it. Page is where the link leads to, below the PCN's address.
	AskSignIn(ctx context.Context, address, page string) error
	// SignIn gives who may sign in by the number of a pass; a *Refusal where nobody may, or may not any more.
	SignIn(ctx context.Context, number int64) (rota.Leader, error)
	// BeginSession uses the number up, and gives the page it leads to. Of two who use one number, one is refused.
	BeginSession(ctx context.Context, number int64, hash []byte) (page string, until time.Time, err error)
	// Visitor gives who is signed in; false where nobody is.
	Visitor(ctx context.Context, hash []byte) (v Visitor, found bool, err error)
	EndSession(ctx context.Context, l rota.LeaderID, hash []byte) error
	// EndSessions signs a leader out everywhere.
	EndSessions(ctx context.Context, l rota.LeaderID) error
}

// Visitor is a leader who is signed in.
type Visitor struct {
	Leader rota.Leader
	Until  time.Time // when they are signed out by themselves
}

// Errands are the single things that somebody can do by a pass alone.
type Errands interface {
	// Errand says what a pass is for. It does nothing: mail scanners come here too.
	Errand(ctx context.Context, p pass.Purpose, number int64) (Errand, error)
	// Run does it. Done twice, it is the same as done once.
	Run(ctx context.Context, p pass.Purpose, number int64) error
	// SummonsOf gives who was sent the number of a pass to answer with, and about which meeting.
	SummonsOf(ctx context.Context, number int64) (rota.LeaderID, rota.OccurrenceID, error)
}

// Errand is a page with one button, in plain words.
type Errand struct {
	Title  string
	Says   []string // what it is about, a paragraph each
	Items  []string // the same in detail, below the button
	Button string
	Done   string // what there is to say once it is done; not "" where it is done already, without the button
}

// Papers are what one leader can act on.
type Papers struct {
	Duties []rota.Published // their own that are not over, in order of time
	Noted  []rota.Published // their own about which they can leave a note, the newest first
	Offers []rota.Offer     // that concern them and are open, or were until a short time ago, the newest first
	Leave  []Leave          // what they have asked for, the latest first

	Meetings []Summons // to come, to which they are asked, in order of time
	Names    map[rota.LeaderID]rota.Leader
	Whole    map[rota.DutyID]rota.Duty // the duties that offers name, where they are still on the rota
}

// Leave is an absence that was asked for, and the leader's duties that it falls on.
type Leave struct {
	rota.Request
	Hits []rota.Duty
}

// Summons is a meeting and one leader who is, or was, asked to come.
type Summons struct {
	Meeting    rota.Occurrence
	Body       string      // the name of the body that meets, on that day
	Goes       []string    // names of those who go as things stand
	Deputy     string      // who stands by, where that is somebody else; ""
	Deputises  bool        // it is the leader who stands by
	Spare      bool        // the leader has no part in it as things stand
	Represents bool        // it is the leader who goes, alone or with others
	Answer     rota.Answer // the leader's; "" where there is none yet
	Open       bool        // the leader is asked, and can answer or answer otherwise
	Quorum     rota.Quorum
}

// Choices are who could take a duty.
type Choices struct {
	Duty        rota.Duty
	From, Until rota.Civil // the part of its time; zero for all of it
	Candidates  []rota.Candidate
	Names       map[rota.LeaderID]rota.Leader
}

// Returns are the duties that somebody could give for another, in order of time.
type Returns struct {
	Duty   rota.Duty
	With   rota.Leader
	Duties []rota.Duty
	Barred int // how many more they hold, which the rules do not let change hands
}

// Offering is what a leader offers.
type Offering struct {
	Duty        rota.DutyID
	From, Until string          // the part of its time, "2027-01-05T06:00"; "" for all of it
	To          []rota.LeaderID // none stands for everybody who can
	Return      rota.DutyID     // what the one in To gives for it; "" for nothing
	Why         string
}

// Proposal is an offer as one leader sees it.
type Proposal struct {
	Offer   rota.Offer
	Whole   map[rota.DutyID]rota.Duty
	Names   map[rota.LeaderID]rota.Leader
	Effects []rota.Effect // of taking it, for both; none where they cannot
	Why     string        // they cannot take it, in words; ""
}

// Refusal is what somebody cannot do, and what they can do about it, in plain words.
type Refusal struct {
	Says string
	Do   string // may be ""
}

func (r *Refusal) Error() string { return r.Says }
