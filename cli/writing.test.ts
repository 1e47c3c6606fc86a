import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { designsOf } from '../reports/testing/designs.ts';
import { partOf } from '../reports/testing/parts.ts';
import { writeReports } from '../reports/write.ts';
import type { Tools } from './commands.ts';
import { exitStatus, surroundEachTest } from './testing/in-process.ts';

/** What happens as a review is drawn, and as reports are written. */
const meanwhile = vi.hoisted(() => ({ drawing: () => {}, writing: () => {} }));
vi.mock('../reports/draw-review.ts', async (original) => {
	const real = await original<typeof import('../reports/draw-review.ts')>();
	const drawReview: typeof real.drawReview = async (input, turn) => {
		meanwhile.drawing();
		return real.drawReview(input, turn);
	};
	return { drawReview };
});
vi.mock('../reports/write-together.ts', async (original) => {
	const real = await original<typeof import('../reports/write-together.ts')>();
	const writeTogether: typeof real.writeTogether = (...args) => {
		meanwhile.writing();
		return real.writeTogether(...args);
	};
	return { ...real, writeTogether };
});
afterEach(() => {
	meanwhile.drawing = () => {};
	meanwhile.writing = () => {};
});

const { folder, stdout, stderr } = surroundEachTest();
const FLAKY = join(import.meta.dirname, '../scenarios/projects/flaky.yml');
const NOTHING = { generated: 0, project: 0, canary: 0 };
const TOOLS: Tools = {
	checks: [],
	seconds: NOTHING,
	tryDesigns: () => Promise.resolve(designsOf()),
};
const ALL = ['evidence.json', 'junit.xml', 'review.html', 'review.md', 'summary.md'];
const contentsOf = (out: string): Record<string, string> =>
	Object.fromEntries(readdirSync(out).map((name) => [name, readFileSync(join(out, name), 'utf8')]));

/** Two parts of a made-up verification. */
const parts = (): string[] =>
	[1, 2].map((index) => {
		const part = join(folder, `part-${index}`);
		writeReports(partOf(index, 2, {}).evidence, { folder: part, whole: true });
		return part;
	});

const COMMANDS: Readonly<Record<string, () => readonly string[]>> = {
	verify: () => ['verify', '--seed', '1'],
	check: () => ['check', 'dependents'],
	designs: () => ['designs'],
	simulate: () => ['simulate', FLAKY, '--tasks', '100', '--days', '10'],
	merge: () => ['merge', ...parts()],
	review: () => ['review'],
};
const REPORT: Readonly<Record<string, string>> = {
	verify: 'summary.md',
	check: 'check.json',
	designs: 'designs.json',
	simulate: 'simulation.json',
	merge: 'evidence.json',
	review: 'review.html',
};
/** Each way in which they tell; verify tells as designs does, and takes long. */
const WITH_JSON = ['check', 'designs', 'simulate', 'merge'];

describe('a disk that is full in the end takes nothing from what was found:', () => {
	const full = (): void => {
		meanwhile.writing = () => {
			const error = new Error('ENOSPC: no space left on device, write');
			throw Object.assign(error, { code: 'ENOSPC', syscall: 'write' });
		};
	};
	const refused = (out: string): string =>
		`mulligan: ${out}: reports cannot be written: ENOSPC: no space left on device, write (make room there, or give a folder that you may write to with --output)`;

	test.each(Object.keys(COMMANDS))(
		'%s tells it, then says what is wrong, and exits 2',
		async (name) => {
			const args = COMMANDS[name]?.() ?? [];
			const out = join(folder, 'out');
			full();
			expect(await exitStatus([...args, '--output', out], TOOLS)).toBe(2);
			const lines = stdout.join('\n').split('\n');
			const [, answer] = /^(\w+): /.exec(lines[0] ?? '') ?? [];
			expect(['holds', 'unknown', 'simulated', 'confirmed', 'violated']).toContain(answer);
			expect(lines.at(-1)).toContain('again with: npx mulligan');
			if (name !== 'check') expect(stdout.join('\n')).toMatch(/^(reports?|review) +not written$/m);
			expect(stdout.join('\n')).not.toContain(REPORT[name]);
			expect(stderr).toContain(refused(out));
			expect(readdirSync(out)).toEqual([]);
		},
	);

	test.each(WITH_JSON)('%s --json prints its one object', async (name) => {
		const args = COMMANDS[name]?.() ?? [];
		const out = join(folder, 'out');
		full();
		expect(await exitStatus([...args, '--json', '--output', out], TOOLS)).toBe(2);
		expect(stdout).toHaveLength(1);
		expect(JSON.parse(stdout[0] ?? '')).not.toHaveProperty('error');
		expect(stderr).toContain(refused(out));
	});
});

