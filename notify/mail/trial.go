package mail

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"

	"pcnrota/notify"
	"pcnrota/rota"
)

// trial is the kind of a message that tries out whether mail arrives. It is in no ledger.
const trial notify.Kind = "test"

// Trial is a message to an address that says nothing but that mail arrives.
func (l Letterhead) Trial(to string, at time.Time) notify.Message {
	sum := sha256.Sum256([]byte(fmt.Sprintf("test/%s/%d", to, at.UnixNano())))
	id := hex.EncodeToString(sum[:16]) + "@" + l.Domain()
	return notify.Message{
		Reminder: notify.Reminder{Key: notify.Key("test/" + at.UTC().Format("20060102T150405Z")), Kind: trial, Due: at, Until: at.AddDate(0, 0, 1), MessageID: id},
		Date:     at, Thread: id, To: rota.Leader{Name: to, Email: to}, What: "test",
	}
}

// trial is what it says.
func (l Letterhead) trial(m notify.Message) words {
	return words{
		Subject: "Test from the rota of " + line(l.PCN), Lead: "This message shows that mail from the rota arrives. There is nothing to do.",
		Facts: []fact{{"Sent", l.moment(rota.CivilOf(m.Date, l.Zone), m.Date)}},
		Why:   "You get this message because whoever runs the rota gave your address for a test.",
	}
}
