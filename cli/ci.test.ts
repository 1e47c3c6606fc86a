import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { Evidence } from '../reports/evidence/evidence.ts';
import { Runner } from './testing/runner.ts';

const DOCS = join(import.meta.dirname, '../docs');
const COMMIT = 'b2d4c87';
const SEED = 20261128;
const PARTS = 4;
const TIMEOUT = 120_000;

const fileOf = (name: string): string => readFileSync(join(DOCS, 'ci', name), 'utf8');

const runner = new Runner();
afterAll(() => runner.remove());

const Env = z.record(z.string(), z.string());

/** What the merged reports say, but for times; of all files the same. */
let said: unknown = null;

/** Insists on one run in parts, done alike and merged, of which the reports lie in this folder. */
function insistOnUnion(folder: string): void {
	const calls = runner.calls();
	for (const { args, yes } of calls) {
		expect(args[0]).toBe('mulligan');
		expect(yes).toBe('false');
	}
	const parts = calls.filter(({ args }) => args[1] === 'verify').map(({ args }) => args);
	const optionOf = (args: readonly string[], name: string) => args[args.indexOf(name) + 1] ?? '';
	const ofPart = ['--shard', '--output'];
	const alike = parts.map((args) =>
		args
			.filter((arg, at) => !ofPart.includes(arg) && !ofPart.includes(args[at - 1] ?? ''))
			.join(' '),
	);
	expect(parts).toHaveLength(PARTS);
	expect(new Set(alike)).toEqual(
		new Set([
			`mulligan verify path/to/evergreen.yml --profile deep --seed ${SEED} --stories 20000`,
		]),
	);
	for (const args of parts) expect(optionOf(args, '--shard')).toMatch(/^(\d|index)\/4$/);
	expect(new Set(parts.map((args) => optionOf(args, '--output'))).size).toBe(PARTS);
	expect(calls.map(({ args }) => args[1]).at(-1)).toBe('merge');

	const evidence = Evidence.parse(JSON.parse(readFileSync(join(folder, 'evidence.json'), 'utf8')));
	expect(evidence).toMatchObject({ shard: null, seed: SEED, commit: COMMIT, stories_asked: 8 });
	expect(evidence.canary.caught).toBe(true);
	expect(evidence.verdict).not.toBe('violated');
	expect(existsSync(join(folder, 'review.html'))).toBe(true);
	const { created_at: _, seconds: __, bound: ___, ...rest } = evidence;
	said ??= rest;
	expect(rest).toEqual(said);
}

/** A merged run with so few stories may leave a guarantee untried. */
const insistOnEnd = ({ status, said: printed }: { status: number; said: string }): void => {
	expect([0, 3], printed).toContain(status);
	expect(printed).toMatch(/(holds|unknown: .*); again with: npx mulligan /);
};

const Step = z.object({
	id: z.string().optional(),
	uses: z.string().optional(),
	run: z.string().optional(),
	with: z.record(z.string(), z.unknown()).optional(),
});
const GitHub = z.object({
	on: z.object({ pull_request: z.null(), schedule: z.array(z.object({ cron: z.string() })) }),
	env: Env,
	jobs: z.record(
		z.string(),
		z.object({
			needs: z.union([z.string(), z.array(z.string())]).optional(),
			if: z.string().optional(),
			strategy: z.object({ matrix: z.object({ part: z.array(z.number()) }) }).optional(),
			steps: z.array(Step),
		}),
	),
});

