-- Version 16: signing in to the pages. A link is mailed, works once, and is exchanged for a session.

CREATE TABLE sign_in (
	number  INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,             -- never used twice: the pass in the link names it
	leader  TEXT NOT NULL REFERENCES leader (id) ON DELETE CASCADE, -- who may sign in
	asked   INTEGER NOT NULL,                                       -- instant
	expires INTEGER NOT NULL CHECK (expires >= asked),              -- instant from which on it does not work
	used    INTEGER,                                                -- instant at which it was exchanged; NULL until then
	mailed  INTEGER NOT NULL CHECK (mailed IN (0, 1)),              -- 0: the manager has printed the link
	page    TEXT NOT NULL                                           -- where it leads to, below the PCN's address; '' for the first page
) STRICT;

CREATE INDEX sign_in_by_leader ON sign_in (leader, asked);

CREATE TABLE session (
	id      INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,             -- never used twice
	leader  TEXT NOT NULL REFERENCES leader (id) ON DELETE CASCADE, -- who is signed in
	hash    BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),         -- of the secret in the cookie; the secret itself is not kept
	began   INTEGER NOT NULL,                                       -- instant
	expires INTEGER NOT NULL                                        -- instant from which on it does not count
) STRICT;

CREATE INDEX session_by_leader ON session (leader);

-- Whoever reads mail at an address that turns out to be the wrong one stays signed in no longer.
CREATE TRIGGER session_ends_with_address AFTER UPDATE OF email ON leader WHEN OLD.email IS NOT NEW.email
BEGIN
	UPDATE sign_in SET expires = asked WHERE leader = NEW.id AND used IS NULL;
	DELETE FROM session WHERE leader = NEW.id;
END;
