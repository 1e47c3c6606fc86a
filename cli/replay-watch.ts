import { type FSWatcher, statSync, watch } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/** Editors write a file in several steps. */
const SETTLED_MS = 50;

/** What a file looks like from outside; empty: it is not there. */
function signOf(file: string): string {
	const stat = statSync(file, { throwIfNoEntry: false });
	return stat === undefined ? '' : `${stat.ino} ${stat.size} ${stat.mtimeMs}`;
}

/** Files, and whether they have changed since they were looked at. */
export class Watched {
	readonly #signs = new Map<string, string>();
	readonly #folders = new Map<string, FSWatcher>();
	#isDirty = false;
	#wake: () => void = () => {};

	/** In these folders, too, something may appear. */
	constructor(folders: readonly string[]) {
		for (const folder of folders) this.#watch(folder);
	}

	/** From now on a change of these counts. */
	look(files: readonly string[]): void {
		for (const file of files) {
			this.#signs.set(file, signOf(file));
			this.#watch(dirname(file));
		}
	}

	#watch(folder: string): void {
		if (this.#folders.has(folder)) return;
		if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) return;
		const watcher = watch(folder, () => {
			this.#isDirty = true;
			this.#wake();
		});
		// A folder that is gone has nothing more to tell.
		watcher.on('error', () => watcher.close());
		this.#folders.set(folder, watcher);
	}

	/** Resolves when something was changed since it last did; false: it was interrupted. */
	async changed(signal: AbortSignal): Promise<boolean> {
		if (!this.#isDirty && !signal.aborted)
			await new Promise<void>((resolve) => {
				this.#wake = resolve;
				signal.addEventListener('abort', () => resolve(), { once: true });
			});
		if (signal.aborted) return false;
		await wait(SETTLED_MS);
		this.#isDirty = false;
		return !signal.aborted;
	}

	/** Whether one of them is not as it was. */
	isChanged(files: readonly string[]): boolean {
		return files.some((file) => signOf(file) !== this.#signs.get(file));
	}

	close(): void {
		for (const watcher of this.#folders.values()) watcher.close();
	}
}
