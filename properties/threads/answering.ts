import { parentPort } from 'node:worker_threads';
import { STOP } from './asked.ts';

/** Lets the thread in which it is called answer what `AskedThread` asks. */
export function answering<Question, Answer>(
	answer: (question: Question, signal: AbortSignal) => Promise<Answer>,
): void {
	let stop = new AbortController();
	parentPort?.on('message', async (said: Question | typeof STOP) => {
		if (said === STOP) return stop.abort();
		stop = new AbortController();
		parentPort?.postMessage(await answer(said as Question, stop.signal));
	});
}
