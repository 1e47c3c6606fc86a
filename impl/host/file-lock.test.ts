import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { testFolder } from '../testing/folder.ts';
import { FileLock, LockHeld } from './file-lock.ts';

const fileIn = (folder: string): string => join(folder, '.lock');

function refusal(file: string): LockHeld {
	try {
		FileLock.take(file);
	} catch (error) {
		if (error instanceof LockHeld) return error;
		throw error;
	}
	throw new Error('it was taken');
}

/** A lock as this process writes it, with something else in it. */
function left(file: string, other: object): void {
	const lock = FileLock.take(file);
	const written: unknown = JSON.parse(readFileSync(file, 'utf8'));
	lock.release();
	writeFileSync(file, JSON.stringify({ ...(written as object), ...other }));
}

test('a lock is held by one, and free again afterwards; nothing else is left', () => {
	const folder = testFolder();
	const file = fileIn(folder);
	const lock = FileLock.take(file);
	const held = refusal(file);
	expect(held.message).toMatch(
		new RegExp(`^by process ${process.pid} \\(.+\\) since 20\\d\\d-\\d\\d-.*Z$`),
	);
	expect(held.remedy).toBe(`if that is no mulligan, remove ${file}`);
	expect(readdirSync(folder)).toEqual(['.lock']);
	lock.release();
	lock.release();
	expect(readdirSync(folder)).toEqual([]);
	FileLock.take(file).release();
});

test('a lock of a process that was killed is taken away', async () => {
	const file = fileIn(testFolder());
	const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
	await once(child, 'spawn');
	left(file, { pid: child.pid, started: '' });
	child.kill('SIGKILL');
	await once(child, 'exit');
	FileLock.take(file).release();
	expect(existsSync(file)).toBe(false);
});

test.each([
	['another process has its number', { started: '1' }],
	['the machine was started again', { boot: 'another' }],
	['no process has its number', { pid: 2 ** 22 + 1 }],
	['its number is none', { pid: -1 }],
])('a lock is taken away when %s', (_, other) => {
	const folder = testFolder();
	left(fileIn(folder), other);
	const lock = FileLock.take(fileIn(folder));
	expect(refusal(fileIn(folder)).message).toContain(`by process ${process.pid} `);
	lock.release();
	expect(readdirSync(folder)).toEqual([]);
});

test("another machine's lock stays, and is told with what to do", () => {
	const file = fileIn(testFolder());
	left(file, { host: 'elsewhere', command: 'mulligan verify\u{1b}[31m', pid: 2 ** 22 + 1 });
	const held = refusal(file);
	expect(hostname()).not.toBe('elsewhere');
	expect(held.message).toContain('(mulligan verify\\u{1b}[31m) since ');
	expect(held.message).toContain(' on the machine "elsewhere"');
	expect(held.remedy).toBe(`if it ended there, remove ${file}`);
	expect(existsSync(file)).toBe(true);
});

test.each([
	['nothing', ''],
	['two numbers', '12 34'],
	['other JSON', '{"pid":"x"}'],
])('a file that holds %s stays, and is told', (_, text) => {
	const file = fileIn(testFolder());
	writeFileSync(file, text);
	expect(refusal(file).remedy).toContain(`remove ${file}`);
	expect(readFileSync(file, 'utf8')).toBe(text);
});

test('a lock that somebody else took since is not released', () => {
	const file = fileIn(testFolder());
	const lock = FileLock.take(file);
	writeFileSync(file, 'theirs');
	lock.release();
	expect(readFileSync(file, 'utf8')).toBe('theirs');
});

test('a place where no lock can be is an error of the file system', () => {
	const folder = testFolder();
	expect(() => FileLock.take(join(folder, 'no', 'lock'))).toThrow('ENOENT');
	mkdirSync(fileIn(folder));
	expect(refusal(fileIn(folder)).remedy).toContain('look at it, then remove');
});

test('of many that find a lock left behind, one gets it', async () => {
	const file = fileIn(testFolder());
	left(file, { pid: 2 ** 22 + 1 });
	const program = `
const { FileLock } = await import(${JSON.stringify(join(import.meta.dirname, 'file-lock.ts'))});
process.on('message', () => {
	try { FileLock.take(${JSON.stringify(file)}); process.send('taken'); } catch (error) { process.send(error.name); }
});
process.send('ready');
`;
	const script = join(testFolder(), 'taker.mjs');
	writeFileSync(script, program);
	const takers = Array.from({ length: 4 }, () =>
		fork(script, { execArgv: ['--import', import.meta.resolve('tsx')] }),
	);
	try {
		await Promise.all(takers.map((taker) => once(taker, 'message')));
		const said = takers.map(async (taker): Promise<unknown> => (await once(taker, 'message'))[0]);
		for (const taker of takers) taker.send('go');
		expect((await Promise.all(said)).sort()).toEqual(['LockHeld', 'LockHeld', 'LockHeld', 'taken']);
	} finally {
		for (const taker of takers) taker.kill('SIGKILL');
	}
	expect(existsSync(file)).toBe(true);
});

test('that somebody was killed while taking over one left behind is said, with what to remove', () => {
	const file = fileIn(testFolder());
	left(file, { pid: 2 ** 22 + 1 });
	left(`${file}.turn`, { pid: 2 ** 22 + 1 });
	expect(refusal(file).remedy).toBe(`remove ${file}.turn`);
	rmSync(`${file}.turn`);
	FileLock.take(file).release();
	expect(existsSync(file)).toBe(false);
});

test('what is no file is looked at by nobody: it might never end', () => {
	const file = fileIn(testFolder());
	symlinkSync('/dev/zero', file);
	expect(refusal(file).message).toBe('by something that does not say what it is');
});

test('a lock whose folder was replaced is released without a word', () => {
	const folder = join(testFolder(), 'reports');
	mkdirSync(folder);
	const lock = FileLock.take(fileIn(folder));
	rmSync(folder, { recursive: true });
	writeFileSync(folder, 'a file');
	expect(() => lock.release()).not.toThrow();
});
