import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { Lives } from '../model/simulation/lives.ts';
import { Simulation } from '../model/simulation/simulation.ts';
import { workloadOf } from '../model/simulation/workload.ts';
import { createTables } from '../model/system/tables.ts';
import { centralChoice } from '../properties/simulation/plan.ts';
import { pointOf } from '../properties/simulation/points.ts';
import { SimulationEvidence } from '../reports/evidence/simulation-evidence.ts';
import { doubtOf } from '../reports/wording/advice.ts';
import { projectOnTrial } from '../scenarios/trial/project-on-trial.ts';
import { centralTable } from './simulate-lines.ts';
import { endAll, start } from './testing/command.ts';
import { exitStatus, surroundEachTest } from './testing/in-process.ts';

const EXAMPLE = join(import.meta.dirname, '../scenarios/projects/example.yml');
const SMALL = ['--tasks', '2000', '--days', '10'];

const { folder, stdout, stderr } = surroundEachTest();
afterAll(endAll);

/** Calls `mulligan simulate` in this process and tells with which status it would exit. */
const simulate = (...args: readonly string[]): Promise<unknown> =>
	exitStatus(['simulate', ...args], { out: join(folder, 'out') });

const written = (): SimulationEvidence =>
	SimulationEvidence.parse(JSON.parse(readFileSync(join(folder, 'out/simulation.json'), 'utf8')));

describe('a simulation', () => {
	test('prints figures, closed forms, assumptions and one sentence to act on, and writes the report', async () => {
		expect(await simulate(EXAMPLE, ...SMALL, '--verbose')).toBe(0);
		const said = stdout.join('\n');
		expect(said).toContain(
			'7 of 7 task instances (a task on a variant) have a flagged command that can fail them, 13 of 58 commands',
		);
		expect(said).toMatch(/\ntasks red with the flag +\d+\.\d\d % +\d+\.\d\d % to \d+\.\d\d %\n/);
		expect(said).toMatch(/\ncentral, on as many days +\d/);
		expect(said).toMatch(/\noutage_factor 10 +\d/);
		expect(said).toMatch(/\n +20 +(\d+\.\d %|nowhere) /);
		expect(said.match(/✓ yes$/gm)).toHaveLength(9);
		expect(said).toMatch(/\nprice_ratio +30 +100 +300 {2}machine hours\n/);
		expect(said).toMatch(/\nNot simulated: task groups that restart as a whole, /);
		expect(said).toMatch(
			/^simulated: (Keep|Reconsider) the flag: of 100 tasks it turns -?\d+\.\d\d from red to green for \d+\.\d\d machine hours/,
		);
		expect(written().seed).toBe(1);
		expect(stderr.join('')).toContain('simulating: central values, day 1 of 10');
	});

	test('without --verbose is short: the answer first and last, and where the rest is', async () => {
		expect(await simulate(EXAMPLE, ...SMALL)).toBe(0);
		const lines = stdout.join('\n').split('\n');
		expect(lines[0]).toMatch(/^simulated: .* \(.*example\.yml, seed 1\)$/);
		expect(lines).toContain('checked   9 of 9 closed forms agree');
		expect(lines).toContain(`details   --verbose, or ${join(folder, 'out/simulation.json')}`);
		expect(lines.at(-1)).toBe(
			`simulated; again with: npx mulligan simulate ${EXAMPLE} --tasks 2000 --days 10 --limit 200 --seed 1`,
		);
		expect(lines.length).toBeLessThan(40);
	});

	test('as JSON prints the evidence and nothing else, with the options that were given', async () => {
		expect(await simulate(EXAMPLE, ...SMALL, '--json', '--seed', '7', '--limit', '0')).toBe(0);
		expect(stdout).toHaveLength(1);
		expect(stderr).toEqual([]);
		const evidence = SimulationEvidence.parse(JSON.parse(stdout[0] ?? ''));
		expect(evidence).toMatchObject({ seed: 7, days: 10, tasks_per_day: 200, daily_limit: 0 });
		expect(evidence).toEqual(written());
	});

	test('counts what runs: not what is on no variant, is disabled, or is for the merge queue only', async () => {
		const file = join(folder, 'some.yml');
		const steps = 'commands: [{ command: shell.exec, retry_on_failure: true }]';
		writeFileSync(
			file,
			`tasks:
  - { name: runs, ${steps} }
  - { name: nowhere, ${steps} }
  - { name: disabled, disable: true, ${steps} }
  - { name: queued, allowed_requesters: [github_merge_queue], ${steps} }
buildvariants: [{ name: v, tasks: [runs, disabled, queued] }]
`,
		);
		expect(await simulate(file, ...SMALL)).toBe(0);
		expect(stdout.join('\n')).toContain('\n1 of 1 task instance ');
	});

	test('of a project of which nothing runs says so', async () => {
		const file = join(folder, 'part.yml');
		writeFileSync(file, 'tasks: [{ name: a, commands: [{ command: shell.exec }] }]\n');
		expect(await simulate(file, ...SMALL)).toBe(2);
		expect(stderr.join('\n')).toContain('no task runs on a build variant');
	});

	test('of a project without a flag is unknown, and says what to do', async () => {
		const file = join(folder, 'plain.yml');
		writeFileSync(
			file,
			'tasks: [{ name: a, commands: [{ command: shell.exec }] }]\nbuildvariants: [{ name: v, tasks: [a] }]\n',
		);
		expect(await simulate(file, ...SMALL)).toBe(3);
		expect(stdout.join('\n')).toMatch(
			/^unknown: no command that can fail a task is flagged.*add retry_on_failure: true/,
		);
	});
});

