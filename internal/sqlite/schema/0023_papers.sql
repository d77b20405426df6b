-- Version 23: a responsibility can be due before each meeting of a series, like its papers.

ALTER TABLE responsibility ADD COLUMN series INTEGER REFERENCES series (id); -- before whose meetings it is due; NULL where a rule says when

CREATE INDEX responsibility_by_series ON responsibility (series);
