package cli

import (
	"time"

	"github.com/schollz/progressbar/v3"
)

// patience is how long a command may work before it shows that it does.
const patience = 2 * time.Second

// progress gives a function to call with the work done so far and in all, and one to call at the end.
// Where somebody watches standard error and the work takes longer than patience, a bar shows; it
// leaves nothing behind. It reads the real clock, whatever time is rehearsed.
func (p *program) progress(doing string) (step func(done, of int), finish func()) {
	if !p.err.interactive {
		return func(int, int) {}, func() {}
	}
	started := time.Now()
	var bar *progressbar.ProgressBar
	step = func(done, of int) {
		if bar == nil && time.Since(started) > patience {
			bar = progressbar.NewOptions(of,
				progressbar.OptionSetWriter(p.stderr), progressbar.OptionSetDescription(doing),
				progressbar.OptionSetWidth(30), progressbar.OptionClearOnFinish(),
				progressbar.OptionThrottle(100*time.Millisecond))
		}
		if bar != nil {
			_ = bar.Set(done)
		}
	}
	return step, func() {
		if bar != nil {
			_ = bar.Clear()
		}
	}
}
