import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Whatever the configuration of its user says: no hook is run and no file monitor is asked, and a repository of
 * this machine may be read.
 */
const SAFE = [
	'core.hooksPath=/dev/null',
	'core.fsmonitor=false',
	'protocol.file.allow=always',
	'advice.detachedHead=false',
].flatMap((setting) => ['-c', setting]);

/** Most that git may print, in bytes. */
const MOST_OUTPUT = 512 * 2 ** 20;

export type GitResult =
	| { readonly kind: 'done'; readonly out: string }
	| { readonly kind: 'failed'; readonly why: string };

/** Runs git to its end, in no repository but the one that is told. */
export function git(...args: readonly string[]): GitResult {
	const { status, error, signal, stdout, stderr } = spawnSync('git', [...SAFE, ...args], {
		encoding: 'utf8',
		maxBuffer: MOST_OUTPUT,
		stdio: ['ignore', 'pipe', 'pipe'],
		env: environment(),
	});
	if (error !== undefined) return { kind: 'failed', why: error.message };
	if (status === 0) return { kind: 'done', out: stdout };
	const said = stderr.trim().split('\n')[0] ?? '';
	return { kind: 'failed', why: said || `git ended with ${signal ?? status}` };
}

/** Variables such as `GIT_DIR` would lead it elsewhere. */
const environment = (): NodeJS.ProcessEnv => ({
	...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_'))),
	GIT_TERMINAL_PROMPT: '0',
	GIT_OPTIONAL_LOCKS: '0',
	GIT_NO_LAZY_FETCH: '1',
});

/** Whether a folder is a git repository: one with a work tree, or a bare one. */
export const isRepository = (folder: string): boolean =>
	isThere(join(folder, '.git')) ||
	['HEAD', 'objects', 'refs'].every((name) => isThere(join(folder, name)));

const isThere = (path: string): boolean => statSync(path, { throwIfNoEntry: false }) !== undefined;

/**
 * Clones a repository of this machine as it was at a commit. Nothing is shared with it, so that nothing is written
 * into it, and it cannot be pushed to by the name `origin`. What hooks templates would bring are left out.
 */
export function cloneAt(commit: string, source: string, target: string): GitResult {
	const cloned = git(
		'clone',
		'--no-local',
		'--quiet',
		'--template=',
		'--config',
		'remote.origin.pushurl=a-source-is-not-pushed-to',
		'--',
		source,
		target,
	);
	if (cloned.kind === 'failed') return cloned;
	return git('-C', target, 'reset', '--hard', '--quiet', commit);
}
