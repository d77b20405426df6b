//go:build unix

package sqlite

import (
	"errors"
	"fmt"
	"os"
	"syscall"
)

// sendingLock is this process's part in the lock of those that send. The system gives it back when the process dies,
// however that happens.
type sendingLock struct{ f *os.File }

// lockSending takes a share of the lock that the file stands for, or has it alone where that is asked for and nobody else
// has any. It waits only for who has it alone.
func lockSending(path string, alone bool) (l sendingLock, isAlone bool, err error) {
	if l.f, err = os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600); err != nil {
		return l, false, fmt.Errorf("lock the outbox: %w", err)
	}
	if alone && syscall.Flock(int(l.f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB) == nil {
		return l, true, nil
	}
	if err := l.share(); err != nil {
		l.release()
		return l, false, err
	}
	return l, false, nil
}

// share has others take their parts too. A file system without locks has nobody alone, and so nothing to share.
func (l sendingLock) share() error {
	err := syscall.Flock(int(l.f.Fd()), syscall.LOCK_SH)
	for errors.Is(err, syscall.EINTR) {
		err = syscall.Flock(int(l.f.Fd()), syscall.LOCK_SH)
	}
	if err != nil && !errors.Is(err, syscall.ENOTSUP) && !errors.Is(err, syscall.ENOLCK) {
		return fmt.Errorf("lock the outbox: %w", err)
	}
	return nil
}

func (l sendingLock) release() { l.f.Close() }
