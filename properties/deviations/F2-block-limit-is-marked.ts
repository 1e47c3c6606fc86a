import { AGENT_RULES } from '../../impl/agent/rules.ts';
import type { Deviation } from './deviation.ts';

export const blockLimitIsMarked: Deviation = {
	id: 'F2',
	also: ['F3', 'F4', 'D6'],
	name: 'block limit is marked',
	symptom:
		'A flagged command that the limit of a block stops is marked, though the block cannot fail the task.',
	where: 'field, F2; evergreen 953ae91, D6',
	breaks: ['S4'],
	agentRules: {
		isCause: (finished) =>
			AGENT_RULES.isCause(finished) ||
			(finished.command.retry_on_failure && finished.consequence === 'block-stops'),
	},
	toured: { by: 'switches', breaks: 'S4', far: true },
};
