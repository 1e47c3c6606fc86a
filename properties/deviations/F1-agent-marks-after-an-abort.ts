import { AGENT_RULES } from '../../impl/agent/rules.ts';
import type { Deviation } from './deviation.ts';

export const agentMarksAfterAnAbort: Deviation = {
	id: 'F1',
	name: 'agent marks after an abort',
	symptom: 'A flagged command that an abort cut short is marked.',
	where: 'field, F1',
	breaks: ['S4'],
	agentRules: {
		isCause: (finished) =>
			AGENT_RULES.isCause(finished) ||
			(finished.command.retry_on_failure && finished.outcome === 'killed'),
	},
	toured: { by: 'display-abort', breaks: 'S4' },
};
