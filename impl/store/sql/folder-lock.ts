import { FileLock, LockHeld } from '../../host/file-lock.ts';
import { UnusableFolder, usableFolder } from '../../host/folders.ts';
import { explain, StoreError } from './errors.ts';

/**
 * Keeps a second process out of a folder, where it would destroy what the first one writes. Makes the folder
 * if need be. The lock stands beside it: the folder itself is the database's.
 *
 * @throws StoreError
 */
export function lockFolder(folder: string): FileLock {
	try {
		usableFolder(folder);
		return FileLock.take(`${folder.replace(/\/+$/, '')}.lock`);
	} catch (error) {
		if (error instanceof LockHeld)
			throw new StoreError(
				'in-use',
				`the database in ${folder} is in use ${error.message}; ${error.remedy}`,
			);
		if (error instanceof UnusableFolder) throw new StoreError('wrong-place', error.message);
		throw explain(error, `database in ${folder}`);
	}
}
