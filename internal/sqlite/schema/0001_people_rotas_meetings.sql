-- Version 1: who there is, what they asked for, what they were given, which meetings they attend.
--
-- Conventions. Instants are INTEGER seconds since 1970-01-01 UTC. Days are TEXT '2027-01-04', civil
-- times TEXT '2027-01-04T18:30' and times of day TEXT '18:30', all in the zone that config.toml names.
-- Points are INTEGER millionths of a point, one column a category of the fairness ledger.

CREATE TABLE pcn (
	one      INTEGER NOT NULL PRIMARY KEY CHECK (one = 1), -- there is one row
	id       TEXT NOT NULL CHECK (length(id) = 32),        -- made once at random, in hexadecimal: part of every calendar UID
	revision INTEGER NOT NULL CHECK (revision >= 0)        -- rises with every change of what a rota is built from
) STRICT;

INSERT INTO pcn (one, id, revision) VALUES (1, lower(hex(randomblob(16))), 0);

CREATE TABLE practice (
	code      TEXT NOT NULL PRIMARY KEY CHECK (code <> ''), -- ODS code
	name      TEXT NOT NULL,                                -- as people know it
	list_size INTEGER NOT NULL CHECK (list_size >= 0)       -- registered patients; 0 where it is not known
) STRICT;

CREATE TABLE leader (
	id                   TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),             -- chosen by the manager, for life
	name                 TEXT NOT NULL CHECK (name <> ''),                       -- as people know them
	email                TEXT NOT NULL,                                          -- personal data; '' where there is none
	phone                TEXT NOT NULL,                                          -- personal data; '' where there is none
	roles                TEXT NOT NULL CHECK (json_type(roles) = 'array'),       -- JSON list of words of the PCN's own
	practice             TEXT REFERENCES practice (code),                        -- NULL for somebody who belongs to none
	employment           TEXT NOT NULL CHECK (employment IN ('', 'partner', 'employee', 'locum')), -- '' where it is not known
	share                INTEGER NOT NULL CHECK (share BETWEEN 1 AND 1500),      -- whole-time equivalent in thousandths
	registration_body    TEXT NOT NULL,                                          -- GMC, NMC, ...; '' for somebody who needs none
	registration_number  TEXT NOT NULL,                                          -- with that body
	registration_expires TEXT CHECK (registration_expires = date(registration_expires)), -- last day it is valid; NULL without end
	qualifications       TEXT NOT NULL CHECK (json_type(qualifications) = 'array'), -- JSON list of further competences
	starts               TEXT CHECK (starts = date(starts)),                     -- first day in post; NULL where it is not known
	ends                 TEXT CHECK (ends = date(ends)),                         -- last day in post; NULL while it is open
	new_to_on_call       INTEGER NOT NULL CHECK (new_to_on_call IN (0, 1)),      -- 1: never first without an experienced second
	CHECK (ends >= starts)
) STRICT;

CREATE INDEX leader_by_practice ON leader (practice);

CREATE TABLE absence (
	id      INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,                -- never used twice
	leader  TEXT NOT NULL REFERENCES leader (id) ON DELETE CASCADE,    -- who is away
	kind    TEXT NOT NULL CHECK (kind <> ''),                          -- PRIVATE, for the manager only: may tell of health or family
	first   TEXT NOT NULL CHECK (first = date(first)),                 -- first day away
	last    TEXT NOT NULL CHECK (last = date(last)),                   -- last day away, included
	weekday INTEGER CHECK (weekday BETWEEN 0 AND 6),                   -- Sunday is 0; set for a weekly non-working day only
	CHECK (last >= first),
	CHECK ((kind = 'non-working day') = (weekday IS NOT NULL))
) STRICT;

CREATE INDEX absence_by_leader ON absence (leader, first);

