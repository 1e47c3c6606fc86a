import { describe } from 'vitest';
import { postgresIsMissing } from '../../impl/testing/postgres.ts';
import { ownPostgres } from './cluster.ts';
import { survivesTheDeathOfTheServer } from './server-death.suite.ts';

describe.skipIf(postgresIsMissing !== null)(
	`over PostgreSQL${postgresIsMissing === null ? '' : ` (skipped: ${postgresIsMissing})`}`,
	() => survivesTheDeathOfTheServer(ownPostgres, () => true),
);
