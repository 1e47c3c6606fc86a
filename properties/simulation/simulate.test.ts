import { join } from 'node:path';
import { expect, test } from 'vitest';
import { SimulationEvidence } from '../../reports/evidence/simulation-evidence.ts';
import { type ProjectOnTrial, projectOnTrial } from '../../scenarios/trial/project-on-trial.ts';
import { assumptionsOf, rangesOf } from './assumptions.ts';
import { centralChoice, grid, oneAtATime, shares } from './plan.ts';
import { simulate } from './simulate.ts';

function example(): ProjectOnTrial {
	const project = projectOnTrial(join(import.meta.dirname, '../../scenarios/projects/example.yml'));
	if (project.kind === 'refused') throw new Error('the example cannot be read');
	return project;
}

const settled = { tasks_per_day: 100, daily_limit: 5 };
const options = { ...settled, project: example(), seed: 1, days: 20 };

test('the evidence is as its schema says, the same for the same seed, and holds every part', async () => {
	const one = SimulationEvidence.parse(await simulate(options));
	const two = SimulationEvidence.parse(await simulate(options));
	const timeless = { created_at: '', seconds: 0 };
	expect({ ...two, ...timeless }).toEqual({ ...one, ...timeless });
	expect(one.project).toMatchObject({ tasks: 7, flagged_tasks: 7, flagged_commands: 13 });
	expect(one.central.tasks).toBe(2000);
	expect(one.by_hour).toHaveLength(24);
	expect(one.closed_forms.every(({ agrees }) => agrees)).toBe(true);
	expect(one.break_even.map(({ triage_minutes }) => triage_minutes)).toEqual([1, 2, 5, 10, 20, 30]);
	expect(one.sweep).toHaveLength(
		1 + [...shares(settled), ...oneAtATime(settled), ...grid(settled)].length,
	);
	expect(one.sweep[0]).toMatchObject({ tasks: 1000, clearing: one.central.clearing });
	expect(one.sweep[0]?.varied).toBeUndefined();
	expect(one.unfinished).toBeUndefined();
});

test('everything that is chosen is an assumption with a source, and is swept', () => {
	const assumptions = assumptionsOf(settled);
	const swept = new Set(oneAtATime(settled).flatMap(({ varied }) => varied.map(({ id }) => id)));
	for (const id of Object.keys(centralChoice(settled)) as (keyof ReturnType<
		typeof centralChoice
	>)[]) {
		expect(assumptions.find((one) => one.id === id)?.source).toMatch(/\w{3}/);
		expect(swept).toContain(id);
	}
	for (const { id, low, central, high } of assumptions) {
		expect(low, id).toBeLessThanOrEqual(central);
		expect(central, id).toBeLessThanOrEqual(high);
	}
	expect(rangesOf(settled).tasks_per_day).toEqual([25, 100, 400]);
});

test('a share of transient failures leaves as many failures as before', () => {
	const central = centralChoice(settled);
	for (const { choice } of [...shares(settled), ...grid(settled)])
		expect(choice.transient_rate + choice.permanent_rate).toBeCloseTo(
			central.transient_rate + central.permanent_rate,
			12,
		);
});

/** Stops when so many phases were said. */
function interruptedAfter(phases: number, changes: { readonly days?: number } = {}) {
	const interrupt = new AbortController();
	let said = 0;
	const onPhase = (): void => {
		said++;
		if (said === phases) interrupt.abort();
	};
	return simulate({ ...options, ...changes, signal: interrupt.signal, onPhase });
}

test('interrupted at once, it has nothing to tell', async () => {
	expect(await interruptedAfter(1)).toBeNull();
});

test('interrupted in the sweep, it tells what was done and that it is not all', async () => {
	const whole = await simulate(options);
	const part = SimulationEvidence.parse(await interruptedAfter(10));
	expect(part.unfinished).toMatch(/^interrupted at sweep, \d+ of \d+, day 1 of 10$/);
	expect(part.central).toEqual(whole?.central);
	expect(part.closed_forms).toHaveLength(9);
	expect(part.sweep.length).toBeLessThan(whole?.sweep.length ?? 0);
	expect(part.break_even).toEqual([]);
});

test('as many days as an interrupted simulation had, simulated again, come to the same', async () => {
	const part = await interruptedAfter(5, { days: 4000 });
	expect(part?.days).toBeLessThan(4000);
	expect(part?.closed_forms).toEqual([]);
	const again = await simulate({ ...options, days: part?.days ?? 0 });
	expect(again?.central).toEqual(part?.central);
	expect(again?.by_hour).toEqual(part?.by_hour);
});
