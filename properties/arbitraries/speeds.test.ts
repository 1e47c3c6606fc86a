import { expect, test } from 'vitest';
import { createTables } from '../../model/system/tables.ts';
import { dice } from '../../model/vocabulary/dice.ts';
import type { Event } from '../../model/vocabulary/events/event.ts';
import type { Observation } from '../../model/vocabulary/observation.ts';
import { Setup } from '../../model/vocabulary/setup.ts';
import { model } from '../systems/model.ts';
import { speedsOf } from './speeds.ts';
import { plain } from './swarm.ts';
import { walk } from './walk.ts';

const system = model(createTables());

const setup = Setup.parse({
	project: {
		id: 'p1',
		tasks: [{ name: 'compile', commands: [{ command: 'make' }, { command: 'test' }] }],
	},
	tasks: ['t1', 't2', 't3', 't4'].map((id) => ({ id, task: 'compile', variant: 'ubuntu' })),
	hosts: ['h1', 'h2'],
});

/** What is running on each host, by its id. */
const running = ({ hosts }: Observation): ReadonlyMap<string, string> =>
	new Map(
		hosts.flatMap(({ id, doing, execution }) =>
			doing.kind === 'running' ? [[id, JSON.stringify([execution, doing])] as const] : [],
		),
	);

const ended = ({ tasks }: Observation, host: string): number =>
	tasks.filter((task) => task.host === host && task.details !== null).length;

/** Most executions that ended on one host while one command of the other ran. */
async function apart(seed: number): Promise<number> {
	const run = await system.start(setup);
	const next = walk(setup, plain, seed, 80);
	const since = new Map<string, { readonly what: string; readonly ended: number }>();
	let most = 0;
	for (let event = next(run.seen); event !== null; event = next(run.seen)) {
		await run.apply(event);
		const now = running(run.seen);
		for (const [place, id] of setup.hosts.entries()) {
			const other = setup.hosts[1 - place] ?? '';
			const what = now.get(id);
			const known = since.get(id);
			if (what === undefined) since.delete(id);
			else if (known?.what !== what) since.set(id, { what, ended: ended(run.seen, other) });
			else most = Math.max(most, ended(run.seen, other) - known.ended);
		}
	}
	await run.stop();
	return most;
}

/** Whether the agents of a story have different speeds: it is told by what is left of the first number that is drawn. */
const isUneven = (seed: number): boolean => speedsOf(setup, (dice(seed)() * 3) % 1) !== null;

const SEEDS = Array.from({ length: 400 }, (_, seed) => seed);

test('in one of four stories on several hosts one agent is faster than the others, and in none on one host', () => {
	const share = SEEDS.filter(isUneven).length / SEEDS.length;
	expect(share).toBeGreaterThan(0.2);
	expect(share).toBeLessThan(0.3);
	for (let drawn = 0; drawn < 1; drawn += 0.01)
		expect(speedsOf({ ...setup, hosts: ['h1'] }, drawn)).toBeNull();
});

test('each agent is the fast one in some stories, and what is no work of an agent takes no longer', () => {
	const ends = (host: string): Event => ({ kind: 'command-ends', host, outcome: 'succeeded' });
	const fast = new Set<string>();
	for (let drawn = 0; drawn < 0.25; drawn += 0.01) {
		const speed = speedsOf(setup, drawn);
		const [first, second] = [speed?.(ends('h1')) ?? 1, speed?.(ends('h2')) ?? 1];
		expect(Math.max(first, second)).toBe(1);
		expect(Math.min(first, second)).toBeLessThan(0.1);
		fast.add(first === 1 ? 'h1' : 'h2');
		for (const event of [
			{ kind: 'host-asks', host: 'h1' },
			{ kind: 'monitor-runs' },
			{ kind: 'message-delivered', message: { leg: 'request', route: 'heartbeat', host: 'h1' } },
		] satisfies Event[])
			expect([speed?.(event), speed?.({ ...event, host: 'h2' } as Event)]).toEqual([1, 1]);
	}
	expect([...fast].sort()).toEqual(['h1', 'h2']);
});

test('one host finishes two executions and more while a command of the other runs, far more often than where all are alike', async () => {
	const far = { uneven: 0, even: 0 };
	const stories = { uneven: 0, even: 0 };
	for (const seed of SEEDS) {
		const what = isUneven(seed) ? 'uneven' : 'even';
		stories[what]++;
		if ((await apart(seed)) >= 2) far[what]++;
	}
	expect(far.uneven / stories.uneven).toBeGreaterThan(0.2);
	expect(far.even / stories.even).toBeLessThan(0.05);
});
