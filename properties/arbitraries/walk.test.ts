import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createTables } from '../../model/system/tables.ts';
import type { Event } from '../../model/vocabulary/events/event.ts';
import { isPossible } from '../../model/vocabulary/events/possible.ts';
import type { Observation } from '../../model/vocabulary/observation.ts';
import { Setup } from '../../model/vocabulary/setup.ts';
import { model } from '../systems/model.ts';
import { SETUP } from '../testing/stories.ts';
import { generatedSetup } from './setup.ts';
import { alone, plain, type Swarm, swarm, withSetup } from './swarm.ts';
import { walk } from './walk.ts';

const system = model(createTables());

async function walked(setup: Setup, drawn: Swarm, seed: number, length: number): Promise<Event[]> {
	const run = await system.start(setup);
	const next = walk(setup, drawn, seed, length);
	const events: Event[] = [];
	for (let event = next(run.seen); event !== null; event = next(run.seen)) {
		expect(isPossible(setup, run.seen, event), JSON.stringify(event)).toBe(true);
		expect(Object.keys(withSetup(drawn, setup))).toContain(event.kind);
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

/** An observation without how commands exited. */
const withoutExits = (seen: Observation): unknown =>
	JSON.parse(JSON.stringify(seen, (key, value) => (key === 'exit' ? undefined : value)));

test('a walk tells how commands exit, and nothing but that hangs on it', async () => {
	let told = 0;
	await fc.assert(
		fc.asyncProperty(generatedSetup, swarm, fc.nat(), async (setup, drawn, seed) => {
			const [run, bare] = [await system.start(setup), await system.start(setup)];
			for (const event of await walked(setup, drawn, seed, 60)) {
				const { exit, ...rest } = { exit: undefined, ...event };
				if (exit !== undefined) told++;
				await run.apply(event);
				await bare.apply(rest);
				expect(withoutExits(run.seen)).toEqual(withoutExits(bare.seen));
			}
		}),
		{ seed: 3, numRuns: 150, endOnFailure: true },
	);
	expect(told).toBeGreaterThan(20);
});

const UNITS = Setup.parse({
	...SETUP,
	tasks: [
		{ id: 't1', task: 'compile', variant: 'ubuntu' },
		{ id: 't2', task: 'compile', variant: 'windows' },
	],
	display_tasks: [{ id: 'd1', execution_tasks: ['t1', 't2'] }],
});

/** What a walk proposes in one moment, seed by seed. */
async function proposed(
	drawn: Swarm,
	change: (seen: Observation) => Partial<Observation>,
): Promise<Event[]> {
	const { seen } = await system.start(Setup.parse(SETUP));
	const shown = { ...seen, ...change(seen) };
	return Array.from({ length: 200 }, (_, seed) => walk(UNITS, drawn, seed, 1)(shown)).filter(
		(event) => event !== null,
	);
}

test('users restart and abort display tasks, and now and then only what failed in them', async () => {
	const display_tasks = [{ id: 'd1', status: 'failed' as const, execution: 0 }];
	const events = [
		...(await proposed(alone('user-restarts'), () => ({ display_tasks }))),
		...(await proposed(alone('user-aborts'), () => ({ display_tasks }))),
	];
	const whole = { kind: 'user-restarts', task: 'd1', execution: 0 };
	expect(events).toContainEqual(whole);
	expect(events).toContainEqual({ ...whole, failed_only: true });
	expect(events).toContainEqual({ kind: 'user-aborts', task: 'd1' });
});

test('a host asks for work where there is some, and seldom where every task is held', async () => {
	const asks = async (change: (seen: Observation) => Partial<Observation>) =>
		(await proposed({ 'host-asks': 1, 'hours-pass': 1 }, change)).filter(
			({ kind }) => kind === 'host-asks',
		).length;
	const held = ({ tasks }: Observation) => ({
		tasks: tasks.map((task) => ({ ...task, held: 'blocked' as const })),
	});
	expect(await asks(() => ({}))).toBeGreaterThan(60);
	expect(await asks(held)).toBeLessThan(40);
	const group = { group: 'g', variant: 'v' };
	expect(
		await asks((seen) => ({
			...held(seen),
			hosts: seen.hosts.map((host) => ({ ...host, group })),
		})),
	).toBeGreaterThan(60);
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
