import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { toToken } from '../model/vocabulary/stories/story.ts';
import { CheckEvidence } from '../reports/evidence/check-evidence.ts';
import { Evidence } from '../reports/evidence/evidence.ts';
import { judgedEvidenceOf } from '../reports/testing/whole-evidence.ts';
import { endAll, mulligan, start } from './testing/command.ts';
import { FORGED, scenario } from './testing/stories.ts';

/** A folder whose files the commands read; where they run, nothing may be written. */
let files: string;
let folder: string;
beforeAll(() => {
	files = mkdtempSync(join(tmpdir(), 'mulligan-'));
	folder = mkdtempSync(join(tmpdir(), 'mulligan-'));
	writeFileSync(join(files, 'story.yml'), scenario());
	writeFileSync(join(files, 'a-second-failure-stays-failed.yml'), scenario());
	writeFileSync(join(files, 'wrong.yml'), scenario({ status: 'success' }));
	writeFileSync(join(files, 'malformed.yml'), 'tasks: [\n');
	const finding = {
		kind: 'diverged' as const,
		guarantee: null,
		sentence: 'they differed once',
		source: 'corpus',
		events: 2,
		token: toToken(FORGED),
	};
	writeFileSync(
		join(files, 'evidence.json'),
		JSON.stringify(judgedEvidenceOf({ findings: [finding] })),
	);
});
afterAll(() => {
	endAll();
	rmSync(files, { recursive: true });
	rmSync(folder, { recursive: true });
});

/** What is printed on bad input: a line or two, and no stack trace. */
const complaint = /^(?!.*\bat .*:\d+:\d+\)).+/;

describe.concurrent('mulligan, run as a user runs it', () => {
	test('tells its version and what it can do', async () => {
		const [version, help] = await Promise.all([
			mulligan(folder, '--version'),
			mulligan(folder, '--help'),
		]);
		expect(version).toMatchObject({ code: 0, stdout: '0.1.0\n', stderr: '' });
		expect(help).toMatchObject({ code: 0, stderr: '' });
		expect(help.stdout).toContain('verify [options] [project.yml]');
		expect(help.stdout).toContain('check [options] [configuration...]');
		expect(help.stdout).toContain('replay [options] <file|token...>');
		expect(help.stdout).toContain('run [options] <project.yml> <task>');
		expect(help.stdout).toContain('submit [options] <project.yml> [task...]');
	});

	test('replays a scenario that goes as it says', async () => {
		const { code, stdout, stderr } = await mulligan(folder, 'replay', join(files, 'story.yml'));
		expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
		expect(stdout).toContain('holds: a plain failure (C1), on model and reference\n');
		expect(stdout).toContain('   6  the command on h1 failed\n');
		expect(stdout).toMatch(/\nholds; again with: .*\n$/);
	});

	test('replays a scenario that comes along by its name, and a file of that path before it', async () => {
		const name = 'a-second-failure-stays-failed';
		const [shipped, own] = await Promise.all([
			mulligan(folder, 'replay', name),
			mulligan(files, 'replay', `${name}.yml`),
		]);
		expect(shipped).toMatchObject({ code: 0, stderr: '' });
		expect(shipped.stdout).toContain('a second failure stays failed (');
		expect(own).toMatchObject({ code: 0, stderr: '' });
		expect(own.stdout).toMatch(/^holds: a plain failure \(C1\), on /);
	});

	test('says that a scenario went otherwise, and where it says so', async () => {
		const { code, stdout } = await mulligan(folder, 'replay', join(files, 'wrong.yml'));
		expect(code).toBe(1);
		expect(stdout).toMatch(
			/✗ {2}.*wrong\.yml:\d+:\d+: task compile: status\n +expected {2}success\n +was {7}failed\n/,
		);
		expect(stdout).toMatch(/\nviolated; again with: .*\n$/);
	});

	test('prints one JSON object and nothing else when asked to', async () => {
		const replay = await mulligan(folder, 'replay', '--json', toToken(FORGED));
		expect(replay).toMatchObject({ code: 0, stderr: '' });
		expect(JSON.parse(replay.stdout)).toMatchObject({ verdict: 'holds', stories: [{}] });
		expect(replay.stdout.trim().split('\n')).toHaveLength(1);
	});

	test('replays what evidence holds', async () => {
		const { code, stdout } = await mulligan(folder, 'replay', join(files, 'evidence.json'));
		expect(code).toBe(0);
		expect(stdout).toContain('they differed once, on model and reference\n');
	});

	test('exits 2 with one clear message on bad input, and writes nothing', async () => {
		const ended = await Promise.all([
			mulligan(folder, 'replay', 'v1.damaged'),
			mulligan(folder, 'replay', join(files, 'nowhere.yml')),
			mulligan(folder, 'verify', join(files, 'malformed.yml')),
			mulligan(folder, 'verify', '--seed', 'many'),
		]);
		for (const { code, stdout, stderr } of ended) {
			expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
			for (const line of stderr.trimEnd().split('\n')) expect(line).toMatch(complaint);
			expect(stderr.split('\n').length).toBeLessThan(5);
		}
		expect(ended.map(({ stderr }) => stderr)).toEqual([
			expect.stringContaining('the token is damaged'),
			expect.stringContaining('there is no such file'),
			expect.stringMatching(/malformed\.yml:\d+:\d+: /),
			expect.stringContaining("argument 'many' is invalid"),
		]);
		expect(readdirSync(folder)).toEqual([]);
	});
});

