import { Worker } from 'node:worker_threads';
import { Teller, type Told, type Work } from './range.ts';

/** Somebody who tells stories, here or in a thread. */
export interface TellerBeside {
	/** `signal` ends it after the story in hand. */
	tell(work: Work, signal: AbortSignal): Promise<Told>;
	end(): Promise<void>;
}

/** One teller tells here; several are threads, one for each. */
export const tellersOf = (workers: number): TellerBeside[] =>
	workers === 1 ? [here()] : Array.from({ length: workers }, () => new Thread());

function here(): TellerBeside {
	const teller = new Teller();
	return { tell: (work, signal) => teller.tell(work, signal), end: async () => {} };
}

class Thread implements TellerBeside {
	readonly #worker = new Worker(new URL('./fuzz-thread.mjs', import.meta.url));

	/** @throws what the thread throws, or that it ended: both are bugs, or there was no memory. */
	tell(work: Work, signal: AbortSignal): Promise<Told> {
		const worker = this.#worker;
		const over = new AbortController();
		const stop = (): void => worker.postMessage('stop');
		signal.addEventListener('abort', stop, { signal: over.signal });
		return new Promise<Told>((resolve, reject) => {
			const ended = (): void => reject(new Error('a thread that tells stories ended by itself'));
			worker.once('message', resolve).once('error', reject).once('exit', ended);
			over.signal.addEventListener('abort', () =>
				worker.off('message', resolve).off('error', reject).off('exit', ended),
			);
			worker.postMessage(work);
			if (signal.aborted) stop();
		}).finally(() => over.abort());
	}

	async end(): Promise<void> {
		await this.#worker.terminate();
	}
}
