import {
	copyFileSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { configurations } from '../../model/checker/configurations/index.ts';
import { sizedTo } from '../../model/checker/configurations/sized.ts';
import { machines } from '../../model/machines/index.ts';
import { createTables, transitionCounts } from '../../model/system/tables.ts';
import { tablesOf } from '../../model/system/tables-by-design.ts';
import { Design } from '../../model/vocabulary/design.ts';
import { fromToken, toToken } from '../../model/vocabulary/stories/story.ts';
import { Evidence } from '../../reports/evidence/evidence.ts';
import { contradictionsOf } from '../../reports/judging/contradictions.ts';
import { type ProjectOnTrial, projectOnTrial } from '../../scenarios/trial/project-on-trial.ts';
import { deployed } from '../deployed/index.ts';
import { CANARIES } from '../deviations/canaries.ts';
import { model } from '../systems/model.ts';
import { reference } from '../systems/reference.ts';
import type { System } from '../systems/system.ts';
import { SETUP } from '../testing/stories.ts';
import { tampered } from '../testing/tampered.ts';
import { sayFinding } from '../trial/say-finding.ts';
import { replaying, trial } from '../trial/trial.ts';
import { type VerifyOptions, verify } from './verify.ts';

const ROOT = join(import.meta.dirname, '../..');
const EXAMPLE = join(ROOT, 'scenarios/projects/example.yml');

const RUN: NonNullable<VerifyOptions['run']> = { mulligan: '0.1.0', commit: null, allowed: [] };

/** The canary that is caught first; the seed decides which one is released. */
const SEED = CANARIES.findIndex(({ name }) => name === 'flag not cleared on reset');
const [, , LAX] = CANARIES;

let folder: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'mulligan-'));
	for (const name of ['corpus', 'scenarios']) mkdirSync(join(folder, name));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A verification of next to nothing; parts can be replaced. */
const verifying = (
	options: Partial<VerifyOptions> = {},
	usual: Partial<VerifyOptions> = { checks: [] },
): Promise<Evidence> =>
	verify({
		profile: 'quick',
		seed: SEED,
		project: null,
		corpus: join(folder, 'corpus'),
		scenarios: join(folder, 'scenarios'),
		seconds: { generated: 0, project: 0, canary: 0 },
		...usual,
		...options,
	});

function imported(file: string): ProjectOnTrial {
	const project = projectOnTrial(file);
	if (project.kind === 'refused') throw new Error(project.problems[0]?.message);
	return project;
}

const systemOf = (name: string): System => {
	const found = CANARIES.find((candidate) => candidate.name === name);
	if (found === undefined) throw new Error(`there is no canary "${name}"`);
	return found.system;
};

test('a system that is known to be wrong: each promise once, with a story that replays on that system', async () => {
	const corpus = join(folder, 'corpus');
	for (const file of ['d5-success-restarts', 'd10b-cap-drops-a-grant', 'h09-cap-too-low'])
		copyFileSync(join(ROOT, `properties/corpus/${file}.token`), join(corpus, `${file}.token`));
	const on = 'evergreen-server-953ae91';
	const evidence = await verifying({
		against: deployed(on),
		alone: true,
		goOn: true,
		corpus,
		stories: 20,
	});
	const broken = evidence.findings.map(({ guarantee }) => guarantee);
	expect(broken).toEqual([...new Set(broken)]);
	expect(broken).toEqual(expect.arrayContaining(['S1', 'S2', 'L1', 'S7', 'S22']));
	for (const { guarantee, token, on: named } of evidence.findings) {
		expect(named).toBe(on);
		const { setup, events } = fromToken(token ?? '');
		const told = await trial([deployed(on)], setup, replaying(events), { goOn: true });
		expect(told.broken.map((one) => one.guarantee)).toContain(guarantee);
	}
	expect(evidence).toMatchObject({ verdict: 'violated', systems: [on] });
});

