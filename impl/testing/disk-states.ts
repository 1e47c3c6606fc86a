import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';

/** What a process that is killed leaves of a folder, and the moments at which it would leave just that. */
export interface DiskState {
	readonly folder: string;
	readonly moments: string[];
}

/**
 * The states that a folder goes through while something is done in this thread. What a process leaves when
 * it is killed is what it has written: so a copy of the folder, taken between two writes, stands for every
 * death between them, and all of them are had from one process.
 */
export class DiskStates {
	readonly states: DiskState[] = [];
	readonly #folder: string;
	readonly #copies: string;
	readonly #writeSync = fs.writeSync;
	/** Whether something was written since the last copy. */
	#isChanged = true;

	/** @param copies a folder for the copies, which need not be there. */
	constructor(folder: string, copies: string) {
		this.#folder = folder;
		this.#copies = copies;
	}

	/** Does something, and keeps each state in between: at each moment that is told, and at each write. */
	async during(work: () => Promise<unknown>): Promise<readonly DiskState[]> {
		const apply = (target: typeof fs.writeSync, self: unknown, args: unknown[]): unknown => {
			this.at('before a write');
			const written: unknown = Reflect.apply(target, self, args);
			this.#isChanged = true;
			return written;
		};
		Object.assign(fs, { writeSync: new Proxy(this.#writeSync, { apply }) });
		syncBuiltinESMExports();
		try {
			await work();
			this.at('at the end');
		} finally {
			Object.assign(fs, { writeSync: this.#writeSync });
			syncBuiltinESMExports();
		}
		return this.states;
	}

	/** A moment at which the process might be killed. */
	at(moment: string): void {
		const last = this.states.at(-1);
		if (!this.#isChanged && last !== undefined) {
			last.moments.push(moment);
			return;
		}
		const folder = join(this.#copies, String(this.states.length));
		fs.cpSync(this.#folder, folder, { recursive: true });
		this.states.push({ folder, moments: [moment] });
		this.#isChanged = false;
	}
}
