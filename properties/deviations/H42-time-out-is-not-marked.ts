import { AGENT_RULES } from '../../impl/agent/rules.ts';
import { STEPS } from '../../model/checker/mistakes/mistakes.ts';
import type { Deviation } from './deviation.ts';

export const timeOutIsNotMarked: Deviation = {
	id: 'H42',
	name: 'time out is not marked',
	symptom:
		'A flagged command that is killed by its time limit is not retried: its mark used the cancelled context.',
	where: 'DEVPROD-15520 (#8849)',
	breaks: ['L1'],
	machines: STEPS['a flagged command that runs into its time limit is not tried again (H42)'],
	agentRules: {
		isCause: (finished) =>
			AGENT_RULES.isCause(finished) && !finished.outcome.startsWith('timed-out'),
	},
	toured: { by: 'switches', breaks: 'L1', far: true },
};