describe('the reference', () => {
	test('holds: corpus, scenarios, canary, generated projects and a project of its own', async () => {
		const phases: string[] = [];
		const evidence = await verifying({
			project: imported(EXAMPLE),
			corpus: join(ROOT, 'properties/corpus'),
			scenarios: join(ROOT, 'scenarios/stories'),
			seconds: { generated: 0.2, project: 0.2, canary: 10 },
			onPhase: (phase) => phases.push(phase),
		});
		expect(Evidence.parse(JSON.parse(JSON.stringify(evidence)))).toEqual(evidence);
		expect(evidence.findings).toEqual([]);
		expect(evidence.guarantees.filter(({ verdict }) => verdict === 'violated')).toEqual([]);
		expect(evidence.verdict).not.toBe('violated');
		expect(evidence.sources.map(({ name, verdict }) => [name, verdict])).toEqual([
			...['corpus', 'scenarios', 'flagged commands', 'generated projects', EXAMPLE].map((name) => [
				name,
				'holds',
			]),
		]);
		expect(evidence).toMatchObject({
			profile: 'quick',
			seed: SEED,
			systems: ['model', 'reference'],
			project: {
				file: EXAMPLE,
				warnings: [expect.stringContaining('a background command')],
				trial: { on_variants: 7, left_out: [] },
			},
			bound: { story_events: 120, tasks: 3, hosts: 2, seconds: 0.4 },
			canary: { name: 'flag not cleared on reset', caught: true },
		});
		const told = evidence.sources.reduce((sum, { stories }) => sum + stories, 0);
		expect(evidence.stories).toBe(told);
		expect(evidence.steps).toBeGreaterThan(evidence.events);
		expect(new Set(phases)).toEqual(new Set(['corpus', 'scenarios', 'canary', ...phases]));
	}, 60_000);

	test('is not verified where a guarantee was never exercised', async () => {
		const evidence = await verifying({ seconds: { generated: 0.1, project: 0, canary: 10 } });
		const never = evidence.guarantees.filter(({ exercised }) => exercised === 0);
		for (const { verdict, reason } of never)
			expect([verdict, reason]).toEqual(['unknown', 'it was never exercised']);
		for (const { verdict, exercised } of evidence.guarantees)
			if (exercised > 0) expect(verdict).toBe('holds');
		if (never.length > 0)
			expect(evidence.reasons).toContainEqual({
				id: 'never-exercised',
				says: `${never.map(({ id }) => id).join(', ')} never exercised`,
			});
		expect(evidence.reasons).toContainEqual({
			id: 'no-stories',
			says: 'corpus, scenarios: no story was told',
		});
		expect(evidence.verdict).toBe('unknown');
	});
});

test.each(Design.options)('under the design %s its own machines are counted', async (design) => {
	const evidence = await verifying({ design, stories: 12, checks: [] });
	const tables = tablesOf({ design });
	for (const { machine, transitions, taken, missing } of evidence.machines) {
		expect(transitions, machine).toBe(
			transitionCounts(tables).filter((one) => one.machine === machine).length,
		);
		expect(taken, machine).toBe(transitions - missing.length);
		const graph = evidence.graphs.find((one) => one.machine === machine);
		expect(graph?.transitions.filter(({ count }) => count > 0)).toHaveLength(taken);
		const ids = new Set(graph?.states.map(({ id }) => id));
		for (const { target } of graph?.transitions ?? [])
			if (target !== null) expect(ids).toContain(target);
	}
	// It ends soon where a promise falls.
	for (const name of ['agent', 'block', 'task'])
		expect(evidence.machines.find(({ machine }) => machine === name)?.taken, name).not.toBe(0);
});

