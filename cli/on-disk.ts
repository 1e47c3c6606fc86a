import { UnusableFolder } from '../impl/host/folders.ts';
import { BadInput } from './exit.ts';

/** What the file system refuses is for the user to set right; anything else is a bug. */
export function onDisk<Result>(
	path: string,
	{ what, remedy }: { readonly what: string; readonly remedy: string },
	act: () => Result,
): Result {
	try {
		return act();
	} catch (error) {
		const refused =
			error instanceof UnusableFolder || (error instanceof Error && 'syscall' in error);
		if (!refused) throw error;
		const first = isFull(error) ? 'make room there, or ' : '';
		throw new BadInput(`${path}: ${what} cannot be written: ${error.message} (${first}${remedy})`);
	}
}

const isFull = (error: Error): boolean =>
	'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');
