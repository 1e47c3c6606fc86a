import { describe } from 'vitest';
import { postgresIsMissing } from '../../impl/testing/postgres.ts';
import { isNightly } from '../../packaging/levels/levels.ts';
import { ownPglite } from './cluster.ts';
import { survivesTheDeathOfTheServer } from './server-death.suite.ts';

// PGlite takes seconds to open again: only around the commits of one piece of work, which has two. Where the same is tried
// over PostgreSQL, at night only.
describe.skipIf(!isNightly && postgresIsMissing === null)(
	'over PGlite (at night, or without PostgreSQL)',
	() =>
		survivesTheDeathOfTheServer(
			ownPglite,
			(work, point) => work.startsWith('an execution ends') && point.endsWith('commit'),
		),
);