test.each<[string, string[], RegExp]>([
	['a file that is not there', ['nowhere.yml'], /nowhere\.yml.* \(.+\)/],
	['too few days', [EXAMPLE, '--days', '9'], /expected a whole number from 10 to/],
	['tasks that are no number', [EXAMPLE, '--tasks', 'many'], /expected a whole number from 1 to/],
	['a limit that is too large', [EXAMPLE, '--limit', '10001'], /expected a whole number from 0 to/],
	[
		'less than a task a day',
		[EXAMPLE, '--tasks', '3'],
		/is 0 tasks a day, expected 1 to .*change one/,
	],
	[
		'too many tasks a day',
		[EXAMPLE, '--tasks', '100000000', '--days', '10'],
		/10,000,000 tasks a day, expected 1 to 1,000,000 /,
	],
	['no file', [], /missing required argument/],
])('%s is refused, with a remedy and before any work', async (_, args, complaint) => {
	expect(await simulate(...args)).toBe(2);
	expect(stderr.join('\n')).toMatch(complaint);
	expect(existsSync(join(folder, 'out'))).toBe(false);
});

test('a project without tasks is refused at its place', async () => {
	const file = join(folder, 'empty.yml');
	writeFileSync(file, 'functions: {}\n');
	expect(await simulate(file)).toBe(2);
	expect(stderr.join('\n')).toContain(`${file}: the project has no tasks (name the file`);
});

test('a missed closed form, or an end too early, is a reason to doubt', () => {
	const counts = { tasks: 1, flagged_tasks: 1, flagged_commands: 1, commands: 1 };
	const project = { file: 'p', ...counts, digest: null };
	const form = {
		...{ name: 'slots', formula: '', expected: 1, allowed: 1 },
		simulated: { mean: 1, low: 1, high: 1 },
	};
	const doubt = (agrees: boolean, unfinished?: string) =>
		doubtOf({
			project,
			closed_forms: [{ ...form, agrees }],
			...(unfinished === undefined ? {} : { unfinished }),
		});
	expect(doubt(true)).toBeNull();
	expect(doubt(false)).toBe('closed forms are missed: slots');
	expect(doubt(true, 'interrupted at x')).toBe('interrupted at x');
});

test('Ctrl-C ends it with what there is, clearly as unknown', async () => {
	const running = start(folder, 'simulate', EXAMPLE, '--tasks', '40000000', '--days', '1000');
	await running.says('day 1 of 1000');
	await new Promise((resolve) => setTimeout(resolve, 700));
	running.interrupt();
	const { code, stdout: out } = await running.ended;
	expect(code).toBe(3);
	expect(out).toMatch(/^unknown: interrupted at central values, day \d+ of 1000 \(/);
	expect(out).toContain('tasks red with the flag');
	const file = join(folder, 'reports/out/simulation.partial.json');
	const evidence = SimulationEvidence.parse(JSON.parse(readFileSync(file, 'utf8')));
	expect(evidence.unfinished).toMatch(/^interrupted/);
});

test('docs/simulation.md shows what the example project comes to', () => {
	const shown = readFileSync(join(import.meta.dirname, '../docs/simulation.md'), 'utf8');
	const project = projectOnTrial(EXAMPLE);
	if (project.kind === 'refused') throw new Error('the example cannot be read');
	const tables = createTables();
	const lives = new Lives(workloadOf(project.project, project.instances, tables), tables);
	const choice = centralChoice({ tasks_per_day: 2000, daily_limit: 200 });
	const simulation = new Simulation(lives, choice, 1, 100);
	for (let day = 0; day < 100; day++) simulation.nextDay();
	for (const line of centralTable(pointOf({ choice, varied: [] }, simulation.tally)))
		expect(shown).toContain(line);
});
