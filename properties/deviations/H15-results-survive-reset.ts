import { RULES } from '../../impl/server/rules.ts';
import type { Deviation } from './deviation.ts';

export const resultsSurviveReset: Deviation = {
	id: 'H15',
	name: 'results survive reset',
	symptom: 'What was found out about an execution is shown of the next one too.',
	where: 'EVG-14736 (#4714), EVG-15709 (#5202)',
	breaks: ['S12'],
	rules: {
		reset: (ended, startedBy, secret) => ({
			...RULES.reset(ended, startedBy, secret),
			details: ended.details,
		}),
	},
	toured: { by: 'unanswered', breaks: 'S12' },
};
