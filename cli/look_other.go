//go:build !linux

package cli

import "os"

// lookAt gives how a file looks.
func lookAt(path string) fileSign {
	info, err := os.Stat(path)
	if err != nil {
		return fileSign{}
	}
	return fileSign{info.Size(), info.ModTime()}
}
