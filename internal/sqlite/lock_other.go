//go:build !unix

package sqlite

// lockAlone locks nothing where the system has no locks that end with their process: leases do.
func lockAlone(string) (release func(), locked bool, err error) { return nil, false, nil }
