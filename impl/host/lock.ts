import { randomUUID } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';

/** Somebody else holds a lock. */
export class Locked extends Error {
	override name = 'Locked';
	/** The process that holds it. */
	readonly holder: number;
	readonly file: string;

	constructor(holder: number, file: string) {
		super(`${file} is held by process ${holder}`);
		this.holder = holder;
		this.file = file;
	}
}

/** How often a lock is tried that others free and take meanwhile. */
const ATTEMPTS = 100;

/**
 * Keeps a second process out of what a first one works with, by a file. A process that was killed leaves
 * its lock behind, with its number and the time of its start: the number alone will not do, for in a
 * container the next process has the same.
 */
export class Lock {
	readonly #file: string;

	/**
	 * @throws Locked when a process that runs holds it, be it this one.
	 * @throws an error of the file system.
	 */
	static take(file: string): Lock {
		const own = `${file}.${randomUUID()}`;
		// The file appears under its name with all that is in it: nobody finds it empty.
		writeFileSync(own, `${process.pid} ${startOf(process.pid)}`, { flag: 'wx', mode: 0o600 });
		try {
			for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
				if (appears(own, file)) return new Lock(file);
				const found = textOf(file);
				if (found === null) continue;
				const [holder = '', start = ''] = found.split(' ');
				if (isRunning(Number(holder), start)) throw new Locked(Number(holder), file);
				remove(file, found);
			}
			throw new Locked(Number.NaN, file);
		} finally {
			rmSync(own, { force: true });
		}
	}

	private constructor(file: string) {
		this.#file = file;
	}

	release(): void {
		rmSync(this.#file, { force: true });
	}
}

function appears(own: string, file: string): boolean {
	try {
		linkSync(own, file);
		return true;
	} catch (error) {
		if (isOf(error, 'EEXIST')) return false;
		throw error;
	}
}

/** Null when there is no such file. */
function textOf(file: string): string | null {
	try {
		return readFileSync(file, 'utf8');
	} catch (error) {
		if (isOf(error, 'ENOENT')) return null;
		throw error;
	}
}

/** Removes a lock that nobody holds, unless another process was quicker and has a new one there. */
function remove(file: string, found: string): void {
	const aside = `${file}.${randomUUID()}`;
	try {
		renameSync(file, aside);
	} catch (error) {
		if (isOf(error, 'ENOENT')) return;
		throw error;
	}
	if (textOf(aside) !== found) appears(aside, file);
	rmSync(aside, { force: true });
}

const isRunning = (pid: number, start: string): boolean =>
	Number.isInteger(pid) && pid > 0 && isAlive(pid) && startOf(pid) === start;

function isAlive(pid: number): boolean {
	try {
		return process.kill(pid, 0);
	} catch (error) {
		// There is one, of another user.
		return isOf(error, 'EPERM');
	}
}

/** When a process started, as Linux tells it; elsewhere nothing. */
function startOf(pid: number): string {
	const stat = textOf(`/proc/${pid}/stat`) ?? '';
	// The second field is the program's name in brackets, and may hold anything; the 22nd is the start.
	return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
}

const isOf = (error: unknown, code: string): boolean =>
	error instanceof Error && 'code' in error && error.code === code;
