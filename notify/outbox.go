package notify

import (
	"context"
	"time"

	"pcnrota/rota"
)

// Reminder is one row of the outbox: one message about one thing to one person, and what has become of it.
// It comes from a rung of a ladder, or tells of something that happened. All times are UTC, to the second.
type Reminder struct {
	Number    int64         // of its row, given by the outbox and never used twice: links in messages name it
	Key       Key           // unique in the outbox, for ever
	Kind      Kind          // what it is about ...
	About     string        // ... and which: what Kind says
	Leader    rota.LeaderID // the recipient; "" for the manager
	Start     time.Time     // when the duty or meeting starts, as it stood at planning; of an event, when it happened
	Due       time.Time     // when to send it
	Until     time.Time     // from here on it is of no use and is never sent
	Reason    string        // why it is sent, in words: "7 days before, 17:00"
	MessageID string        // of every copy that is ever sent, without the angle brackets
	News      *News         // what an event message tells, fixed when it was planned; nil for what is put together as it is sent

	ConfirmBy   time.Time // by when the recipient is asked to confirm it; zero where nobody asks
	Confirmed   time.Time // when that was done; zero until then
	ConfirmedBy string    // by whom, as the audit trail has it

	State    State
	Attempts int       // times it was claimed
	Unknown  int       // of these, how many ended without a result: each may have reached the recipient, with the same MessageID
	Next     time.Time // Planned: Due. Retrying: the next try. Sending: the end of the lease. Zero in the final states
	Changed  time.Time // when State was reached
	Detail   string    // the mail server's last words, or why it was not sent; may hold an address, so never logged
}

// Key says what a reminder is about, which one, when that starts, who is told and at which rung:
// "duty/on-call.first.20270104T1830/20270104T183000Z/L01/7d17:00". It holds no names.
type Key string

// State is where a reminder is on its way. The package comment draws the way.
type State string

// The states. Planned, Sending and Retrying are open; the others are final, except that Plan takes a
// reminder that was never sent back to Planned when it is wanted again.
const (
	Planned    State = "planned"    // waits for Due
	Sending    State = "sending"    // claimed by a process until Next
	Retrying   State = "retrying"   // the last try failed for now; waits for Next
	Sent       State = "sent"       // the mail server took it, or it lies in the outbox folder
	Failed     State = "failed"     // refused for good
	Missed     State = "missed"     // not sent while it was of use
	Cancelled  State = "cancelled"  // the leader no longer holds the duty, or the ladder has changed
	Superseded State = "superseded" // the duty starts at another time and has reminders of its own for that
)

// IsDue is the state of a planned reminder whose time has come, for those who read the ledger. It is not stored.
const IsDue State = "due"

// StateAt is the state of r as it is seen at now.
func (r Reminder) StateAt(now time.Time) State {
	if r.State == Planned && !r.Next.After(now) {
		return IsDue
	}
	return r.State
}

// States lists the states that are stored, in the order of a reminder's life.
var States = []State{Planned, Sending, Retrying, Sent, Failed, Missed, Cancelled, Superseded}

// Outcome is what became of a reminder that was claimed, or that is no longer wanted.
type Outcome struct {
	State  State     // Sent, Retrying, Failed, Missed, Cancelled or Superseded
	At     time.Time // becomes Changed
	Next   time.Time // the next try where State is Retrying, otherwise zero
	Unsure bool      // the message may have reached the recipient all the same: Record counts one more in Unknown
	Detail string

	Untried  bool       // nothing was sent: Record takes the attempt back
	Then     []Reminder // Record plans them too, in the same transaction
	Obstacle *Obstacle  // stands in the way of all messages: Record does what SetObstacle would, too; nil where nothing was met
}

// Result is a reminder with what became of it.
type Result struct {
	Reminder
	Outcome Outcome
}

