package cli

import (
	"path/filepath"
	"time"
)

// fileSign is how a file looks from outside: zero where there is none. Whoever writes to a file changes it.
type fileSign struct {
	size    int64
	written time.Time
}

func (s fileSign) exists() bool { return !s.written.IsZero() }

// dataSign is how a database looks from outside. A change is first in the log beside the database, and when
// the last who has it open closes it, in the database itself.
type dataSign struct {
	database, wal fileSign
}

func lookAtData(dir string) (s dataSign, open bool) {
	path := filepath.Join(dir, databaseFile)
	s = dataSign{lookAt(path), lookAt(path + "-wal")}
	if open = s.wal.exists(); s.wal.size == 0 {
		s.wal = fileSign{} // opened, and nothing written
	}
	return s, open
}

// A file's time can tell a change from the one that follows only when the clock of the file system has moved on
// between the two. Most of those clocks tick every few milliseconds; those without parts of a second every two seconds.
const (
	settlesFine   = 50 * time.Millisecond
	settlesCoarse = 2500 * time.Millisecond
)

// settled reports whether a change of a file after now will show in its time.
func (s fileSign) settled() bool {
	if s.written.Nanosecond() == 0 {
		return time.Since(s.written) > settlesCoarse
	}
	return time.Since(s.written) > settlesFine
}

func (s dataSign) settled() bool {
	return s.database.exists() && s.database.settled() && (!s.wal.exists() || s.wal.settled())
}
