import { parentPort } from 'node:worker_threads';
import type { Round } from './crew.ts';
import { Hand } from './hand.ts';

/** A thread of the crew: works round after round, as it is told. */
let hand: Hand | null = null;

parentPort?.on('message', (round: Round) => {
	hand ??= new Hand(round);
	parentPort?.postMessage(hand.work(round));
});
