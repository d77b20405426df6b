-- Version 19: what comes back by mail: answers to invitations, and addresses at which nothing arrives.

CREATE TABLE answer (
	about    TEXT NOT NULL CHECK (about <> ''),                                       -- identity of the duty or meeting somebody was invited to
	leader   TEXT NOT NULL REFERENCES leader (id) ON DELETE CASCADE,                  -- who answered
	sequence INTEGER NOT NULL CHECK (sequence >= 0),                                  -- of the invitation that it answers
	stamp    INTEGER NOT NULL,                                                        -- instant at which it was given, by its own word: what orders two
	answer   TEXT NOT NULL CHECK (answer IN ('accepted', 'declined', 'tentative')),   -- what it says
	received INTEGER NOT NULL,                                                        -- instant
	PRIMARY KEY (about, leader)
) STRICT, WITHOUT ROWID;

CREATE INDEX answer_by_leader ON answer (leader);

CREATE TABLE bounce (
	leader    TEXT NOT NULL PRIMARY KEY REFERENCES leader (id) ON DELETE CASCADE,     -- whose mail did not arrive last
	email     TEXT NOT NULL,                                                          -- PRIVATE: at this address; it counts no more when they have another
	received  INTEGER NOT NULL,                                                       -- instant
	permanent INTEGER NOT NULL CHECK (permanent IN (0, 1)),                           -- 1: it never will
	words     TEXT NOT NULL                                                           -- PRIVATE: of the mail system; may hold an address
) STRICT, WITHOUT ROWID;
