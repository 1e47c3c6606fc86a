import { expect, test } from 'vitest';
import { FAULTS } from './faults.ts';
import { CATCHES_NONE, killMatrix } from './kill-matrix.ts';

test('each promise is the first to catch some fault, or says why not', () => {
	const none = killMatrix(FAULTS).filter(({ first }) => first.length === 0);
	expect(none.map(({ guarantee }) => guarantee)).toEqual(Object.keys(CATCHES_NONE));
});