CREATE TABLE wish (
	id      INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,             -- never used twice
	leader  TEXT NOT NULL REFERENCES leader (id) ON DELETE CASCADE, -- who wishes
	kind    TEXT NOT NULL CHECK (kind IN ('prefer', 'avoid')),      -- which way it pulls
	weekday INTEGER CHECK (weekday BETWEEN 0 AND 6),                -- Sunday is 0; NULL where the wish is about days
	first   TEXT CHECK (first = date(first)),                       -- first day; NULL where the wish is about a day of the week
	last    TEXT CHECK (last = date(last)),                         -- last day, included
	weight  INTEGER NOT NULL CHECK (weight BETWEEN 1 AND 3),        -- 1 is mild, 3 is strong
	CHECK (last >= first),
	CHECK ((weekday IS NULL) = (first IS NOT NULL)),
	CHECK ((first IS NULL) = (last IS NULL))
) STRICT;

CREATE INDEX wish_by_leader ON wish (leader, id);

CREATE TABLE version (
	id           INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,           -- over all rotas, never used twice
	rota         TEXT NOT NULL CHECK (rota <> ''),                     -- name of the rota in config.toml
	number       INTEGER NOT NULL CHECK (number >= 0),                 -- 1 for the first published version of its rota; 0 for its draft
	from_day     TEXT NOT NULL CHECK (from_day = date(from_day)),      -- first day on which its shifts start
	until_day    TEXT NOT NULL CHECK (until_day = date(until_day)),    -- day after the last
	built        INTEGER NOT NULL,                                     -- instant at which it was built
	published    INTEGER,                                              -- instant; NULL for a draft
	published_by TEXT NOT NULL,                                        -- who published it; '' for a draft
	reason       TEXT NOT NULL,                                        -- why it was published; '' for a draft
	policy       TEXT NOT NULL CHECK (json_type(policy) = 'object'),   -- JSON of the rules it was built under
	seed         INTEGER NOT NULL,                                     -- the builder's 64 bits, read as a signed number
	notes        TEXT NOT NULL CHECK (json_type(notes) = 'array'),     -- JSON list of sentences for the manager
	base         INTEGER REFERENCES version (id),                      -- newest published version of its rota when it was built; NULL: none
	CHECK (until_day > from_day),
	CHECK ((published IS NULL) = (number = 0))
) STRICT;

-- A rota has one draft (number 0), and no number twice.
CREATE UNIQUE INDEX version_by_number ON version (rota, number);

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
	holder         TEXT NOT NULL REFERENCES leader (id),                       -- who is on call
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
	assignment     INTEGER NOT NULL REFERENCES assignment (id) ON DELETE CASCADE, -- the duty that is shared out, on paper
	leader         TEXT NOT NULL REFERENCES leader (id),                          -- whose fair share this is
	weekday        INTEGER NOT NULL,                                              -- points
	weekend        INTEGER NOT NULL,                                              -- points
	bank_holiday   INTEGER NOT NULL,                                              -- points
	festive        INTEGER NOT NULL,                                              -- points
	meeting        INTEGER NOT NULL,                                              -- points
	responsibility INTEGER NOT NULL,                                              -- points
	PRIMARY KEY (assignment, leader)
) STRICT, WITHOUT ROWID;

