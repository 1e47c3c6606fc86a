import { AGENT_RULES } from '../../impl/agent/rules.ts';
import type { Deviation } from './deviation.ts';

export const backgroundIsNotMarked: Deviation = {
	id: 'F7',
	also: ['D27'],
	name: 'background is not marked',
	symptom: 'A flagged command in the background whose failure fails the task is not retried.',
	where: 'field, F7; evergreen 953ae91, D27',
	breaks: ['L1'],
	agentRules: {
		isCause: (finished) => AGENT_RULES.isCause(finished) && !finished.command.background,
	},
	toured: { by: 'background', breaks: 'L1' },
};
