import { RULES } from '../../impl/server/rules.ts';
import { STEPS } from '../../model/checker/mistakes/mistakes.ts';
import type { Deviation } from './deviation.ts';

export const markSurvivesReset = {
	id: 'H02',
	name: 'mark survives reset',
	symptom: 'A restarted execution is still down for a restart, and restarts again when it ends.',
	where: 'EVG-5212 (#1567)',
	breaks: ['S12', 'S19'],
	machines: STEPS['a restarted task begins with the mark of the run before (H02)'],
	rules: {
		reset: (ended, startedBy, secret) => ({
			...RULES.reset(ended, startedBy, secret),
			restart_pending: ended.restart_pending,
		}),
	},
	toured: { by: 'unanswered', breaks: 'S12' },
} satisfies Deviation;