describe('a broken reference', () => {
	test('is violated, with a short story in a token that shows it', async () => {
		const against = systemOf('count not checked');
		const evidence = await verifying({
			against,
			seed: 1,
			seconds: { generated: 20, project: 0, canary: 20 },
		});
		expect(Evidence.parse(evidence)).toEqual(evidence);
		expect(evidence).toMatchObject({ verdict: 'violated', reason: null });
		const [finding] = evidence.findings;
		if (finding === undefined) throw new Error('there is no finding');
		expect(finding).toMatchObject({
			kind: 'violated',
			guarantee: 'S1',
			source: 'generated projects',
		});
		expect(evidence.guarantees.find(({ id }) => id === 'S1')).toMatchObject({
			verdict: 'violated',
			reason: null,
		});
		const { setup, events } = fromToken(finding.token ?? '');
		expect(events).toHaveLength(finding.events);
		const again = await trial([model(), against], setup, replaying(events));
		expect(again.finding && sayFinding(again.finding)).toBe(finding.sentence);
		expect((await trial([model(), reference()], setup, replaying(events))).finding).toBeNull();
	});

	test('alone is found wrong by a promise that it breaks, and not by a difference', async () => {
		const seconds = { generated: 0, project: 0, canary: 0 };
		const [counts] = CANARIES.filter(({ name }) => name === 'count not checked');
		const scarce = { alone: true, seed: 1, seconds, stories: 60 } as const;
		const named = await verifying({ ...scarce, against: counts?.system ?? reference() });
		expect(named).toMatchObject({ systems: [counts?.system.name], configurations: [], checks: [] });
		expect(named.findings).toMatchObject([{ kind: 'violated', guarantee: 'S1' }]);
		expect(named.canary).toMatchObject({ caught: true });
		// No promise says that the timeout block runs: docs/semantics.md, "Not promised".
		const timeless = reference(
			{
				agent: {
					arrange: (blocks) => ({ ...blocks, timeout: { ...blocks.timeout, commands: [] } }),
				},
			},
			'reference, without timeout blocks',
		);
		expect((await verifying({ ...scarce, against: timeless })).findings).toEqual([]);
		const beside = await verifying({ ...scarce, alone: false, against: timeless, more: 50 });
		expect(beside).toMatchObject({ verdict: 'violated' });
		expect(beside.findings).toMatchObject([
			{
				kind: 'diverged',
				sentence: expect.stringMatching(
					/ differ in .* \(told as a difference only; 50 more stories broke no promise\)$/,
				),
			},
		]);
		expect(beside.findings[0]).not.toHaveProperty('seen_first');
	});

	const forged = {
		setup: SETUP,
		events: [
			{
				kind: 'request-forged',
				route: 'mark',
				task: 't1',
				host: 'h1',
				credentials: 'none',
			} as const,
		],
	};

	test('is found out by a story of the corpus', async () => {
		writeFileSync(join(folder, 'corpus/forged.token'), `${toToken(forged)}\n`);
		writeFileSync(join(folder, 'corpus/README'), 'no token');
		const evidence = await verifying({ against: LAX?.system ?? reference() });
		expect(evidence.sources[0]).toEqual({
			name: 'corpus',
			stories: 1,
			verdict: 'violated',
			note: null,
			broken: 1,
			flagged_failures: null,
			interrupted: false,
		});
		// Another answer is forbidden by no promise; that somebody's mark is heeded is.
		expect(evidence.findings).toMatchObject([
			{
				...{ source: 'corpus: forged.token', kind: 'violated', guarantee: 'S8', place: 0 },
				seen_first: { events: 1, sentence: expect.stringContaining(' differ in ') },
			},
		]);
		expect(evidence.verdict).toBe('violated');
		expect(contradictionsOf(evidence)).toEqual([]);
		const [finding] = evidence.findings;
		for (const [token, kind] of [
			[finding?.token, 'violated'],
			[finding?.seen_first?.token, 'diverged'],
		] as const) {
			const { setup, events } = fromToken(token ?? '');
			const systems = [model(), LAX?.system ?? reference()];
			const { finding: again } = await trial(systems, setup, replaying(events));
			expect(again).toMatchObject({ kind });
		}
	});

	test('is found out by a scenario', async () => {
		const story = 'a-transient-clone-failure-is-retried-once.yml';
		const text = readFileSync(join(ROOT, 'scenarios/stories', story));
		writeFileSync(join(folder, 'scenarios', story), text);
		const evidence = await verifying({ against: systemOf('flag not cleared on reset') });
		expect(evidence.findings).toMatchObject([{ source: `scenarios: ${story}` }]);
		expect(evidence.verdict).toBe('violated');
	});

	test('keeps one finding of a kind, however many stories show it', async () => {
		for (let place = 0; place < 5; place++)
			writeFileSync(join(folder, `corpus/${place}.token`), toToken(forged));
		const evidence = await verifying({ against: LAX?.system ?? reference() });
		const kinds = evidence.findings.map(({ kind, guarantee }) => `${kind} ${guarantee}`);
		expect(new Set(kinds).size).toBe(kinds.length);
		expect(Evidence.parse(evidence)).toEqual(evidence);
	});
});

