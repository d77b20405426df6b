package notify

import (
	"fmt"
	"log/slog"
)

// Trouble is what stands in the way of a message, by what helps against it.
type Trouble int

// The kinds of trouble.
const (
	Temporary     Trouble = iota // this message was refused for now: try it again later
	Permanent                    // this message was refused for good: trying again is of no use
	Unreachable                  // the server does not answer: try all messages again later
	Configuration                // the server answers and will take nothing from us until an administrator acts: try all again later
)

// String names the trouble as the log does.
func (t Trouble) String() string {
	return [...]string{"temporary", "permanent", "unreachable", "configuration"}[t]
}

// ParseTrouble reads what String writes.
func ParseTrouble(s string) (Trouble, error) {
	for t := Temporary; t <= Configuration; t++ {
		if t.String() == s {
			return t, nil
		}
	}
	return 0, fmt.Errorf("%q is no trouble", s)
}

// stopsAll reports whether the other messages need not be tried now.
func (t Trouble) stopsAll() bool { return t == Unreachable || t == Configuration }

// level is how loudly the log tells of the trouble: an error is for somebody to act on.
func (t Trouble) level() slog.Level {
	if t == Permanent || t == Configuration {
		return slog.LevelError
	}
	return slog.LevelWarn
}

// SendError is why a message was not taken.
type SendError struct {
	Trouble Trouble
	Problem string // one line for the administrator, with no address and no secret: it is logged
	Unsure  bool   // the connection was lost when the server had the whole message: it may have taken it
	Err     error  // the server's own words, for the ledger only; may be nil
}

// Error gives the problem and the server's words.
func (e *SendError) Error() string {
	if e.Err == nil {
		return e.Problem
	}
	return e.Problem + ": " + e.Err.Error()
}

// Unwrap gives the server's own words.
func (e *SendError) Unwrap() error { return e.Err }
