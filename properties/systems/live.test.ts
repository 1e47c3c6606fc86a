import { describe } from 'vitest';
import { postgresIsMissing } from '../../impl/testing/postgres.ts';
import { live } from '../live/system.ts';
import { playsAsTheModelDoes } from './live.suite.ts';

// Most of the time goes into PGlite itself. Where PostgreSQL is to be had, it plays all of them, by the same server; here
// are left those in which the app server is killed and finds what it had stored, and the random ones.
describe('over PGlite', () =>
	playsAsTheModelDoes(
		live(),
		6,
		(kinds) => postgresIsMissing !== null || kinds.has('server-crashes'),
	));
