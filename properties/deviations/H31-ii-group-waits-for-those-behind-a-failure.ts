import { RULES } from '../../impl/server/rules.ts';
import type { Deviation } from './deviation.ts';

export const groupWaitsForThoseBehindAFailure: Deviation = {
	id: 'H31-ii',
	name: 'group waits for those behind a failure',
	symptom:
		'Members that a failed one before them holds up for good keep their group unfinished, and it never restarts.',
	where: 'DEVPROD-9920 (#8331)',
	breaks: ['L1'],
	rules: {
		sightOf: (awaited) => {
			const sight = RULES.sightOf(awaited);
			return sight === 'failed' ? 'success' : sight;
		},
	},
	toured: { by: 'group-crash', breaks: 'L1' },
};
