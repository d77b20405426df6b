-- Version 11: absences that were asked for. One without a row here was entered as approved; one that is not
-- approved is no time away.

CREATE TABLE request (
	absence INTEGER NOT NULL PRIMARY KEY REFERENCES absence (id) ON DELETE CASCADE, -- what is asked for
	state   TEXT NOT NULL CHECK (state IN ('requested', 'approved', 'refused')),    -- how far it has come
	asked   INTEGER NOT NULL,                                                       -- instant
	decided INTEGER,                                                                -- instant; NULL until somebody has
	why     TEXT NOT NULL,                                                          -- it was refused; '' where nobody said
	CHECK ((state = 'requested') = (decided IS NULL))
) STRICT;

CREATE INDEX request_by_state ON request (state);
