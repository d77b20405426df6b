-- Version 3: assignments that the manager settles by hand. A duty need not exist yet: it is named before it is built.

CREATE TABLE pin (
	duty   TEXT NOT NULL CHECK (duty <> ''),                          -- identity of the duty, as the pattern makes it
	leader TEXT NOT NULL REFERENCES leader (id) ON DELETE CASCADE,    -- who alone may hold it, or may not
	forbid INTEGER NOT NULL CHECK (forbid IN (0, 1)),                 -- 0: nobody but the leader; 1: anybody but the leader
	reason TEXT NOT NULL,                                             -- why, in the manager's words; '' where none was given
	PRIMARY KEY (duty, leader)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX pin_of_duty ON pin (duty) WHERE forbid = 0; -- a duty is kept for one leader at most
CREATE INDEX pin_by_leader ON pin (leader);
