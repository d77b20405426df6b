-- Version 10: the weekly summary goes to the manager, who is no leader.

ALTER TABLE reminder RENAME TO reminder_of_leaders;
DROP INDEX reminder_by_next;
DROP INDEX reminder_by_use;
DROP INDEX reminder_by_leader;

CREATE TABLE reminder (
	key          TEXT NOT NULL PRIMARY KEY CHECK (key <> ''),          -- what about, which, its start, who, which rung: never twice
	kind         TEXT NOT NULL CHECK (kind IN ('duty', 'meeting', 'summary')), -- what it is about
	about        TEXT NOT NULL,                                        -- identity of the duty or meeting; of a summary, the ISO week
	leader       TEXT REFERENCES leader (id),                          -- the recipient; NULL for the manager
	starts       INTEGER NOT NULL,                                     -- instant at which the duty or meeting starts, as it stood at planning
	due          INTEGER NOT NULL,                                     -- instant at which to send it
	useful_until INTEGER NOT NULL,                                     -- instant from which on it is never sent
	reason       TEXT NOT NULL,                                        -- why it is sent, in words
	message_id   TEXT NOT NULL,                                        -- of every copy ever sent, without angle brackets
	state        TEXT NOT NULL CHECK (state IN ('planned', 'sending', 'retrying', 'sent', 'failed', 'missed', 'cancelled', 'superseded')), -- where it is on its way
	attempts     INTEGER NOT NULL CHECK (attempts >= 0),               -- tries begun
	unknown      INTEGER NOT NULL CHECK (unknown BETWEEN 0 AND attempts), -- tries that ended without a result
	next         INTEGER,                                              -- instant of the next try or of the end of the lease; NULL in a final state
	changed      INTEGER NOT NULL,                                     -- instant at which the state was reached
	detail       TEXT NOT NULL,                                        -- PRIVATE: the mail server's last words may hold an address
	CHECK ((leader IS NULL) = (kind = 'summary')),
	CHECK ((next IS NOT NULL) = (state IN ('planned', 'sending', 'retrying')))
) STRICT;

INSERT INTO reminder SELECT * FROM reminder_of_leaders;
DROP TABLE reminder_of_leaders;

-- An idle tick looks at the head of this index and no further.
CREATE INDEX reminder_by_next ON reminder (next, key);
CREATE INDEX reminder_by_use ON reminder (useful_until);
CREATE INDEX reminder_by_leader ON reminder (leader);
