package notify

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"

	"pcnrota/rota"
)

// engagement is the part of one leader in one duty or meeting: what a ladder of reminders leads to.
type engagement struct {
	kind   Kind
	about  string
	leader rota.LeaderID
	start  rota.Civil
	at     time.Time // start as an instant, UTC
	group  string    // whose ladder it has: the name of a rota, the ID of a partner body, of a responsibility
}

// keyTime is the basic form of ISO 8601, as keys have it.
const keyTime = "20060102T150405Z"

// key names the reminder of e at rung r. It has the start in it, so that a duty that moves is reminded
// of anew, and the leader, so that whoever takes it over is reminded too.
func (e engagement) key(r rota.Rung) Key {
	return Key(fmt.Sprintf("%s/%s/%s/%s/%dd%s", e.kind, e.about, e.at.Format(keyTime), e.leader, r.Days, r.At))
}

// thread is the Message-ID to which all messages to the leader about the engagement refer. No message
// bears it itself, so that it can be known without looking up which message was the first.
func (e engagement) thread(domain string) string {
	return messageID(fmt.Sprintf("thread/%s/%s/%s", e.kind, e.about, e.leader), domain)
}

// messageID makes a Message-ID (RFC 5322 section 3.6.4, without the angle brackets) that is always the
// same for what it names. Mail systems that see it twice know the second for a repeat.
func messageID(name, domain string) string {
	sum := sha256.Sum256([]byte(name))
	return hex.EncodeToString(sum[:16]) + "@" + domain
}
