import { RULES } from '../../impl/server/rules.ts';
import { hasEnded } from '../../impl/store/task-state.ts';
import type { Deviation } from './deviation.ts';

export const endedTaskAtTheCapEndsAgain: Deviation = {
	id: 'H16',
	name: 'ended task at the cap ends again',
	symptom: 'At the cap an end of a task that has ended is taken for another one.',
	where: 'EVG-5312 (#5032)',
	breaks: ['S10'],
	rules: {
		mayEnd: (task, policy) =>
			RULES.mayEnd(task, policy) || (hasEnded(task) && RULES.isAtCap(task, policy)),
	},
	toured: { by: 'limits-late', breaks: 'S10' },
};
