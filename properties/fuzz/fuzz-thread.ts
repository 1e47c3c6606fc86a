import { parentPort } from 'node:worker_threads';
import { Teller, type Work } from './range.ts';

/** A thread that tells range after range; "stop" ends the one in hand early. */
const teller = new Teller();
let stop = new AbortController();

parentPort?.on('message', async (said: Work | 'stop') => {
	if (said === 'stop') return stop.abort();
	stop = new AbortController();
	parentPort?.postMessage(await teller.tell(said, stop.signal));
});
