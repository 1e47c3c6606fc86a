import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Evidence } from './evidence.ts';
import { junit } from './junit.ts';
import { summary } from './summary.ts';
import { evidenceOf } from './testing/evidence.ts';
import { prepareFolder, writeReports } from './write.ts';

let folder: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'mulligan-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
const FILES = ['evidence.json', 'junit.xml', 'summary.md'];

test('three files are written, in a folder that is made for them, and nothing else', () => {
	const out = join(folder, 'reports/out');
	expect(writeReports(evidenceOf(), out)).toEqual(
		['evidence.json', 'summary.md', 'junit.xml'].map((name) => join(out, name)),
	);
	expect(readdirSync(out).sort()).toEqual(FILES);
	expect(Evidence.parse(JSON.parse(read('reports/out/evidence.json')))).toEqual(evidenceOf());
	expect(read('reports/out/summary.md')).toBe(summary(evidenceOf()));
	expect(read('reports/out/junit.xml')).toBe(junit(evidenceOf()));
});

test('reports of before are replaced', () => {
	writeReports(evidenceOf(), folder);
	writeReports(evidenceOf({ seed: 43 }), folder);
	expect(read('summary.md')).toContain('seed 43');
	expect(readdirSync(folder).sort()).toEqual(FILES);
});

test('evidence that breaks its own schema is not written', () => {
	writeReports(evidenceOf(), folder);
	expect(() => writeReports(evidenceOf({ seed: 1.5 }), folder)).toThrow();
	expect(Evidence.parse(JSON.parse(read('evidence.json'))).seed).toBe(42);
});

test('when a draft cannot be written, the reports of before stay as they are', () => {
	writeReports(evidenceOf(), folder);
	const before = FILES.map(read);
	mkdirSync(join(folder, `junit.xml.${process.pid}.tmp`));
	expect(() => writeReports(evidenceOf({ seed: 43 }), folder)).toThrow();
	expect(FILES.map(read)).toEqual(before);
});

test('when a report cannot be put in its place, no draft is left behind', () => {
	mkdirSync(join(folder, 'evidence.json'));
	expect(() => writeReports(evidenceOf(), folder)).toThrow(/EISDIR|ENOTEMPTY|EEXIST/);
	expect(readdirSync(folder)).toEqual(['evidence.json']);
});

test('a folder that cannot be made is an error of the file system, known before any work', () => {
	writeFileSync(join(folder, 'reports'), 'a file');
	const out = join(folder, 'reports/out');
	expect(() => prepareFolder(out)).toThrow('ENOTDIR');
	expect(() => writeReports(evidenceOf(), out)).toThrow('ENOTDIR');
	expect(read('reports')).toBe('a file');
});

test('reports of an earlier run are taken away before the work, and other files are not', () => {
	writeReports(evidenceOf(), folder);
	writeFileSync(join(folder, 'other.txt'), 'mine');
	prepareFolder(folder);
	expect(readdirSync(folder)).toEqual(['other.txt']);
});
