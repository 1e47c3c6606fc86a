import { AGENT_RULES } from '../../impl/agent/rules.ts';
import type { Deviation } from './deviation.ts';

export const refusedMarkIsSentAgain: Deviation = {
	id: 'F12',
	name: 'refused mark is sent again',
	symptom: 'A mark that was refused is sent again for a minute, while post waits.',
	where: 'field, F12',
	breaks: ['S4', 'S14'],
	agentRules: {
		isFinal: (route, status) => route !== 'mark' && AGENT_RULES.isFinal(route, status),
	},
	toured: { by: 'unanswered', breaks: 'S14', far: true },
};
