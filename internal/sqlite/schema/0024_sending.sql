-- Version 24: whether anything is being sent is answered by an index of its own, however much waits.

CREATE INDEX reminder_sending ON reminder (next) WHERE state = 'sending';
