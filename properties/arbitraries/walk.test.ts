import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createTables } from '../../model/system/tables.ts';
import type { Event } from '../../model/vocabulary/event.ts';
import { isPossible } from '../../model/vocabulary/possible.ts';
import type { Setup } from '../../model/vocabulary/setup.ts';
import { model } from '../systems/model.ts';
import { SETUP } from '../testing/stories.ts';
import { generatedSetup } from './setup.ts';
import { alone, plain, type Swarm, swarm } from './swarm.ts';
import { walk } from './walk.ts';

const system = model(createTables());

async function walked(setup: Setup, drawn: Swarm, seed: number, length: number): Promise<Event[]> {
	const run = await system.start(setup);
	const next = walk(setup, drawn, seed, length);
	const events: Event[] = [];
	for (let event = next(run.seen); event !== null; event = next(run.seen)) {
		expect(isPossible(setup, run.seen, event), JSON.stringify(event)).toBe(true);
		expect(Object.keys(drawn)).toContain(event.kind);
		events.push(event);
		await run.apply(event);
	}
	return events;
}

test('a walk proposes only what is possible and on, is as long as told, and the same again', async () => {
	await fc.assert(
		fc.asyncProperty(generatedSetup, swarm, fc.nat(), async (setup, drawn, seed) => {
			const events = await walked(setup, drawn, seed, 40);
			expect(events.length).toBeLessThanOrEqual(40);
			expect(await walked(setup, drawn, seed, 40)).toEqual(events);
		}),
		{ seed: 3, numRuns: 100, endOnFailure: true },
	);
});

test('another seed is another walk', async () => {
	const walks = await Promise.all(
		Array.from({ length: 10 }, (_, seed) => walked(SETUP, alone('hours-pass'), seed, 20)),
	);
	expect(new Set(walks.map((events) => JSON.stringify(events))).size).toBe(10);
});

test('a walk with nothing on, or nothing that is on possible, ends', async () => {
	expect(await walked(SETUP, {}, 1, 10)).toEqual([]);
	expect(await walked(SETUP, { 'agent-returns': 1 }, 1, 10)).toEqual([]);
});

test('commands succeed and fail in plain walks', async () => {
	const outcomes = new Set<string>();
	for (let seed = 0; seed < 30; seed++)
		for (const event of await walked(SETUP, plain, seed, 30))
			if (event.kind === 'command-ends') outcomes.add(event.outcome);
	expect([...outcomes].sort()).toEqual([
		'failed',
		'panicked',
		'succeeded',
		'timed-out-exec',
		'timed-out-idle',
	]);
});
