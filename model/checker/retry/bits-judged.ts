import { UNSHOWN } from '../../vocabulary/ending.ts';
import type { BitExploration } from '../engine/bitstate/exploring.ts';
import { inOneGo } from '../engine/explore/explore.ts';
import type { CheckEnding, Checked, CheckJudges } from './judged.ts';
import type { Happened } from './sandbox/sandbox.ts';

/**
 * What an exploration that keeps bits only says of each guarantee: a broken one was replayed and is
 * broken; all others are unknown, since states may have been left out.
 */
export function judgedAsBits(
	found: BitExploration<Happened>,
	checkJudges: CheckJudges,
): Omit<Checked, 'configuration' | 'reached' | 'seconds' | 'unjudged'> {
	const { states, generated, cut, depth, bytes, coverage, breaches } = found;
	const ending: CheckEnding = found.ending === 'complete' ? 'approximate' : found.ending;
	const stories = breaches.map((steps) => ({ events: steps.map(({ event }) => event) }));
	const broken = inOneGo(checkJudges.broken(stories));
	const judged = checkJudges.all(
		(id) => broken.get(id) ?? checkJudges.unknown(id, UNSHOWN[ending]),
	);
	const verdict = broken.size > 0 ? 'violated' : 'unknown';
	return { verdict, ending, states, generated, cut, depth, bytes, coverage, judged };
}
