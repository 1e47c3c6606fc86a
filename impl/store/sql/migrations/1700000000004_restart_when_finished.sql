-- Up Migration

-- What users ask to be restarted when it is finished: it stands in the row of the unit's first member. What waits for that
-- restart says so in its own row, so that whoever is about to dispatch it sees it change.
ALTER TABLE tasks
	ADD COLUMN restart_asked text,
	ADD COLUMN awaits_restart boolean NOT NULL DEFAULT false;

DROP INDEX tasks_pending;
CREATE INDEX tasks_pending ON tasks (position) WHERE restart_pending OR repair_pending OR restart_asked IS NOT NULL;

-- Down Migration

DROP INDEX tasks_pending;
CREATE INDEX tasks_pending ON tasks (position) WHERE restart_pending OR repair_pending;
ALTER TABLE tasks
	DROP COLUMN awaits_restart,
	DROP COLUMN restart_asked;
