-- Up Migration

-- What a task's own processes say about its end; nothing is decided by it.
ALTER TABLE tasks ADD COLUMN remarks jsonb;
ALTER TABLE history ADD COLUMN remarks jsonb;

-- Down Migration

ALTER TABLE history DROP COLUMN remarks;
ALTER TABLE tasks DROP COLUMN remarks;
