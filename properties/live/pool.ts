import { Child } from './child.ts';

type Entry = 'server-process.ts' | 'agent-process.ts';

/**
 * Child processes, each started before it is needed: it takes half a second until one has read its
 * sources. Whatever is left is killed when the harness ends.
 */
export class Pool {
	readonly #spares = new Map<Entry, Child>();
	readonly #taken = new Set<Child>();
	readonly #atExit = (): void => this.#killNow();

	constructor() {
		process.once('exit', this.#atExit);
	}

	/** A process that has done nothing yet. */
	take(entry: Entry): Child {
		const child = this.#spares.get(entry) ?? new Child(entry);
		child.ref();
		this.#taken.add(child);
		this.prepare(entry);
		return child;
	}

	/** Starts a process that will be needed soon. */
	prepare(entry: Entry): void {
		const spare = new Child(entry);
		spare.unref();
		this.#spares.set(entry, spare);
	}

	/** The harness may end, though processes run, or may not. */
	setRef(ref: boolean): void {
		for (const child of this.#taken) {
			if (child.isGone) this.#taken.delete(child);
			else if (ref) child.ref();
			else child.unref();
		}
	}

	async stop(): Promise<void> {
		process.off('exit', this.#atExit);
		await Promise.all([...this.#taken, ...this.#spares.values()].map((child) => child.kill()));
	}

	#killNow(): void {
		for (const child of [...this.#taken, ...this.#spares.values()]) child.killNow();
	}
}
