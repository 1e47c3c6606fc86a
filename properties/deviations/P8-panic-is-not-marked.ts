import { AGENT_RULES } from '../../impl/agent/rules.ts';
import type { Deviation } from './deviation.ts';

export const panicIsNotMarked: Deviation = {
	id: 'P8',
	name: 'panic is not marked',
	symptom: 'A command whose process was killed is not retried.',
	where: 'apache/airflow#16285',
	breaks: ['L1'],
	agentRules: {
		isCause: (finished) => AGENT_RULES.isCause(finished) && finished.outcome !== 'panicked',
	},
	toured: { by: 'switches', breaks: 'L1', far: true },
	told: 'soon',
};
