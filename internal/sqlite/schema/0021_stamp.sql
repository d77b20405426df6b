-- Version 21: what a pass of the reminders asks to learn whether anything has changed is answered from indexes alone.

DROP INDEX reminder_unconfirmed;
CREATE INDEX reminder_unconfirmed ON reminder (state, confirm_by, confirmed) WHERE confirm_by IS NOT NULL AND confirmed IS NULL;
CREATE INDEX reminder_lost ON reminder (changed, state, kind) WHERE kind = 'change' AND state IN ('failed', 'missed', 'cancelled', 'superseded');
