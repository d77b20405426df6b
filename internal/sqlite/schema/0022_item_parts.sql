-- Version 22: what each leader owes of a responsibility, so that it counts in the ledger beside being on call.

CREATE TABLE item_part (
	item   TEXT NOT NULL REFERENCES item (id) ON DELETE CASCADE, -- what is owed
	leader TEXT NOT NULL REFERENCES leader (id),                 -- by whom
	points INTEGER NOT NULL CHECK (points > 0),                  -- millionths
	PRIMARY KEY (item, leader)
) STRICT, WITHOUT ROWID;

CREATE INDEX item_part_by_leader ON item_part (leader);
