-- Version 12: the key of the passes that links in messages hold. It is made when it is first asked for.

CREATE TABLE pass_key (
	one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),     -- there is one
	key BLOB NOT NULL CHECK (length(key) = 32)            -- SECRET: random; whoever has it can make any pass
) STRICT;

CREATE TRIGGER pass_key_stays BEFORE UPDATE ON pass_key
BEGIN SELECT RAISE(ABORT, 'links that were sent would stop working'); END;
