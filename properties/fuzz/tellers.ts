import { AskedThread } from '../threads/asked.ts';
import { Teller, type Told, type Work } from './range.ts';

/** Somebody who tells stories, here or in a thread. */
export interface TellerBeside {
	/** `signal` ends it after the story in hand. */
	tell(work: Work, signal: AbortSignal): Promise<Told>;
	end(): Promise<void>;
}

/** One teller tells here; several are threads, one for each. */
export const tellersOf = (workers: number): TellerBeside[] =>
	workers === 1 ? [here()] : Array.from({ length: workers }, thread);

function here(): TellerBeside {
	const teller = new Teller();
	return { tell: (work, signal) => teller.tell(work, signal), end: async () => {} };
}

function thread(): TellerBeside {
	const asked = new AskedThread<Work, Told>(
		new URL('./fuzz-thread.mjs', import.meta.url),
		'tells stories',
	);
	return { tell: (work, signal) => asked.ask(work, signal), end: () => asked.end() };
}
