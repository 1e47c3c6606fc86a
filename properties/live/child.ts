import { type ChildProcess, fork } from 'node:child_process';
import type { z } from 'zod';
import { FOLDER, type Incoming, Outgoing } from '../../impl/live/channel.ts';
import { type Entry, entryFile } from '../../impl/live/entry.ts';

/** The longest that a process may take to begin, or to obey an order. */
const TIMEOUT_MS = 30_000;
/** How much of what a process says on its standard error is kept for a message. */
const KEPT_CHARS = 4000;

interface Waiting {
	readonly resolve: (result: unknown) => void;
	readonly reject: (error: Error) => void;
}

/**
 * A child process that takes orders over its channel. It leads a process group of its own, so that
 * killing it kills what it has started; when the channel closes it ends by itself.
 */
export class Child {
	readonly #name: string;
	readonly #process: ChildProcess;
	readonly #waiting = new Map<number, Waiting>();
	readonly #exited: Promise<void>;
	#orders = 0;
	#said = '';

	/**
	 * Starts a process of `impl/live/`; does not wait until it is ready.
	 *
	 * @param folder removed by the process when its parent is gone.
	 */
	constructor(entry: Entry, folder: string) {
		this.#name = entry;
		this.#process = fork(entryFile(entry), [], {
			execArgv: [],
			detached: true,
			env: { ...process.env, [FOLDER]: folder },
			stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
		});
		this.#process.stderr?.setEncoding('utf8').on('data', (text: string) => {
			this.#said = (this.#said + text).slice(-KEPT_CHARS);
		});
		this.#process.on('message', (message) => this.#hear(message));
		this.#process.on('error', (error) => this.#giveUp(error.message));
		this.#exited = new Promise((resolve) => {
			this.#process.once('exit', (code, signal) => {
				this.#giveUp(`it ended with ${signal ?? code}`);
				resolve();
			});
		});
		// Whether it is ready is asked for by the first order; until then nobody waits.
		this.#wait(0).catch(() => {});
	}

	/** Obeyed orders come to what the schema says. @throws what went wrong in the process, or with it. */
	async ask<Result>(order: object, schema: z.ZodType<Result>): Promise<Result> {
		const id = ++this.#orders;
		const answer = this.#wait(id);
		const incoming: Incoming = { id, order };
		if (this.#process.connected) this.#process.send(incoming);
		else this.#giveUp('it is gone');
		return schema.parse(await answer);
	}

	/** Kills the process and its group with SIGKILL, and waits until it is gone. */
	async kill(): Promise<void> {
		this.killNow();
		await this.#exited;
	}

	/** The same without waiting. */
	killNow(): void {
		try {
			if (this.#process.pid !== undefined && !this.isGone)
				process.kill(-this.#process.pid, 'SIGKILL');
		} catch {
			// It was gone already.
		}
	}

	/** Waits until the process has ended by itself. */
	exited(): Promise<void> {
		return this.#exited;
	}

	get isGone(): boolean {
		return this.#process.exitCode !== null || this.#process.signalCode !== null;
	}

	/** The harness may end though the process still runs: the process then ends as well. */
	unref(): void {
		this.#process.unref();
		this.#process.channel?.unref();
		const stderr = this.#process.stderr;
		if (stderr !== null && 'unref' in stderr && typeof stderr.unref === 'function') stderr.unref();
	}

	ref(): void {
		this.#process.ref();
		this.#process.channel?.ref();
	}

	#wait(id: number): Promise<unknown> {
		return new Promise((resolve, reject) => {
			const timer = setTimeout(
				() => reject(new Error(`${this.#name} did not answer for ${TIMEOUT_MS} ms: ${this.#said}`)),
				TIMEOUT_MS,
			);
			timer.unref();
			const settle = (): void => {
				clearTimeout(timer);
				this.#waiting.delete(id);
			};
			this.#waiting.set(id, {
				resolve: (result) => {
					settle();
					resolve(result);
				},
				reject: (error) => {
					settle();
					reject(error);
				},
			});
		});
	}

	#hear(message: unknown): void {
		const outgoing = Outgoing.parse(message);
		const waiting = this.#waiting.get(outgoing.id);
		if ('error' in outgoing) waiting?.reject(new Error(`${this.#name}: ${outgoing.error}`));
		else waiting?.resolve(outgoing.result);
	}

	#giveUp(reason: string): void {
		for (const { reject } of [...this.#waiting.values()])
			reject(new Error(`${this.#name}: ${reason}: ${this.#said}`));
	}
}
