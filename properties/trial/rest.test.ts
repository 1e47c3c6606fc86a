import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createTables } from '../../model/system/tables.ts';
import { isPossible } from '../../model/vocabulary/events/possible.ts';
import type { Observation } from '../../model/vocabulary/observation.ts';
import { REST_LENGTH, Rest } from '../../model/vocabulary/stories/rest.ts';
import { generatedSetup } from '../arbitraries/setup.ts';
import { swarm } from '../arbitraries/swarm.ts';
import { walk } from '../arbitraries/walk.ts';
import { model } from '../systems/model.ts';
import { BEGIN, SETUP } from '../testing/stories.ts';
import { replaying } from './trial.ts';

const system = model(createTables());

/** Lets a random story happen, and then what is fair; checks each step of the latter. */
const comesToRest = async (...[setup, drawn, seed]: Drawn): Promise<Observation> => {
	const run = await system.start(setup);
	const next = walk(setup, drawn, seed, 40);
	for (let event = next(run.seen); event !== null; event = next(run.seen)) await run.apply(event);
	const rest = new Rest();
	for (let steps = 0; steps < REST_LENGTH; steps++) {
		const event = rest.next(run.seen);
		if (event === null) return run.seen;
		expect(isPossible(setup, run.seen, event), JSON.stringify(event)).toBe(true);
		await run.apply(event);
	}
	throw new Error(`no rest after ${REST_LENGTH} events`);
};
type Drawn = Parameters<Parameters<typeof drawn.map>[0]>[0];
const drawn = fc.tuple(generatedSetup, swarm, fc.nat());

test('any story comes to rest, by possible events only, and then nothing is left to do', async () => {
	await fc.assert(
		fc.asyncProperty(drawn, async (given) => {
			const seen = await comesToRest(...given);
			expect(seen.server).toBe('up');
			expect(seen.messages).toEqual([]);
			expect(seen.hosts.filter(({ doing }) => doing.kind !== 'idle')).toEqual([]);
			expect(seen.tasks.filter(({ restart_pending }) => restart_pending)).toEqual([]);
			expect(
				seen.tasks.filter(({ status }) => status === 'dispatched' || status === 'started'),
			).toEqual([]);
		}),
		{ seed: 7, numRuns: 150, endOnFailure: true },
	);
});

test('what waits is taken up when the story is over', async () => {
	const run = await system.start(SETUP);
	const rest = new Rest();
	for (let event = rest.next(run.seen); event !== null; event = rest.next(run.seen))
		await run.apply(event);
	expect(run.seen.tasks[0]?.status).toBe('success');
});

test('a dead agent stays dead, and the monitor ends what it ran', async () => {
	const run = await system.start(SETUP);
	const next = replaying([...BEGIN, { kind: 'agent-dies', host: 'h1' }]);
	for (let event = next(run.seen); event !== null; event = next(run.seen)) await run.apply(event);
	const rest = new Rest();
	const kinds: string[] = [];
	for (let event = rest.next(run.seen); event !== null; event = rest.next(run.seen)) {
		kinds.push(event.kind);
		await run.apply(event);
	}
	expect(kinds).toEqual(['hours-pass', 'monitor-runs']);
	expect(run.seen.hosts[0]?.agent).toBe('dead');
	expect(run.seen.tasks[0]?.details?.description).toBe('heartbeat');
});
