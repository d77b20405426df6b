// Package notify decides who is told what, and when, and sees that it happens once.
//
// # Deciding
//
// Due is the decision: from what is published, the ladders and the time it gives every reminder that
// should be on its way, each with its reason in words. It is pure. A decision stands until anything that it
// comes from has changed, which the source's stamp tells, or a week has passed; and every batch that is about to be
// sent is decided on again: nothing goes out because it was once wanted.
//
// A reminder is named by a key that says what it is about, when that starts, who is told and at which
// rung of the ladder. The key is what makes "once" mean something. A duty that moves has another start
// and so new reminders; one that changes hands has another recipient; a restart changes nothing.
//
// Once a week the manager is told what is wrong. That summary goes the same way; its key is the ISO week, and it
// is of use until the next one.
//
// # Doing
//
// An Engine makes passes. Each plans what is new in the outbox, withdraws what waits there and is no
// longer wanted, and then claims what is due, sends it and records what came of it. The row is there
// before anything is sent; the attempt is counted, and the next one scheduled by the end of the lease,
// before the mail server is dialled; the result is stored after. A process that dies at any instruction
// so loses nothing. In one place only can it repeat itself: where the mail server had taken the message
// and the result was not yet stored. The repeat has the same Message-ID, and Reminder.Unknown tells of it.
//
//	                     withdrawn, or its rung is gone
//	          ┌──────────────────────────────────────────────▶ Cancelled ─┐
//	          ├──────────────────────────────────────────────▶ Superseded ┤ wanted again
//	          │          moved: reminded of anew                          │
//	          │                                                           │
//	new ──▶ Planned ◀─────────────────────────────────────────────────────┘
//	  │       │ due: claimed
//	  │       ▼        taken
//	  │     Sending ───────────▶ Sent
//	  │      ▲ │ │     refused for good
//	  │      │ │ └─────────────▶ Failed
//	  │      │ ▼ refused for now
//	  │     Retrying
//	  │       │ it began, or the next rung has come
//	  └───────┴────────────────▶ Missed
//
// Planned and Sending
// become Missed, Cancelled and Superseded in the same way as Retrying. A claim whose lease has run out is
// claimed again. What was Missed by a clock that was ahead is planned again when the clock is put right.
//
// A planned reminder whose time has come is due (IsDue); that is seen, and not stored. A message that tells of an event
// begins as Planned in the transaction of what it tells of, is due at once, and is Superseded where a later one takes
// it up before it was sent. A process that finds itself alone (Outbox.BeginSending) need not wait for the leases of
// one that has died; whoever sends has a share in a lock, so that nobody is alone beside one that lives.
//
// # Events and confirmations
//
// Notices makes the messages that tell of events: changes to those whose own duties changed and to nobody else, one for
// each person and publication, from how things stood when they last heard. A reminder that would be due at once with
// such a notice is left to it. A notice, or a rung, may ask to be confirmed. Where nobody does, whoever is on with
// them is told, then the manager: these are planned with the question, and cancelled by the answer.
//
// Whoever declines a duty on call in their calendar holds it all the same; the manager is told in the transaction of that
// answer (Declined), unless it is taken back, or the duty moves or changes hands, before the message has gone.
//
// # Meetings
//
// Whoever goes to a meeting and whoever deputises are reminded on the same ladder, under the same key: who changes from
// one to the other is not told twice. Only those who go are told how to join (Going). Where a plan leaves a meeting to
// which somebody went with nobody, Unattended tells the manager in the transaction of the plan. The contact of a partner
// body, who is nobody of ours, hears by name and role who attends (Attendance), once, and again where that changes.
//
// # After a silence
//
// When a duty is published at short notice, or the program was not running, some rungs have passed. Of
// these only the nearest to the start is sent, at once, and it says that it comes late; the others are
// recorded as missed. What has begun is not reminded of. A rung that is added to the ladder when its
// time has passed is not sent to whoever has been reminded of that duty before. So a long silence ends
// with one message about each thing still to come, and never with a flood.
//
// # What can go wrong with sending
//
// A Sender tells by the Trouble of its error what helps. A Temporary refusal is tried again after the
// waits of a table until the reminder is of no more use. A Permanent one ends that reminder. Where the
// server is Unreachable, or a wrong password or certificate makes it a matter of Configuration, that is an Obstacle:
// it is kept, nothing else is tried, and a single message tries again after the waits of a table, or when the
// program is started anew. Queue.Stuck judges from it whether somebody has to act. Where a mailbox is refused for
// good, whoever is on with its owner is told, and the manager.
//
// # Time
//
// Rungs are civil times in the PCN's zone, a number of civil days before the day of the start, and
// become instants in one place, rota.Civil.Instant. The clock is read in one place too, by the tick of
// Run; all else is told the time.
package notify
