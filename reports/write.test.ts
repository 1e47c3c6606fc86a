import {
	cpSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Evidence } from './evidence/evidence.ts';
import { junit } from './junit.ts';
import { summary } from './summary.ts';
import { evidenceOf } from './testing/evidence.ts';
import { REVIEW, VERIFICATION, writeReports } from './write.ts';
import { inTheWay, prepareFolder, type Report, writeTogether } from './write-together.ts';

/** What is done before and after each step that changes the disk. */
const steps = vi.hoisted(() => ({ before: (_: string) => {}, after: () => {} }));
vi.mock('node:fs', async (original) => {
	const real = await original<typeof import('node:fs')>();
	const watched =
		<Args extends unknown[], Result>(step: (...args: Args) => Result) =>
		(...args: Args): Result => {
			steps.before(args.join(' '));
			const result = step(...args);
			steps.after();
			return result;
		};
	return {
		...real,
		renameSync: watched(real.renameSync),
		rmSync: watched(real.rmSync),
		openSync: watched(real.openSync),
		closeSync: watched(real.closeSync),
		copyFileSync: watched(real.copyFileSync),
		mkdirSync: watched((path: string, options?: { recursive: true }) =>
			real.mkdirSync(path, options),
		),
	};
});
afterEach(() => {
	steps.before = () => {};
	steps.after = () => {};
});

let folder: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'mulligan-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
const whole = () => ({ folder, whole: true });
const FILES = ['evidence.json', 'junit.xml', 'summary.md'];

test('three files are written, in a folder that is made for them, and nothing else', () => {
	const out = join(folder, 'reports/out');
	expect(writeReports(evidenceOf(), { folder: out, whole: true })).toEqual(
		['evidence.json', 'summary.md', 'junit.xml'].map((name) => join(out, name)),
	);
	expect(readdirSync(out).sort()).toEqual(FILES);
	expect(Evidence.parse(JSON.parse(read('reports/out/evidence.json')))).toEqual(evidenceOf());
	expect(read('reports/out/summary.md')).toBe(summary(evidenceOf()));
	expect(read('reports/out/junit.xml')).toBe(junit(evidenceOf()));
});

test('reports of before are replaced', () => {
	writeReports(evidenceOf(), whole());
	writeReports(evidenceOf({ seed: 43 }), whole());
	expect(read('summary.md')).toContain('seed 43');
	expect(readdirSync(folder).sort()).toEqual(FILES);
});

test('evidence that breaks its own schema is not written', () => {
	writeReports(evidenceOf(), whole());
	expect(() => writeReports(evidenceOf({ seed: 1.5 }), whole())).toThrow();
	expect(Evidence.parse(JSON.parse(read('evidence.json'))).seed).toBe(42);
});

test('when a draft cannot be written, the reports of before stay as they are', () => {
	writeReports(evidenceOf(), whole());
	const before = FILES.map(read);
	steps.before = (path) => {
		if (path.includes('.draft/junit.xml')) throw new Error('the disk is full');
	};
	expect(() => writeReports(evidenceOf({ seed: 43 }), whole())).toThrow('full');
	expect(FILES.map(read)).toEqual(before);
	expect(readdirSync(folder).sort()).toEqual(FILES);
});

test('when a report cannot be put in its place, no draft is left behind', () => {
	mkdirSync(join(folder, 'evidence.json'));
	expect(() => writeReports(evidenceOf(), whole())).toThrow(/EISDIR|ENOTEMPTY|EEXIST/);
	expect(readdirSync(folder)).toEqual(['evidence.json']);
});

test('a folder that cannot be made is an error of the file system, known before any work', () => {
	writeFileSync(join(folder, 'reports'), 'a file');
	const out = join(folder, 'reports/out');
	expect(() => prepareFolder(out, VERIFICATION)).toThrow('ENOTDIR');
	expect(() => writeReports(evidenceOf(), { folder: out, whole: true })).toThrow('ENOTDIR');
	expect(read('reports')).toBe('a file');
});

test('what a folder holds stays when a run begins, but for drafts of one that was killed', () => {
	writeReports(evidenceOf(), whole());
	const kept = [...REVIEW, 'other.txt', '.other.draft', 'evidence.partial.json'];
	for (const name of kept) writeFileSync(join(folder, name), 'mine');
	const before = readdirSync(folder).sort();
	for (const name of ['.evidence.json.draft', '.evidence.partial.json.draft', '.review.html.old'])
		mkdirSync(join(folder, name));
	writeFileSync(join(folder, '.evidence.json.draft/summary.md'), 'half');
	prepareFolder(folder, [...VERIFICATION, ...REVIEW]);
	expect(readdirSync(folder).sort()).toEqual(before);
});

test('a run that did not come to its end leaves its reports beside those of the last that did', () => {
	writeReports(evidenceOf(), whole());
	writeFileSync(join(folder, 'review.html'), 'of seed 42');
	const before = readdirSync(folder).map((name) => [name, read(name)]);
	const halves = ['evidence.partial.json', 'summary.partial.md', 'junit.partial.xml'];
	expect(writeReports(evidenceOf({ seed: 43 }), { folder, whole: false })).toEqual(
		halves.map((name) => join(folder, name)),
	);
	expect(before.map(([name = '']) => [name, read(name)])).toEqual(before);
	expect(readdirSync(folder)).toHaveLength(before.length + halves.length);
	expect(read('summary.partial.md')).toContain('seed 43');

	// One that does takes all of them away, and the review of what is no more.
	writeReports(evidenceOf({ seed: 44 }), whole());
	expect(readdirSync(folder).sort()).toEqual(FILES);
});

