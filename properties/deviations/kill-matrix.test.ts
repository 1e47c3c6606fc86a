import { expect, test } from 'vitest';
import { FAULTS } from './faults.ts';
import { HALVES } from './halves.ts';
import { CATCHES_NONE, killMatrix } from './kill-matrix.ts';

test('each half of each promise is the first to catch some fault, or says why not', () => {
	const none = killMatrix(FAULTS).filter(({ first }) => first.length === 0);
	expect(none.map(({ half }) => half)).toEqual(Object.keys(CATCHES_NONE));
});

test('what falls is written down of each fault, and of no other: else `npm run halves` finds out', () => {
	expect(Object.keys(HALVES)).toEqual(FAULTS.map(({ id }) => id));
});
