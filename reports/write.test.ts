import {
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
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { Evidence } from './evidence/evidence.ts';
import { junit } from './junit.ts';
import { summary } from './summary.ts';
import { evidenceOf } from './testing/evidence.ts';
import { REVIEW, VERIFICATION, writeReports } from './write.ts';
import { prepareFolder, writeTogether } from './write-together.ts';

const renamed = vi.hoisted(() => ({ look: () => {} }));
vi.mock('node:fs', async (original) => {
	const real = await original<typeof import('node:fs')>();
	const renameSync: typeof real.renameSync = (from, to) => {
		real.renameSync(from, to);
		renamed.look();
	};
	return { ...real, renameSync };
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
	mkdirSync(join(folder, '.junit.xml.draft'));
	expect(() => writeReports(evidenceOf({ seed: 43 }), whole())).toThrow();
	expect(FILES.map(read)).toEqual(before);
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
	for (const name of ['.evidence.json.draft', '.junit.partial.xml.draft', '.summary.md.aside'])
		writeFileSync(join(folder, name), 'half');
	prepareFolder(folder, VERIFICATION);
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

test('when another cannot, nothing is left that is told of earlier evidence', () => {
	writeReports(evidenceOf(), whole());
	writeFileSync(join(folder, 'review.html'), 'old');
	rmSync(join(folder, 'junit.xml'));
	mkdirSync(join(folder, 'junit.xml'));
	expect(() => writeReports(evidenceOf({ seed: 43 }), whole())).toThrow(/EISDIR|ENOTEMPTY|EEXIST/);
	expect(Evidence.parse(JSON.parse(read('evidence.json'))).seed).toBe(43);
	expect(read('summary.md')).toContain('seed 43');
	expect(readdirSync(folder).sort()).toEqual(FILES);
});

test('at no moment do reports of two runs stand beside each other', () => {
	const names = ['a.json', 'b.md', 'c.xml'];
	const version = (n: number) => names.map((name) => [name, `${n}`] as const);
	const looks: string[] = [];
	writeTogether(folder, version(1));
	writeFileSync(join(folder, 'd.html'), '1');
	// As whoever is killed after one of the steps would leave it.
	renamed.look = () => {
		const all = [...names, 'd.html'];
		looks.push(all.map((name) => (existsSync(join(folder, name)) ? read(name) : '-')).join(''));
	};
	onTestFinished(() => {
		renamed.look = () => {};
	});
	writeTogether(folder, version(2), ['d.html']);
	expect(looks).toEqual(['111-', '1-1-', '1---', '2---', '22--', '222-']);
});