test('when the first report cannot be put in its place, those of before stay', () => {
	mkdirSync(join(folder, 'evidence.json'));
	for (const name of ['summary.md', 'review.html']) writeFileSync(join(folder, name), 'old');
	expect(() => writeReports(evidenceOf(), whole())).toThrow(/EISDIR|ENOTEMPTY|EEXIST/);
	expect(readdirSync(folder).sort()).toEqual(['evidence.json', 'review.html', 'summary.md']);
	expect([read('summary.md'), read('review.html')]).toEqual(['old', 'old']);
});

type Contents = Readonly<Record<string, string>>;

/** The reports in a folder, by name. */
const contentsOf = (of: string): Contents =>
	Object.fromEntries(
		readdirSync(of)
			.filter((name) => !name.startsWith('.'))
			.sort()
			.map((name) => [name, readFileSync(join(of, name), 'utf8')]),
	);

describe('the reports of a run and its review, in place of those of another:', () => {
	const EVIDENCE = ['evidence.json', 'summary.md', 'junit.xml'];
	const OLD = [...EVIDENCE, 'review.html', 'review.md'];
	const HALVES = ['evidence.partial.json', 'summary.partial.md'];
	const of = (run: string, names: readonly string[]): Report[] =>
		names.map((name) => [name, `${run} ${name}`]);
	const setOf = (reports: readonly Report[]) => Object.fromEntries([...reports].sort());
	const before = setOf(of('old', [...OLD, ...HALVES]));
	const write = (names: readonly string[], out: string): void =>
		void writeTogether(
			out,
			of('new', names),
			[...OLD, ...HALVES].filter((name) => !names.includes(name)),
		);
	const begin = (): string => {
		const out = join(folder, 'out');
		writeTogether(out, of('old', OLD));
		for (const [name, content] of of('old', HALVES)) writeFileSync(join(out, name), content);
		return out;
	};

	/** Does something, and gives what a kill at each step of it would leave: at once, and for the next run. */
	function killedAtEachStep(out: string, act: () => void): (readonly [Contents, Contents])[] {
		const moments: (readonly [Contents, Contents])[] = [];
		const look = (): void => {
			const { before: refuse } = steps;
			steps.before = () => {};
			steps.after = () => {};
			const copy = join(folder, 'killed');
			rmSync(copy, { recursive: true, force: true });
			cpSync(out, copy, { recursive: true });
			const left = contentsOf(copy);
			prepareFolder(copy, OLD);
			moments.push([left, contentsOf(copy)]);
			steps.before = refuse;
			steps.after = look;
		};
		steps.after = look;
		act();
		steps.after = () => {};
		return moments;
	}

	test.each([
		['with a review', OLD],
		['without one', EVIDENCE],
	])(
		'%s, a run that is killed at any step leaves all of the one or all of the other',
		(_, names) => {
			const out = begin();
			const after = setOf(of('new', names));
			const moments = killedAtEachStep(out, () => write(names, out));
			expect(contentsOf(out)).toEqual(after);
			expect(moments.length).toBeGreaterThan(20);
			const turned = moments.findIndex(([, left]) => left['evidence.json'] === 'new evidence.json');
			for (const [place, [seen, left]] of moments.entries()) {
				expect(left).toEqual(place < turned ? before : after);
				// Whoever looks before the next run sees reports of one run only, and the evidence at any moment.
				expect(new Set(Object.values(seen).map((text) => text.slice(0, 3))).size).toBe(1);
				expect(seen).toHaveProperty(['evidence.json']);
			}
		},
	);

	test.each(OLD)('where %s cannot be put in its place, all of before stay', (name) => {
		const out = begin();
		steps.before = (paths) => {
			if (paths === `${join(out, '.evidence.json.ready', name)} ${join(out, name)}`)
				throw new Error('no');
		};
		expect(() => write(OLD, out)).toThrow('no');
		expect(contentsOf(out)).toEqual(before);
		expect(readdirSync(out).filter((each) => each.startsWith('.'))).toEqual([]);
	});

	test('a run that is killed as it takes its reports back leaves them whole, too', () => {
		const out = begin();
		steps.before = (paths) => {
			if (paths.includes('.ready') && paths.endsWith(join(out, 'review.md'))) throw new Error('no');
		};
		const moments = killedAtEachStep(out, () => expect(() => write(OLD, out)).toThrow('no'));
		const lefts = moments.map(([, left]) => left);
		for (const left of lefts) expect([before, setOf(of('new', OLD))]).toContainEqual(left);
		expect(lefts.at(-1)).toEqual(before);
	});

	test('what was put aside by a run of other reports stays its own', () => {
		const out = begin();
		const ready = join(out, '.designs.json.ready');
		mkdirSync(ready);
		writeFileSync(join(ready, 'designs.json'), 'of another');
		prepareFolder(out, OLD);
		expect(existsSync(join(out, 'designs.json'))).toBe(false);
		prepareFolder(out, ['designs.json']);
		expect(readFileSync(join(out, 'designs.json'), 'utf8')).toBe('of another');
		expect(existsSync(ready)).toBe(false);
	});
});

test('what is in the way of a report is known before any work', () => {
	mkdirSync(join(folder, 'summary.md'));
	mkdirSync(join(folder, 'junit.partial.xml'));
	writeFileSync(join(folder, 'evidence.json'), 'a file');
	expect(inTheWay(folder, VERIFICATION)).toEqual([
		join(folder, 'summary.md'),
		join(folder, 'junit.partial.xml'),
	]);
	expect(inTheWay(join(folder, 'nowhere'), VERIFICATION)).toEqual([]);
});