test(
	'the workflow for GitHub tries pull requests, and at night all parts, which it merges',
	async () => {
		const { env, jobs } = GitHub.parse(parse(fileOf('github.yml')));
		const artifacts = runner.checkout();
		const outputs = new Map<string, string>();

		/** Does the steps of a job; the status is that of the last command. */
		const job = async (name: string, values: Readonly<Record<string, string>> = {}) => {
			const folder = runner.checkout();
			let ended = { status: 0, said: '' };
			for (const step of jobs[name]?.steps ?? []) {
				const filled = (text: unknown): string =>
					String(text).replaceAll(/\$\{\{ (.*?) \}\}/g, (_, key: string) => {
						const value = values[key] ?? outputs.get(key);
						if (value === undefined) throw new Error(`nothing is known of ${key}`);
						return value;
					});
				const at = (path: unknown): string => join(folder, filled(path));
				if (step.run !== undefined && ended.status === 0)
					ended = await runner.run(folder, filled(step.run), {
						...env,
						GITHUB_ACTIONS: 'true',
						GITHUB_SHA: COMMIT,
						GITHUB_OUTPUT: join(folder, 'output'),
						GITHUB_STEP_SUMMARY: join(folder, 'summary'),
					});
				else if (step.uses?.startsWith('actions/upload-artifact@') === true)
					cpSync(at(step.with?.['path']), join(artifacts, filled(step.with?.['name'])), {
						recursive: true,
					});
				else if (step.uses?.startsWith('actions/download-artifact@') === true) {
					const begins = String(step.with?.['pattern']).replace('*', '');
					for (const one of readdirSync(artifacts).filter((found) => found.startsWith(begins)))
						cpSync(join(artifacts, one), join(at(step.with?.['path']), one), { recursive: true });
				}
				const output = join(folder, 'output');
				if (step.id === undefined || !existsSync(output)) continue;
				const [key = '', value = ''] = readFileSync(output, 'utf8').trim().split('=');
				outputs.set(`needs.${name}.outputs.${key}`, value);
			}
			return { folder, ...ended };
		};

		const quick = await job('quick');
		insistOnEnd(quick);
		expect(readFileSync(join(quick.folder, 'summary'), 'utf8')).toContain('# mulligan verify');
		expect(runner.calls().map(({ args }) => args.join(' '))).toEqual([
			expect.stringMatching(/--profile quick --seed commit --stories \d+$/),
		]);

		expect(jobs['part']?.strategy?.matrix.part).toEqual([1, 2, 3, 4]);
		expect(jobs['part']?.needs).toBe('seed');
		expect(jobs['merge']?.needs).toEqual(['seed', 'part']);
		// Else it is left out where a part found something.
		expect(jobs['merge']?.if).toContain('!cancelled()');
		await job('seed');
		for (const part of jobs['part']?.strategy?.matrix.part ?? []) {
			const { status, said: printed } = await job('part', { 'matrix.part': String(part) });
			expect(status, printed).toBe(0);
		}
		const merged = await job('merge');
		insistOnEnd(merged);
		insistOnUnion(join(merged.folder, 'reports/out'));
	},
	TIMEOUT,
);

const GitLab = z.object({
	stages: z.array(z.string()),
	variables: Env,
	default: z.object({ before_script: z.array(z.string()) }),
	...Object.fromEntries(
		['quick', 'part', 'merge'].map((name) => [name, z.record(z.string(), z.unknown())]),
	),
});
const GitLabJob = z.object({
	stage: z.string(),
	parallel: z.number().default(1),
	rules: z.array(z.object({ if: z.string(), when: z.string().optional() })),
	script: z.array(z.string()),
	artifacts: z.object({
		when: z.literal('always'),
		paths: z.array(z.string()),
		reports: z.object({ junit: z.string() }).optional(),
	}),
});

test(
	'the pipeline for GitLab does the same, and its JUnit report is there',
	async () => {
		const file: Record<string, unknown> = parse(fileOf('gitlab-ci.yml'));
		const { stages, variables, default: usual } = GitLab.parse(file);
		const jobOf = (name: string) => GitLabJob.parse(file[name]);
		const script = (name: string): string =>
			[...usual.before_script, ...jobOf(name).script].join('\n');
		const env = {
			...variables,
			CI: 'true',
			CI_COMMIT_SHA: COMMIT,
			CI_PIPELINE_CREATED_AT: '2026-11-28T23:59:59Z',
		};
		expect(stages).toEqual([jobOf('part').stage, jobOf('merge').stage]);
		expect(jobOf('merge').rules).toMatchObject([{ when: 'always' }]);
		const { parallel, artifacts } = jobOf('part');
		expect(parallel).toBe(PARTS);
		const last = runner.checkout();
		for (let index = 1; index <= parallel; index++) {
			const folder = runner.checkout();
			const ended = await runner.run(folder, script('part'), {
				...env,
				CI_NODE_INDEX: String(index),
				CI_NODE_TOTAL: String(parallel),
			});
			expect(ended.status, ended.said).toBe(0);
			for (const path of artifacts.paths)
				cpSync(join(folder, path), join(last, path), { recursive: true });
		}
		insistOnEnd(await runner.run(last, script('merge'), env));
		for (const name of ['quick', 'merge']) {
			const { paths, reports } = jobOf(name).artifacts;
			expect(dirname(reports?.junit ?? '')).toBe(paths[0]);
		}
		expect(existsSync(join(last, jobOf('merge').artifacts.reports?.junit ?? ''))).toBe(true);
		insistOnUnion(join(last, 'reports/out'));
		expect(jobOf('quick').script.join()).toMatch(/--profile quick --seed commit --stories \d+$/);
	},
	TIMEOUT,
);

