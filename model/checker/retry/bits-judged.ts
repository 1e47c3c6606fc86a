import type { BitExploration } from '../engine/bitstate/exploring.ts';
import { inOneGo } from '../engine/explore/explore.ts';
import { type Bench, type CheckEnding, type Checked, WHY } from './judged.ts';
import type { Happened } from './sandbox/sandbox.ts';

/**
 * What an exploration that keeps bits only says of each guarantee: a broken one was replayed and is
 * broken; all others are unknown, since states may have been left out.
 */
export function judgedAsBits(
	found: BitExploration<Happened>,
	bench: Bench,
): Omit<Checked, 'configuration' | 'seconds' | 'unjudged'> {
	const { states, generated, cut, depth, bytes, coverage, breaches } = found;
	const ending: CheckEnding = found.ending === 'complete' ? 'approximate' : found.ending;
	const stories = breaches.map((steps) => ({ events: steps.map(({ event }) => event) }));
	const broken = inOneGo(bench.broken(stories));
	const judged = bench.all((id) => broken.get(id) ?? bench.unknown(id, WHY[ending]));
	const verdict = broken.size > 0 ? 'violated' : 'unknown';
	return { verdict, ending, states, generated, cut, depth, bytes, coverage, judged };
}
