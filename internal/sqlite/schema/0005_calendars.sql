-- Version 5: leaders' own calendars, and absences that are not whole days.

CREATE TABLE calendar (
	id       INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,             -- never used twice
	leader   TEXT NOT NULL REFERENCES leader (id) ON DELETE CASCADE, -- whose it is
	name     TEXT NOT NULL CHECK (name <> ''),                       -- the machine that has it, or the name of the file it was
	address  TEXT NOT NULL,                                          -- SECRET: whoever knows it reads the calendar; '' for a file
	added    INTEGER NOT NULL,                                       -- instant
	-- What changes with every visit:
	tried    INTEGER,                                                -- instant of the last visit; NULL before the first
	read     INTEGER,                                                -- instant of the last one that found it readable; NULL before that
	problem  TEXT NOT NULL DEFAULT '',                               -- a sentence on what went wrong at the last visit; '' where nothing did
	etag     TEXT NOT NULL DEFAULT '',                               -- of what was read, for the next visit; '' where there is none
	modified TEXT NOT NULL DEFAULT '',                               -- likewise, as HTTP writes it
	free     INTEGER NOT NULL DEFAULT 0 CHECK (free >= 0),           -- entries with a keyword that its owner shows as free
	UNIQUE (leader, name, address)
) STRICT;

ALTER TABLE absence RENAME TO absence_of_days;
DROP INDEX absence_by_leader;

CREATE TABLE absence (
	id       INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,                -- never used twice
	leader   TEXT NOT NULL REFERENCES leader (id) ON DELETE CASCADE,    -- who is away
	kind     TEXT NOT NULL CHECK (kind <> ''),                          -- PRIVATE, for the manager only: may tell of health or family
	first    TEXT NOT NULL CHECK (first = date(first)),                 -- first day away
	last     TEXT NOT NULL CHECK (last = date(last)),                   -- last day away, included
	weekday  INTEGER CHECK (weekday BETWEEN 0 AND 6),                   -- Sunday is 0; set for a weekly non-working day only
	starts   TEXT NOT NULL CHECK (starts BETWEEN '00:00' AND '23:59'),  -- time of day on the first day; 00:00 is its beginning
	ends     TEXT NOT NULL CHECK (ends BETWEEN '00:00' AND '23:59'),    -- time of day on the last day; 00:00 is its end
	calendar INTEGER REFERENCES calendar (id) ON DELETE CASCADE,        -- that it was read from; NULL where somebody entered it
	keyword  TEXT NOT NULL,                                             -- PRIVATE: the word that marked it there; '' where somebody entered it
	CHECK (last >= first),
	CHECK (last > first OR ends = '00:00' OR ends > starts),
	CHECK ((kind = 'non-working day') = (weekday IS NOT NULL)),
	CHECK ((calendar IS NULL) = (keyword = ''))
) STRICT;

INSERT INTO absence (id, leader, kind, first, last, weekday, starts, ends, calendar, keyword)
	SELECT id, leader, kind, first, last, weekday, '00:00', '00:00', NULL, '' FROM absence_of_days;
DELETE FROM sqlite_sequence WHERE name = 'absence';
INSERT INTO sqlite_sequence (name, seq) SELECT 'absence', seq FROM sqlite_sequence WHERE name = 'absence_of_days';
DROP TABLE absence_of_days;

CREATE INDEX absence_by_leader ON absence (leader, first);
CREATE INDEX absence_by_calendar ON absence (calendar);
