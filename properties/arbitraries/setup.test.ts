import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isFunctionCall } from '../../model/vocabulary/project.ts';
import { Setup, type TaskInstance } from '../../model/vocabulary/setup.ts';
import type { Version } from '../../scenarios/import/version.ts';
import { portionsOf } from '../../scenarios/trial/portions.ts';
import { MOST_TASKS, plainSetup, setupsOf } from './setup.ts';

describe('setups of plain tasks', () => {
	const drawn = fc.sample(plainSetup, { seed: 1, numRuns: 400 });

	test('are valid setups as they stand, with nothing left out', () => {
		for (const setup of drawn) expect(Setup.parse(setup)).toEqual(setup);
	});

	test('use each task of their project once', () => {
		for (const { project, tasks } of drawn)
			expect(tasks.map(({ task }) => task)).toEqual(project.tasks.map(({ name }) => name));
	});

	test('are small', () => {
		for (const { tasks, hosts } of drawn) {
			expect(tasks.length).toBeLessThanOrEqual(MOST_TASKS);
			expect(hosts.length).toBeLessThanOrEqual(2);
		}
	});

	test.each<[string, (setup: Setup) => boolean]>([
		['several tasks', ({ tasks }) => tasks.length === MOST_TASKS],
		['two hosts', ({ hosts }) => hosts.length === 2],
		['the merge queue', ({ requester }) => requester === 'github_merge_request'],
		['no limit', ({ policy }) => policy.daily_limit === 0],
		['a limit of one', ({ policy }) => policy.daily_limit === 1],
		['a cap that matters', ({ policy }) => policy.execution_cap <= 2],
		['a switch of pre', ({ project }) => project.pre_error_fails_task === true],
		['no switch of pre', ({ project }) => project.pre_error_fails_task === undefined],
		['a switch of post', ({ project }) => project.post_error_fails_task === true],
		['a timeout block', ({ project }) => project.timeout !== undefined],
		['a background command', (setup) => steps(setup).some((step) => 'background' in step)],
		['an empty main block', ({ project }) => project.tasks.some((t) => t.commands.length === 0)],
		['a command for one variant', (setup) => steps(setup).some((step) => 'variants' in step)],
		['a call', (setup) => steps(setup).some(isFunctionCall)],
		[
			'a call of an undefined function',
			({ project, ...setup }) =>
				steps({ project, ...setup }).some(
					(step) => isFunctionCall(step) && !(step.func in (project.functions ?? {})),
				),
		],
		[
			'a flag on a call',
			(setup) => steps(setup).some((step) => isFunctionCall(step) && step.retry_on_failure),
		],
	])('have, now and then, %s', (_, has) => {
		expect(drawn.some(has)).toBe(true);
		expect(drawn.every(has)).toBe(false);
	});
});

const steps = ({ project }: Setup) => [
	...project.tasks.flatMap(({ commands }) => commands),
	...(project.pre ?? []),
	...(project.timeout ?? []),
	...(project.post ?? []),
];

describe('setups of a project', () => {
	const project = {
		id: 'big',
		tasks: ['a', 'b', 'c', 'd', 'e'].map((name) => ({
			name,
			commands: [{ command: 'x' }, { func: `f-${name}` }],
		})),
		functions: { 'f-a': [{ command: 'y' }], 'f-b': [{ command: 'z' }] },
	};
	const instances: TaskInstance[] = project.tasks.flatMap(({ name }) =>
		['linux', 'windows'].map((variant) => ({ id: `${name}@${variant}`, task: name, variant })),
	);
	const version: Version = { tasks: instances, display_tasks: [], places: new Map() };
	const setups = (whole: Version = version) =>
		setupsOf(project, whole, portionsOf(project, whole).portions);

	test('are valid, and draw only instances of it, each once, with no more of the project', () => {
		for (const setup of fc.sample(setups(), { seed: 1, numRuns: 200 })) {
			expect(Setup.parse(setup)).toEqual(setup);
			for (const task of setup.tasks) expect(instances).toContainEqual(task);
			expect(new Set(setup.tasks.map(({ id }) => id)).size).toBe(setup.tasks.length);
			expect(new Set(setup.project.tasks.map(({ name }) => name))).toEqual(
				new Set(setup.tasks.map(({ task }) => task)),
			);
		}
	});

	test('draw every instance sooner or later, and up to the most tasks', () => {
		const drawn = fc.sample(setups(), { seed: 1, numRuns: 200 });
		const ids = new Set(drawn.flatMap(({ tasks }) => tasks.map(({ id }) => id)));
		expect(ids.size).toBe(instances.length);
		expect(Math.max(...drawn.map(({ tasks }) => tasks.length))).toBe(MOST_TASKS);
	});

	test('make do with a project of one task', () => {
		const one = instances.slice(0, 1);
		for (const { tasks } of fc.sample(setups({ ...version, tasks: one }), { seed: 1, numRuns: 20 }))
			expect(tasks).toEqual(one);
	});
});
