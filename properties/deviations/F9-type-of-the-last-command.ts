import { AGENT_RULES } from '../../impl/agent/rules.ts';
import type { Deviation } from './deviation.ts';

export const typeOfTheLastCommand: Deviation = {
	id: 'F9',
	name: 'type of the last command',
	symptom: 'A status that was posted without a type gets that of another command than the poster.',
	where: 'field, F9',
	breaks: ['S15'],
	agentRules: {
		compose: (composed) => {
			const end = AGENT_RULES.compose(composed);
			return end.status === 'failed' && composed.status.posted?.type === undefined
				? { ...end, type: 'test' }
				: end;
		},
	},
	toured: { by: 'background', breaks: 'S15' },
};
