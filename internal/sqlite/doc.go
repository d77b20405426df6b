// Package sqlite keeps what happened in one PCN: people, absences, wishes, rotas, meetings, links and
// messages, in one SQLite file. What the PCN wants (patterns, rules, mail) is in config.toml instead.
//
// # Reading and writing
//
// A DB has two pools. All writes go through one connection, and each method that writes is one
// transaction that takes the write lock at its start: it happens whole or not at all. Reads have a pool
// of their own that cannot write; in WAL mode they neither wait for the writer nor hold it up. A Reader
// answers questions; a DB is one, of the newest state, and View gives one in which every answer comes
// from the same moment.
//
// # Building a rota takes longer than a transaction may
//
// The planner reads the Revision together with everything it needs (in a View), works for as long as
// it likes, and hands the draft to SaveDraft with that revision. If anything it may have read has
// changed since, SaveDraft refuses with ErrStale: the second of two managers never overwrites unseen.
//
// # A version is published once
//
// A rota has at most one draft. Publish makes it the rota's next version, which triggers in the schema
// keep from ever being edited. The table duty says which version is in force for each duty:
//
//	draft --Publish--> version 1 (January to June) <-- duty ... (January to March)
//	draft --Publish--> version 2 (April to June)   <-- duty ... (April to June)
//
// A duty keeps its identity through all versions. Its sequence rises, and its time of modification
// moves, only where holder, time or points really changed, because calendars are told both. A duty that
// the newest version no longer has is withdrawn. Nothing that has begun is ever changed.
//
// # What is refused
//
// An error that is the user's to solve is a *Refusal: a sentence, and a hint of what to type. Each
// belongs to one of the Err values, to be told apart with errors.Is.
package sqlite
