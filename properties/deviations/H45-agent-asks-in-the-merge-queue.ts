import { STEPS } from '../../model/checker/mistakes/mistakes.ts';
import type { Deviation } from './deviation.ts';

export const agentAsksInTheMergeQueue: Deviation = {
	id: 'H45',
	name: 'agent asks in the merge queue',
	symptom: 'The agent marks merge-queue tasks, and is refused each time.',
	where: 'DEVPROD-27102 (#9927)',
	breaks: ['S6'],
	machines: STEPS['an agent asks to restart a task of the merge queue (H45)'],
	agentRules: { mayAsk: () => true },
	toured: { by: 'merge-queue', breaks: 'S6' },
	told: 'seldom',
};
