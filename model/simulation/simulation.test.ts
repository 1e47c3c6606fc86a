import { expect, test } from 'vitest';
import type { Overrides } from '../machines/index.ts';
import { machines } from '../machines/index.ts';
import { createTables } from '../system/tables.ts';
import { Project } from '../vocabulary/project.ts';
import { checkedSimulations } from './checked.ts';
import type { Choice } from './choice.ts';
import { compared, expectedOf } from './closed-forms.ts';
import { Lives } from './lives.ts';
import { Simulation } from './simulation.ts';
import { COUNTED } from './tally.ts';
import { workloadOf } from './workload.ts';

const tables = createTables();

const anyFailure = ({ event }: { event: { type: string } }): boolean =>
	event.type === 'BLOCK_FAILED';

/** Flags in every block that can fail a task, and beside commands without one. */
const project = Project.parse({
	id: 'p',
	tasks: [
		{ name: 'a', commands: [{ command: 'x' }, { command: 'y', retry_on_failure: true }] },
		{ name: 'b', commands: [{ command: 'x', retry_on_failure: true }, { command: 'y' }] },
		{ name: 'c', commands: [{ command: 'x' }] },
	],
	pre: [{ command: 'clone', retry_on_failure: true }, { command: 'x' }],
	post: [{ command: 'x' }, { command: 'upload', retry_on_failure: true }],
	pre_error_fails_task: true,
	post_error_fails_task: true,
});
const instances = project.tasks.map(({ name }) => ({ id: name, task: name, variant: 'v' }));
const lives = new Lives(workloadOf(project, instances, tables), tables);

const DAYS = 20;

const choice: Choice = {
	transient_rate: 0.1,
	permanent_rate: 0.15,
	clearing: 0.7,
	aim: 3,
	outage_days: 0.3,
	outage_factor: 3,
	outage_clearing: 0.2,
	tasks_per_day: 480,
	daily_limit: 40,
	peak: 4,
	task_minutes: 20,
};

function simulated(changes: Partial<Choice> = {}, seed = 1, days = DAYS): Simulation {
	const simulation = new Simulation(lives, { ...choice, ...changes }, seed, days);
	for (let day = 0; day < days; day++) simulation.nextDay();
	return simulation;
}

const totals = ({ tally }: Simulation): Record<string, number> =>
	Object.fromEntries(COUNTED.map((name) => [name, tally.total(name)]));

test('the same seed gives the same numbers, whatever was looked up before; another seed gives others', () => {
	const first = totals(simulated());
	const fresh = new Lives(workloadOf(project, instances, createTables()), createTables());
	const again = new Simulation(fresh, choice, 1, 20);
	for (let day = 0; day < 20; day++) again.nextDay();
	expect(totals(again)).toEqual(first);
	expect(totals(simulated({}, 2))).not.toEqual(first);
});

test('another policy meets the same luck: as many tasks fail at first, on each day', () => {
	const limited = simulated({ daily_limit: 10 });
	const free = simulated({ daily_limit: 0, clearing: 1 });
	expect(limited.tally.column('failed')).toEqual(free.tally.column('failed'));
	expect(limited.tally.column('red_without')).toEqual(free.tally.column('red_without'));
	expect(limited.tally.total('red_with')).toBeGreaterThan(free.tally.total('red_with'));
	expect(free.tally.total('refused')).toBe(0);
});

test('no two days are drawn alike', () => {
	expect(new Set(simulated().tally.column('failed')).size).toBeGreaterThan(DAYS / 2);
});

test('counts fit together', () => {
	const { tally } = simulated();
	const total = (name: (typeof COUNTED)[number]) => tally.total(name);
	expect(total('tasks')).toBe(DAYS * 480);
	expect(total('red_without')).toBe(total('failed'));
	expect(total('red_without') - total('red_with')).toBe(total('restarts') - total('wasted'));
	expect(total('marks')).toBe(total('restarts') + total('refused'));
	expect(total('refused')).toBeGreaterThan(0);
	const refusedByHour = tally.byHour().reduce((sum, { refused }) => sum + refused.mean, 0);
	expect(refusedByHour * DAYS).toBeCloseTo(total('refused'), 6);
});

test('the quota is never overdrawn, and is exhausted in the hours in which it refuses', () => {
	const hours = simulated().tally.byHour();
	for (const { slots_in_use, refused, exhausted } of hours) {
		expect(slots_in_use.mean).toBeLessThanOrEqual(40);
		if (refused.mean > 0) expect(exhausted).toBeGreaterThan(0);
	}
	expect(hours.some(({ exhausted }) => exhausted > 0)).toBe(true);
	const free = simulated({ daily_limit: 0 }).tally.byHour();
	expect(free.every(({ exhausted }) => exhausted === 0)).toBe(true);
});

