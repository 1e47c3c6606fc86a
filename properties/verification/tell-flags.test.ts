import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Setup } from '../../model/vocabulary/setup.ts';
import type { FlagEvidence, Way } from '../../reports/evidence/flag-evidence.ts';
import { restarts, sayWay, waysOf } from '../../reports/judging/flag-ways.ts';
import { type ProjectOnTrial, projectOnTrial } from '../../scenarios/trial/project-on-trial.ts';
import { unitSetup } from '../arbitraries/unit-setup.ts';
import { model } from '../systems/model.ts';
import { reference } from '../systems/reference.ts';
import type { VerifyOptions } from './options.ts';
import { Results } from './results.ts';
import { tellFlags } from './tell-flags.ts';

let folder: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'mulligan-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function onTrial(text: string): ProjectOnTrial {
	const file = join(folder, 'project.yml');
	writeFileSync(file, text);
	const project = projectOnTrial(file);
	if (project.kind === 'refused') throw new Error(project.problems[0]?.message);
	return project;
}

const OPTIONS: VerifyOptions = {
	profile: 'quick',
	seed: 1,
	project: null,
	corpus: '',
	scenarios: '',
};

async function told(project: ProjectOnTrial, options: Partial<VerifyOptions> = {}) {
	const results = new Results();
	const flags = await tellFlags(
		{ ...OPTIONS, ...options },
		project,
		[model(), reference()],
		results,
	);
	return { flags, results };
}

/** The line of each flag with what was told of it; an idle way in brackets. */
const said = (flags: readonly FlagEvidence[]): string[] =>
	flags.flatMap(({ at, runs }) =>
		runs.flatMap((run) =>
			waysOf(run).map((way) => {
				const words = sayWay(run, way);
				return `${at.split(':').at(-2)}: ${run.told[way]} ${restarts(run, way) ? words : `(${words})`}`;
			}),
		),
	);

const BLOCKS = `
pre_error_fails_task: true
pre: [{ command: x, retry_on_failure: true }]
post: [{ command: x, retry_on_failure: true }]
timeout: [{ command: x, retry_on_failure: true }]
tasks:
  - name: a
    commands:
      - { command: x, retry_on_failure: true }
buildvariants: [{ name: v, tasks: [a] }]
`;

test('a flagged command is told of in each block, and restarts its task where a failure fails it', async () => {
	const { flags, results } = await told(onTrial(BLOCKS));
	expect(said(flags).sort()).toEqual(
		[
			'3: 1 fails in pre',
			'3: 1 (fails, then aborted in pre)',
			'3: 1 times out in pre',
			'3: 1 (aborted in pre)',
			'4: 1 (fails in post)',
			'4: 1 (times out in post)',
			'4: 1 (aborted in post)',
			'5: 1 (fails in timeout)',
			'5: 1 (times out in timeout)',
			'5: 1 (aborted in timeout)',
			'9: 1 fails in main',
			'9: 1 (fails, then aborted in main)',
			'9: 1 times out in main',
			'9: 1 (aborted in main)',
		].sort(),
	);
	expect(results.findings).toEqual([]);
	expect(results.sources).toMatchObject([{ name: 'flagged commands', stories: 14, broken: 0 }]);
	expect(results.tally.unrested).toBe(0);
});

const GROUPED = `
functions:
  f: [{ command: x, retry_on_failure: true }]
tasks: [{ name: a, commands: [{ func: f }] }, { name: b, commands: [{ func: f }] }, { name: c, commands: [{ func: f }] }]
task_groups:
  - name: g
    tasks: [a, b]
    setup_group: [{ command: x, retry_on_failure: true }]
    teardown_group: [{ command: x, retry_on_failure: true }]
buildvariants:
  - { name: v, tasks: [g] }
  - { name: w, tasks: [c], display_tasks: [{ name: d, execution_tasks: [c] }] }
`;

test('a flagged command is told of with its group, and in each task once', async () => {
	const { flags, results } = await told(onTrial(GROUPED));
	expect(said(flags)).toEqual([
		'3: 2 fails in main (single-host group)',
		'3: 1 (fails, then aborted in main (single-host group))',
		'3: 1 times out in main (single-host group)',
		'3: 1 (aborted in main (single-host group))',
		'3: 1 fails in main (display task)',
		'3: 1 (fails, then aborted in main (display task))',
		'3: 1 times out in main (display task)',
		'3: 1 (aborted in main (display task))',
		'8: 1 (fails in setup_group (single-host group))',
		'8: 1 times out in setup_group (single-host group)',
		'8: 1 (aborted in setup_group (single-host group))',
		'9: 1 (fails in teardown_group (single-host group))',
		'9: 1 (times out in teardown_group (single-host group))',
	]);
	expect(['a', 'b', 'c', 'd'].map((task) => results.wasTried(task))).toEqual([
		true,
		true,
		true,
		false,
	]);
});

