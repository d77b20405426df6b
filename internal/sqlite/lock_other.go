//go:build !unix

package sqlite

// sendingLock is nothing where the system has no locks that end with their process: leases do.
type sendingLock struct{}

func lockSending(string, bool) (l sendingLock, alone bool, err error) { return l, false, nil }

func (sendingLock) share() error { return nil }

func (sendingLock) release() {}
