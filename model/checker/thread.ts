import { parentPort, workerData } from 'node:worker_threads';
import type { Round } from './crew.ts';
import { Hand } from './hand.ts';

/** A thread of the crew: works round after round, as it is told. */
const { places } = workerData as { readonly places: number };
let hand: Hand | null = null;

parentPort?.on('message', (round: Round) => {
	hand ??= new Hand(places, round);
	parentPort?.postMessage(hand.work(round));
});
