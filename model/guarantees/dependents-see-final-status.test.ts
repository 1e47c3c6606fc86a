import { expect, it } from 'vitest';
import type { Event } from '../vocabulary/events/event.ts';
import type { Setup } from '../vocabulary/setup.ts';
import { dependentsSeeFinalStatus } from './dependents-see-final-status.ts';
import { FAILED, SUCCESS } from './testing/flaky.ts';
import { halvesAt } from './testing/halves.ts';
import { pairOf } from './testing/pair.ts';
import { type Change, judgeScenes, type Scene, setupToJudge, task } from './testing/seen.ts';

/** "c" waits for "b", which is shown with "a" as "d". */
const pair = pairOf();
const MONITOR: Event = { kind: 'monitor-runs' };
const failed = (id: string) => task(id, { status: 'failed', details: FAILED });
const succeeded = (id: string) => task(id, { status: 'success', details: SUCCESS });
const listed = (id: string) => task(id, { restart_pending: true });
const held = (id: string, as: 'waiting' | 'blocked' | null) => task(id, { held: as });
const waits = held('c', 'waiting');
const then = (...changes: Change[]): Scene => [MONITOR, ...changes];
const broken = (setup: Setup, ...scenes: Scene[]) =>
	judgeScenes(dependentsSeeFinalStatus, setup, scenes).broken;
const tested = (setup: Setup, ...scenes: Scene[]) =>
	halvesAt(dependentsSeeFinalStatus, setup, scenes);

/** Tasks that wait as told. */
const waiting = (dependsOn: Readonly<Record<string, readonly string[]>>, displayed?: string[]) =>
	setupToJudge({
		project: { id: 'p', tasks: setupToJudge().project.tasks },
		tasks: Object.entries(dependsOn).map(([id, depends_on]) => ({
			id,
			task: 'test',
			variant: 'linux',
			...(depends_on.length === 0 ? {} : { depends_on: [...depends_on] }),
		})),
		display_tasks: displayed === undefined ? [] : [{ id: 'd', execution_tasks: displayed }],
	});

it.each([
	['failed', failed],
	['success', succeeded],
] as const)(
	'is put to the test once where what is waited for ended as %s and is to restart',
	(_, ends) => {
		const ended = then(ends('b'), listed('a'), waits);
		expect(tested(pair, then(waits), ended)).toEqual(['whole']);
		expect(tested(pair, then(waits), ended, then(task('a', {}), waits))).toEqual([]);
		expect(
			tested(pair, then(waits), then(ends('b'), waits, task('a', { repair_pending: true }))),
		).toEqual(['whole']);
	},
);

it('is not put to the test by an end that is final, or by a mark while it runs', () => {
	expect(tested(pair, then(waits), then(failed('b'), held('c', 'blocked')))).toEqual([]);
	expect(tested(pair, then(waits), then(task('b', { status: 'started' }), listed('a')))).toEqual(
		[],
	);
	expect(tested(pair, then(waits), [MONITOR])).toEqual([]);
});

it('is violated when a dependent is blocked, released or dispatched meanwhile', () => {
	const ended = [failed('b'), listed('a')] as const;
	expect(broken(pair, then(waits), then(...ended, held('c', 'blocked')))).toBe(
		'execution 0 of "c" should be held back as waiting, by what it waits for, but it is held back as blocked.',
	);
	expect(broken(pair, then(waits), then(...ended, held('c', null)))).toContain(
		'but it is free to be dispatched',
	);
	const early = then(task('c', { status: 'dispatched', held: null }));
	expect(broken(pair, then(waits), then(...ended), early)).toBe(
		'execution 0 of "c" was dispatched, but it should have been held back as waiting.',
	);
	const released = then(succeeded('b'), held('c', null));
	expect(broken(pair, then(waits), released, early)).toBeNull();
});

it('has nothing to say of a dependent that runs already', () => {
	const runs = then(succeeded('b'), held('c', null));
	const dispatched = then(task('c', { status: 'dispatched' }));
	const again = then(
		task('b', { status: 'undispatched', execution: 1 }),
		task('c', { status: 'started' }),
	);
	expect(broken(pair, then(waits), runs, dispatched, again)).toBeNull();
});

it('sees each of several that it waits for', () => {
	const two = waiting({ a: [], b: [], c: ['a', 'b'] });
	expect(tested(two, then(waits), then(failed('b'), listed('b')))).toEqual(['whole']);
	expect(tested(two, then(waits), then(failed('a'), listed('a')))).toEqual(['whole']);
});

it('judges each of several dependents', () => {
	const two = waiting({ a: [], b: ['a'], c: ['a'] });
	const both = [waits, held('b', 'waiting')];
	expect(
		broken(two, then(...both), then(failed('a'), listed('a'), held('c', 'blocked'))),
	).toContain('execution 0 of "c" should be held back as waiting');
});

it('is about what restarts apart from the dependent: members of one unit wait for each other', () => {
	const own = waiting({ a: [], b: ['a'] }, ['a', 'b']);
	const start = then(held('b', 'waiting'));
	expect(tested(own, start, then(failed('a'), listed('a'), held('b', 'blocked')))).toEqual([]);
});