describe('a verification is unknown', () => {
	test('when the canary is not caught, and then no guarantee holds', async () => {
		const evidence = await verifying({ seconds: { generated: 0.1, project: 0, canary: 0 } });
		const reason = 'the canary "flag not cleared on reset" was not caught';
		expect(evidence).toMatchObject({
			verdict: 'unknown',
			reason: expect.stringContaining(reason),
			reasons: expect.arrayContaining([{ id: 'canary-missed', says: reason }]),
			canary: { caught: false, sentence: null, events: null, token: null },
		});
		expect(evidence.guarantees.some(({ exercised }) => exercised > 0)).toBe(true);
		for (const { verdict, reason: why } of evidence.guarantees)
			expect([verdict, why]).toEqual(['unknown', reason]);
	});

	test('when it is interrupted, which ends it soon', async () => {
		const interrupt = new AbortController();
		const began = performance.now();
		const evidence = await verifying({
			seconds: { generated: 60, project: 60, canary: 60 },
			signal: interrupt.signal,
			onPhase: (phase) => {
				if (phase === 'generated projects') interrupt.abort();
			},
		});
		expect(performance.now() - began).toBeLessThan(15_000);
		expect(evidence).toMatchObject({
			verdict: 'unknown',
			reason: 'the verification was interrupted',
			canary: { caught: true },
		});
		expect(evidence.sources.at(-1)).toMatchObject({ note: 'interrupted' });
		expect(evidence.guarantees.filter(({ verdict }) => verdict !== 'unknown')).toEqual([]);
	});

	test('when there was nothing to try: no corpus, no scenarios, no time', async () => {
		rmSync(join(folder, 'corpus'), { recursive: true });
		const evidence = await verifying();
		expect(evidence.sources.map(({ verdict }) => verdict)).toEqual([
			'unknown',
			'unknown',
			'unknown',
		]);
		expect(evidence).toMatchObject({
			verdict: 'unknown',
			stories: 0,
			findings: [],
			reasons: expect.arrayContaining([
				{ id: 'no-stories', says: 'corpus, scenarios, generated projects: no story was told' },
			]),
		});
	});

	test('when a folder of stories is empty, however much else was told', async () => {
		const evidence = await verifying({
			scenarios: join(ROOT, 'scenarios/stories'),
			stories: 40,
		});
		expect(evidence.sources.map(({ name, verdict }) => [name, verdict])).toEqual([
			['corpus', 'unknown'],
			['scenarios', 'holds'],
			['generated projects', 'holds'],
		]);
		expect(evidence.reasons).toContainEqual({
			id: 'no-stories',
			says: 'corpus: no story was told',
		});
		expect(evidence.verdict).toBe('unknown');
	});

	test('when the project has no tasks', async () => {
		const file = join(folder, 'empty.yml');
		writeFileSync(file, 'tasks: []\n');
		const evidence = await verifying({
			project: imported(file),
			seconds: { generated: 0, project: 5, canary: 10 },
			run: { ...RUN, allowed: ['no-tasks'] },
		});
		const reason = 'the project has no tasks to put on trial';
		expect(evidence).toMatchObject({
			verdict: 'unknown',
			reason: expect.stringContaining(reason),
			reasons: expect.arrayContaining([{ id: 'no-tasks', says: reason }]),
		});
		expect(evidence.sources.at(-1)).toMatchObject({ name: file, stories: 0, verdict: 'unknown' });
	});
});

const IDLE = `
tasks: [{ name: a, commands: [{ command: x }] }]
post: [{ command: x, retry_on_failure: true }]
buildvariants: [{ name: v, tasks: [a] }]
`;

