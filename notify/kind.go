package notify

// Kind is the kind of thing a message is about. It says what Reminder.About names and who the recipient is.
type Kind string

// The kinds that come from a ladder: they are decided afresh on every pass, and say how things stand when they are sent.
const (
	Duty           Kind = "duty"           // a rota.DutyID, to its holder
	Handover       Kind = "handover"       // a rota.DutyID that begins, to its holder, with the notes of who was on call before
	Meeting        Kind = "meeting"        // a rota.OccurrenceID, to each who attends and to the deputy
	Responsibility Kind = "responsibility" // what has to be returned by a day, to the accountable leader
	Action         Kind = "action"         // what somebody has taken on at a meeting, to them
	Digest         Kind = "digest"         // an ISO week, to a leader: their own duties, then the team's
	Gaps           Kind = "gaps"           // an ISO week, to the manager: what is wrong with the rotas
	Fairness       Kind = "fairness"       // a month, to the manager: who holds how much
)

// The kinds that tell of an event. They are written in the transaction of what they tell of, and carry News.
const (
	Change          Kind = "change"          // a version of a rota or a handing over, to each whose own duties changed
	SwapAsked       Kind = "swap-asked"      // a rota.OfferID, to each who may take it
	SwapAnswered    Kind = "swap-answered"   // a rota.OfferID, to who made it and, where it waits for approval, to the manager
	AbsenceDecided  Kind = "absence-decided" // a rota.AbsenceID, to who asked for it
	ConfirmOverdue  Kind = "confirm-overdue" // a Reminder.Key that nobody confirmed, to the other tier or deputy, then to the manager
	Undelivered     Kind = "undelivered"     // a Reminder.Key that the recipient's mail server refused for good, to the same
	Declined        Kind = "declined"        // a duty on call whose holder has said no in a calendar, to the manager
	NobodyGoes      Kind = "nobody-goes"     // meetings from which everybody has dropped out, to the manager
	Attendance      Kind = "attendance"      // who comes to a meeting for the PCN, to the contact of the partner body
	SignInRequested Kind = "sign-in"         // a link to sign in, to who asked for it
	Invitation      Kind = "invitation"      // a calendar invitation or its update, to who opted in
	Cancellation    Kind = "cancellation"    // its withdrawal
)

// Kinds lists them all.
var Kinds = []Kind{
	Duty, Handover, Meeting, Responsibility, Action, Digest, Gaps, Fairness,
	Change, SwapAsked, SwapAnswered, AbsenceDecided, ConfirmOverdue, Undelivered, Declined, NobodyGoes, Attendance, SignInRequested, Invitation, Cancellation,
}

// IsEvent reports whether messages of the kind tell of something that happened.
func (k Kind) IsEvent() bool {
	switch k {
	case Change, SwapAsked, SwapAnswered, AbsenceDecided, ConfirmOverdue, Undelivered, Declined, NobodyGoes, Attendance, SignInRequested, Invitation, Cancellation:
		return true
	default:
		return false
	}
}
