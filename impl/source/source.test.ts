import { execFileSync } from 'node:child_process';
import {
	chmodSync,
	existsSync,
	lstatSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	readlinkSync,
	statSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { testFolder } from '../testing/folder.ts';
import { getProject } from './get-project.ts';
import { type Source, survey } from './survey.ts';
import { entriesIn, LIMITS } from './tree.ts';

/** A folder with these files. */
function folderOf(files: Readonly<Record<string, string>>): string {
	const folder = testFolder();
	for (const [path, text] of Object.entries(files)) {
		mkdirSync(dirname(join(folder, path)), { recursive: true });
		writeFileSync(join(folder, path), text);
	}
	return folder;
}

const git = (folder: string, ...args: string[]): string =>
	execFileSync(
		'git',
		['-C', folder, '-c', 'user.name=t', '-c', 'user.email=t@localhost', ...args],
		{ encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] },
	).trim();

/** A repository in which these files are committed. */
function repositoryOf(files: Readonly<Record<string, string>>): string {
	const folder = folderOf(files);
	git(folder, 'init', '--quiet');
	git(folder, 'add', '--all');
	git(folder, 'commit', '--quiet', '--message', 'one');
	return folder;
}

function sourceIn(folder: string): Source {
	const surveyed = survey(folder);
	if (surveyed.kind === 'unusable') throw new Error(surveyed.message);
	return surveyed.source;
}

/** Gets a source as `src` below a folder of its own. */
function got(source: Source, name = 'src') {
	const root = testFolder();
	const target = join(root, name);
	return { root, target, ...getProject({ source, root, target }) };
}

/** All that can be known of a folder without changing it, but when it was read. */
const stateOf = (folder: string): object[] =>
	[...entriesIn(folder)].map(({ path, kind, stats: { ino, mode, size, mtimeMs, ctimeMs } }) => ({
		...{ path, kind, ino, mode, size, mtimeMs, ctimeMs },
	}));

const unusable = (folder: string, limits = LIMITS): string => {
	const surveyed = survey(folder, limits);
	return surveyed.kind === 'unusable' ? `${surveyed.message} (${surveyed.remedy})` : 'usable';
};

test('a folder is copied as it is, and not touched', () => {
	const folder = folderOf({ 'a.txt': 'a', 'sub/run.sh': '#!/bin/sh\n', 'sub/.hidden': 'x' });
	chmodSync(join(folder, 'sub/run.sh'), 0o755);
	mkdirSync(join(folder, 'empty'));
	symlinkSync('../a.txt', join(folder, 'sub/link'));
	const before = stateOf(folder);
	const surveyed = survey(folder);
	expect(surveyed).toMatchObject({ kind: 'usable', source: { kind: 'copy', folder } });
	const { target, kind, what } = got(sourceIn(folder));
	expect(kind).toBe('got');
	expect(what).toBe(`a copy of ${folder}: 3 files, 12 bytes`);
	expect([...entriesIn(target)].map(({ path }) => path)).toEqual(
		[...entriesIn(folder)].map(({ path }) => path),
	);
	expect(readFileSync(join(target, 'sub/link'), 'utf8')).toBe('a');
	expect(lstatSync(join(target, 'sub/link')).isSymbolicLink()).toBe(true);
	expect(statSync(join(target, 'sub/run.sh')).mode & 0o777).toBe(0o755);
	expect(stateOf(folder)).toEqual(before);
});

test('links that lead out of a folder are left out, whichever way they do, and named', () => {
	const folder = folderOf({ 'a.txt': 'a', 'deep/er/b.txt': 'b' });
	symlinkSync(join(folder, 'a.txt'), join(folder, 'absolute'));
	symlinkSync('../elsewhere', join(folder, 'up'));
	symlinkSync('deep/er', join(folder, 'inside'));
	// By its text it stays inside; but `inside` leads down, from where `..` goes less far up.
	symlinkSync('../..', join(folder, 'deep/er/top'));
	symlinkSync('deep/er/top/../x', join(folder, 'through'));
	symlinkSync('nowhere/../x', join(folder, 'who-knows'));
	symlinkSync('a.txt', join(folder, 'stays'));
	symlinkSync('nowhere', join(folder, 'dangling'));
	const { target, what } = got(sourceIn(folder));
	expect(readdirSync(target).toSorted()).toEqual(['a.txt', 'dangling', 'deep', 'inside', 'stays']);
	expect(what).toContain('; left out: 4 links that lead out of it (absolute, through, up, …)');
});

