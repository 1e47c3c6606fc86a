import { describe } from 'vitest';
import { ownPglite } from './house.ts';
import { survivesTheDeathOfTheServer } from './server-death.suite.ts';

// PGlite takes a second or two to open again: only the points at which something is at stake.
describe('over PGlite', () =>
	survivesTheDeathOfTheServer(ownPglite, (point) => point.endsWith('commit')));
