import { UnusableFolder, usableFolder } from '../../host/folders.ts';
import { Lock, Locked } from '../../host/lock.ts';
import { explain, StoreError } from './errors.ts';

/**
 * Keeps a second process out of the folder of a database, where it would destroy what the first one
 * writes. Makes the folder if need be. The file stands beside it, however one came there: the folder itself
 * is the database's.
 *
 * @throws StoreError
 */
export function lockFolder(folder: string): Lock {
	try {
		return Lock.take(`${usableFolder(folder)}.lock`);
	} catch (error) {
		if (error instanceof UnusableFolder) throw new StoreError('wrong-place', error.message);
		if (error instanceof Locked)
			throw new StoreError(
				'in-use',
				`the database in ${folder} is in use by process ${error.holder}; if that is no app server, remove ${error.file}`,
			);
		throw explain(error, `database in ${folder}`);
	}
}
