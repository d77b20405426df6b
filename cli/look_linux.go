package cli

import (
	"errors"
	"syscall"
	"time"
)

// lookAt gives how a file looks. A tick does it for every folder there is: asking the system itself takes two thirds of
// what os.Stat does.
func lookAt(path string) fileSign {
	var s syscall.Stat_t
	err := syscall.Stat(path, &s)
	for errors.Is(err, syscall.EINTR) {
		err = syscall.Stat(path, &s)
	}
	if err != nil {
		return fileSign{}
	}
	return fileSign{s.Size, time.Unix(s.Mtim.Unix())}
}
