import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folderOf } from '../testing/folder.ts';
import { insideOf, repositoryTop } from './inside.ts';

describe('names inside a folder', () => {
	test('are resolved against it, or against a folder in it', () => {
		const root = folderOf({ 'a.yml': '', 'sub/b.yml': '' });
		expect(insideOf(root)('sub/b.yml')).toEqual({ kind: 'found', path: join(root, 'sub/b.yml') });
		expect(insideOf(root, join(root, 'sub'))('../a.yml')).toMatchObject({ kind: 'found' });
		expect(insideOf(root)('c.yml')).toEqual({ kind: 'missing' });
		expect(insideOf(root)('..yml')).toEqual({ kind: 'missing' });
	});

	test.each(['../x.yml', 'sub/../../x.yml', '..', '/etc/passwd'])(
		'never lead out by %s',
		(name) => {
			expect(insideOf(folderOf({ 'sub/b.yml': '' }))(name)).toEqual({ kind: 'outside' });
		},
	);

	test('never lead out by a symbolic link, and may follow one that stays inside', () => {
		const outside = folderOf({ 'secret.yml': 'a: 1' });
		const root = folderOf({ 'a.yml': '' });
		symlinkSync(join(outside, 'secret.yml'), join(root, 'link.yml'));
		symlinkSync(outside, join(root, 'folder'));
		symlinkSync(join(root, 'a.yml'), join(root, 'same.yml'));
		expect(insideOf(root)('link.yml')).toEqual({ kind: 'outside' });
		expect(insideOf(root)('folder/secret.yml')).toEqual({ kind: 'outside' });
		expect(insideOf(root)('same.yml')).toMatchObject({ kind: 'found' });
	});
});

describe('the top of a repository', () => {
	test('is the nearest folder with a mark', () => {
		const root = folderOf({ 'ci/deep/a.yml': '', 'ci/package.json': '' });
		mkdirSync(join(root, '.git'));
		expect(repositoryTop(join(root, 'ci/deep/a.yml'))).toBe(root);
		expect(repositoryTop(join(root, 'ci/deep/a.yml'), ['.git', 'package.json'])).toBe(
			join(root, 'ci'),
		);
	});

	test('is around a folder such as .evergreen, else the own folder', () => {
		const root = folderOf({ '.evergreen/a.yml': '', 'ci/a.yml': '' });
		expect(repositoryTop(join(root, '.evergreen/a.yml'))).toBe(root);
		expect(repositoryTop(join(root, 'ci/a.yml'))).toBe(join(root, 'ci'));
	});
});
