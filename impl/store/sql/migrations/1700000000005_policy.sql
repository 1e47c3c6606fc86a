-- Up Migration

-- What an admin said last that app servers are to heed: one row, which each grant holds until it commits.
CREATE TABLE policies (
	id text PRIMARY KEY,
	heeded jsonb NOT NULL
);

-- Down Migration

DROP TABLE policies;
