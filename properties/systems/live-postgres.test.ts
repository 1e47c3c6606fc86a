import { describe } from 'vitest';
import { postgresIsMissing } from '../../impl/testing/postgres.ts';
import { liveOnPostgres } from '../live/system.ts';
import { playsAsTheModelDoes } from './live.suite.ts';

describe.skipIf(postgresIsMissing !== null)(
	`over PostgreSQL${postgresIsMissing === null ? '' : ` (skipped: ${postgresIsMissing})`}`,
	() => playsAsTheModelDoes(liveOnPostgres(), 6),
);
