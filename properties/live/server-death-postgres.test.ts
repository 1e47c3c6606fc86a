import { describe } from 'vitest';
import { postgresIsMissing } from '../../impl/testing/postgres.ts';
import { isNightly } from '../../packaging/levels/levels.ts';
import { ownPostgres } from './cluster.ts';
import { survivesTheDeathOfTheServer } from './server-death.suite.ts';

describe.skipIf(postgresIsMissing !== null)(
	`over PostgreSQL${postgresIsMissing === null ? '' : ` (skipped: ${postgresIsMissing})`}`,
	() =>
		// Between its begin and its commit a transaction leaves nothing behind, wherever it dies: each point of it at night.
		survivesTheDeathOfTheServer(
			ownPostgres,
			(_, point) => isNightly || point.endsWith('commit') || point === 'begin',
		),
);
