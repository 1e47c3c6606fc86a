import { join } from 'node:path';
import { InvalidArgumentError, Option } from 'commander';
import { FileLock, LockHeld } from '../impl/host/file-lock.ts';
import { usableFolder } from '../impl/host/folders.ts';
import { OUT } from '../reports/write.ts';
import { inTheWay, prepareFolder } from '../reports/write-together.ts';
import { BadInput, EXIT } from './exit.ts';
import { onDisk } from './on-disk.ts';

/** `--output`: where reports go, and are looked for. */
export const outputOption = (): Option =>
	new Option('--output <folder>', `where reports go (default: ${OUT})`).argParser((folder) => {
		if (folder === '') throw new InvalidArgumentError('expected a folder');
		return folder;
	});

const REPORTS = { what: 'reports', remedy: 'give a folder that you may write to with --output' };

const sayTaken = (file: string): string =>
	`${file}: a report goes here, and there is something that is no file (move it away, or give another folder with --output)`;

/** A folder in which this run alone writes some reports. */
export class ReportFolder {
	readonly path: string;
	readonly #locks: readonly FileLock[];
	#refused = false;

	/**
	 * Makes the folder, and keeps others from writing the same reports there.
	 *
	 * @param reports what is written together, by its first name; one list for each.
	 * @throws BadInput when it cannot be written, or somebody else writes them.
	 */
	static take(path: string, ...reports: readonly (readonly string[])[]): ReportFolder {
		const locks: FileLock[] = [];
		try {
			onDisk(path, REPORTS, () => {
				usableFolder(path);
				prepareFolder(path, []);
				for (const [first = ''] of reports) locks.push(FileLock.take(join(path, `.${first}.lock`)));
				prepareFolder(path, reports.flat());
			});
			const taken = inTheWay(path, reports.flat());
			if (taken.length > 0) throw new BadInput(...taken.map(sayTaken));
			return new ReportFolder(path, locks);
		} catch (error) {
			for (const lock of locks) lock.release();
			if (!(error instanceof LockHeld)) throw error;
			throw new BadInput(
				`${path}: its reports are being written ${error.message} (wait for it, or give another folder with --output; ${error.remedy})`,
			);
		}
	}

	private constructor(path: string, locks: readonly FileLock[]) {
		this.path = path;
		this.#locks = locks;
	}

	/**
	 * Writes into it, and gives the paths. Where the file system refuses after all it is said, and nothing is written:
	 * what was found is still to be told.
	 */
	write(act: () => string[]): string[] {
		try {
			return onDisk(this.path, REPORTS, act);
		} catch (error) {
			if (!(error instanceof BadInput)) throw error;
			this.#refused = true;
			for (const line of error.lines) console.error(`mulligan: ${line}`);
			return [];
		}
	}

	/** The exit status of a run that comes to this one, if what it had to write is written. */
	exit(status: number): number {
		return this.#refused ? EXIT['bad input'] : status;
	}

	release(): void {
		for (const lock of this.#locks) lock.release();
	}
}
