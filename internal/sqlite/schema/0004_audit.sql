-- Version 4: the audit trail. What is written here is never changed and never removed.

CREATE TABLE audit (
	seq     INTEGER NOT NULL PRIMARY KEY CHECK (seq > 0),     -- 1, 2, 3 ... without a gap
	at      INTEGER NOT NULL,                                 -- instant
	who     TEXT NOT NULL,                                    -- who gave the command
	command TEXT NOT NULL,                                    -- the command, without what was typed after it
	why     TEXT NOT NULL,                                    -- the reason given; '' where none was
	subject TEXT NOT NULL,                                    -- table of the row that changed
	key     TEXT NOT NULL,                                    -- its primary key, parts joined by '/'
	old     TEXT CHECK (old IS NULL OR json_valid(old)),      -- PRIVATE: JSON of the row before; NULL where it is new
	new     TEXT CHECK (new IS NULL OR json_valid(new)),      -- PRIVATE: JSON of the row after; NULL where it is gone
	hash    BLOB NOT NULL CHECK (length(hash) = 32)           -- SHA-256 of the hash before and of everything else in the row
) STRICT;

CREATE INDEX audit_by_subject ON audit (subject, key, seq);

CREATE TRIGGER audit_stays BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit trail is never edited'); END;

CREATE TRIGGER audit_is_kept BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit trail is never removed'); END;

-- Triggers on the tables note here what a transaction touches; before it ends, the program moves the
-- rows into audit. Rows that lie here at the beginning of one were written by something else.
CREATE TABLE touched (
	id      INTEGER NOT NULL PRIMARY KEY, -- in order of writing
	subject TEXT NOT NULL,                -- as in audit
	key     TEXT NOT NULL,                -- as in audit
	old     TEXT,                         -- as in audit
	new     TEXT                          -- as in audit
) STRICT;
