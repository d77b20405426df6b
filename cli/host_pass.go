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
	looked  bool        // there was a pass
	calm    fileSign    // the folder itself, as it is while nobody has the database open; zero where that is not known
	seen    dataSign    // the database as it was before the last pass
	hasty   bool        // it had changed just before that, so that its times may not tell of one more change
	config  fileSign    // config.toml, as it was before the last pass
	decided string      // sqlite.Reader.Decided then; "" where it is not known
	awaited string      // likewise
	next    []time.Time // when each chore is due if nothing changes
}

// wants reports whether a pass over the folder has something to do: a chore is due, or the database has changed.
// With thorough, a change of config.toml counts too, and whatever writes to a database without opening it: both are rare,
// and looking costs more than all the rest.
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
	around := lookAt(f.dir) // before what is in it; of an idle folder nothing else is looked at
	if around == f.agenda.calm && !thorough && !f.agenda.hasty {
		return false
	}
	data, open := lookAtData(f.dir)
	if f.agenda.calm = (fileSign{}); !open && around.settled() {
		f.agenda.calm = around
	}
	return f.agenda.hasty && data.settled() || data != f.agenda.seen || lookAt(filepath.Join(f.dir, configFile)) != f.agenda.config
}

// begin reserves the folder for a pass, of which there is one at a time.
func (f *folder) begin() {
	f.planning.Lock()
	defer f.planning.Unlock()
	f.agenda.passing = true
}

func (f *folder) lookedAt() bool {
	f.planning.Lock()
	defer f.planning.Unlock()
	return f.agenda.looked
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

// after reports whether a chore has to be done because of what has changed.
func (c chore) after(before, now agenda) bool {
	decided := now.decided == "" || now.decided != before.decided
	switch {
	case now.config != before.config:
		return true
	case c.follows == anyDecision:
		return decided
	case c.follows == anyReminder:
		return decided || now.awaited == "" || now.awaited != before.awaited
	default:
		return c.follows == anyChange && (now.seen != before.seen || before.hasty)
	}
}

func (f *folder) chores(ctx context.Context, now time.Time, before agenda) agenda {
	// Looked at before anything is read: a change in between leads to another pass.
	after := agenda{config: lookAt(filepath.Join(f.dir, configFile)), next: make([]time.Time, len(chores)), looked: true}
	after.seen, _ = lookAtData(f.dir)
	after.hasty = !after.seen.settled()
	home, release, err := f.enter(ctx)
	if err != nil {
		for i := range after.next {
			after.next[i] = now.Add(daily) // or when the folder changes
		}
		return after
	}
	defer release()
	after.decided, after.awaited = before.decided, before.awaited
	if after.seen != before.seen || before.hasty {
		after.decided, after.awaited = home.signs(ctx)
	}
	copy(after.next, before.next)
	for i, c := range chores {
		if ctx.Err() != nil || now.Before(before.next[i]) && !c.after(before, after) {
			continue
		}
		do := c.do
		if c.first != nil && !before.looked && f.host.root != "" {
			do = c.first
		}
		by := sqlite.WithAuthor(ctx, sqlite.Author{Who: "pcnrota serve", Command: c.command, Now: f.host.now})
		if after.next[i], err = do(home, by, f.log, now); err != nil {
			after.next[i] = now.Add(c.retry)
			if ctx.Err() == nil {
				f.log.Error(c.fails, "problem", firstLine(err))
			}
		}
	}
	return after
}

// signs are what chores go by; "" where it cannot be found out: the chores then say why.
func (h *household) signs(ctx context.Context) (decided, awaited string) {
	decided, err := h.db.Decided(ctx)
	if err != nil {
		return "", ""
	}
	if awaited, err = h.db.Awaited(ctx); err != nil {
		return decided, ""
	}
	return decided, awaited
}
