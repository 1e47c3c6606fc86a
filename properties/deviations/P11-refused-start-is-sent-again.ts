import { AGENT_RULES } from '../../impl/agent/rules.ts';
import type { Deviation } from './deviation.ts';

export const refusedStartIsSentAgain: Deviation = {
	id: 'P11',
	name: 'refused start is sent again',
	symptom: 'A start that the server refused is sent again and again.',
	where: 'buildkite/agent#1723',
	breaks: ['S14'],
	agentRules: {
		isFinal: (route, status) => route !== 'start' && AGENT_RULES.isFinal(route, status),
	},
	toured: { by: 'crashes', breaks: 'S14', far: true },
	told: 'seldom',
};
