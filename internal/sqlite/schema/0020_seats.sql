-- Version 20: who goes to meetings is a duty of the rota "meetings". What the manager settled about a series, who
-- stands by, what people answered, who came, and what was agreed to be done.

CREATE TABLE seat (
	series   INTEGER NOT NULL PRIMARY KEY REFERENCES series (id) ON DELETE CASCADE, -- to whose meetings somebody goes
	deputies TEXT NOT NULL CHECK (json_type(deputies) = 'array'),                   -- JSON list of who may deputise, as 'any GP'; empty: as usual
	term     INTEGER NOT NULL CHECK (term BETWEEN 0 AND 120),                       -- months for which one person goes; 0 for no terms
	travel   INTEGER NOT NULL CHECK (travel BETWEEN 0 AND 1440),                    -- minutes to or from the place
	points   INTEGER NOT NULL CHECK (points >= 0)                                   -- of one meeting; 0: by the hour, as config.toml says
) STRICT;

CREATE TABLE stand_in (
	occurrence TEXT NOT NULL PRIMARY KEY REFERENCES occurrence (id) ON DELETE CASCADE, -- the meeting
	leader     TEXT NOT NULL REFERENCES leader (id)                                    -- who deputises there
) STRICT, WITHOUT ROWID;

CREATE INDEX stand_in_by_leader ON stand_in (leader);

CREATE TABLE reply (
	occurrence TEXT NOT NULL REFERENCES occurrence (id) ON DELETE CASCADE,                         -- the meeting
	leader     TEXT NOT NULL REFERENCES leader (id) ON DELETE CASCADE,                             -- who answered
	answer     TEXT NOT NULL CHECK (answer IN ('accepted', 'declined', 'sends deputy')),           -- the newest
	at         INTEGER NOT NULL,                                                                   -- instant
	why        TEXT NOT NULL,                                                                      -- for the manager; ''
	PRIMARY KEY (occurrence, leader)
) STRICT, WITHOUT ROWID;

CREATE INDEX reply_by_leader ON reply (leader);

CREATE TABLE presence (
	occurrence TEXT NOT NULL REFERENCES occurrence (id) ON DELETE CASCADE, -- the meeting, which is over
	leader     TEXT NOT NULL REFERENCES leader (id) ON DELETE CASCADE,     -- who was, or was not, there
	came       INTEGER NOT NULL CHECK (came IN (0, 1)),                    -- 1: attended
	PRIMARY KEY (occurrence, leader)
) STRICT, WITHOUT ROWID;

CREATE INDEX presence_by_leader ON presence (leader);

CREATE TABLE action (
	id         INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,                 -- never used twice
	occurrence TEXT NOT NULL REFERENCES occurrence (id) ON DELETE CASCADE, -- the meeting that agreed on it
	owner      TEXT NOT NULL REFERENCES leader (id) ON DELETE CASCADE,     -- who sees to it
	what       TEXT NOT NULL CHECK (what <> ''),                           -- in a few words; no patient data
	due        TEXT NOT NULL CHECK (due = date(due)),                      -- day by which it is to be done
	done       INTEGER                                                     -- instant; NULL while it is open
) STRICT;

CREATE INDEX action_by_occurrence ON action (occurrence);
CREATE INDEX action_by_owner ON action (owner);
