import { describe } from 'vitest';
import { postgresIsMissing } from '../../impl/testing/postgres.ts';
import { isNightly } from '../../packaging/levels/levels.ts';
import { live } from '../live/system.ts';
import { playsAsTheModelDoes } from './live.suite.ts';

// Most of the time goes into PGlite itself. Where PostgreSQL is to be had, they are played there, by the same server; here
// are left the random ones, and at night those in which the app server is killed and finds what it had stored.
describe('over PGlite', () =>
	playsAsTheModelDoes(
		live(),
		6,
		(kinds) => postgresIsMissing !== null || (isNightly && kinds.has('server-crashes')),
	));
