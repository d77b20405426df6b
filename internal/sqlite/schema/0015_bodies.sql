-- Version 15: partner bodies that are renamed and end, meetings that are changed one by one, and bodies' own
-- calendars.

DROP INDEX series_by_body;
DROP INDEX occurrence_by_start;
DROP INDEX occurrence_by_series;
DROP INDEX attendance_by_leader;
ALTER TABLE series RENAME TO series_before;
ALTER TABLE occurrence RENAME TO occurrence_before;
ALTER TABLE attendance RENAME TO attendance_before;

-- What the PCN has to know of a partner body to deal with it; no row: nothing more than its kind.
CREATE TABLE liaison (
	body          TEXT NOT NULL PRIMARY KEY REFERENCES body (id),    -- with whom
	kind          TEXT NOT NULL CHECK (kind <> ''),                  -- what sort of body it is
	starts        TEXT CHECK (starts = date(starts)),                -- first day; NULL where it is not known
	ends          TEXT CHECK (ends = date(ends)),                    -- last day; NULL while it is open
	into_body     TEXT REFERENCES body (id),                         -- what it became part of when it ended; NULL
	contact_name  TEXT NOT NULL,                                     -- personal data
	contact_email TEXT NOT NULL,                                     -- personal data
	contact_phone TEXT NOT NULL,                                     -- personal data
	tells_contact INTEGER NOT NULL CHECK (tells_contact IN (0, 1)),  -- 1: the contact may be told who attends
	ladder        TEXT NOT NULL CHECK (json_type(ladder) = 'array'), -- JSON list of reminders; empty: those of config.toml
	papers_to     TEXT NOT NULL,                                     -- when papers are due to it: '5 working days', '5 clear days', 'none'
	papers_from   TEXT NOT NULL,                                     -- when its papers come, likewise
	CHECK (ends >= starts)
) STRICT, WITHOUT ROWID;

CREATE INDEX liaison_by_into ON liaison (into_body);

CREATE TABLE renaming (
	body     TEXT NOT NULL REFERENCES body (id),              -- that has another name
	from_day TEXT NOT NULL CHECK (from_day = date(from_day)), -- from this day on
	was      TEXT NOT NULL CHECK (was <> ''),                 -- its name until then
	PRIMARY KEY (body, from_day)
) STRICT, WITHOUT ROWID;

-- A calendar of a partner body, from which its meetings are read.
CREATE TABLE body_calendar (
	id       INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,                               -- never used twice
	body     TEXT NOT NULL REFERENCES body (id),                                       -- whose it is
	name     TEXT NOT NULL CHECK (name <> ''),                                         -- the machine that has it, or the name of the file it was
	address  TEXT NOT NULL,                                                            -- SECRET: whoever knows it reads the calendar; '' for a file
	only     TEXT NOT NULL,                                                            -- words of which a meeting's title must have one, by commas; '' for all meetings
	capacity TEXT NOT NULL,                                                            -- our part in its meetings, until one says otherwise
	who_mode TEXT NOT NULL CHECK (who_mode IN ('everybody', 'role', 'any', 'leader')), -- how those who go are found, likewise
	who_name TEXT NOT NULL,                                                            -- role, qualification or leader; '' for all or anybody
	added    INTEGER NOT NULL,                                                         -- instant
	-- What changes with every visit:
	tried    INTEGER,                                                                  -- instant of the last visit; NULL before the first
	read     INTEGER,                                                                  -- instant of the last one that found it readable; NULL before that
	problem  TEXT NOT NULL DEFAULT '',                                                 -- a sentence on what went wrong at the last visit; '' where nothing did
	etag     TEXT NOT NULL DEFAULT '',                                                 -- of what was read, for the next visit; '' where there is none
	modified TEXT NOT NULL DEFAULT '',                                                 -- likewise, as HTTP writes it
	UNIQUE (body, name, address)
) STRICT;

CREATE TABLE series (
	id           INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,                                     -- never used twice
	title        TEXT NOT NULL CHECK (title <> ''),                                              -- as people know it
	body         TEXT NOT NULL REFERENCES body (id),                                             -- whose meeting it is
	rule         TEXT NOT NULL,                                                                  -- RRULE value of RFC 5545; '' for a single meeting
	first        TEXT NOT NULL CHECK (first = date(first)),                                      -- day from which the rule counts
	from_day     TEXT CHECK (from_day = date(from_day)),                                         -- first day by the rule on which it meets; NULL for no bound
	until_day    TEXT CHECK (until_day = date(until_day)),                                       -- last day, included; NULL for no bound
	follows      INTEGER REFERENCES series (id),                                                 -- the series that it goes on with, changed; NULL
	at           TEXT NOT NULL CHECK (at GLOB '??:??'),                                          -- time of day at which it starts
	minutes      INTEGER NOT NULL CHECK (minutes > 0),                                           -- how long it takes
	off_holidays TEXT NOT NULL CHECK (off_holidays IN ('', 'before', 'after', 'week', 'skip')),  -- where a meeting on a bank holiday goes
	place        TEXT NOT NULL,                                                                  -- '' where it is not known
	link         TEXT NOT NULL,                                                                  -- to join from afar; '' for none. PRIVATE: for those who go
	papers       TEXT NOT NULL,                                                                  -- link to the papers; '' for none
	agenda       TEXT NOT NULL,                                                                  -- a few words; no patient data
	actions      TEXT NOT NULL,                                                                  -- a few words; no patient data
	capacity     TEXT NOT NULL,                                                                  -- our part: member, observer, presenting; ''
	quorum       INTEGER NOT NULL CHECK (quorum >= 0),                                           -- how many of ours are needed; 0: it does not matter
	who_mode     TEXT NOT NULL CHECK (who_mode IN ('everybody', 'role', 'any', 'leader')),       -- how those who go are found
	who_name     TEXT NOT NULL,                                                                  -- role, qualification or leader; '' for all or anybody
	papers_due   INTEGER NOT NULL CHECK (papers_due >= 0),                                       -- days of papers_to; 0 for none
	papers_to    TEXT NOT NULL,                                                                  -- when papers are due to the body: '5 clear days', 'as the body'
	papers_from  TEXT NOT NULL,                                                                  -- when papers come from the body, likewise
	calendar     INTEGER REFERENCES body_calendar (id),                                          -- that tells its meetings; NULL where somebody entered it
	uid          TEXT NOT NULL                                                                   -- what that calendar calls it; ''
) STRICT;

