import type { Worker } from 'node:worker_threads';
import { onTestFinished } from 'vitest';

export interface Threads {
	/** Those that began since. */
	readonly begun: readonly Worker[];
	/** Those of them that have not ended. */
	readonly running: ReadonlySet<Worker>;
}

/** Watches the threads that begin from now until the test is over. */
export function watchThreads(): Threads {
	const begun: Worker[] = [];
	const running = new Set<Worker>();
	const watch = (thread: Worker): void => {
		begun.push(thread);
		running.add(thread);
		thread.once('exit', () => running.delete(thread));
	};
	process.on('worker', watch);
	onTestFinished(() => void process.off('worker', watch));
	return { begun, running };
}
