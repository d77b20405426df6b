package cli

import (
	"os"
	"path/filepath"
	"time"
)

// fileSign is how a file looks from outside: zero where there is none. Whoever writes to a file changes it.
type fileSign struct {
	size    int64
	written time.Time
}

func (s fileSign) exists() bool { return !s.written.IsZero() }

func lookAt(path string) fileSign {
	info, err := os.Stat(path)
	if err != nil {
		return fileSign{}
	}
	return fileSign{info.Size(), info.ModTime()}
}

// dataSign is how a database looks from outside. A change is first in the log beside the database, and when
// the last who has it open closes it, in the database itself.
type dataSign struct{ database, wal fileSign }

func lookAtData(dir string) dataSign {
	path := filepath.Join(dir, databaseFile)
	s := dataSign{lookAt(path), lookAt(path + "-wal")}
	if s.wal.size == 0 {
		s.wal = fileSign{} // opened, and nothing written
	}
	return s
}
