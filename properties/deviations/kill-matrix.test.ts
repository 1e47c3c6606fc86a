import { expect, test } from 'vitest';
import { WITNESSES } from '../../model/guarantees/situations.ts';
import { FAULTS } from './faults.ts';
import { HALVES } from './halves.ts';
import { CATCHES_NONE, killMatrix } from './kill-matrix.ts';

test('each half of each promise is the first to catch some fault, or says why not', () => {
	const none = killMatrix(FAULTS).filter(({ first }) => first.length === 0);
	expect(none.map(({ half }) => half)).toEqual(Object.keys(CATCHES_NONE));
});

test('whatever falls, a half of it is put to the test before', () => {
	const halves = WITNESSES.map(({ name }) => name);
	const without = Object.entries(HALVES).filter(([, fallen]) =>
		fallen.some((half) => !halves.includes(half)),
	);
	expect(without.map(([id]) => id)).toEqual([]);
});

test('each fault is known to make a half fall, but those that only a difference tells of', () => {
	const none = FAULTS.filter(({ id }) => HALVES[id]?.length === 0);
	expect(none.filter(({ breaks }) => breaks.length > 0).map(({ id }) => id)).toEqual([]);
});

test('what falls is written down of each fault, and of no other: else `npm run halves` finds out', () => {
	expect(Object.keys(HALVES)).toEqual(FAULTS.map(({ id }) => id));
});
