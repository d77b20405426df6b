-- Version 14: messages that tell of events, each with what it tells; confirmations; what leaders want to be
-- reminded of; how it goes with sending.

ALTER TABLE reminder RENAME TO reminder_before;
DROP INDEX reminder_by_next;
DROP INDEX reminder_by_use;
DROP INDEX reminder_by_leader;

CREATE TABLE reminder (
	number       INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,           -- never used twice: links in messages name it
	key          TEXT NOT NULL UNIQUE CHECK (key <> ''),               -- what about, which, its start, who, which rung: never twice
	kind         TEXT NOT NULL CHECK (kind <> ''),                     -- a notify.Kind
	about        TEXT NOT NULL,                                        -- which of its kind: identity of a duty or meeting, ISO week, ...
	leader       TEXT REFERENCES leader (id),                          -- the recipient; NULL for the manager
	starts       INTEGER NOT NULL,                                     -- instant at which the duty or meeting starts, as it stood at planning; of an event, when it happened
	due          INTEGER NOT NULL,                                     -- instant at which to send it
	useful_until INTEGER NOT NULL,                                     -- instant from which on it is never sent
	reason       TEXT NOT NULL,                                        -- why it is sent, in words
	message_id   TEXT NOT NULL,                                        -- of every copy ever sent, without angle brackets
	news         TEXT CHECK (json_type(news) = 'object'),              -- JSON of what an event message tells; NULL for what is put together when it is sent
	state        TEXT NOT NULL CHECK (state IN ('planned', 'sending', 'retrying', 'sent', 'failed', 'missed', 'cancelled', 'superseded')), -- where it is on its way
	attempts     INTEGER NOT NULL CHECK (attempts >= 0),               -- tries begun
	unknown      INTEGER NOT NULL CHECK (unknown BETWEEN 0 AND attempts), -- tries that ended without a result
	next         INTEGER,                                              -- instant of the next try or of the end of the lease; NULL in a final state
	changed      INTEGER NOT NULL,                                     -- instant at which the state was reached
	detail       TEXT NOT NULL,                                        -- PRIVATE: the mail server's last words may hold an address
	confirm_by   INTEGER,                                              -- instant by which the recipient is asked to confirm it; NULL where nobody asks
	confirmed    INTEGER,                                              -- instant at which that was done; NULL until then
	confirmed_by TEXT NOT NULL,                                        -- by whom; '' until then
	CHECK (leader IS NOT NULL OR kind NOT IN ('duty', 'handover', 'meeting', 'change', 'sign-in')),
	CHECK (confirmed IS NULL OR confirm_by IS NOT NULL),
	CHECK ((next IS NOT NULL) = (state IN ('planned', 'sending', 'retrying')))
) STRICT;

INSERT INTO reminder (key, kind, about, leader, starts, due, useful_until, reason, message_id, state, attempts, unknown, next, changed, detail, confirmed_by)
	SELECT iif(kind = 'summary', replace(key, 'summary/', 'gaps/'), key), iif(kind = 'summary', 'gaps', kind), about, leader, starts, due,
		useful_until, reason, message_id, state, attempts, unknown, next, changed, detail, ''
	FROM reminder_before ORDER BY due, key;
DROP TABLE reminder_before;

-- An idle tick looks at the head of the first index and no further.
CREATE INDEX reminder_by_next ON reminder (next, key) WHERE next IS NOT NULL;
CREATE INDEX reminder_by_use ON reminder (useful_until);
CREATE INDEX reminder_by_leader ON reminder (leader);
CREATE INDEX reminder_unconfirmed ON reminder (confirm_by) WHERE confirm_by IS NOT NULL AND confirmed IS NULL;

-- What one leader wants otherwise than config.toml says. Changes to one's own duties are told whatever stands here.
CREATE TABLE preference (
	leader TEXT NOT NULL REFERENCES leader (id) ON DELETE CASCADE, -- who wants it
	kind   TEXT NOT NULL CHECK (kind <> ''),                       -- a notify.Kind
	rung   TEXT NOT NULL,                                          -- '7d 17:00'; '' for the kind as a whole
	wanted INTEGER NOT NULL CHECK (wanted IN (0, 1)),              -- 1: besides what config.toml says; 0: not at all
	PRIMARY KEY (leader, kind, rung)
) STRICT, WITHOUT ROWID;

-- What stands in the way of all messages, where anything does: there is one row, or none.
CREATE TABLE obstacle (
	one     INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),                       -- there is one row at most
	trouble TEXT NOT NULL CHECK (trouble IN ('unreachable', 'configuration')),  -- what helps against it
	problem TEXT NOT NULL,                                                      -- in words, without addresses and secrets
	since   INTEGER NOT NULL,                                                   -- instant
	tries   INTEGER NOT NULL CHECK (tries > 0),                                 -- that failed for it
	next    INTEGER NOT NULL                                                    -- instant of the next try
) STRICT;
