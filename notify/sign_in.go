package notify

import (
	"fmt"
	"time"

	"pcnrota/rota"
)

// SignInLink is the message with the link by which a leader signs in. Number is what the link names; until is when
// it stops working, after which the message is of no use. It is due at once.
func SignInLink(to rota.LeaderID, number int64, at, until time.Time, domain string) Reminder {
	key := Key(fmt.Sprintf("%s/%d/%s", SignInRequested, number, to))
	at = at.UTC().Truncate(time.Second)
	return Reminder{
		Key: key, Kind: SignInRequested, About: fmt.Sprint(number), Leader: to, Start: at, Due: at, Until: until.UTC().Truncate(time.Second),
		Reason: "asked for on the page", MessageID: messageID(string(key), domain), News: &News{At: at, Pass: number},
		State: Planned, Next: at, Changed: at,
	}
}
