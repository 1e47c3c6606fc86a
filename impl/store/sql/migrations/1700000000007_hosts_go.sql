-- Up Migration

-- The host was taken away for good; what it ran is found by its tasks.
ALTER TABLE hosts ADD COLUMN gone boolean NOT NULL DEFAULT false;
ALTER TABLE hosts ALTER COLUMN gone DROP DEFAULT;

-- Down Migration

ALTER TABLE hosts DROP COLUMN gone;
