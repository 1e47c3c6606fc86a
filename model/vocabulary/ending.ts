/** Why nothing is known of what a search that ended like this does not show. */
export const UNSHOWN = {
	complete: 'it was never exercised',
	broken: 'the search ended at a broken promise',
	'out of memory': 'the memory for states was used up',
	stopped: 'the search was stopped',
	'thread lost': 'a thread that explored ended too early',
	approximate: 'states were kept as bits only, so some may have been left out',
} as const;

/** Why a promise that was left out of the judgement is unknown. */
export const UNJUDGED = 'liveness is not judged where hosts that are alike count as one';