describe.concurrent('mulligan verify, interrupted', () => {
	test('ends within two seconds, and says in its evidence that it knows nothing', async () => {
		const where = mkdtempSync(join(tmpdir(), 'mulligan-'));
		try {
			const running = start(where, 'verify', '--seed', '1');
			await running.says('generated projects');
			running.interrupt();
			const began = performance.now();
			const { code, stdout, stderr } = await running.ended;
			expect(performance.now() - began).toBeLessThan(2000);
			expect(code).toBe(3);
			expect(stderr).toContain('interrupted');
			expect(stdout).toContain('\nunknown: the verification was interrupted; again with: ');
			const out = join(where, 'reports/out');
			const evidence = Evidence.parse(
				JSON.parse(readFileSync(join(out, 'evidence.partial.json'), 'utf8')),
			);
			expect(evidence).toMatchObject({ verdict: 'unknown', seed: 1, findings: [] });
			expect(readdirSync(out).sort()).toEqual([
				'evidence.partial.json',
				'junit.partial.xml',
				'summary.partial.md',
			]);
		} finally {
			rmSync(where, { recursive: true });
		}
	});

	test('prints its evidence and nothing else when asked for JSON', async () => {
		const where = mkdtempSync(join(tmpdir(), 'mulligan-'));
		try {
			const running = start(where, 'verify', '--seed', '1', '--json');
			// It listens as soon as it has made the folder for its reports.
			await vi.waitUntil(() => existsSync(join(where, 'reports/out')), { timeout: 20_000 });
			running.interrupt();
			const { code, stdout, stderr } = await running.ended;
			expect({ code, stderr }).toEqual({ code: 3, stderr: '' });
			expect(Evidence.parse(JSON.parse(stdout)).verdict).toBe('unknown');
		} finally {
			rmSync(where, { recursive: true });
		}
	});
});

describe.concurrent('mulligan check, run as a user runs it', () => {
	/** A configuration that takes minutes, so that a signal comes in the middle of it. */
	const LONG = ['check', 'blocks', 'limits', '--profile', 'deep'];

	test('tells, when it is interrupted, what it found until then, and that it proves nothing', async () => {
		const running = start(folder, ...LONG);
		await running.says('exploring, depth');
		running.interrupt();
		const { code, stdout, stderr } = await running.ended;
		expect(code).toBe(3);
		expect(stderr).toContain('interrupted: ');
		expect(stdout).toMatch(/\nblocks +[\d,]{5,} +[\d,]{5,} .* unknown: the search was stopped\n/);
		expect(stdout).toMatch(/\nlimits +0 +0 .* unknown: it was not begun\n/);
		const lines = stdout.trimEnd().split('\n');
		const found = 'unknown: blocks: the search was stopped; limits: it was not begun';
		expect(lines[0]).toBe(`${found} (blocks, limits, profile deep)`);
		expect(lines.at(-1)).toBe(
			`${found}; again with: npx mulligan check blocks limits --profile deep`,
		);
	});

	test('prints one JSON object and nothing else when asked to', async () => {
		const running = start(folder, 'check', 'merge-queue', '--json');
		const { code, stdout, stderr } = await running.ended;
		expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
		expect(CheckEvidence.parse(JSON.parse(stdout)).verdict).toBe('holds');
	});
});
