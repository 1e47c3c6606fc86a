import { linkSync, lstatSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename } from 'node:path';
import { z } from 'zod';
import { printable } from '../../model/vocabulary/printable.ts';

/** Who holds a lock, as its file says it. */
const Holder = z.object({
	pid: z.int(),
	/** When the process started, in the machine's own count; empty where it is not known. */
	started: z.string(),
	/** Which start of the machine that was; empty where it is not known. */
	boot: z.string(),
	host: z.string(),
	command: z.string(),
	since: z.string(),
});
type Holder = z.infer<typeof Holder>;

/** Somebody else holds the lock. */
export class LockHeld extends Error {
	override name = 'LockHeld';
	/** What to do about it, but for waiting. */
	readonly remedy: string;
	readonly file: string;

	constructor(message: string, remedy: string, file: string) {
		super(printable(message));
		this.remedy = remedy;
		this.file = file;
	}
}

/** Others may be after the same lock, and one that was left behind is taken away first. */
const ATTEMPTS = 5;
const MOST_COMMAND = 200;
/** A lock is not longer. */
const MOST_BYTES = 10_000;

/**
 * A file that one process at a time holds. A process that was killed leaves it behind, with its number and
 * the time of its start: the number alone will not do, for in a container the next process has the same.
 */
export class FileLock {
	readonly #file: string;
	readonly #written: string;

	/** @throws LockHeld, or an error of the file system when the file cannot be written. */
	static take(file: string): FileLock {
		const written = JSON.stringify(self());
		for (let attempt = 1; ; attempt++) {
			if (create(file, written)) return new FileLock(file, written);
			const found = contentOf(file);
			if (found === null) continue;
			const held = heldBy(found, file);
			if (held !== null || attempt >= ATTEMPTS) throw held ?? contended(file);
			takeAway(file, found);
		}
	}

	private constructor(file: string, written: string) {
		this.#file = file;
		this.#written = written;
	}

	/** A lock that somebody else took since stays theirs. */
	release(): void {
		try {
			if (contentOf(this.#file) === this.#written) rmSync(this.#file, { force: true });
		} catch {
			// Its folder is gone or is none any more: nothing is left to be released.
		}
	}
}

/** Whole or not at all; false if there is such a file already. */
function create(file: string, text: string): boolean {
	const draft = `${file}.${process.pid}.tmp`;
	try {
		writeFileSync(draft, text);
		linkSync(draft, file);
		return true;
	} catch (error) {
		if (codeOf(error) === 'EEXIST') return false;
		// Not every file system has links.
		if (!['EPERM', 'ENOTSUP', 'ENOSYS', 'EOPNOTSUPP'].includes(codeOf(error))) throw error;
	} finally {
		rmSync(draft, { force: true });
	}
	try {
		writeFileSync(file, text, { flag: 'wx' });
		return true;
	} catch (error) {
		if (codeOf(error) === 'EEXIST') return false;
		throw error;
	}
}

/** Who holds this may take away a lock that was left behind. */
const turnOf = (file: string): string => `${file}.turn`;

/** Removes a lock that was left behind, and no other that somebody took in the meantime: one process at a time looks and removes. */
function takeAway(file: string, left: string): void {
	const turn = turnOf(file);
	if (!create(turn, JSON.stringify(self()))) return;
	try {
		if (contentOf(file) === left) rmSync(file, { force: true });
	} finally {
		rmSync(turn, { force: true });
	}
}

/** Why a lock that nobody holds could not be had. */
function contended(file: string): LockHeld {
	const turn = turnOf(file);
	const taker = contentOf(turn);
	return taker === null || heldBy(taker, turn) !== null
		? new LockHeld('by several others at once', 'try again', file)
		: new LockHeld('by nobody, but who took it over was killed meanwhile', `remove ${turn}`, file);
}

function contentOf(file: string): string | null {
	try {
		// What is no file might never end.
		const found = lstatSync(file);
		if (!found.isFile() || found.size > MOST_BYTES) return '';
		return readFileSync(file, 'utf8');
	} catch (error) {
		if (codeOf(error) === 'ENOENT') return null;
		throw error;
	}
}

const self = (): Holder => ({
	pid: process.pid,
	started: startOf(process.pid),
	boot: bootOf(),
	host: hostname(),
	// Its first word only: arguments may hold secrets.
	command: [basename(process.argv[1] ?? '').replace(/\.\w+$/, ''), process.argv[2] ?? '']
		.join(' ')
		.trim()
		.slice(0, MOST_COMMAND),
	since: new Date().toISOString(),
});

/** Who is in the way; null when the process that wrote this is gone. */
function heldBy(text: string, file: string): LockHeld | null {
	const remove = `remove ${file}`;
	const holder = Holder.safeParse(parsed(text)).data;
	if (holder === undefined)
		return new LockHeld(
			'by something that does not say what it is',
			`look at it, then ${remove}`,
			file,
		);
	const { pid, started, boot, host, command, since } = holder;
	const who = `by process ${pid} (${command}) since ${since}`;
	if (host !== hostname())
		return new LockHeld(`${who} on the machine "${host}"`, `if it ended there, ${remove}`, file);
	const isGone = (boot !== '' && boot !== bootOf()) || !isAlive(pid) || startOf(pid) !== started;
	return isGone ? null : new LockHeld(who, `if that is no mulligan, ${remove}`, file);
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}

/** When a process started, as Linux tells it; elsewhere nothing. */
function startOf(pid: number): string {
	const stat = readOr(`/proc/${pid}/stat`);
	// The second field is the program's name in brackets, and may hold anything; the 22nd is the start.
	return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
}

const bootOf = (): string => readOr('/proc/sys/kernel/random/boot_id').trim();

function readOr(file: string, otherwise = ''): string {
	try {
		return readFileSync(file, 'utf8');
	} catch {
		return otherwise;
	}
}

function isAlive(pid: number): boolean {
	if (pid <= 0) return false;
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return codeOf(error) === 'EPERM';
	}
}

const codeOf = (error: unknown): string =>
	error instanceof Error && 'code' in error ? String(error.code) : '';