const Kubernetes = z.object({
	apiVersion: z.literal('batch/v1'),
	kind: z.literal('Job'),
	spec: z.object({
		completionMode: z.literal('Indexed').optional(),
		completions: z.number().default(1),
		parallelism: z.number().default(1),
		backoffLimit: z.number().optional(),
		backoffLimitPerIndex: z.number().optional(),
		maxFailedIndexes: z.number().optional(),
		template: z.object({
			spec: z.object({
				restartPolicy: z.literal('Never'),
				containers: z.array(
					z.object({
						workingDir: z.string(),
						env: z.array(z.object({ name: z.string(), value: z.string() })),
						command: z.tuple([z.literal('sh'), z.literal('-c'), z.string()]),
						volumeMounts: z.array(z.object({ name: z.string(), mountPath: z.string() })),
					}),
				),
				volumes: z.array(z.object({ name: z.string() })),
			}),
		}),
	}),
});

test(
	'the Indexed Job of Kubernetes does all parts on a shared volume, and the other one merges them',
	async () => {
		const [job, merge] = ['kubernetes-job.yml', 'kubernetes-merge.yml'].map((name) => {
			const [document] = parseAllDocuments(fileOf(name));
			return Kubernetes.parse(document?.toJS()).spec;
		});
		if (job === undefined || merge === undefined) throw new Error('there are two files');
		expect(job).toMatchObject({
			completionMode: 'Indexed',
			completions: PARTS,
			parallelism: PARTS,
			backoffLimitPerIndex: 0,
			maxFailedIndexes: PARTS,
		});
		expect(merge.backoffLimit).toBe(0);
		const folder = runner.checkout();
		const pod = ({ template: { spec } }: typeof job, more: Record<string, string> = {}) => {
			const [container] = spec.containers;
			if (container === undefined) throw new Error('there is no container');
			const [mount] = container.volumeMounts;
			expect(spec.volumes[0]?.name).toBe(mount?.name);
			expect(mount?.mountPath).toBe(`${container.workingDir}/parts`);
			const env = Object.fromEntries(container.env.map(({ name, value }) => [name, value]));
			return runner.run(folder, container.command[2], { ...env, ...more });
		};
		mkdirSync(join(folder, 'parts'));
		for (let index = 0; index < job.completions; index++) {
			const ended = await pod(job, { JOB_COMPLETION_INDEX: String(index) });
			expect(ended.status, ended.said).toBe(0);
		}
		insistOnEnd(await pod(merge));
		insistOnUnion(join(folder, 'parts/all'));
	},
	TIMEOUT,
);

test(
	'the script for GNU parallel is one that sh reads, and merges what the machines sent back',
	async () => {
		const folder = runner.checkout();
		const script = join(DOCS, 'ci/parallel.sh');
		expect(await runner.run(folder, `sh -n ${script}`, {})).toEqual({ status: 0, said: '' });
		const typed = `sh ${script} path/to/evergreen.yml ${PARTS} host-1,host-2`;
		insistOnEnd(await runner.run(folder, typed, { GIT_COMMIT: COMMIT }));
		insistOnUnion(join(folder, 'reports/out'));
	},
	TIMEOUT,
);

test('the page names every file, and no other', () => {
	const page = readFileSync(join(DOCS, 'ci.md'), 'utf8');
	const linked = [...page.matchAll(/\]\(ci\/([\w.-]+)\)/g)].map(([, name = '']) => basename(name));
	expect(linked.sort()).toEqual(readdirSync(join(DOCS, 'ci')).sort());
});