test('on a day of outage more tasks fail, and fewer restarts help', () => {
	const calm = simulated({ outage_days: 0, daily_limit: 0 }).tally;
	const bad = simulated({ outage_days: 1, daily_limit: 0 }).tally;
	expect(bad.share('red_without', 'tasks').low).toBeGreaterThan(
		calm.share('red_without', 'tasks').high,
	);
	expect(bad.share('wasted', 'restarts').low).toBeGreaterThan(
		calm.share('wasted', 'restarts').high,
	);
});

test('figures agree with their closed forms', () => {
	const forms = checkedSimulations(lives, choice, 1, 20, tables).flatMap(
		({ simulation, days, read }) => {
			for (let day = 0; day < days; day++) simulation.nextDay();
			return read(simulation.tally);
		},
	);
	expect(forms.filter(({ agrees }) => !agrees)).toEqual([]);
	expect(forms).toHaveLength(9);
});

test('closed forms by hand: one flagged command, then one without a flag', () => {
	const small = Project.parse({
		id: 'p',
		tasks: [{ name: 'a', commands: [{ command: 'x', retry_on_failure: true }, { command: 'y' }] }],
	});
	const workload = workloadOf(small, [{ id: 'a', task: 'a', variant: 'v' }], tables);
	const transient = [Float64Array.of(0.1, 1 - 0.9 * 0.8)];
	const permanent = [Float64Array.of(0.3, 1 - 0.7 * 0.6)];
	const { red_without, red_with, restarts } = expectedOf(workload, transient, permanent, 0.5);
	expect(red_without).toBeCloseTo(1 - 0.9 * 0.8 * 0.7 * 0.6, 12);
	expect(red_without - red_with).toBeCloseTo(0.1 * 0.7 * 0.6 * 0.5, 12);
	expect(restarts).toBeCloseTo(1 - 0.9 * 0.7, 12);
});

test('closed forms by hand: a command without a flag, then a flagged one in post, which runs anyway', () => {
	const small = Project.parse({
		id: 'p',
		tasks: [{ name: 'a', commands: [{ command: 'x' }] }],
		post: [{ command: 'y', retry_on_failure: true }],
		post_error_fails_task: true,
	});
	const workload = workloadOf(small, [{ id: 'a', task: 'a', variant: 'v' }], tables);
	const transient = [Float64Array.of(0.1, 0.1 + 0.9 * 0.2)];
	const permanent = [Float64Array.of(0.3, 0.3 + 0.7 * 0.4)];
	const { restarts } = expectedOf(workload, transient, permanent, 0.5);
	// Post fails for want of luck (0.18), or else for good (0.28 of the rest), whatever main did.
	expect(restarts).toBeCloseTo(0.18 + (1 - 0.18) * 0.28, 12);
});

test.each<[string, Overrides, string]>([
	[
		'a server that forgets a promised restart',
		{ unit: machines.unit.provide({ guards: { due: () => false } }) },
		'automatic restarts a task',
	],
	[
		'an agent that marks after any failure',
		{ agent: machines.agent.provide({ guards: { 'to be marked': anyFailure } }) },
		'automatic restarts a task',
	],
])('%s is caught by a closed form', (_, broken, form) => {
	const others = createTables(broken);
	const [ordinary] = checkedSimulations(
		new Lives(workloadOf(project, instances, others), others),
		choice,
		1,
		10,
		others,
	);
	for (let day = 0; day < 10; day++) ordinary?.simulation.nextDay();
	const missed = ordinary?.read(ordinary.simulation.tally).filter(({ agrees }) => !agrees) ?? [];
	expect(missed.some(({ name }) => name.startsWith(form))).toBe(true);
});

test('a figure agrees up to five standard errors, whichever of both is larger', () => {
	const estimate = { mean: 1, low: 0, high: 2 };
	const agrees = (expected: number, error: number, deviation: number) =>
		compared('', '', expected, { estimate, error }, deviation).agrees;
	expect(agrees(1.49, 0.1, 0)).toBe(true);
	expect(agrees(1.49, 0, 0.1)).toBe(true);
	expect(agrees(1.51, 0.1, 0.1)).toBe(false);
	expect(agrees(0.49, 0.1, 0.1)).toBe(false);
	expect(agrees(1.01, 0, 0)).toBe(false);
});
