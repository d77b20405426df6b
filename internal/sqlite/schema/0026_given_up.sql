-- Version 26: whoever said no to a meeting can take it back, and then has back what they gave up.

ALTER TABLE reply ADD COLUMN gave   TEXT NOT NULL DEFAULT ''; -- the part that whoever said no had: 'representative' or 'deputy'; ''
ALTER TABLE reply ADD COLUMN beside TEXT NOT NULL DEFAULT ''; -- the leader who had the other part then; ''
