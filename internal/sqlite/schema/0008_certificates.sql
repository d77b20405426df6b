-- Version 8: how far each version is proved to be fair, as it was when built.

CREATE TABLE certificate (
	version INTEGER NOT NULL PRIMARY KEY REFERENCES version (id) ON DELETE CASCADE, -- the version it is about
	proofs  TEXT NOT NULL CHECK (json_type(proofs) = 'array')                       -- JSON: one proof for each dimension
) STRICT, WITHOUT ROWID;

CREATE TRIGGER published_certificate_stays BEFORE UPDATE ON certificate
WHEN (SELECT published FROM version WHERE id = OLD.version) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a published version is never edited'); END;

CREATE TRIGGER published_certificate_is_kept BEFORE DELETE ON certificate
WHEN (SELECT published FROM version WHERE id = OLD.version) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a published version is never edited'); END;