test.each(Object.keys(COMMANDS))(
	'%s knows before its work that something is in the way of a report',
	async (name) => {
		const args = COMMANDS[name]?.() ?? [];
		const out = join(folder, 'out');
		mkdirSync(join(out, REPORT[name] ?? ''), { recursive: true });
		const tryDesigns = () => Promise.reject(new Error('it worked'));
		expect(await exitStatus([...args, '--output', out], { ...TOOLS, tryDesigns })).toBe(2);
		expect(stdout).toEqual([]);
		expect(stderr.join('\n')).toMatch(
			/out\/\w+\.\w+: .*no file \(move it away, or give another folder with --output\)$/m,
		);
		expect(readdirSync(out)).toEqual([REPORT[name]]);
	},
);

describe('a review is drawn before anything is written:', () => {
	/** Reports with their review, of an earlier run. */
	const begun = (): string => {
		const out = join(folder, 'all');
		mkdirSync(out);
		for (const name of ALL) writeFileSync(join(out, name), `old ${name}`);
		return out;
	};
	const EVIDENCE = ['evidence.json', 'junit.xml', 'summary.md'];
	const run = (name: string, out: string): Promise<unknown> =>
		exitStatus([...(COMMANDS[name]?.() ?? []), '--output', out], TOOLS);

	test.each(['verify', 'merge'])('all reports of before are there while %s draws', async (name) => {
		const out = begun();
		const before = contentsOf(out);
		let seen: Record<string, string> = {};
		meanwhile.drawing = () => {
			seen = contentsOf(out);
		};
		await run(name, out);
		expect(seen).toMatchObject(before);
		const after = contentsOf(out);
		expect(Object.keys(after).sort()).toEqual(ALL);
		for (const file of ALL) expect(after[file], file).not.toBe(before[file]);
	});

	test('what breaks down as it draws leaves its evidence', async () => {
		const out = begun();
		meanwhile.drawing = () => {
			throw new TypeError('a bug');
		};
		expect(await run('merge', out)).toBe(70);
		expect(Object.keys(contentsOf(out)).sort()).toEqual(EVIDENCE);
		expect(contentsOf(out)['evidence.json']).not.toMatch(/^old/);
	});

	test('a signal meanwhile ends the drawing alone', async () => {
		const out = begun();
		meanwhile.drawing = () => void process.emit('SIGTERM', 'SIGTERM');
		expect(await run('merge', out)).toBe(0);
		expect(stdout.join('\n')).toContain('review    not written: interrupted');
		expect(Object.keys(contentsOf(out)).sort()).toEqual(EVIDENCE);
	});
});

describe('merge hears a signal, and writes nothing:', () => {
	const interrupted = async (...more: string[]): Promise<string> => {
		const out = join(folder, 'all');
		const before = process.listenerCount('SIGTERM');
		const exit = exitStatus(['merge', ...parts(), ...more, '--output', out], {});
		while (process.listenerCount('SIGTERM') === before) await setImmediate();
		process.emit('SIGTERM', 'SIGTERM');
		expect(await exit).toBe(3);
		return out;
	};

	test('it says so, and exits as what decides nothing', async () => {
		const out = await interrupted();
		expect(stderr).toEqual(['mulligan: interrupted: nothing is merged']);
		expect(stdout).toEqual([]);
		expect(existsSync(out)).toBe(false);
	});

	test('with --json in one object', async () => {
		await interrupted('--json');
		expect(stdout.map((text): unknown => JSON.parse(text))).toEqual([
			{ error: { kind: 'interrupted', lines: ['interrupted: nothing is merged'], exit: 3 } },
		]);
	});
});

test('a folder that a killed run left half changed is set right by the next command', async () => {
	const out = join(folder, 'out');
	const ready = join(out, '.evidence.json.ready');
	mkdirSync(ready, { recursive: true });
	for (const name of ['summary.md', 'review.md']) writeFileSync(join(ready, name), 'new');
	await exitStatus(['review', '--output', out], {});
	expect(readFileSync(join(out, 'summary.md'), 'utf8')).toBe('new');
	expect(existsSync(ready)).toBe(false);
});
