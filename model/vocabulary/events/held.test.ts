import { describe, expect, test } from 'vitest';
import type { InHand } from '../observation.ts';
import { findInHand, goesOn, selectorOfHandler } from './held.ts';

const ASKED: InHand = {
	...{ route: 'restart-when-finished', host: null, task: 'checks', execution: 0, details: null },
	...{ failed_only: false, awaited: true, commits: 0 },
};
/** Alike but for how it was asked. */
const IN_HAND: readonly InHand[] = [
	ASKED,
	{ ...ASKED, failed_only: true },
	{ ...ASKED, abort: true },
	{ ...ASKED, failed_only: true, abort: true },
];

describe('a handler that is held', () => {
	test.each([...IN_HAND.entries()])('is found by its full name, as no. %i', (place, one) => {
		expect(findInHand(selectorOfHandler(one), { in_hand: IN_HAND })).toBe(place);
	});

	test('is the oldest of those that are meant, where little is said', () => {
		const found = (how: object) =>
			findInHand({ route: 'restart-when-finished', ...how }, { in_hand: IN_HAND });
		expect([{}, { failed_only: true }, { abort: true }, { abort: false }].map(found)).toEqual([
			...[0, 1, 2, 0],
		]);
		expect(found({ execution: 1 })).toBe(-1);
	});

	test('says how it was asked, where that is something', () => {
		expect(
			IN_HAND.map((one) => goesOn.say({ kind: 'goes-on', handler: selectorOfHandler(one) })),
		).toEqual([
			'the restart-when-finished handler of checks/0 goes on',
			'the restart-when-finished handler of checks/0 (what failed only) goes on',
			'the restart-when-finished handler of checks/0 (with an abort) goes on',
			'the restart-when-finished handler of checks/0 (what failed only, with an abort) goes on',
		]);
	});
});

test('the name of one that cannot be asked in several ways says nothing of that', () => {
	const mark = selectorOfHandler({ ...ASKED, route: 'mark' });
	expect(Object.keys(mark)).toEqual(['route', 'host', 'task', 'execution', 'awaited']);
	const abort = selectorOfHandler({ ...ASKED, route: 'restart', failed_only: true });
	expect(abort).toMatchObject({ failed_only: true });
	expect(abort).not.toHaveProperty('abort');
});