CREATE TABLE standing (
	version        INTEGER NOT NULL REFERENCES version (id) ON DELETE CASCADE,         -- the version it was shown with
	leader         TEXT NOT NULL REFERENCES leader (id),                               -- whose standing it is
	ledger         TEXT NOT NULL CHECK (ledger IN ('before', 'held', 'target')),       -- excess carried in, points held, fair share
	weekday        INTEGER NOT NULL,                                                   -- points
	weekend        INTEGER NOT NULL,                                                   -- points
	bank_holiday   INTEGER NOT NULL,                                                   -- points
	festive        INTEGER NOT NULL,                                                   -- points
	meeting        INTEGER NOT NULL,                                                   -- points
	responsibility INTEGER NOT NULL,                                                   -- points
	PRIMARY KEY (version, leader, ledger)
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

CREATE TRIGGER published_version_stays BEFORE UPDATE ON version WHEN OLD.published IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a published version is never edited'); END;

CREATE TRIGGER published_version_is_kept BEFORE DELETE ON version WHEN OLD.published IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a published version is never removed'); END;

CREATE TRIGGER published_assignment_stays BEFORE UPDATE ON assignment
WHEN (SELECT published FROM version WHERE id = OLD.version) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a published version is never edited'); END;

CREATE TRIGGER published_assignment_is_kept BEFORE DELETE ON assignment
WHEN (SELECT published FROM version WHERE id = OLD.version) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a published version is never edited'); END;

CREATE TABLE body (
	id   TEXT NOT NULL PRIMARY KEY CHECK (id <> ''), -- short name used in commands
	name TEXT NOT NULL                               -- in full
) STRICT;

INSERT INTO body (id, name) VALUES
	('ICS', 'Integrated care system'),
	('LMC', 'Local medical committee'),
	('Local authority', 'Local authority'),
	('PCN', 'Primary care network');

CREATE TABLE series (
	id         INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,                              -- never used twice
	title      TEXT NOT NULL CHECK (title <> ''),                                       -- as people know it
	body       TEXT NOT NULL REFERENCES body (id),                                      -- whose meeting it is
	rule       TEXT NOT NULL,                                                           -- RRULE value of RFC 5545; '' for a single meeting
	first      TEXT NOT NULL CHECK (first = date(first)),                               -- day from which the rule counts
	at         TEXT NOT NULL CHECK (at GLOB '??:??'),                                   -- time of day at which it starts
	minutes    INTEGER NOT NULL CHECK (minutes > 0),                                    -- how long it takes
	place      TEXT NOT NULL,                                                           -- '' where it is not known
	who_mode   TEXT NOT NULL CHECK (who_mode IN ('everybody', 'role', 'any', 'leader')), -- how those who go are found
	who_name   TEXT NOT NULL,                                                           -- role, qualification or leader; '' for all or anybody
	papers_due INTEGER NOT NULL CHECK (papers_due >= 0)                                 -- working days before the meeting
) STRICT;

CREATE INDEX series_by_body ON series (body);

CREATE TABLE occurrence (
	id          TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),                 -- identity for life
	series      INTEGER NOT NULL REFERENCES series (id),                    -- what it is a meeting of
	title       TEXT NOT NULL,                                              -- the series' title when it was last planned
	place       TEXT NOT NULL,                                              -- the series' place when it was last planned
	start_civil TEXT NOT NULL CHECK (start_civil GLOB '????-??-??T??:??'),  -- as a clock shows it
	end_civil   TEXT NOT NULL CHECK (end_civil GLOB '????-??-??T??:??'),    -- as a clock shows it
	starts      INTEGER NOT NULL,                                           -- instant
	ends        INTEGER NOT NULL CHECK (ends > starts),                     -- instant
	sequence    INTEGER NOT NULL CHECK (sequence >= 0),                     -- changes since it was first planned
	modified    INTEGER NOT NULL,                                           -- instant of the last real change
	withdrawn   INTEGER NOT NULL CHECK (withdrawn IN (0, 1))                -- 1: it does not take place
) STRICT;

CREATE INDEX occurrence_by_start ON occurrence (starts, id);
CREATE INDEX occurrence_by_series ON occurrence (series);

CREATE TABLE attendance (
	occurrence TEXT NOT NULL REFERENCES occurrence (id) ON DELETE CASCADE, -- the meeting
	leader     TEXT NOT NULL REFERENCES leader (id),                       -- who goes
	PRIMARY KEY (occurrence, leader)
) STRICT, WITHOUT ROWID;

CREATE INDEX attendance_by_leader ON attendance (leader);

CREATE TABLE feed (
	id           INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,             -- never used twice
	leader       TEXT NOT NULL REFERENCES leader (id) ON DELETE CASCADE, -- whose calendar it shows
	name         TEXT NOT NULL,                                          -- the leader's own word for it
	hash         BLOB NOT NULL UNIQUE CHECK (length(hash) >= 16),        -- of the secret in the link; the secret itself is not kept
	created      INTEGER NOT NULL,                                       -- instant
	revoked      INTEGER,                                                -- instant; NULL while it works
	last_fetched INTEGER,                                                -- instant; NULL until it is first used
	client       TEXT NOT NULL                                           -- the User-Agent that fetched it last; '' until then
) STRICT;

CREATE INDEX feed_by_leader ON feed (leader);
