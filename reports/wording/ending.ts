import type { ConfigurationEvidence } from '../check-evidence.ts';

const WHY: Record<ConfigurationEvidence['ending'], string> = {
	complete: 'it never mattered',
	broken: 'the search ended at a broken promise',
	'out of memory': 'the memory for states was used up',
	stopped: 'the search was stopped',
	'not begun': 'it was not begun',
};

/** Why nothing is known of what the check of a configuration does not show. */
export const sayEnding = (ending: ConfigurationEvidence['ending']): string => WHY[ending];