// Outbox keeps reminders: they are written before anything is sent and are never deleted. Several
// processes may use one outbox at a time. Every method is a single transaction.
type Outbox interface {
	// Plan inserts each reminder whose key is new, as it is given (its State is Planned or Missed).
	// Where the key is known, and the given State is Planned while the stored one is Missed, Cancelled
	// or Superseded, the row becomes Planned again, with the given Due, Until, Reason, Next and Changed
	// and an empty Detail; its MessageID, Attempts and Unknown stay. Any other known key is left alone.
	// It returns how many rows were inserted or planned again.
	Plan(ctx context.Context, reminders []Reminder) (int, error)

	// Backlog tells what waits to be sent, and what stands in its way.
	Backlog(ctx context.Context) (Backlog, error)

	// Claim takes the first limit open reminders (Planned, Retrying, or Sending with a lease that has
	// run out) whose Next is at or before now, ordered by Next, then Key. Each becomes Sending with one
	// more attempt, Next = now + lease, Changed = now; one that was Sending before also counts one more
	// in Unknown. It returns the rows as they are afterwards, in that order. No two calls, in whatever
	// processes, get the same row within a lease.
	Claim(ctx context.Context, now time.Time, lease time.Duration, limit int) ([]Reminder, error)

	// Record stores outcomes of reminders that are as Claim or Reminders returned them: State, Next, Detail,
	// Changed = At, and where Unsure one more in Unknown. Attempts stays, or is one less where Untried. It changes nothing
	// where the row is Sent already; nor, unless the outcome is Sent, where the row's State or Attempts
	// are no longer those of the reminder, because somebody else has claimed it since. That is not an error.
	Record(ctx context.Context, results []Result) error

	// BeginSending tells other processes, until it is released, that this one sends. Nothing is claimed without it. Where
	// orphans are looked for, and no other process sends, it first ends at now the lease of every row that is Sending: its
	// process has died. Where it cannot be known who sends, leases alone keep two from sending the same.
	BeginSending(ctx context.Context, now time.Time, orphans bool) (release func(), err error)

	// SetObstacle keeps what stands in the way of all messages, or forgets it where it is nil. What was put off until the Next
	// of the one before is put off no longer than until that of the new one, and without one it is due at once.
	SetObstacle(ctx context.Context, o *Obstacle) error

	// Reminders lists what f asks for, ordered by Due, then Key.
	Reminders(ctx context.Context, f Filter) ([]Reminder, error)
}

// Backlog is what waits in an outbox at one moment.
type Backlog struct {
	Obstacle *Obstacle // what stood in the way of all messages at the last try; nil where nothing did
	Next     time.Time // the earliest Next of the open reminders; zero where none is open
	Sending  bool      // some reminder is Sending, by a process that lives or by one that has died
}

// Filter narrows a list of reminders. A zero field asks nothing.
type Filter struct {
	States      []State       // in any of these
	Kinds       []Kind        // of any of these
	Leader      rota.LeaderID // to this leader
	UsefulAfter time.Time     // whose Until is after this
	Unconfirmed bool          // that ask to be confirmed, and are not
	Limit       int           // at most so many
}

// Source tells what is published now, and what people want to hear of it.
type Source interface {
	// Stamp is another text whenever anything has changed that this Source or Filter.Unconfirmed tells.
	Stamp(ctx context.Context) (string, error)
	// Preferences gives what leaders want otherwise than the ladders say, in order.
	Preferences(ctx context.Context) ([]Preference, error)
	// Bodies gives all partner bodies.
	Bodies(ctx context.Context) ([]rota.Body, error)
	// Handovers gives all notes that were left for whoever is on call next, in order of time.
	Handovers(ctx context.Context) ([]rota.Handover, error)
	// Replies gives what was answered about meetings.
	Replies(ctx context.Context) ([]rota.Reply, error)
	// Actions gives what meetings agreed on, by the day it is due.
	Actions(ctx context.Context) ([]rota.Action, error)
	// Published gives the published duties that share any moment with the time from from to until.
	Published(ctx context.Context, from, until time.Time) ([]rota.Published, error)
	// Occurrences gives the meetings that start at from or later and before until, with those who attend.
	Occurrences(ctx context.Context, from, until time.Time) ([]rota.Occurrence, error)
	// Leaders gives all leaders, those who have left too.
	Leaders(ctx context.Context) ([]rota.Leader, error)
}

// Sender carries one message to its recipient and returns when it is known to be taken. An error that
// is, or wraps, a *SendError tells what to do next; any other error counts as Temporary. Calling Send
// again with the same message must do no harm. Idle tells that no message follows for now, so that a
// connection kept for the next one can be closed.
type Sender interface {
	Send(ctx context.Context, m Message) error
	Idle()
}

// Packer is a Sender that can put a message together before it is its turn: to call what Pack gives is to Send it.
type Packer interface {
	Sender
	Pack(m Message) (send func(ctx context.Context) error)
}
