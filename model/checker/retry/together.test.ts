import type { Worker } from 'node:worker_threads';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { machines } from '../../machines/index.ts';
import { isPending, isSettled, type UnitContext } from '../../machines/unit-record.ts';
import { createTables } from '../../system/tables.ts';
import type { Configuration } from '../configurations/configuration.ts';
import { configurations } from '../configurations/index.ts';
import { sizedTo } from '../configurations/sized.ts';
import { type Exploration, explore, type Limits } from '../engine/explore/explore.ts';
import { Tables } from '../engine/tables/tables.ts';
import { watchThreads } from '../engine/testing/threads.ts';
import { exploringTogether } from '../engine/workers/together.ts';
import { checking } from './check.ts';
import type { Checked } from './judged.ts';
import { RetryProduct } from './retry-product.ts';

const limits = { memory: 2 ** 28 };

/** A configuration some of whose levels are large enough for threads. */
const WIDE = 'handover';

function quick(name: string): Configuration {
	const sized = configurations.find((one) => one.name === name);
	if (sized === undefined) throw new Error(`there is no configuration "${name}"`);
	return sizedTo(sized, 'quick');
}

/** Drives something that tells how far it is to its end. */
async function toEnd<Result>(work: AsyncGenerator<unknown, Result, void>): Promise<Result> {
	for (let step = await work.next(); ; step = await work.next())
		if (step.done === true) return step.value;
}

const together = (limited: Limits, threads: number): Promise<Exploration<unknown>> =>
	toEnd(exploringTogether(new Tables(new RetryProduct(quick(WIDE))), limited, threads));

/** A restart is forgotten if the app server crashes right behind the end: seen only when the whole space is known. */
const forgetful = () => {
	const due = (unit: UnitContext): boolean => isPending(unit) && isSettled(unit);
	const guards = {
		due: ({ context, event }: { context: UnitContext; event: { type: string } }) =>
			event.type !== 'MONITOR' && due(context),
	};
	return createTables({ unit: machines.unit.provide({ guards }) });
};

/** What must not depend on the number of threads. */
const figures = ({ judged, ending, verdict, states, generated, cut, depth, reached }: Checked) => ({
	...{ ending, verdict, states, generated, cut, depth, reached },
	judged: judged.map(({ id, verdict, counterexample }) => ({
		...{ id, verdict, unavoidable: counterexample?.unavoidable },
	})),
});

describe('a check with levels of more than 4,096 states', () => {
	let alone: Checked;
	beforeAll(async () => {
		alone = await toEnd(checking(quick(WIDE), { limits }));
	}, 60_000);

	test.each([1, 2, 3])('comes to the same with %i workers', async (workers) => {
		const { begun, running } = watchThreads();
		const checked = await toEnd(checking(quick(WIDE), { limits, workers }));
		expect([begun.length, running.size]).toEqual([workers === 1 ? 0 : workers, 0]);
		expect(checked.verdict).toBe('holds');
		expect(figures(checked)).toEqual(figures(alone));
	});
});

test('a promise that is not kept is found by several workers at the same depth', async () => {
	const { begun } = watchThreads();
	const check = (workers: number) =>
		toEnd(checking(quick('crashes'), { limits, workers, machines: forgetful() }));
	const [one, two] = [await check(1), await check(2)];
	expect(begun).toHaveLength(2);
	expect(two.verdict).toBe('violated');
	expect(figures(two)).toEqual(figures(one));
});

test('several threads reach each state by a way as short as one thread does', async () => {
	const depths = ({ states }: Exploration<unknown>) => {
		const depth = new Int32Array(states.count);
		for (let state = 1; state < states.count; state++)
			depth[state] = (depth[states.parents[state] ?? 0] ?? 0) + 1;
		return depth.sort();
	};
	const { begun } = watchThreads();
	const alone = explore(new Tables(new RetryProduct(quick(WIDE))), limits);
	expect(depths(await together(limits, 2))).toEqual(depths(alone));
	expect(begun).toHaveLength(2);
});

test('an exploration by several threads is stopped, and runs out of room', async () => {
	const { begun, running } = watchThreads();
	const stop = () => begun.length > 0;
	expect(await together({ ...limits, stop }, 2)).toMatchObject({ ending: 'stopped' });
	expect([begun.length, running.size]).toEqual([2, 0]);
	const out = await together({ ...limits, states: 20_000 }, 2);
	expect([begun.length, running.size]).toEqual([4, 0]);
	expect(out.ending).toBe('out of memory');
	expect(out.states.count).toBeLessThanOrEqual(20_000);
});

describe('a thread that ends before its time', () => {
	/** What is done to the first thread that begins, once it has got its first work. */
	function whenAtWork(act: (thread: Worker) => void): void {
		const watch = (thread: Worker): void => {
			process.off('worker', watch);
			const post = thread.postMessage.bind(thread);
			thread.postMessage = (round) => {
				post(round);
				act(thread);
			};
		};
		process.on('worker', watch);
		onTestFinished(() => void process.off('worker', watch));
	}

	test.each<[string, (thread: Worker) => void]>([
		['is killed', (thread) => void thread.terminate()],
		['fails', (thread) => thread.emit('error', new Error('no memory'))],
	])('makes a check unknown when it %s, with what was found until then', async (_, act) => {
		const { begun, running } = watchThreads();
		whenAtWork(act);
		const checked = await toEnd(checking(quick(WIDE), { limits, workers: 2 }));
		expect(checked).toMatchObject({ verdict: 'unknown', ending: 'thread lost' });
		expect(checked.states).toBeGreaterThan(4096);
		expect(checked.judged.map(({ verdict }) => verdict)).not.toContain('holds');
		expect(checked.judged[0]?.sentence).toBe('a thread that explored ended too early');
		expect([begun.length, running.size]).toEqual([2, 0]);
	});

	test('is noticed when it ends between two levels', async () => {
		const { running } = watchThreads();
		let killed = false;
		const work = exploringTogether(new Tables(new RetryProduct(quick(WIDE))), limits, 2);
		for (let step = await work.next(); ; step = await work.next()) {
			if (step.done === true) {
				expect(step.value.ending).toBe('thread lost');
				return;
			}
			const [thread] = running;
			if (!killed && thread !== undefined) await thread.terminate();
			killed ||= thread !== undefined;
		}
	});
});
