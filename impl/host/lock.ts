import { open, readFile, rm } from 'node:fs/promises';
import { UnusableFolder, usableFolder } from '../../host/folders.ts';
import { codeOf, explain, StoreError } from './errors.ts';

/**
 * Keeps a second process out of a folder, where it would destroy what the first one writes. A process that
 * was killed leaves its lock behind, with its number and the time of its start: the number alone will not
 * do, for in a container the next process has the same.
 */
export class FolderLock {
	readonly #file: string;

	/** Makes the folder if need be. The file stands beside it: the folder itself is the database's. */
	static async take(folder: string): Promise<FolderLock> {
		const file = `${folder.replace(/\/+$/, '')}.lock`;
		try {
			usableFolder(folder);
			return await FolderLock.#take(folder, file, 2);
		} catch (error) {
			if (error instanceof UnusableFolder) throw new StoreError('wrong-place', error.message);
			throw explain(error, `database in ${folder}`);
		}
	}

	static async #take(folder: string, file: string, attempts: number): Promise<FolderLock> {
		try {
			const handle = await open(file, 'wx');
			await handle.writeFile(`${process.pid} ${await startOf(process.pid)}`);
			await handle.close();
			return new FolderLock(file);
		} catch (error) {
			if (codeOf(error) !== 'EEXIST') throw error;
			const [holder = '', start = ''] = (await readFile(file, 'utf8')).split(' ');
			if (attempts <= 1 || (isAlive(Number(holder)) && (await startOf(Number(holder))) === start))
				throw new StoreError(
					'in-use',
					`the database in ${folder} is in use by process ${holder}; if that is no app server, remove ${file}`,
				);
			await rm(file, { force: true });
			return FolderLock.#take(folder, file, attempts - 1);
		}
	}

	private constructor(file: string) {
		this.#file = file;
	}

	async release(): Promise<void> {
		await rm(this.#file, { force: true });
	}
}

/** When a process started, as Linux tells it; elsewhere nothing. */
async function startOf(pid: number): Promise<string> {
	const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
	// The second field is the program's name in brackets, and may hold anything; the 22nd is the start.
	return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
}

function isAlive(pid: number): boolean {
	if (!Number.isInteger(pid) || pid <= 0) return false;
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return codeOf(error) === 'EPERM';
	}
}