CREATE INDEX series_by_body ON series (body);
CREATE INDEX series_by_follows ON series (follows);
CREATE INDEX series_by_calendar ON series (calendar);

INSERT INTO series (id, title, body, rule, first, at, minutes, off_holidays, place, link, papers, agenda, actions, capacity, quorum,
		who_mode, who_name, papers_due, papers_to, papers_from, uid)
	SELECT id, title, body, rule, first, at, minutes, '', place, '', '', '', '', '', 0, who_mode, who_name, papers_due,
		CASE papers_due WHEN 0 THEN 'none' WHEN 1 THEN '1 working day' ELSE papers_due || ' working days' END, 'as the body', '' FROM series_before;
DELETE FROM sqlite_sequence WHERE name = 'series';
INSERT INTO sqlite_sequence (name, seq) SELECT 'series', seq FROM sqlite_sequence WHERE name = 'series_before';

-- The meetings that a body's calendar tells of, each of a series that has no rule.
CREATE TABLE announced (
	series      INTEGER NOT NULL REFERENCES series (id) ON DELETE CASCADE, -- of which it is a meeting
	planned     TEXT NOT NULL CHECK (planned = date(planned)),             -- day on which it was first put, by which the calendar knows it
	start_civil TEXT NOT NULL CHECK (start_civil GLOB '????-??-??T??:??'), -- as a clock shows it
	end_civil   TEXT NOT NULL CHECK (end_civil GLOB '????-??-??T??:??'),   -- as a clock shows it
	title       TEXT NOT NULL,                                             -- as the calendar has it
	place       TEXT NOT NULL,                                             -- likewise; '' for none
	link        TEXT NOT NULL,                                             -- likewise. PRIVATE: for those who go
	PRIMARY KEY (series, planned)
) STRICT, WITHOUT ROWID;

CREATE TABLE occurrence (
	id          TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),                -- identity for life
	series      INTEGER NOT NULL REFERENCES series (id),                   -- what it is a meeting of
	planned     TEXT NOT NULL CHECK (planned = date(planned)),             -- day on which its series has it; it may have been moved
	own         TEXT NOT NULL CHECK (json_type(own) = 'object'),           -- JSON of what was decided about it alone
	detail      TEXT NOT NULL CHECK (json_type(detail) = 'object'),        -- JSON of what else held for it when it was last planned; {}: what the series says
	title       TEXT NOT NULL,                                             -- when it was last planned
	place       TEXT NOT NULL,                                             -- when it was last planned
	start_civil TEXT NOT NULL CHECK (start_civil GLOB '????-??-??T??:??'), -- as a clock shows it
	end_civil   TEXT NOT NULL CHECK (end_civil GLOB '????-??-??T??:??'),   -- as a clock shows it
	starts      INTEGER NOT NULL,                                          -- instant
	ends        INTEGER NOT NULL CHECK (ends > starts),                    -- instant
	sequence    INTEGER NOT NULL CHECK (sequence >= 0),                    -- changes since it was first planned
	modified    INTEGER NOT NULL,                                          -- instant of the last real change
	withdrawn   INTEGER NOT NULL CHECK (withdrawn IN (0, 1))               -- 1: it does not take place
) STRICT;

CREATE INDEX occurrence_by_start ON occurrence (starts, id);
CREATE INDEX occurrence_by_series ON occurrence (series);

INSERT INTO occurrence (id, series, planned, own, detail, title, place, start_civil, end_civil, starts, ends, sequence, modified, withdrawn)
	SELECT id, series, date(start_civil), '{}', '{}', title, place, start_civil, end_civil, starts, ends, sequence, modified, withdrawn FROM occurrence_before;

CREATE TABLE attendance (
	occurrence TEXT NOT NULL REFERENCES occurrence (id) ON DELETE CASCADE, -- the meeting
	leader     TEXT NOT NULL REFERENCES leader (id),                       -- who goes
	PRIMARY KEY (occurrence, leader)
) STRICT, WITHOUT ROWID;

CREATE INDEX attendance_by_leader ON attendance (leader);

INSERT INTO attendance (occurrence, leader) SELECT occurrence, leader FROM attendance_before;

DROP TABLE attendance_before;
DROP TABLE occurrence_before;
DROP TABLE series_before;
