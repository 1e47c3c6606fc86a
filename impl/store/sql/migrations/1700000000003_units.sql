-- Up Migration

-- What restarts together, and what waits for what. A task that stands alone has no place, and is in no index of places.
-- What is a unit's (`automatic_restarts`, `unit_restarts`) stands in the row of its first member.
ALTER TABLE tasks
	ADD COLUMN place jsonb,
	ADD COLUMN activated boolean NOT NULL DEFAULT true,
	ADD COLUMN granted_order integer NOT NULL DEFAULT 0,
	ADD COLUMN repair_pending boolean NOT NULL DEFAULT false,
	ADD COLUMN unit_restarts integer NOT NULL DEFAULT 0;

-- Until now every task stood alone.
UPDATE tasks SET unit_restarts = execution;
UPDATE tasks SET granted_order = 1 WHERE restart_pending;

DROP INDEX tasks_undispatched;
DROP INDEX tasks_open;
CREATE INDEX tasks_undispatched ON tasks (position) WHERE status = 'undispatched' AND activated;
CREATE INDEX tasks_in_progress ON tasks (position) WHERE status IN ('dispatched', 'started');
CREATE INDEX tasks_pending ON tasks (position) WHERE restart_pending OR repair_pending;
CREATE INDEX tasks_of_display_task ON tasks ((place ->> 'display_task'), position) WHERE place IS NOT NULL;

-- Down Migration

DROP INDEX tasks_of_display_task;
DROP INDEX tasks_pending;
DROP INDEX tasks_in_progress;
DROP INDEX tasks_undispatched;
ALTER TABLE tasks
	DROP COLUMN unit_restarts,
	DROP COLUMN repair_pending,
	DROP COLUMN granted_order,
	DROP COLUMN activated,
	DROP COLUMN place;
CREATE INDEX tasks_undispatched ON tasks (position) WHERE status = 'undispatched';
CREATE INDEX tasks_open ON tasks (position) WHERE status IN ('dispatched', 'started') OR restart_pending;
