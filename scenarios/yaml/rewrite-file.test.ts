import {
	chmodSync,
	readdirSync,
	readFileSync,
	readlinkSync,
	statSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderOf } from '../testing/folder.ts';
import { rewriteFile } from './rewrite-file.ts';

test('a file gets its new text, and keeps its byte order mark and its mode', () => {
	const folder = folderOf({ 'a.yml': '\u{feff}old\r\n' });
	const path = join(folder, 'a.yml');
	chmodSync(path, 0o640);
	expect(rewriteFile(path, 'old\r\n', 'new', folder)).toEqual({ kind: 'written' });
	expect(readFileSync(path, 'utf8')).toBe('\u{feff}new');
	expect(statSync(path).mode & 0o777).toBe(0o640);
	expect(readdirSync(folder)).toEqual(['a.yml']);
});

test('what was changed meanwhile stays as it is', () => {
	const folder = folderOf({ 'a.yml': 'changed' });
	const path = join(folder, 'a.yml');
	expect(rewriteFile(path, 'old', 'new', folder)).toEqual({
		kind: 'left',
		why: 'it was changed meanwhile',
	});
	expect(readFileSync(path, 'utf8')).toBe('changed');
	expect(readdirSync(folder)).toEqual(['a.yml']);
});

test('a link stays one, and is never followed out of the project', () => {
	const outside = folderOf({ 'b.yml': 'old' });
	const folder = folderOf({ 'a.yml': 'old' });
	symlinkSync('a.yml', join(folder, 'in.yml'));
	symlinkSync(join(outside, 'b.yml'), join(folder, 'out.yml'));
	symlinkSync(outside, join(folder, 'folder'));
	expect(rewriteFile(join(folder, 'in.yml'), 'old', 'new', folder)).toEqual({ kind: 'written' });
	expect(readlinkSync(join(folder, 'in.yml'))).toBe('a.yml');
	expect(readFileSync(join(folder, 'a.yml'), 'utf8')).toBe('new');
	for (const name of ['out.yml', 'folder/b.yml'])
		expect(rewriteFile(join(folder, name), 'old', 'new', folder)).toEqual({
			kind: 'left',
			why: 'it leads out of the project',
		});
	expect(readFileSync(join(outside, 'b.yml'), 'utf8')).toBe('old');
	expect(readdirSync(outside)).toEqual(['b.yml']);
});

test('what the file system refuses is told', () => {
	const folder = folderOf({ 'a.yml': 'old' });
	expect(rewriteFile(join(folder, 'none.yml'), 'old', 'new', folder)).toMatchObject({
		kind: 'left',
		why: expect.stringMatching(/^it cannot be written: ENOENT/),
	});
});

test('what is no text of that encoding stays', () => {
	const folder = folderOf({});
	writeFileSync(join(folder, 'a.yml'), Buffer.from([0xff]));
	expect(rewriteFile(join(folder, 'a.yml'), '\u{fffd}', 'new', folder)).toMatchObject({
		kind: 'left',
	});
});
