import { parentPort } from 'node:worker_threads';
import type { Round } from './round.ts';
import { RoundWorker } from './round-worker.ts';

/** A thread that explores round after round, as it is told. */
let worker: RoundWorker | null = null;

parentPort?.on('message', (round: Round) => {
	worker ??= new RoundWorker(round);
	parentPort?.postMessage(worker.work(round));
});
