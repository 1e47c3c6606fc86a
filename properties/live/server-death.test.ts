import { describe } from 'vitest';
import { ownPglite } from './cluster.ts';
import { survivesTheDeathOfTheServer } from './server-death.suite.ts';

// PGlite takes seconds to open again: only around the commits of one piece of work, which has two.
describe('over PGlite', () =>
	survivesTheDeathOfTheServer(
		ownPglite,
		(work, point) => work.startsWith('an execution ends') && point.endsWith('commit'),
	));
