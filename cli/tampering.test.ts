import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { designConfigurations } from '../model/checker/configurations/designs.ts';
import { sizedTo } from '../model/checker/configurations/sized.ts';
import { tryDesigns } from '../properties/designs/trial.ts';
import { CANARIES } from '../properties/deviations/canaries.ts';
import { deviating } from '../properties/deviations/deviation.ts';
import { DEVIATIONS } from '../properties/deviations/index.ts';
import { SEEDED } from '../properties/deviations/seeded/index.ts';
import { simulate } from '../properties/simulation/simulate.ts';
import { faulty } from '../properties/systems/fault.ts';
import { type VerifyOptions, verify } from '../properties/verification/verify.ts';
import { CheckEvidence } from '../reports/evidence/check-evidence.ts';
import { DesignsEvidence } from '../reports/evidence/design-evidence.ts';
import { Evidence } from '../reports/evidence/evidence.ts';
import { SimulationEvidence } from '../reports/evidence/simulation-evidence.ts';
import { checkContradictionsOf } from '../reports/judging/check-contradictions.ts';
import { contradictionsOf } from '../reports/judging/contradictions.ts';
import { designContradictionsOf } from '../reports/judging/design-contradictions.ts';
import { simulationContradictionsOf } from '../reports/judging/simulation-contradictions.ts';
import { projectOnTrial } from '../scenarios/trial/project-on-trial.ts';
import { alterations } from './testing/alterations.ts';
import { exitStatus, surroundEachTest } from './testing/in-process.ts';

/*
 * Honest evidence of each kind, in which one thing is altered: it is refused, or the thing is one that nothing else in
 * the file constrains. Those are listed in docs/evidence.md, which is read here, so that the list is neither too short
 * nor too long.
 */

const ROOT = join(import.meta.dirname, '..');
const DOCUMENT = readFileSync(join(ROOT, 'docs/evidence.md'), 'utf8');

const { folder } = surroundEachTest();

