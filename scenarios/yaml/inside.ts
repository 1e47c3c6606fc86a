import { existsSync, realpathSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';

/** What a file that another file names comes to. `outside`: it must not be read, and was not. */
export type Named =
	| { readonly kind: 'found'; readonly path: string }
	| { readonly kind: 'missing' }
	| { readonly kind: 'outside' };

/** Finds a file by the name that another file gives it. */
export type Resolve = (filename: string) => Named;

/**
 * The top of the repository that a file belongs to: the nearest folder above it that has a `.git`,
 * or another of the marks; else, for a file in a folder such as `.evergreen`, the folder around
 * that; else its own folder.
 */
export function repositoryTop(path: string, marks: readonly string[] = ['.git']): string {
	const own = dirname(resolve(path));
	for (let folder = own; ; folder = dirname(folder)) {
		if (marks.some((mark) => existsSync(join(folder, mark)))) return folder;
		if (dirname(folder) === folder) break;
	}
	return basename(own).startsWith('.') ? dirname(own) : own;
}

/**
 * Resolves names against one folder, `from` by default its root, and never leads outside the root,
 * be it by `..`, by an absolute path, or by a symbolic link.
 */
export function insideOf(root: string, from = root): Resolve {
	return (filename) => {
		const path = resolve(from, filename);
		if (isAbsolute(filename) || leaves(resolve(root), path)) return { kind: 'outside' };
		let real: string;
		try {
			real = realpathSync(path);
		} catch {
			return { kind: 'missing' };
		}
		return leaves(realpathSync(root), real) ? { kind: 'outside' } : { kind: 'found', path };
	};
}

/** Whether a path is that of a folder, or of something in it; links are not followed. */
export const isInside = (folder: string, path: string): boolean => !leaves(folder, path);

function leaves(root: string, path: string): boolean {
	const way = relative(root, path);
	return way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way);
}

/**
 * The path of a file from the top of its repository, with slashes; where there is no repository, from the working
 * folder, which is its top where a tree is copied without.
 */
export function pathInRepository(path: string): string {
	const top = repositoryTop(path);
	const from = existsSync(join(top, '.git')) ? top : '';
	return relative(from, resolve(path)).replaceAll(sep, '/');
}
