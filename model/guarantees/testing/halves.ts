import type { Setup } from '../../vocabulary/setup.ts';
import type { Guarantee } from '../guarantee.ts';
import { resting, type Scene, seen } from './seen.ts';

/** It is put to the test, but in no half that is told: who takes that for a test of it says that it holds which nothing asked. */
export const NO_HALF = ['none'];

/** Which halves of a promise the last scene puts to the test; or in one sentence, how a scene breaks it. */
export function halvesAt<Memory>(
	{ begin, step, witness }: Guarantee<Memory>,
	setup: Setup,
	scenes: readonly Scene[],
): string[] | string {
	let before = resting(setup);
	let memory = begin(setup, before);
	let halves: string[] = [];
	for (const [event, ...changes] of scenes) {
		const after = changes.reduce((state, change) => change(state), seen({ answer: null })(before));
		const moment = { setup, before, event, after };
		const ruling = step(memory, moment);
		before = after;
		halves = [];
		if (ruling === null) continue;
		if (ruling.broken !== null) return ruling.broken;
		memory = ruling.memory;
		if (!ruling.exercised) continue;
		const those = witness.filter(({ at }) => at?.(moment) !== false).map(({ name }) => name);
		halves = those.length > 0 ? those : NO_HALF;
	}
	return halves;
}
