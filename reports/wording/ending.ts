import { UNJUDGED, UNSHOWN } from '../../model/vocabulary/ending.ts';
import type { ConfigurationEvidence } from '../evidence/check-evidence.ts';
import { plural } from './figures.ts';

/** Why nothing is known of what the check of a configuration does not show. */
export const sayEnding = (ending: ConfigurationEvidence['ending']): string =>
	ending === 'not begun' ? 'it was not begun' : UNSHOWN[ending];

/** Why a guarantee is unknown that nothing put to the test. */
export const NEVER_EXERCISED = UNSHOWN.complete;

/** Why a guarantee is unknown that may have been broken where nobody waited for the end. */
export const sayUnrested = (stories: number): string =>
	`${plural(stories, 'story')} did not come to rest`;

/** Why a guarantee is unknown to a part of a run. */
export const ELSEWHERE = 'it is judged with the other parts';

/** Why the check of a configuration as a whole is unknown. */
export function sayUnknown({
	ending,
	unjudged,
	coverage,
	tour,
}: Pick<ConfigurationEvidence, 'ending' | 'unjudged' | 'coverage' | 'tour'>): string {
	const isDone = ending === 'complete';
	if (isDone && unjudged.length === 0 && tour !== null) return 'the tour was not finished';
	const why = isDone && unjudged.length > 0 ? UNJUDGED : sayEnding(ending);
	return coverage === null ? why : `${why}; ${sayCoverage(coverage)}`;
}

/** How many of the states that were met were probably not left out; never 100 % while it is an estimate. */
const sayCoverage = (coverage: number): string =>
	`about ${(Math.floor(coverage * 1e6) / 1e4).toFixed(4)} % of those met were looked at`;
