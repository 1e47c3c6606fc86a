import { AGENT_RULES } from '../../impl/agent/rules.ts';
import type { Deviation } from './deviation.ts';

export const postedSuccessIsMarked: Deviation = {
	id: 'F5',
	also: ['F6'],
	name: 'posted success is marked',
	symptom: 'A flagged command that posts success and stops the task is marked.',
	where: 'field, F5',
	breaks: ['S4'],
	agentRules: {
		isCause: (finished) =>
			AGENT_RULES.isCause(finished) ||
			(finished.command.retry_on_failure &&
				finished.consequence === 'block-leaves' &&
				finished.outcome === 'succeeded'),
	},
	toured: { by: 'background', breaks: 'S4' },
};
