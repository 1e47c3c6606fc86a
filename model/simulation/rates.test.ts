import { expect, test } from 'vitest';
import { createTables } from '../system/tables.ts';
import { Project } from '../vocabulary/project.ts';
import { commandRate, firstAbove, ratesOf } from './rates.ts';
import { workloadOf } from './workload.ts';

const tables = createTables();

/** A task of one command, twice, and one of three, of which the second is flagged. */
const project = Project.parse({
	id: 'p',
	tasks: [
		{ name: 'a', commands: [{ command: 'x' }] },
		{ name: 'b', commands: [{ command: 'x' }] },
		{
			name: 'c',
			commands: [{ command: 'x' }, { command: 'x', retry_on_failure: true }, { command: 'x' }],
		},
	],
});
const workload = workloadOf(
	project,
	project.tasks.map(({ name }) => ({ id: name, task: name, variant: 'v' })),
	tables,
);

const choice = {
	transient_rate: 0.03,
	permanent_rate: 0.1,
	clearing: 0.8,
	aim: 4,
	outage_days: 0,
	outage_factor: 3,
	outage_clearing: 0.3,
	tasks_per_day: 100,
	daily_limit: 200,
	peak: 1,
	task_minutes: 20,
};

test('all tasks together have the rate of the choice, and long tasks fail more often', () => {
	const { transient, permanent } = ratesOf(workload, choice);
	const [short = 0, long = 0] = transient.map((entries) => entries.at(-1));
	expect((2 * short + long) / 3).toBeCloseTo(0.03, 12);
	// 1 - (1-p)^2 (1-4p) beside 1 - (1-p).
	expect(long).toBeCloseTo(1 - (1 - short) ** 2 * (1 - 4 * short), 12);
	const [one = 0, three = 0] = permanent.map((entries) => entries.at(-1));
	expect((2 * one + three) / 3).toBeCloseTo(0.1, 12);
	expect(three).toBeCloseTo(1 - (1 - one) ** 3, 12);
});

test('during an outage each command fails so many times as often, but never more than always', () => {
	const { transient, outage } = ratesOf(workload, choice);
	expect(outage[0]?.[0]).toBeCloseTo(3 * (transient[0]?.[0] ?? 0), 12);
	const always = ratesOf(workload, { ...choice, outage_factor: 1000 }).outage;
	expect(always.map((entries) => entries.at(-1))).toEqual([1, 1]);
});

test('a rate of 0 is no failure at all, and one of 1 is one in every task', () => {
	expect(commandRate(workload, 0, 5)).toBeLessThan(1e-15);
	expect(commandRate(workload, 1, 5)).toBeCloseTo(1, 12);
});

test('the place of the first failure is that of the first entry above the number drawn', () => {
	const entries = Float64Array.of(0.1, 0.1, 0.4, 0.5);
	const cases: [number, number][] = [
		[0, 0],
		[0.0999, 0],
		[0.1, 2],
		[0.3999, 2],
		[0.4, 3],
		[0.5, -1],
		[0.9, -1],
	];
	for (const [drawn, place] of cases) expect(firstAbove(entries, drawn)).toBe(place);
	expect(firstAbove(new Float64Array(0), 0)).toBe(-1);
});
