package cli

import (
	"context"
	"path/filepath"
	"time"

	"pcnrota/internal/sqlite"
)

// agenda is what the host keeps of a folder to know when something is to be done there. Its lock is never held for
// long, so that one folder that is slow to open holds up none of the others.
type agenda struct {
	passing bool
	seen    dataSign    // the database as it was before the last pass
	config  fileSign    // config.toml, too
	next    []time.Time // when each chore is due if nothing changes
}

// wants reports whether a pass over the folder has something to do: a chore is due, or the database has changed.
// With thorough, a change of config.toml counts too: it is rare, and looking costs as much as all the rest.
func (f *folder) wants(now time.Time, thorough bool) bool {
	f.planning.Lock()
	defer f.planning.Unlock()
	if f.agenda.passing {
		return false
	}
	for _, next := range f.agenda.next {
		if !now.Before(next) {
			return true
		}
	}
	return lookAtData(f.dir) != f.agenda.seen || thorough && lookAt(filepath.Join(f.dir, configFile)) != f.agenda.config
}

// begin reserves the folder for a pass, of which there is one at a time.
func (f *folder) begin() {
	f.planning.Lock()
	defer f.planning.Unlock()
	f.agenda.passing = true
}

// pass does the chores that are due. What a chore changes itself is a change like any other, and leads to one more
// pass, which finds nothing to do.
func (f *folder) pass(ctx context.Context, now time.Time) {
	f.planning.Lock()
	before := f.agenda
	f.planning.Unlock()
	after := f.chores(ctx, now, before)
	f.planning.Lock()
	defer f.planning.Unlock()
	f.agenda = after
}

func (f *folder) chores(ctx context.Context, now time.Time, before agenda) agenda {
	// Looked at before anything is read: a change in between leads to another pass.
	after := agenda{seen: lookAtData(f.dir), config: lookAt(filepath.Join(f.dir, configFile)), next: make([]time.Time, len(chores))}
	home, release, err := f.enter(ctx)
	if err != nil {
		for i := range after.next {
			after.next[i] = now.Add(daily) // or when the folder changes
		}
		return after
	}
	defer release()
	copy(after.next, before.next)
	for i, c := range chores {
		due := !now.Before(before.next[i]) || after.config != before.config || c.follows && after.seen != before.seen
		if !due || ctx.Err() != nil {
			continue
		}
		by := sqlite.WithAuthor(ctx, sqlite.Author{Who: "pcnrota serve", Command: c.command, Now: f.host.now})
		if after.next[i], err = c.do(home, by, f.log, now); err != nil {
			after.next[i] = now.Add(c.retry)
			if ctx.Err() == nil {
				f.log.Error(c.fails, "problem", firstLine(err))
			}
		}
	}
	return after
}