test('what is no file is left out and named, and nobody waits for it', () => {
	const folder = folderOf({ 'a.txt': 'a' });
	execFileSync('mkfifo', [join(folder, 'pipe')]);
	const { target, what } = got(sourceIn(folder));
	expect(readdirSync(target)).toEqual(['a.txt']);
	expect(what).toContain('; left out: 1 that is no file (pipe)');
});

test('a repository is cloned as it was committed: not what was changed since, nor what git ignores', () => {
	const folder = repositoryOf({ 'a.txt': 'committed', '.gitignore': 'ignored' });
	writeFileSync(join(folder, 'a.txt'), 'changed');
	writeFileSync(join(folder, 'ignored'), 'x');
	writeFileSync(join(folder, 'new'), 'x');
	const before = stateOf(folder);
	const surveyed = survey(folder);
	expect(surveyed).toMatchObject({ kind: 'usable', source: { kind: 'clone' } });
	if (surveyed.kind === 'usable')
		expect(surveyed.what).toMatch(/^a clone of .* at [0-9a-f]{12}: 2 files, .* as committed/);
	const { target, kind } = got(sourceIn(folder));
	expect(kind).toBe('got');
	expect(readdirSync(target).toSorted()).toEqual(['.git', '.gitignore', 'a.txt']);
	expect(readFileSync(join(target, 'a.txt'), 'utf8')).toBe('committed');
	expect(git(target, 'log', '--format=%s')).toBe('one');
	expect(stateOf(folder)).toEqual(before);
});

test('a clone is of the commit that was found at first, whatever is committed meanwhile', () => {
	const folder = repositoryOf({ 'a.txt': 'one' });
	const source = sourceIn(folder);
	writeFileSync(join(folder, 'a.txt'), 'two');
	git(folder, 'commit', '--quiet', '--all', '--message', 'two');
	expect(readFileSync(join(got(source).target, 'a.txt'), 'utf8')).toBe('one');
});

test('a clone shares no file with its source, and cannot be pushed from', () => {
	const folder = repositoryOf({ 'a.txt': 'a' });
	const { target } = got(sourceIn(folder));
	const inodes = new Set([...entriesIn(folder)].map(({ stats }) => stats.ino));
	expect([...entriesIn(target)].filter(({ stats }) => inodes.has(stats.ino))).toEqual([]);
	expect(existsSync(join(target, '.git/objects/info/alternates'))).toBe(false);
	git(target, 'commit', '--quiet', '--allow-empty', '--message', 'two');
	expect(() => git(target, 'push', 'origin', 'HEAD:refs/heads/pushed')).toThrow();
	expect(git(folder, 'branch', '--list', 'pushed')).toBe('');
});

test('no hook is run: none of the source, and none that it brings along', () => {
	const folder = repositoryOf({ 'hooks/post-checkout': '#!/bin/sh\necho run >> ../hooked\n' });
	for (const name of ['post-checkout', 'pre-push', 'post-index-change', 'reference-transaction']) {
		const hook = join(folder, '.git/hooks', name);
		writeFileSync(hook, `#!/bin/sh\necho ${name} >> '${join(folder, 'hooked')}'\n`);
		chmodSync(hook, 0o755);
	}
	chmodSync(join(folder, 'hooks/post-checkout'), 0o755);
	git(folder, 'commit', '--quiet', '--all', '--amend', '--no-edit', '--no-verify');
	const hooked = join(folder, 'hooked');
	const before = existsSync(hooked) ? readFileSync(hooked, 'utf8') : null;
	git(folder, 'config', 'core.fsmonitor', `echo monitored >> '${hooked}'; false`);
	// As users have it who keep hooks in the repository.
	const home = folderOf({ '.gitconfig': '[core]\n\thooksPath = hooks\n' });
	const usual = process.env['HOME'];
	process.env['HOME'] = home;
	try {
		const { kind, root } = got(sourceIn(folder));
		expect(kind).toBe('got');
		expect(readdirSync(root)).toEqual(['src']);
	} finally {
		if (usual === undefined) delete process.env['HOME'];
		else process.env['HOME'] = usual;
	}
	expect(existsSync(hooked) ? readFileSync(hooked, 'utf8') : null).toBe(before);
});

test('committed links that lead out are taken out of a clone', () => {
	const folder = folderOf({ 'a.txt': 'a' });
	symlinkSync(join(folder, 'a.txt'), join(folder, 'back'));
	symlinkSync('a.txt', join(folder, 'stays'));
	git(folder, 'init', '--quiet');
	git(folder, 'add', '--all');
	git(folder, 'commit', '--quiet', '--message', 'one');
	const { target, what } = got(sourceIn(folder));
	expect(readdirSync(target).toSorted()).toEqual(['.git', 'a.txt', 'stays']);
	expect(readlinkSync(join(target, 'stays'))).toBe('a.txt');
	expect(what).toMatch(/; links that lead out of it are left out: back$/);
});