describe('where there is nothing to try it is said at once, and nothing else is done', () => {
	test.each([
		[
			'no tasks',
			'functions: { f: [{ command: x }] }\n',
			'no-tasks',
			'the project has no tasks to put',
		],
		[
			'tasks on no variant',
			'tasks: [{ name: a, commands: [{ command: x, retry_on_failure: true }] }]\n',
			'nothing-to-try',
			'nothing to try: no task of FILE runs on a build variant; if it is a part of one, name the file that includes it',
		],
		[
			'no flag',
			'tasks: [{ name: a }]\nbuildvariants: [{ name: v, tasks: [a] }]\n',
			'nothing-to-try',
			'nothing to try: no command of FILE has the flag',
		],
		[
			'an idle flag',
			IDLE,
			'nothing-to-try',
			'nothing to try: the flag of FILE is idle; npx mulligan lint says why',
		],
	])('%s', async (_, text, id, says) => {
		const file = join(folder, 'project.yml');
		writeFileSync(file, text);
		const phases: string[] = [];
		const evidence = await verifying({
			project: imported(file),
			corpus: join(ROOT, 'properties/corpus'),
			scenarios: join(ROOT, 'scenarios/stories'),
			seconds: { generated: 100, project: 100, canary: 100 },
			run: RUN,
			onPhase: (phase) => phases.push(phase),
		});
		const reason = says.replace('FILE', file);
		expect(evidence.reason).toContain(reason);
		expect(evidence).toMatchObject({
			verdict: 'unknown',
			reasons: [{ id, says: expect.stringContaining(reason) }],
			stories: 0,
			sources: [],
			checks: [],
		});
		expect(phases).toEqual([]);
		expect(contradictionsOf(evidence)).toEqual([]);
		expect(Evidence.parse(JSON.parse(JSON.stringify(evidence)))).toEqual(evidence);
	});

	test('unless that is lived with: then all else is tried, and that stays the reason', async () => {
		const file = join(folder, 'project.yml');
		writeFileSync(file, IDLE);
		const evidence = await verifying({
			project: imported(file),
			corpus: join(ROOT, 'properties/corpus'),
			scenarios: join(ROOT, 'scenarios/stories'),
			stories: 20,
			run: { ...RUN, allowed: ['nothing-to-try'] },
		});
		expect(evidence.reasons[0]).toMatchObject({ id: 'nothing-to-try' });
		expect(evidence.sources.map(({ name }) => name)).toContain('flagged commands');
		expect(contradictionsOf(evidence)).toEqual([]);
	});
});

test('of tasks with a flagged command random stories are told more often', async () => {
	const file = join(folder, 'project.yml');
	const names = Array.from({ length: 40 }, (_, place) => `t${place}`);
	writeFileSync(
		file,
		`tasks:\n${names.map((name) => `  - { name: ${name}, commands: [{ command: x${name === 't7' ? ', retry_on_failure: true' : ''} }] }`).join('\n')}\nbuildvariants: [{ name: v, tasks: ['*'] }]\n`,
	);
	const evidence = await verifying({ project: imported(file), stories: 200, run: RUN });
	const own = evidence.sources.find(({ name }) => name === file);
	// One portion in forty would be drawn in 3 of 50 setups.
	expect(own?.flagged_failures ?? 0).toBeGreaterThan(40);
});

