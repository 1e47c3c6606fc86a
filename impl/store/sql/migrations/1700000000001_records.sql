-- Up Migration

-- Everything that the app server knows. Moments are milliseconds, as everywhere on the wire.
-- What a row names must be there when the transaction commits, not before.

CREATE TABLE projects (
	id text PRIMARY KEY,
	-- `json`, not `jsonb`: read and written as a whole, and kept to the letter.
	definition json NOT NULL,
	ignored_flags json NOT NULL,
	-- Of the two columns above: whoever has read them once need not read them again.
	digest text NOT NULL
);

CREATE TABLE versions (
	id text PRIMARY KEY,
	project text NOT NULL REFERENCES projects DEFERRABLE INITIALLY DEFERRED,
	requester text NOT NULL,
	created_at_ms bigint NOT NULL
);

CREATE TABLE tasks (
	-- Tasks are dispatched in the order in which they were first saved.
	position bigint GENERATED ALWAYS AS IDENTITY,
	id text PRIMARY KEY,
	project text NOT NULL REFERENCES projects DEFERRABLE INITIALLY DEFERRED,
	version text NOT NULL REFERENCES versions DEFERRABLE INITIALLY DEFERRED,
	name text NOT NULL,
	variant text NOT NULL,
	requester text NOT NULL,
	status text NOT NULL CHECK (status IN ('undispatched', 'dispatched', 'started', 'success', 'failed')),
	execution integer NOT NULL CHECK (execution >= 0),
	secret text NOT NULL,
	started_by jsonb NOT NULL,
	host text,
	aborted boolean NOT NULL,
	mark text NOT NULL,
	restart_pending boolean NOT NULL,
	automatic_restarts integer NOT NULL CHECK (automatic_restarts >= 0),
	dispatched_at_ms bigint,
	last_heartbeat_ms bigint,
	ended_at_ms bigint,
	details jsonb
) WITH (fillfactor = 70);

CREATE INDEX tasks_undispatched ON tasks (position) WHERE status = 'undispatched';
CREATE INDEX tasks_open ON tasks (position) WHERE status IN ('dispatched', 'started') OR restart_pending;
CREATE INDEX tasks_of_version ON tasks (version, position);

CREATE TABLE history (
	task text NOT NULL REFERENCES tasks DEFERRABLE INITIALLY DEFERRED,
	execution integer NOT NULL CHECK (execution >= 0),
	secret text NOT NULL,
	started_by jsonb NOT NULL,
	host text,
	aborted boolean NOT NULL,
	mark text NOT NULL,
	dispatched_at_ms bigint,
	ended_at_ms bigint NOT NULL,
	details jsonb NOT NULL,
	PRIMARY KEY (task, execution)
);

CREATE TABLE hosts (
	position bigint GENERATED ALWAYS AS IDENTITY,
	id text PRIMARY KEY,
	secret text NOT NULL,
	running jsonb,
	disabled boolean NOT NULL
) WITH (fillfactor = 70);

CREATE TABLE slots (
	project text NOT NULL REFERENCES projects DEFERRABLE INITIALLY DEFERRED,
	task text NOT NULL,
	execution integer NOT NULL,
	taken_at_ms bigint NOT NULL,
	PRIMARY KEY (project, task, execution)
);

CREATE INDEX slots_of_project ON slots (project, taken_at_ms);

CREATE TABLE users (
	id text PRIMARY KEY,
	key_hash text NOT NULL,
	roles text[] NOT NULL
);

-- Down Migration

DROP TABLE users, slots, hosts, history, tasks, versions, projects;
