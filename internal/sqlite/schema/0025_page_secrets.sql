-- Version 25: more than one secret for each link to the pages, as feeds have them: one that is replaced works on for a
-- while, and then answers that it is gone.

CREATE TABLE page_secret (
	id    INTEGER NOT NULL PRIMARY KEY,                                -- for the audit trail
	link  INTEGER NOT NULL REFERENCES page_link (id) ON DELETE CASCADE, -- the link it opens
	hash  BLOB NOT NULL UNIQUE CHECK (length(hash) >= 16),             -- of the secret in the link; the secret itself is not kept
	until INTEGER                                                      -- instant from which it opens nothing; NULL for the one in use
) STRICT;

CREATE TABLE page_link_as_it_was AS SELECT * FROM page_link;
CREATE TABLE page_links_numbered AS SELECT seq FROM sqlite_sequence WHERE name = 'page_link';
DROP TABLE page_link;

CREATE TABLE page_link (
	id      INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,        -- never used twice
	name    TEXT NOT NULL,                                     -- by which to tell links apart
	created INTEGER NOT NULL,                                  -- instant
	expires INTEGER,                                           -- instant; NULL where it has no end
	revoked INTEGER                                            -- instant; NULL while it works
) STRICT;

INSERT INTO page_link (id, name, created, expires, revoked) SELECT id, name, created, expires, revoked FROM page_link_as_it_was ORDER BY id;
INSERT INTO page_secret (link, hash) SELECT id, hash FROM page_link_as_it_was ORDER BY id;
DELETE FROM sqlite_sequence WHERE name = 'page_link';
INSERT INTO sqlite_sequence (name, seq) SELECT 'page_link', seq FROM page_links_numbered;
DROP TABLE page_link_as_it_was;
DROP TABLE page_links_numbered;

CREATE INDEX page_secret_by_link ON page_secret (link);
CREATE UNIQUE INDEX page_secret_in_use ON page_secret (link) WHERE until IS NULL;
