import { mkdirSync, realpathSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { printable } from '../../model/vocabulary/printable.ts';
import { cloneAt } from './git.ts';
import { leaves, realPrefix } from './inside.ts';
import type { Source } from './survey.ts';
import { copyTree, removeLeavingLinks, TooMuch } from './tree.ts';

/** What is to be got, and where it is put: below `root`, in place of what is there. */
export interface Order {
	readonly source: Source;
	readonly root: string;
	readonly target: string;
}

/** What was got, for people; or why nothing could be. */
export type Got = { readonly kind: 'got' | 'failed'; readonly what: string };

/** Puts a source where a task expects its project, as `git.get_project` does. */
export function getProject({ source, root, target }: Order): Got {
	const { folder } = source;
	// A link on the way may lead elsewhere; one in that place itself is taken away.
	const parent = realPrefix(dirname(target));
	if (parent === null || leaves(realpathSync(root), parent))
		return { kind: 'failed', what: `${target} is no folder below that of the task` };
	try {
		rmSync(target, { recursive: true, force: true, maxRetries: 3 });
		mkdirSync(dirname(target), { recursive: true });
		if (source.kind === 'copy')
			return { kind: 'got', what: `a copy of ${folder}: ${copyTree(folder, target)}` };
		const cloned = cloneAt(source.commit, folder, target);
		if (cloned.kind === 'failed') return { kind: 'failed', what: cloned.why };
		const leaving = removeLeavingLinks(target);
		const without =
			leaving.length === 0
				? ''
				: `; links that lead out of it are left out: ${leaving.map(printable).join(', ')}`;
		return { kind: 'got', what: `a clone of ${folder} at ${source.commit}${without}` };
	} catch (error) {
		if (error instanceof TooMuch || (error instanceof Error && 'syscall' in error))
			return { kind: 'failed', what: error.message };
		throw error;
	}
}
