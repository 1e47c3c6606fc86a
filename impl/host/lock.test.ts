import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { testFolder } from '../testing/folder.ts';
import { Lock, Locked } from './lock.ts';

function stage() {
	const folder = testFolder();
	return { folder, file: join(folder, 'lock') };
}

test('a lock is held by one, until it is released', () => {
	const { folder, file } = stage();
	const lock = Lock.take(file);
	expect(() => Lock.take(file)).toThrow(Locked);
	expect(readFileSync(file, 'utf8')).toContain(String(process.pid));
	lock.release();
	Lock.take(file).release();
	expect(readdirSync(folder)).toEqual([]);
});

test.each([
	['nothing', ''],
	['no process', 'nobody'],
	['a process that is gone', '999999999 1'],
	['a process of another time', `${process.pid} 1`],
])('a lock that names %s is free', (_, text) => {
	const { folder, file } = stage();
	writeFileSync(file, text);
	const lock = Lock.take(file);
	expect(readdirSync(folder)).toEqual(['lock']);
	lock.release();
});

test('a lock that is a link is replaced, and what it leads to is left alone', () => {
	const { folder, file } = stage();
	const other = join(folder, 'other');
	writeFileSync(other, 'precious');
	symlinkSync(other, file);
	Lock.take(file).release();
	expect(readFileSync(other, 'utf8')).toBe('precious');
});

test('of many that find a lock left behind, one gets it', async () => {
	const { file } = stage();
	writeFileSync(file, '999999999 1');
	const program = `
const { Lock } = await import(${JSON.stringify(join(import.meta.dirname, 'lock.ts'))});
process.on('message', () => {
	try { Lock.take(${JSON.stringify(file)}); process.send('taken'); } catch (error) { process.send(error.name); }
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
		expect((await Promise.all(said)).sort()).toEqual(['Locked', 'Locked', 'Locked', 'taken']);
	} finally {
		for (const taker of takers) taker.kill('SIGKILL');
	}
	expect(existsSync(file)).toBe(true);
});
