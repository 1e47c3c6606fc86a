import { readlinkSync, realpathSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, sep } from 'node:path';

/** Whether a path leads out of a folder, by its text alone; the folder itself does not. */
export function leaves(root: string, path: string): boolean {
	const way = relative(root, path);
	return way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way);
}

/**
 * Whether a symbolic link, or one that it leads through, leads out of the folder that it is in. An absolute one
 * does: what writes through a copy of it would write into the folder that was copied, or elsewhere.
 */
export function leadsOut(root: string, link: string): boolean {
	const to = readlinkSync(link);
	if (isAbsolute(to) || leaves(root, join(dirname(link), to))) return true;
	const real = realPrefix(`${dirname(link)}${sep}${to}`);
	return real === null || leaves(realpathSync(root), real);
}

/**
 * Where a path leads as far as it is there, through all links; null where what is not there goes up again, so
 * that nobody knows.
 */
export function realPrefix(path: string): string | null {
	const parts = path.split(sep);
	for (let length = parts.length; length > 1; length--) {
		const rest = parts.slice(length);
		if (rest.includes('..')) return null;
		try {
			// The other one works out `..` by the text, before it looks at links.
			return join(realpathSync.native(parts.slice(0, length).join(sep) || sep), ...rest);
		} catch (error) {
			if (!(error instanceof Error && 'code' in error)) throw error;
			if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR') return null;
		}
	}
	return path;
}
