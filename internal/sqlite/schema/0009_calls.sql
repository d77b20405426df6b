-- Version 9: call-outs, and the notes that are left for whoever takes over. They never say anything about patients.

CREATE TABLE call_out (
	id             INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,     -- never used twice
	duty           TEXT NOT NULL CHECK (duty <> ''),               -- identity of the whole duty
	leader         TEXT NOT NULL REFERENCES leader (id),           -- who was on call then
	at             INTEGER NOT NULL,                               -- instant at which the work began
	minutes        INTEGER NOT NULL CHECK (minutes BETWEEN 1 AND 720), -- of work
	note           TEXT NOT NULL,                                  -- one line, for the PCN alone; '' where nothing was said
	logged         INTEGER NOT NULL,                               -- instant
	weekday        INTEGER NOT NULL,                               -- points that it adds to what the leader holds of weekdays
	weekend        INTEGER NOT NULL,                               -- of weekend days
	bank_holiday   INTEGER NOT NULL,                               -- of bank holidays
	festive        INTEGER NOT NULL,                               -- of festive days
	meeting        INTEGER NOT NULL,                               -- of meetings
	responsibility INTEGER NOT NULL                                -- of responsibilities
) STRICT;

CREATE INDEX call_out_by_duty ON call_out (duty);
CREATE INDEX call_out_by_leader ON call_out (leader);

-- The same points as everybody's business: shared out as those of the duty were.
CREATE TABLE call_part (
	call           INTEGER NOT NULL REFERENCES call_out (id) ON DELETE CASCADE, -- whose points they are
	leader         TEXT NOT NULL REFERENCES leader (id),                        -- who owes them
	weekday        INTEGER NOT NULL,                                            -- points of weekdays
	weekend        INTEGER NOT NULL,                                            -- of weekend days
	bank_holiday   INTEGER NOT NULL,                                            -- of bank holidays
	festive        INTEGER NOT NULL,                                            -- of festive days
	meeting        INTEGER NOT NULL,                                            -- of meetings
	responsibility INTEGER NOT NULL,                                            -- of responsibilities
	PRIMARY KEY (call, leader)
) STRICT, WITHOUT ROWID;

CREATE INDEX call_part_by_leader ON call_part (leader);

CREATE TABLE handover (
	id      INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, -- never used twice
	duty    TEXT NOT NULL CHECK (duty <> ''),           -- identity of the whole duty
	rota    TEXT NOT NULL CHECK (rota <> ''),           -- of the duty
	tier    TEXT NOT NULL CHECK (tier <> ''),           -- of the duty
	leader  TEXT NOT NULL REFERENCES leader (id),       -- who wrote it
	note    TEXT NOT NULL CHECK (note <> ''),           -- for the PCN alone
	written INTEGER NOT NULL                            -- instant
) STRICT;

CREATE INDEX handover_by_duty ON handover (duty);
CREATE INDEX handover_by_leader ON handover (leader);
