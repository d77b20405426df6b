package cli

import (
	"context"
	"time"
)

// The words of GET /healthz.
const (
	troubleFolder    = "folder"    // the folder of folders cannot be read
	troubleStopped   = "stopped"   // nothing has been done for anybody for a while
	troubleSettings  = "settings"  // config.toml has faults; what it said before counts
	troubleDatabase  = "database"  // it cannot be read
	troubleReminders = "reminders" // they do not go out, and somebody has to act: notify.Queue.Stuck
)

// patientFor is how late a tick may be.
const patientFor = 10 * time.Minute

// Health says what is wrong with the host, for web.Sites. A folder that has a fault is no fault of the host.
func (h *host) Health(context.Context) (words []string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.unread {
		words = append(words, troubleFolder)
	}
	if !h.ticked.IsZero() && h.now().Sub(h.ticked) > patientFor {
		words = append(words, troubleStopped)
	}
	return words
}

// health says what is wrong with one PCN.
func (f *folder) health(home *household) func(context.Context) []string {
	return func(ctx context.Context) (words []string) {
		if f.host.root == "" {
			words = f.host.Health(ctx)
		}
		if f.faulty() {
			words = append(words, troubleSettings)
		}
		now := f.host.now()
		queue, err := home.db.Queue(ctx, now)
		if err != nil {
			f.log.Error("the database cannot be read", "problem", firstLine(err))
			return append(words, troubleDatabase)
		}
		if _, stuck := queue.Stuck(now); stuck {
			words = append(words, troubleReminders)
		}
		return words
	}
}

func (f *folder) faulty() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.problem != ""
}
