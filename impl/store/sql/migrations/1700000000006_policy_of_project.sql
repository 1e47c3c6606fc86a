-- Up Migration

-- What counts for one project alone; NULL: what counts for all. It is held with the slots that it limits.
ALTER TABLE projects ADD COLUMN policy jsonb;

-- Down Migration

ALTER TABLE projects DROP COLUMN policy;