test('a scenario that cannot be read, or does not go as it says, is a violation', async () => {
	writeFileSync(join(folder, 'scenarios/broken.yml'), 'mulligan: [\n');
	const story = 'a-transient-clone-failure-is-retried-once.yml';
	const text = readFileSync(join(ROOT, 'scenarios/stories', story), 'utf8');
	writeFileSync(join(folder, 'scenarios/wrong.yml'), text.replace(/shows: \[/, 'shows: [S6, '));
	const evidence = await verifying();
	const source = evidence.sources.find(({ name }) => name === 'scenarios');
	expect(source).toMatchObject({ stories: 2, verdict: 'violated' });
	expect(source?.note).toContain('broken.yml:');
	expect(source?.note).toMatch(/wrong\.yml:4:9: it /);
	expect(source?.note).toContain('claims to show S6, which was never put to the test');
	expect(evidence).toMatchObject({ verdict: 'violated', reason: null, findings: [] });

	rmSync(join(folder, 'scenarios/broken.yml'));
	const wrong = await verifying();
	expect(wrong.sources.find(({ name }) => name === 'scenarios')?.verdict).toBe('violated');
	expect(wrong.verdict).toBe('violated');
});

describe('the checker', () => {
	const sized = configurations.find(({ name }) => name === 'merge-queue');
	const checks = sized === undefined ? [] : [sizedTo(sized, 'quick')];

	test('is part of a verification, and tells how far it is', async () => {
		const phases: string[] = [];
		const evidence = await verifying({
			checks,
			onPhase: (phase, detail) => phases.push(`${phase}: ${detail}`),
		});
		expect(evidence.checks).toMatchObject([
			{ configuration: 'merge-queue', verdict: 'holds', ending: 'complete' },
		]);
		expect(phases).toContain('checking: 0 of 1 configuration done, merge-queue: exploring');
		expect(Evidence.parse(JSON.parse(JSON.stringify(evidence)))).toEqual(evidence);
	});

	test('violates a guarantee that no story broke', async () => {
		const task = machines.task.provide({ guards: { 'merge queue': () => false } });
		const evidence = await verifying({ checks, machines: () => createTables({ task }) });
		expect(evidence).toMatchObject({ verdict: 'violated', reason: null, findings: [] });
		expect(evidence.guarantees.find(({ id }) => id === 'S6')?.verdict).toBe('violated');
		expect(evidence.checks[0]?.violations[0]).toMatchObject({ guarantee: 'S6', events: 3 });
	});

	test('goes through small configurations where little time is given', async () => {
		const { checks: done } = await verifying({}, {});
		expect(done.map(({ configuration, verdict }) => [configuration, verdict])).toEqual([
			['blocks', 'holds'],
			['background', 'holds'],
			['merge-queue', 'holds'],
			['dependents', 'holds'],
		]);
	});
});

test('machines and their transitions are counted, and those never taken are named', async () => {
	const { machines } = await verifying({ seconds: { generated: 0.1, project: 0, canary: 0 } });
	expect(machines.map(({ machine }) => machine)).toEqual([
		'command',
		'block',
		'agent',
		'call',
		'heartbeat',
		'app-server',
		'task',
		'unit',
		'quota',
	]);
	for (const { transitions, taken, missing } of machines)
		expect(taken + missing.length).toBe(transitions);
	const untouched = await verifying();
	const task = untouched.machines.find(({ machine }) => machine === 'task');
	expect(task?.taken).toBe(0);
	expect(task?.missing).toContain('task.undispatched on DISPATCH');
	expect(task?.missing).toContain('task.inProgress on FINISH [success]');
});

test('each kind of finding is said in a sentence', () => {
	expect(
		sayFinding({ kind: 'violated', index: 1, system: 'a', guarantee: 'S1', sentence: 'Too many.' }),
	).toBe('Too many.');
	expect(
		sayFinding({
			kind: 'diverged',
			index: 1,
			systems: ['a', 'b'],
			difference: { path: 'tasks[0].status', left: 'failed', right: null },
		}),
	).toBe('a and b differ in tasks[0].status: a shows "failed", b null');
	expect(sayFinding({ kind: 'broke down', index: 1, system: 'b', message: 'no disk' })).toBe(
		'b broke down: no disk',
	);
});

test('a system that breaks down is a finding without a guarantee', async () => {
	const against = tampered('fragile', (seen, event) => {
		if (event?.kind === 'host-asks') throw new Error('no disk');
		return seen;
	});
	const evidence = await verifying({
		against,
		seconds: { generated: 10, project: 0, canary: 10 },
	});
	expect(evidence.findings).toMatchObject([
		{ kind: 'broke down', guarantee: null, sentence: 'fragile broke down: no disk' },
	]);
	expect(evidence.verdict).toBe('violated');
	expect(evidence.guarantees.filter(({ verdict }) => verdict === 'violated')).toEqual([]);
});

test('the stories of the package are there to be verified', () => {
	expect(readdirSync(join(ROOT, 'properties/corpus')).length).toBeGreaterThan(0);
	expect(readdirSync(join(ROOT, 'scenarios/stories')).length).toBeGreaterThan(0);
});
