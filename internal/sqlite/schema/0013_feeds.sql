-- Version 13: links to more than one leader's calendar, what they show and how, when they end, and more than
-- one secret for each: one that is replaced works on for a while, and then answers that it is gone.

ALTER TABLE feed RENAME TO feed_of_leaders;
DROP INDEX feed_by_leader;

CREATE TABLE feed (
	id           INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,                      -- never used twice
	kind         TEXT NOT NULL CHECK (kind IN ('person', 'rota', 'practice', 'body', 'pcn')), -- whose calendar it shows
	leader       TEXT REFERENCES leader (id) ON DELETE CASCADE,                   -- of a person
	rota         TEXT,                                                            -- of a rota: its name in config.toml
	practice     TEXT REFERENCES practice (code) ON DELETE CASCADE,               -- of a practice
	body         TEXT REFERENCES body (id) ON DELETE CASCADE,                     -- of a partner body
	name         TEXT NOT NULL,                                                   -- by which to tell links apart
	options      TEXT NOT NULL CHECK (json_type(options) = 'object'),             -- JSON of what it shows, and how
	edition      INTEGER NOT NULL CHECK (edition >= 0),                           -- changes of name, options and secret
	created      INTEGER NOT NULL,                                                -- instant
	expires      INTEGER,                                                         -- instant; NULL where it has no end
	revoked      INTEGER,                                                         -- instant; NULL while it works
	last_fetched INTEGER,                                                         -- instant; NULL until it is first used
	client       TEXT NOT NULL,                                                   -- the program that fetched it last, in plain words
	CHECK ((leader IS NOT NULL) = (kind = 'person')),
	CHECK ((rota IS NOT NULL) = (kind = 'rota')),
	CHECK ((practice IS NOT NULL) = (kind = 'practice')),
	CHECK ((body IS NOT NULL) = (kind = 'body'))
) STRICT;

CREATE TABLE feed_secret (
	id    INTEGER NOT NULL PRIMARY KEY,                                -- for the audit trail
	feed  INTEGER NOT NULL REFERENCES feed (id) ON DELETE CASCADE,     -- the link it opens
	hash  BLOB NOT NULL UNIQUE CHECK (length(hash) >= 16),             -- of the secret in the link; the secret itself is not kept
	until INTEGER                                                      -- instant from which it opens nothing; NULL for the one in use
) STRICT;

INSERT INTO feed (id, kind, leader, name, options, edition, created, revoked, last_fetched, client)
	SELECT id, 'person', leader, name, '{"back":90,"ahead":400,"phones":true}', 0, created, revoked, last_fetched,
		iif(last_fetched IS NULL, '', 'another program')
	FROM feed_of_leaders;
INSERT INTO feed_secret (feed, hash) SELECT id, hash FROM feed_of_leaders ORDER BY id;
DELETE FROM sqlite_sequence WHERE name = 'feed';
INSERT INTO sqlite_sequence (name, seq) SELECT 'feed', seq FROM sqlite_sequence WHERE name = 'feed_of_leaders';
DROP TABLE feed_of_leaders;

CREATE INDEX feed_by_leader ON feed (leader);
CREATE INDEX feed_by_practice ON feed (practice);
CREATE INDEX feed_by_body ON feed (body);
CREATE INDEX feed_secret_by_feed ON feed_secret (feed);
CREATE UNIQUE INDEX feed_secret_in_use ON feed_secret (feed) WHERE until IS NULL;
