-- Version 7: offers of duties to others, and the parts of duties that were handed over.

CREATE TABLE offer (
	id          INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,                                   -- never used twice
	duty        TEXT NOT NULL CHECK (duty <> ''),                                             -- identity of the duty that is offered
	leader      TEXT REFERENCES leader (id),                                                  -- who holds it and offers it; NULL for a gap that somebody fills
	from_civil  TEXT CHECK (from_civil GLOB '????-??-??T??:??'),                              -- first moment of the part that is offered; NULL for all of it
	until_civil TEXT CHECK (until_civil GLOB '????-??-??T??:??'),                             -- end of that part
	in_return   TEXT NOT NULL,                                                                -- identity of the duty that the taker gives; '' for none
	state       TEXT NOT NULL CHECK (state IN ('open', 'accepted', 'done', 'declined', 'withdrawn', 'refused', 'lapsed', 'undone')), -- where it is on its way
	taker       TEXT REFERENCES leader (id),                                                  -- who accepted it; NULL until then
	made        INTEGER NOT NULL,                                                             -- instant
	changed     INTEGER NOT NULL,                                                             -- instant at which the state was reached
	why         TEXT NOT NULL,                                                                -- what the holder says about it
	says        TEXT NOT NULL,                                                                -- what became of it, in words
	CHECK ((from_civil IS NULL) = (until_civil IS NULL)),
	CHECK (taker IS NOT NULL OR state NOT IN ('accepted', 'done', 'undone'))
) STRICT;

CREATE INDEX offer_by_duty ON offer (duty);
CREATE INDEX offer_by_leader ON offer (leader);
CREATE INDEX offer_by_taker ON offer (taker);
CREATE INDEX offer_by_state ON offer (state);

CREATE TABLE asked (
	offer    INTEGER NOT NULL REFERENCES offer (id) ON DELETE CASCADE, -- what was offered
	leader   TEXT NOT NULL REFERENCES leader (id),                     -- to whom
	declined INTEGER NOT NULL CHECK (declined IN (0, 1)),              -- 1: their answer was no
	PRIMARY KEY (offer, leader)
) STRICT, WITHOUT ROWID;

CREATE INDEX asked_by_leader ON asked (leader);

-- What a duty is cut into where a part of it was handed over. It holds while the offer is done.
CREATE TABLE piece (
	offer          INTEGER NOT NULL REFERENCES offer (id) ON DELETE CASCADE,       -- by which it was handed over
	duty           TEXT NOT NULL CHECK (duty <> ''),                               -- identity of the piece
	start_civil    TEXT NOT NULL CHECK (start_civil GLOB '????-??-??T??:??'),      -- as a clock shows it
	end_civil      TEXT NOT NULL CHECK (end_civil GLOB '????-??-??T??:??'),        -- as a clock shows it
	starts         INTEGER NOT NULL,                                               -- instant
	ends           INTEGER NOT NULL CHECK (ends > starts),                         -- instant
	holder         TEXT REFERENCES leader (id),                                    -- who is on call; NULL for nobody
	weekday        INTEGER NOT NULL,                                               -- points of its weekdays
	weekend        INTEGER NOT NULL,                                               -- points of its weekend days
	bank_holiday   INTEGER NOT NULL,                                               -- points of its bank holidays
	festive        INTEGER NOT NULL,                                               -- points of its festive days
	meeting        INTEGER NOT NULL,                                               -- points as a meeting
	responsibility INTEGER NOT NULL,                                               -- points as a responsibility
	PRIMARY KEY (offer, duty)
) STRICT, WITHOUT ROWID;

CREATE INDEX piece_by_holder ON piece (holder);