/** Paths that the document lists for a file, in the first column of its table. */
function documented(file: string): string[] {
	const [, section = ''] = DOCUMENT.split(`## ${file}\n`);
	const [own = ''] = section.split('\n## ');
	return [...own.matchAll(/^\| (`.*?`) \|/gm)].flatMap(([, cell = '']) =>
		[...cell.matchAll(/`([^`]+)`/g)].map(([, path = '']) => path),
	);
}

const covers = (path: string, entry: string): boolean =>
	path === entry ||
	path.startsWith(`${entry}.`) ||
	(path.startsWith('order of ') && covers(path.slice('order of '.length), entry));

/** Alters one thing after the other, and holds what is not refused against the document. */
function tamper<Schema extends z.ZodType>(
	file: string,
	schema: Schema,
	contradictions: (value: z.infer<Schema>) => readonly string[],
	honest: readonly unknown[],
): void {
	const entries = documented(file);
	const used = new Set<string>();
	const believed = new Map<string, string>();
	for (const evidence of honest) {
		const text = JSON.stringify(evidence);
		const as = schema.parse(JSON.parse(text));
		expect(contradictions(as)).toEqual([]);
		for (const { path, what, value } of alterations(JSON.parse(text))) {
			const read = schema.safeParse(value);
			if (!read.success || contradictions(read.data).length > 0) continue;
			// What is left out may be what is taken for granted.
			if (isDeepStrictEqual(read.data, as)) continue;
			const known = entries.filter((entry) => covers(path, entry));
			if (known.length === 0) believed.set(path, what);
			for (const entry of known) used.add(entry);
		}
	}
	expect([...believed].sort()).toEqual([]);
	expect(entries.filter((entry) => !used.has(entry))).toEqual([]);
}

function exampleProject() {
	const project = projectOnTrial(join(ROOT, 'scenarios/projects/example.yml'));
	if (project.kind === 'refused') throw new Error(project.problems[0]?.message);
	return project;
}

function projectOf(text: string) {
	const file = join(folder, 'project.yml');
	writeFileSync(file, text);
	const project = projectOnTrial(file);
	if (project.kind === 'refused') throw new Error(project.problems[0]?.message);
	return project;
}

/** Flags in a group and its blocks, one that is idle, one that never runs, and a task that no story need be told of. */
const GROUPED = `
tasks:
  - { name: a, commands: [{ command: x, retry_on_failure: true }] }
  - { name: b, commands: [{ command: x }, { command: x, retry_on_failure: true }] }
  - { name: c, commands: [{ command: x, retry_on_failure: true, variants: [w] }] }
${Array.from({ length: 30 }, (_, place) => `  - { name: t${place}, commands: [{ command: x }] }`).join('\n')}
task_groups:
  - name: g
    tasks: [a, b]
    setup_group: [{ command: x, retry_on_failure: true }]
    teardown_task: [{ command: x, retry_on_failure: true }]
buildvariants: [{ name: v, tasks: [g, c, ${Array.from({ length: 30 }, (_, place) => `t${place}`).join(', ')}] }]
`;

const small = designConfigurations
	.slice(0, 2)
	.map((sized) => sizedTo(sized, 'quick'))
	.map((one) => ({ ...one, bounds: { ...one.bounds, outcomes: ['failed'] as const } }));

const RUN: NonNullable<VerifyOptions['run']> = {
	mulligan: '0.1.0',
	commit: 'b2d4c87',
	allowed: ['unrested'],
};

async function verified(options: Partial<VerifyOptions> = {}): Promise<Evidence> {
	for (const [from, to] of [
		['properties/corpus', 'corpus'],
		['scenarios/stories', 'scenarios'],
	] as const) {
		mkdirSync(join(folder, to), { recursive: true });
		for (const file of readdirSync(join(ROOT, from)).slice(0, 6))
			cpSync(join(ROOT, from, file), join(folder, to, file));
	}
	return await verify({
		profile: 'quick',
		seed: CANARIES.findIndex(({ name }) => name === 'flag not cleared on reset'),
		stories: 40,
		project: exampleProject(),
		corpus: join(folder, 'corpus'),
		scenarios: join(folder, 'scenarios'),
		checks: small,
		run: RUN,
		...options,
	});
}

describe('one thing altered in honest evidence is refused, or documented:', () => {
	test('of a verification', async () => {
		const [, , lax] = CANARIES;
		// Breaks several promises in one story.
		const eager = DEVIATIONS.find(({ id }) => id === 'H34');
		// Breaks none.
		const timeless = SEEDED.find(({ id }) => id === 'the timeout block does not run');
		if (eager === undefined || lax === undefined || timeless === undefined)
			throw new Error('there is no such fault');
		tamper('evidence.json', Evidence, contradictionsOf, [
			await verified(),
			// Seen as a difference first.
			await verified({ against: lax.system, checks: [], seed: 9, stories: 40 }),
			await verified({ against: faulty(timeless, 'odd'), checks: [], stories: 60, more: 3 }),
			await verified({
				against: deviating(eager),
				checks: [],
				stories: 40,
				corpus: join(folder, 'none'),
			}),
			await verified({ shard: { index: 1, of: 2 } }),
			await verified({ project: projectOf(GROUPED), stories: 80 }),
			await verified({ project: projectOf('tasks: [{ name: a, commands: [{ command: x }] }]\n') }),
		]);
	}, 300_000);

	test('of a check', async () => {
		const asked = ['check', 'merge-queue', 'dependents', '--memory', '512M'];
		asked.push('--allow', 'unrested', '--output');
		await exitStatus([...asked, join(folder, 'whole')]);
		await exitStatus([...asked, join(folder, 'part'), '--shard', '2/2']);
		tamper(
			'check.json',
			CheckEvidence,
			checkContradictionsOf,
			['whole', 'part'].map((name) =>
				JSON.parse(readFileSync(join(folder, name, 'check.json'), 'utf8')),
			),
		);
	}, 300_000);

	test('of the designs', async () => {
		const options = {
			profile: 'quick',
			seed: 1,
			stories: 8,
			configurations: small,
			run: RUN,
		} as const;
		tamper('designs.json', DesignsEvidence, designContradictionsOf, [
			await tryDesigns(options),
			await tryDesigns({ ...options, shard: { index: 1, of: 2 } }),
		]);
	}, 300_000);

	test('of a simulation', async () => {
		const settled = { seed: 1, days: 12, tasks_per_day: 100, daily_limit: 2 };
		tamper('simulation.json', SimulationEvidence, simulationContradictionsOf, [
			await simulate({ ...settled, project: exampleProject() }),
		]);
	}, 300_000);
});
