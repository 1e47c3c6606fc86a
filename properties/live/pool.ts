import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Entry } from '../../impl/live/entry.ts';
import { Child } from './child.ts';

/**
 * Child processes. It takes half a second until one has read its sources: where one has died, the next is started before
 * it is needed. Whatever is left is killed when the harness ends.
 */
export class Pool {
	/** A private folder for all that the processes keep; it goes with the last of them. */
	readonly folder = mkdtempSync(join(tmpdir(), 'mulligan-live-'));
	readonly #spares = new Map<Entry, Child>();
	readonly #taken = new Map<Child, Entry>();
	readonly #atExit = (): void => this.#killNow();

	constructor() {
		process.once('exit', this.#atExit);
	}

	/** A process that has done nothing yet. */
	take(entry: Entry): Child {
		const child = this.#spares.get(entry) ?? new Child(entry, this.folder);
		child.ref();
		this.#spares.delete(entry);
		const died = [...this.#taken].some(([one, of]) => of === entry && one.isGone);
		this.#taken.set(child, entry);
		if (died) this.prepare(entry);
		return child;
	}

	/** Starts a process that will be needed soon. */
	prepare(entry: Entry): void {
		const spare = new Child(entry, this.folder);
		spare.unref();
		this.#spares.set(entry, spare);
	}

	/** The harness may end, though processes run, or may not. */
	setRef(ref: boolean): void {
		for (const child of this.#taken.keys()) {
			if (child.isGone) this.#taken.delete(child);
			else if (ref) child.ref();
			else child.unref();
		}
	}

	async stop(): Promise<void> {
		process.off('exit', this.#atExit);
		await Promise.all(
			[...this.#taken.keys(), ...this.#spares.values()].map((child) => child.kill()),
		);
		this.#removeFolder();
	}

	#killNow(): void {
		for (const child of [...this.#taken.keys(), ...this.#spares.values()]) child.killNow();
		this.#removeFolder();
	}

	#removeFolder(): void {
		rmSync(this.folder, { recursive: true, force: true, maxRetries: 3 });
	}
}
