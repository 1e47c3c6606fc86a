import { expect, test } from 'vitest';
import { NARROWER, SITUATIONS } from '../../model/guarantees/situations.ts';
import { isPossible } from '../../model/vocabulary/events/possible.ts';
import { FAULTS } from '../deviations/faults.ts';
import { faulty } from '../systems/fault.ts';
import { model } from '../systems/model.ts';
import { beginning, replaying, trial } from '../trial/trial.ts';
import { KEPT } from './kept.ts';
import { reachedIn } from './near.ts';
import { AT_LEAST, waysWithout } from './ways.ts';

test('each way leads to where one more event puts its situations to the test', async () => {
	for (const { setup, events, then, near } of new Set(waysWithout())) {
		const all = [...events, then];
		const reached = await reachedIn(setup, all);
		const atLast = reached.filter(({ index }) => index === events.length);
		expect(near.length).toBeGreaterThan(0);
		expect(atLast.map(({ situation }) => situation)).toEqual(expect.arrayContaining([...near]));
	}
});

test('each event of a way is possible where it stands', async () => {
	for (const { setup, events } of new Set(waysWithout())) {
		const run = await model().start(setup);
		for (const event of events) {
			expect(isPossible(setup, run.seen, event)).toBe(true);
			await run.apply(event);
		}
	}
});

test('the ways name situations that there are, half of them at the least', () => {
	const names = SITUATIONS.map(({ name }) => name);
	const near = new Set(waysWithout().flatMap((way) => way.near));
	for (const name of near) expect(names).toContain(name);
	expect(near.size).toBeGreaterThan(names.length / 2);
});

test('each way is drawn from, and those to where faults were found to hide more often than others', () => {
	const ways = waysWithout();
	expect(new Set(ways).size).toBe(KEPT.length);
	expect(ways.length).toBeLessThan(1.5 * KEPT.length);
	const times = NARROWER.map(({ name }) => ways.filter(({ near }) => near.includes(name)).length);
	expect(times.filter((count) => count > 0).length).toBeGreaterThan(10);
	for (const count of times) if (count > 0) expect(count).toBeGreaterThanOrEqual(AT_LEAST);
	const others = ways.filter(({ near }) => !NARROWER.some(({ name }) => near.includes(name)));
	expect(new Set(others).size).toBe(others.length);
});

test('a way without some kinds of event has none of them', () => {
	const some = waysWithout(['hours-pass', 'minutes-pass', 'message-delivered']);
	expect(some.length).toBeLessThan(waysWithout().length);
	for (const { events } of some)
		expect(events.map(({ kind }) => kind)).not.toContain('message-delivered');
});

test('a slot that is free a minute early shows where a slot is about to run out', async () => {
	const fault = FAULTS.find(({ id }) => id === 'a slot is free a minute early');
	const way = waysWithout().find(({ near }) => near.includes('S7 ran-out'));
	if (fault === undefined || way === undefined) throw new RangeError('no such fault, or way');
	const next = beginning(way.events, replaying([]));
	const { finding } = await trial([faulty(fault, 'early')], way.setup, next);
	expect(finding).toMatchObject({ kind: 'violated', guarantee: 'S7' });
});
