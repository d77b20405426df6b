-- Version 17: links to the pages about the whole team.

CREATE TABLE page_link (
	id      INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,        -- never used twice
	name    TEXT NOT NULL,                                     -- by which to tell links apart
	hash    BLOB NOT NULL UNIQUE CHECK (length(hash) >= 16),   -- of the secret in the link; the secret itself is not kept
	created INTEGER NOT NULL,                                  -- instant
	expires INTEGER,                                           -- instant; NULL where it has no end
	revoked INTEGER                                            -- instant; NULL while it works
) STRICT;
