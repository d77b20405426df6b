-- Version 18: responsibilities, and each time that one has to be seen to.

CREATE TABLE responsibility (
	id       INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,                        -- never used twice
	title    TEXT NOT NULL CHECK (title <> ''),                                 -- as people know it
	area     TEXT NOT NULL,                                                     -- of the leadership's work, in a word; ''
	holding  TEXT NOT NULL CHECK (holding IN ('owner', 'rotated', 'each')),     -- how those who hold it are found
	owner    TEXT REFERENCES leader (id),                                       -- who is accountable; NULL where it goes round, or for nobody yet
	deputy   TEXT REFERENCES leader (id),                                       -- NULL for none
	among    TEXT NOT NULL,                                                     -- role or qualification of those who may hold it; '' for everybody
	rule     TEXT NOT NULL,                                                     -- RRULE value of its days; '' for a single one
	first    TEXT NOT NULL CHECK (first = date(first)),                         -- day from which the rule counts
	before   TEXT NOT NULL,                                                     -- so long before the day of the rule it is due: '5 working days'
	within   TEXT NOT NULL,                                                     -- months that may lie between two times: '9-15 months'; ''
	points   INTEGER NOT NULL CHECK (points >= 0),                              -- what one time weighs, in millionths
	evidence TEXT NOT NULL,                                                     -- link to where it is kept that it was done; ''
	note     TEXT NOT NULL,                                                     -- what there is to do; no patient data
	source   TEXT NOT NULL,                                                     -- where it is said that it has to be done
	checked  TEXT CHECK (checked = date(checked)),                              -- when somebody last looked whether that is still so; NULL
	line     TEXT NOT NULL,                                                     -- of the shipped year that it was taken from; ''
	starts   TEXT CHECK (starts = date(starts)),                                -- first day on which it can be due; NULL
	ends     TEXT CHECK (ends = date(ends))                                     -- last day; NULL while it goes on
) STRICT;

CREATE INDEX responsibility_by_owner ON responsibility (owner);
CREATE INDEX responsibility_by_deputy ON responsibility (deputy);

-- From which day the rule counts for one leader, where each has it for themselves.
CREATE TABLE anchor (
	responsibility INTEGER NOT NULL REFERENCES responsibility (id) ON DELETE CASCADE, -- of what
	leader         TEXT NOT NULL REFERENCES leader (id) ON DELETE CASCADE,            -- for whom
	first          TEXT NOT NULL CHECK (first = date(first)),                         -- day from which the rule counts
	PRIMARY KEY (responsibility, leader)
) STRICT, WITHOUT ROWID;

CREATE INDEX anchor_by_leader ON anchor (leader);

CREATE TABLE item (
	id             TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),          -- identity for life
	responsibility INTEGER NOT NULL REFERENCES responsibility (id),     -- what is to be seen to
	title          TEXT NOT NULL,                                       -- when it was last planned
	area           TEXT NOT NULL,                                       -- when it was last planned
	of_leader      TEXT REFERENCES leader (id),                         -- whose own it is, where each has it for themselves; NULL
	planned        TEXT NOT NULL CHECK (planned = date(planned)),       -- day of the rule
	due            TEXT NOT NULL CHECK (due = date(due)),               -- last day on which it is in time
	owner          TEXT REFERENCES leader (id),                         -- who is accountable; NULL for nobody
	deputy         TEXT REFERENCES leader (id),                         -- NULL for none
	settled        INTEGER NOT NULL CHECK (settled IN (0, 1)),          -- 1: the owner was named by hand
	points         INTEGER NOT NULL CHECK (points >= 0),                -- millionths
	done_on        TEXT CHECK (done_on = date(done_on)),                -- NULL until it is done
	done_by        TEXT NOT NULL,                                       -- who says so; '' until then
	evidence       TEXT NOT NULL,                                       -- where that can be seen; ''
	sequence       INTEGER NOT NULL CHECK (sequence >= 0),              -- changes since it was first planned
	modified       INTEGER NOT NULL,                                    -- instant of the last real change
	withdrawn      INTEGER NOT NULL CHECK (withdrawn IN (0, 1))         -- 1: it is no longer to be done
) STRICT;

CREATE INDEX item_by_due ON item (due, id);
CREATE INDEX item_by_responsibility ON item (responsibility);
CREATE INDEX item_by_leader ON item (of_leader);
CREATE INDEX item_by_owner ON item (owner);
CREATE INDEX item_by_deputy ON item (deputy);
