import { FileLock, LockHeld } from '../../host/file-lock.ts';
import { UnusableFolder, usableFolder } from '../../host/folders.ts';
import { explain, StoreError } from './errors.ts';

/**
 * Keeps a second process out of the folder of a database, where it would destroy what the first one
 * writes. Makes the folder if need be. The file stands beside it, however one came there: the folder itself
 * is the database's.
 *
 * @throws StoreError
 */
export function lockFolder(folder: string): FileLock {
	try {
		return FileLock.take(`${usableFolder(folder)}.lock`);
	} catch (error) {
		if (error instanceof UnusableFolder) throw new StoreError('wrong-place', error.message);
		if (error instanceof LockHeld)
			throw new StoreError(
				'in-use',
				`the database in ${folder} is in use ${error.message}; ${error.remedy}`,
			);
		throw explain(error, `database in ${folder}`);
	}
}
