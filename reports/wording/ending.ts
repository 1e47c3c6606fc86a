import type { ConfigurationEvidence } from '../evidence/check-evidence.ts';

const WHY: Record<ConfigurationEvidence['ending'], string> = {
	complete: 'it never mattered',
	broken: 'the search ended at a broken promise',
	'out of memory': 'the memory for states was used up',
	stopped: 'the search was stopped',
	'thread lost': 'a thread that explored ended too early',
	'not begun': 'it was not begun',
	approximate: 'states were kept as bits only, so some may have been left out',
};

/** Why nothing is known of what the check of a configuration does not show. */
export const sayEnding = (ending: ConfigurationEvidence['ending']): string => WHY[ending];

/** Why a promise that was left out of the judgement is unknown. */
export const UNJUDGED = 'liveness is not judged where hosts that are alike count as one';

/** Why the check of a configuration as a whole is unknown. */
export function sayUnknown({
	ending,
	unjudged,
	coverage,
}: Pick<ConfigurationEvidence, 'ending' | 'unjudged' | 'coverage'>): string {
	const why = ending === 'complete' && unjudged.length > 0 ? UNJUDGED : sayEnding(ending);
	return coverage === null ? why : `${why}; ${sayCoverage(coverage)}`;
}

/** How many of the states that were met were probably not left out; never 100 % while it is an estimate. */
const sayCoverage = (coverage: number): string =>
	`about ${(Math.floor(coverage * 1e6) / 1e4).toFixed(4)} % of those met were looked at`;
