package notify

import (
	"time"

	"pcnrota/rota"
)

// Message is all that the text of a reminder can say. Its names are as stored: whoever writes them into
// a message guards against line breaks and markup.
type Message struct {
	Reminder Reminder
	Date     time.Time // of this try
	Thread   string    // the same for all messages to this leader about this duty or meeting; a Message-ID that is never sent

	To         rota.Leader
	What       string // "First on call", "LMC monthly meeting"
	Line       string // the rota's title, or the partner body's ID
	Start, End rota.Civil
	Span       rota.Span
	Place      string // "" for a duty
	With       []Colleague
}

// Colleague is somebody else on the same shift or at the same meeting.
type Colleague struct {
	Name, Phone string
	What        string // the tier's title; "" at a meeting
}