test('of a flag that stands once and is used by alias in several tasks, each command is told of', async () => {
	const { flags } = await told(
		onTrial(`
tasks:
  - { name: a, commands: [&x { command: x, retry_on_failure: true }] }
  - { name: b, commands: [*x] }
buildvariants: [{ name: v, tasks: [a, b] }]
`),
	);
	expect(said(flags).filter((one) => one.endsWith(': 1 fails in main'))).toEqual([
		'3: 1 fails in main',
		'4: 1 fails in main',
	]);
	expect(flags).toHaveLength(2);
});

test('a command that no task of a variant runs, or not on that variant, has nothing to tell', async () => {
	const { flags, results } = await told(
		onTrial(`
functions:
  never: [{ command: x, retry_on_failure: true }]
tasks:
  - { name: a, commands: [{ command: x, retry_on_failure: true, variants: [w] }] }
  - { name: b, commands: [{ command: x, retry_on_failure: true }] }
buildvariants: [{ name: v, tasks: [a] }]
`),
	);
	expect(flags.map(({ runs }) => runs)).toEqual([[], [], []]);
	expect(results.sources).toEqual([]);
});

test('a command in the background fails while another runs, and not where none does', async () => {
	const { flags } = await told(
		onTrial(`
tasks:
  - name: a
    commands:
      - { command: shell.exec, retry_on_failure: true, params: { background: true } }
      - { command: x }
      - { command: shell.exec, retry_on_failure: true, params: { background: true } }
buildvariants: [{ name: v, tasks: [a] }]
`),
	);
	expect(said(flags)).toEqual(['5: 1 fails in main', '5: 1 (fails, then aborted in main)']);
	expect(flags).toHaveLength(2);
});

test('parts tell what the whole tells', async () => {
	const project = onTrial(GROUPED);
	const whole = await told(project);
	const parts = await Promise.all(
		[1, 2, 3].map((index) => told(project, { shard: { index, of: 3 } })),
	);
	const sum = (flag: number, run: number, way: Way): number =>
		parts.reduce((all, { flags }) => all + (flags[flag]?.runs[run]?.told[way] ?? 0), 0);
	for (const [flag, { runs }] of whole.flags.entries())
		for (const [place, run] of runs.entries())
			for (const way of waysOf(run)) expect(sum(flag, place, way)).toBe(run.told[way]);
});

/** A drawn project as a file in which every task runs on both variants. */
function asFile({ project }: Setup): string {
	const { tasks, task_groups = [], ...rest } = project;
	const grouped = new Set(task_groups.flatMap((group) => group.tasks));
	const alone = tasks.filter(({ name }) => !grouped.has(name)).map(({ name }) => name);
	const listed = [...task_groups.map(({ name }) => name), ...alone];
	const background = (_: string, value: unknown): unknown => {
		if (typeof value !== 'object' || value === null) return value;
		if (!('background' in value && 'command' in value)) return value;
		const { background, ...command } = value;
		return { ...command, command: 'shell.exec', params: { background } };
	};
	return JSON.stringify(
		{
			...rest,
			tasks,
			task_groups,
			buildvariants: [
				{ name: 'linux', tasks: listed },
				{
					name: 'windows',
					tasks: listed,
					display_tasks: [{ name: 'shown', execution_tasks: alone }],
				},
			],
		},
		background,
	);
}

test('every way of every flagged command of any project goes as it is meant to', async () => {
	let ways = 0;
	await fc.assert(
		fc.asyncProperty(unitSetup, async (setup) => {
			const { flags, results } = await told(onTrial(asFile(setup)));
			expect(results.findings).toEqual([]);
			expect(said(flags).filter((way) => / 0 /.test(way))).toEqual([]);
			ways += said(flags).length;
		}),
		{ numRuns: 25, seed: 3 },
	);
	expect(ways).toBeGreaterThan(300);
}, 60_000);

/** A folder of real project files. */
const CORPUS = process.env['MULLIGAN_CORPUS'] ?? '';
const real = CORPUS === '' ? [] : readdirSync(CORPUS).filter((name) => name.endsWith('.yml'));

describe.skipIf(CORPUS === '')('real project files', () => {
	test.each(real)('%s: every flagged command that runs goes each way', async (name) => {
		const project = projectOnTrial(join(CORPUS, name), { includes: 'none' });
		if (project.kind === 'refused') throw new Error(project.problems[0]?.message);
		const { flags, results } = await told(project);
		expect(results.findings).toEqual([]);
		expect(said(flags).filter((way) => / 0 /.test(way))).toEqual([]);
	});
});

test('a command of a task that waits for the failure of another is told in each way', async () => {
	const command = '{ command: shell.exec, retry_on_failure: true }';
	const { flags } = await told(
		onTrial(`tasks:
  - { name: build, commands: [${command}] }
  - { name: alarm, depends_on: [{ name: build, status: failed }], commands: [${command}] }
buildvariants: [{ name: v, run_on: [d], tasks: [build, alarm] }]
`),
	);
	expect(flags.flatMap(({ runs }) => runs.flatMap((run) => Object.values(run.told)))).not.toContain(
		0,
	);
	expect(flags).toHaveLength(2);
});
