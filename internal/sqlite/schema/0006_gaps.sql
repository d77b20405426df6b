-- Version 6: a duty that nobody could be found for is kept as one, without a holder.

ALTER TABLE duty RENAME TO duty_held;
ALTER TABLE part RENAME TO part_held;
ALTER TABLE assignment RENAME TO assignment_held;
DROP TRIGGER published_assignment_stays;
DROP TRIGGER published_assignment_is_kept;
DROP INDEX assignment_by_holder;
DROP INDEX duty_by_rota;

CREATE TABLE assignment (
	id             INTEGER NOT NULL PRIMARY KEY,                               -- for the tables below
	version        INTEGER NOT NULL REFERENCES version (id) ON DELETE CASCADE, -- the version that says so
	duty           TEXT NOT NULL CHECK (duty <> ''),                           -- identity of the duty for life
	tier           TEXT NOT NULL,                                              -- name of the tier
	kind           TEXT NOT NULL,                                              -- name of the kind of shift
	start_civil    TEXT NOT NULL CHECK (start_civil GLOB '????-??-??T??:??'),  -- as a clock shows it
	end_civil      TEXT NOT NULL CHECK (end_civil GLOB '????-??-??T??:??'),    -- as a clock shows it
	starts         INTEGER NOT NULL,                                           -- instant
	ends           INTEGER NOT NULL CHECK (ends > starts),                     -- instant
	holder         TEXT REFERENCES leader (id),                                -- who is on call; NULL where nobody is
	weekday        INTEGER NOT NULL,                                           -- points of its weekdays
	weekend        INTEGER NOT NULL,                                           -- points of its weekend days
	bank_holiday   INTEGER NOT NULL,                                           -- points of its bank holidays
	festive        INTEGER NOT NULL,                                           -- points of its festive days
	meeting        INTEGER NOT NULL,                                           -- points as a meeting
	responsibility INTEGER NOT NULL,                                           -- points as a responsibility
	UNIQUE (version, duty)
) STRICT;

CREATE INDEX assignment_by_holder ON assignment (holder);

CREATE TABLE part (
	assignment     INTEGER NOT NULL REFERENCES assignment (id) ON DELETE CASCADE, -- the duty that is shared out, on paper; none where nobody holds it
	leader         TEXT NOT NULL REFERENCES leader (id),                          -- whose fair share this is
	weekday        INTEGER NOT NULL,                                              -- points
	weekend        INTEGER NOT NULL,                                              -- points
	bank_holiday   INTEGER NOT NULL,                                              -- points
	festive        INTEGER NOT NULL,                                              -- points
	meeting        INTEGER NOT NULL,                                              -- points
	responsibility INTEGER NOT NULL,                                              -- points
	PRIMARY KEY (assignment, leader)
) STRICT, WITHOUT ROWID;

-- What is in force. The rows of assignment above are history and never change once published.
CREATE TABLE duty (
	id         TEXT NOT NULL PRIMARY KEY,                               -- identity for life, never used for another duty
	rota       TEXT NOT NULL,                                           -- name of the rota
	assignment INTEGER NOT NULL UNIQUE REFERENCES assignment (id),      -- as the newest published version has it
	sequence   INTEGER NOT NULL CHECK (sequence >= 0),                  -- changes since it was first published
	modified   INTEGER NOT NULL,                                        -- instant of the last real change
	withdrawn  INTEGER NOT NULL CHECK (withdrawn IN (0, 1))             -- 1: the newest version does not have it
) STRICT;

CREATE INDEX duty_by_rota ON duty (rota);

INSERT INTO assignment SELECT * FROM assignment_held;
INSERT INTO part SELECT * FROM part_held;
INSERT INTO duty SELECT * FROM duty_held;

-- What refers to others goes first.
DROP TABLE duty_held;
DROP TABLE part_held;
DROP TABLE assignment_held;

CREATE TRIGGER published_assignment_stays BEFORE UPDATE ON assignment
WHEN (SELECT published FROM version WHERE id = OLD.version) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a published version is never edited'); END;

CREATE TRIGGER published_assignment_is_kept BEFORE DELETE ON assignment
WHEN (SELECT published FROM version WHERE id = OLD.version) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a published version is never edited'); END;
