import { accessSync, constants, realpathSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { git, isRepository } from './git.ts';
import { entriesIn, LIMITS, type Limits, Tally, TooMuch } from './tree.ts';

/** Where `git.get_project` gets the project from: a folder of this machine, which is only read. */
export type Source =
	/** A git repository: its committed state. */
	| { readonly kind: 'clone'; readonly folder: string; readonly commit: string }
	/** Any other folder, as it is. */
	| { readonly kind: 'copy'; readonly folder: string };

export type Surveyed =
	/** `what`: what will be got, for people. */
	| { readonly kind: 'usable'; readonly source: Source; readonly what: string }
	| { readonly kind: 'unusable'; readonly message: string; readonly remedy: string };

const unusable = (message: string, remedy: string): Surveyed => ({
	kind: 'unusable',
	message,
	remedy,
});

const LESS = 'give a folder with only what the task needs';

/** Looks at all of a source, and changes nothing in it. */
export function survey(path: string, limits: Limits = LIMITS): Surveyed {
	try {
		const folder = realpathSync(resolve(path));
		if (!statSync(folder).isDirectory())
			return unusable(`the source ${path} is no folder`, 'give the folder of the project');
		return isRepository(folder) ? repository(folder, limits) : plain(folder, limits);
	} catch (error) {
		if (error instanceof TooMuch)
			return unusable(`the source ${path} is too large: ${error.message}`, LESS);
		if (!(error instanceof Error && 'syscall' in error)) throw error;
		return unusable(
			`the source ${path} cannot be read: ${error.message}`,
			'give a folder that is there and can be read',
		);
	}
}

function plain(folder: string, limits: Limits): Surveyed {
	const tally = new Tally(limits);
	for (const entry of entriesIn(folder)) {
		tally.add(entry);
		if (entry.kind === 'file') accessSync(join(folder, entry.path), constants.R_OK);
	}
	return {
		kind: 'usable',
		source: { kind: 'copy', folder },
		what: `a copy of ${folder}: ${tally}`,
	};
}

function repository(folder: string, limits: Limits): Surveyed {
	// As a clone asks for it, so that whatever would refuse a clone refuses this.
	const head = git('ls-remote', '--quiet', '--', folder, 'HEAD');
	const inIt = (args: readonly string[]) => git('-C', folder, ...args);
	const refused = (why: string): Surveyed =>
		unusable(
			`the source ${folder} is a git repository that cannot be cloned: ${why}`,
			'mend it, or give a folder without .git',
		);
	if (head.kind === 'failed') return refused(head.why);
	const [commit = ''] = head.out.split('\t');
	if (commit === '')
		return unusable(
			`the source ${folder} is a git repository in which nothing is committed`,
			'commit what the task needs, or give a folder without .git',
		);
	const files = inIt(['ls-tree', '-r', '-l', '-z', commit]);
	if (files.kind === 'failed') return refused(files.why);
	const stored = inIt(['count-objects', '-v']);
	if (stored.kind === 'failed') return refused(stored.why);
	const tally = new Tally(limits);
	for (const line of files.out.split('\0'))
		if (line !== '') tally.count(Number(/ (\d+)\t/.exec(line)?.[1] ?? 0));
	// In kilobytes: loose objects, and packs.
	for (const [, size] of stored.out.matchAll(/^size(?:-pack)?: (\d+)$/gm))
		new Tally(limits).count(Number(size) * 1024);
	return {
		kind: 'usable',
		source: { kind: 'clone', folder, commit },
		what: `a clone of ${folder} at ${commit.slice(0, 12)}: ${tally}, as committed; what is not committed is not in it`,
	};
}
