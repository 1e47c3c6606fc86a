import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { Evidence } from '../reports/evidence/evidence.ts';
import { endAll, start } from './testing/command.ts';
import { exitStatus, surroundEachTest } from './testing/in-process.ts';
import { scenario } from './testing/stories.ts';

const { folder, stdout, stderr } = surroundEachTest();
afterAll(endAll);

const NOTHING = { generated: 0, project: 0, canary: 0 };
/** Tells next to nothing: no report depends on it in where it is written. */
function verify(...args: string[]): Promise<unknown> {
	const scenarios = join(folder, 'scenarios');
	mkdirSync(scenarios, { recursive: true });
	writeFileSync(join(scenarios, 'story.yml'), scenario());
	const tools = { checks: [], seconds: NOTHING, scenarios };
	return exitStatus(['verify', '--seed', '1', ...args], tools);
}
const files = (out: string): string[] => readdirSync(out).sort();
const ALL = ['evidence.json', 'junit.xml', 'review.html', 'review.md', 'summary.md'];

describe('--output', () => {
	test('is where verify writes, and where its lines lead', async () => {
		const out = join(folder, 'my reports');
		expect(await verify('--output', out)).toBe(3);
		expect(files(out)).toEqual(ALL);
		const said = stdout.join('\n');
		expect(said).toContain(`reports   ${join(out, 'evidence.json')}  ${join(out, 'summary.md')}`);
		expect(said).toContain(`review    ${join(out, 'review.html')}`);
		expect(said).toMatch(/again with: npx mulligan verify .* --seed 1 --output '.*\/my reports'$/m);
		expect(readFileSync(join(out, 'review.md'), 'utf8')).toContain(
			`npx mulligan review --output '${out}'`,
		);
	});

	test('is where simulate writes, and where review reads', async () => {
		const out = join(folder, 'out');
		const file = join(import.meta.dirname, '../scenarios/projects/flaky.yml');
		const few = ['--tasks', '100', '--days', '10'];
		await exitStatus(['simulate', file, ...few, '--output', out]);
		expect(files(out)).toEqual(['simulation.json']);
		expect(await exitStatus(['review', '--output', out])).toBe(0);
		expect(readFileSync(join(out, 'review.md'), 'utf8')).toContain('flaky.yml');
		expect(await exitStatus(['review', 'example', '--output', out])).toBe(2);
		expect(stderr.join('\n')).toContain(`npx mulligan verify example --output ${out}`);
	});

	test.each([['verify'], ['designs'], ['review'], ['simulate', 'p.yml']])(
		'of %s is no empty name',
		async (...args) => {
			expect(await exitStatus([...args, '--output', ''])).toBe(2);
			expect(stderr.join('')).toContain('expected a folder');
		},
	);
});

describe('a folder in which another run writes the same reports', () => {
	test('is told with who it is, and stays as it is; nothing is left of the lock', async () => {
		const running = start(folder, 'verify', '--seed', '1');
		await running.says('scenarios: ');
		const out = join(folder, 'reports/out');
		const before = files(out);
		expect(await verify('--output', out)).toBe(2);
		expect(await exitStatus(['review', '--output', out])).toBe(2);
		const told = stderr.filter((line) => line.includes('are being written'));
		expect(told).toHaveLength(2);
		for (const line of told)
			expect(line).toMatch(
				/written by process \d+ \(mulligan verify\) since 20.*Z \(wait for it, or give/,
			);
		expect(files(out)).toEqual(before);
		running.interrupt();
		await running.ended;
		expect(files(out)).toEqual([
			'evidence.partial.json',
			'junit.partial.xml',
			'summary.partial.md',
		]);
	});

	test('is free again when that run was killed', async () => {
		const running = start(folder, 'verify', '--seed', '1');
		await running.says('scenarios: ');
		running.kill();
		await running.ended;
		const out = join(folder, 'reports/out');
		expect(files(out)).toContain('.evidence.json.lock');
		expect(await verify('--output', out)).toBe(3);
		expect(files(out)).toEqual(ALL);
	});

	test('may be written by one that writes others', async () => {
		const running = start(folder, 'verify', '--seed', '1');
		await running.says('scenarios: ');
		const file = join(import.meta.dirname, '../scenarios/projects/flaky.yml');
		const out = join(folder, 'reports/out');
		const few = ['--tasks', '100', '--days', '10'];
		expect(await exitStatus(['simulate', file, ...few, '--output', out])).not.toBe(2);
		running.kill();
	});
});

describe('the last evidence and its review stay', () => {
	const written = async (): Promise<readonly [out: string, () => string[]]> => {
		const out = join(folder, 'reports/out');
		await verify('--output', out);
		return [out, () => ALL.map((name) => readFileSync(join(out, name), 'utf8'))];
	};

	test('when a run is interrupted, is killed, or breaks down', async () => {
		const [out, contents] = await written();
		const was = contents();
		for (const end of ['interrupt', 'kill'] as const) {
			const running = start(folder, 'verify', '--seed', '2');
			await running.says('scenarios: ');
			running[end]();
			await running.ended;
			expect(contents()).toEqual(was);
		}
		const half = readFileSync(join(out, 'evidence.partial.json'), 'utf8');
		expect(Evidence.parse(JSON.parse(half))).toMatchObject({ seed: 2, verdict: 'unknown' });
		const against = { name: 'x', start: () => Promise.reject(new Error('unused')) };
		Object.defineProperty(against, 'name', {
			get: () => {
				throw new TypeError('a bug');
			},
		});
		const args = ['verify', '--output', out];
		expect(await exitStatus(args, { checks: [], seconds: NOTHING, against })).toBe(70);
		expect(contents()).toEqual(was);
	});

	test('unless a run comes to its end: then no review of the one before is left beside it', async () => {
		const [out] = await written();
		rmSync(join(out, 'evidence.partial.json'), { force: true });
		writeFileSync(join(out, 'designs.json'), '{}');
		expect(await verify('--output', out)).toBe(3);
		expect(stdout.join('\n')).toMatch(/review {4}not written: .*designs\.json/);
		expect(files(out)).toEqual(['designs.json', 'evidence.json', 'junit.xml', 'summary.md']);
	});
});

test('half of a run is no evidence for a review', async () => {
	const out = join(folder, 'out');
	mkdirSync(out);
	writeFileSync(join(out, 'evidence.partial.json'), '{}');
	expect(await exitStatus(['review', '--output', out])).toBe(0);
	expect(stdout.join('\n')).toContain('unknown: Nothing is decided');
	expect(readFileSync(join(out, 'review.md'), 'utf8')).toContain('There is no evidence.json');
});

vi.setConfig({ testTimeout: 60_000 });

test('a folder that the system would try to make for ever is refused at once', async () => {
	expect(await exitStatus(['verify', '--output', '/proc/x/y'], {})).toBe(2);
	expect(stderr.join('\n')).toContain('cannot be written');
});
