import { existsSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { testFolder } from '../testing/folder.ts';
import { executionFolder, folderName, UnusableFolder, usableFolder } from './folders.ts';

test('a folder is made with those above it, and is the same when it is there or linked to', () => {
	const folder = testFolder();
	const made = usableFolder(join(folder, 'a/b/c'));
	expect(made).toBe(join(folder, 'a/b/c'));
	expect(existsSync(made)).toBe(true);
	symlinkSync(made, join(folder, 'link'));
	expect(usableFolder(join(folder, 'link'))).toBe(made);
});

test.each([
	['a file', 'file', 'EEXIST'],
	['something below a file', 'file/a/b', 'ENOTDIR'],
	['a broken link', 'nowhere', 'EEXIST'],
])('%s is no folder to be used, and it is said why', (_what, path, code) => {
	const folder = testFolder();
	writeFileSync(join(folder, 'file'), '');
	symlinkSync(join(folder, 'gone'), join(folder, 'nowhere'));
	expect(() => usableFolder(join(folder, path))).toThrow(UnusableFolder);
	expect(() => usableFolder(join(folder, path))).toThrow(code);
});

test.runIf(process.platform === 'linux')(
	'a place where no folder can be made is told at once',
	() => {
		expect(() => usableFolder('/proc/a/b')).toThrow(
			/the folder \/proc\/a\/b cannot be used: ENOENT/,
		);
	},
);

test.each([
	['plain-id_1', 'plain-id_1'],
	['..', '%2E.'],
	['a/b', 'a%2Fb'],
	['*', '%2A'],
])('the id %s is the one folder %s', (id, name) => {
	expect(folderName(id)).toBe(name);
	expect(executionFolder('/base', { task: id, execution: 2 })).toBe(`/base/${name}/2`);
});

test('ids that are longer than a name may be are told apart', () => {
	const [one, other] = [folderName(`${'x'.repeat(300)}1`), folderName(`${'x'.repeat(300)}2`)];
	expect(one).toHaveLength(100);
	expect(one).not.toBe(other);
});