test('a bare repository and a work tree of another are repositories too; a folder in one is none', () => {
	const folder = repositoryOf({ 'sub/a.txt': 'a' });
	const bare = join(testFolder(), 'bare');
	git(folder, 'clone', '--quiet', '--bare', folder, bare);
	const tree = join(testFolder(), 'tree');
	git(folder, 'worktree', 'add', '--quiet', tree);
	for (const one of [bare, tree]) {
		const source = sourceIn(one);
		expect(source.kind).toBe('clone');
		expect(existsSync(join(got(source).target, 'sub/a.txt'))).toBe(true);
	}
	expect(sourceIn(join(folder, 'sub')).kind).toBe('copy');
});

test('where it is put, it stands in place of what was there, and nowhere but below the task', () => {
	const source = sourceIn(folderOf({ 'a.txt': 'a' }));
	const root = testFolder();
	const outside = folderOf({ 'src/kept': 'x' });
	mkdirSync(join(root, 'src'));
	writeFileSync(join(root, 'src/old'), 'x');
	symlinkSync(join(outside, 'src'), join(root, 'link'));
	symlinkSync(outside, join(root, 'out'));
	const into = (target: string) => getProject({ source, root, target: join(root, target) }).kind;
	expect(into('src')).toBe('got');
	expect(readdirSync(join(root, 'src'))).toEqual(['a.txt']);
	expect(into('deep/er/src')).toBe('got');
	expect(into('link')).toBe('got');
	expect(into('out/src')).toBe('failed');
	expect(into('../src')).toBe('failed');
	expect(readdirSync(join(outside, 'src'))).toEqual(['kept']);
});

test.each(["it's; touch hooked", '$(touch hooked)', '-rf', '--upload-pack=touch hooked', 'a\nb'])(
	'no name means anything to a shell or to git: %s',
	(name) => {
		const parent = testFolder();
		const folder = join(parent, name);
		mkdirSync(folder);
		writeFileSync(join(folder, 'a.txt'), 'a');
		expect(got(sourceIn(folder), name).kind).toBe('got');
		git(folder, 'init', '--quiet');
		git(folder, 'add', '--all');
		git(folder, 'commit', '--quiet', '--message', 'one');
		const { kind, target } = got(sourceIn(folder), name);
		expect(kind).toBe('got');
		expect(existsSync(join(target, 'a.txt'))).toBe(true);
		expect(readdirSync(parent)).toEqual([name]);
	},
);

test('a source that is too large is told so before anything is got', () => {
	const folder = folderOf({ 'a.txt': 'x'.repeat(3000), 'b/c.txt': '' });
	expect(unusable(folder, { entries: 2, bytes: 1e6 })).toMatch(
		/^the source .* is too large: it has more than 2 files and folders \(give a folder with only/,
	);
	expect(unusable(folder, { entries: 9, bytes: 2000 })).toContain('it is larger than 2 kB');
	expect(unusable(folder, { entries: 3, bytes: 3000 })).toBe('usable');
	const repository = repositoryOf({ 'a.txt': 'x'.repeat(3000), b: '' });
	expect(unusable(repository, { entries: 1, bytes: 1e9 })).toContain('more than 1 file');
	expect(unusable(repository, { entries: 9, bytes: 2000 })).toContain('it is larger than 2 kB');
});

test('the history of a repository counts too', () => {
	const folder = repositoryOf({ 'a.txt': 'a' });
	writeFileSync(
		join(folder, 'big'),
		Buffer.from(Array.from({ length: 50_000 }, Math.random).join()),
	);
	git(folder, 'add', '--all');
	git(folder, 'commit', '--quiet', '--message', 'two');
	git(folder, 'rm', '--quiet', 'big');
	git(folder, 'commit', '--quiet', '--message', 'three');
	expect(unusable(folder, { entries: 99, bytes: 100_000 })).toContain('it is larger than 100 kB');
});

test('a source that cannot be used is told with what is wrong and what to do', () => {
	const folder = folderOf({ file: 'x', 'broken/.git/HEAD': 'x' });
	expect(unusable(join(folder, 'nowhere'))).toMatch(/cannot be read: ENOENT.*\(give a folder that/);
	expect(unusable(join(folder, 'file'))).toMatch(/is no folder \(give the folder of the project\)/);
	expect(unusable(join(folder, 'broken'))).toMatch(/is a git repository that cannot be cloned: /);
	const empty = testFolder();
	git(empty, 'init', '--quiet');
	expect(unusable(empty)).toMatch(/in which nothing is committed \(commit what the task needs/);
});
