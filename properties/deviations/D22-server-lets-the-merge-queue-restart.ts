import { STEPS } from '../../model/checker/mistakes/mistakes.ts';
import type { Deviation } from './deviation.ts';

export const serverLetsTheMergeQueueRestart: Deviation = {
	id: 'D22',
	also: ['H53'],
	name: 'server lets the merge queue restart',
	symptom:
		'Only the agent knows that merge-queue tasks are not restarted; who asks the server directly gets his way.',
	where: 'evergreen 953ae91, task_restart route',
	breaks: ['S6'],
	elsewhere: ['C5', 'S2'],
	machines: STEPS['a task of the merge queue is restarted if somebody asks for it (D22)'],
	rules: { isMergeQueue: () => false },
	toured: { by: 'merge-queue', breaks: null },
	told: 'seldom',
};
