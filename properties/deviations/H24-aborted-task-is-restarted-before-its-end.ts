import { RULES } from '../../impl/server/rules.ts';
import type { TaskRecord } from '../../impl/store/store.ts';
import { hasEnded, isInProgress } from '../../impl/store/task-state.ts';
import type { Details } from '../../model/vocabulary/message.ts';
import type { Deviation } from './deviation.ts';

/** What is put down of an execution that has not ended. */
const UNKNOWN: Details = { status: 'failed', type: null, description: '', timed_out: null };
const NOW_MS = 0;

const isBeingAborted = (task: TaskRecord): boolean => isInProgress(task) && task.aborted;

export const abortedTaskIsRestartedBeforeItsEnd: Deviation = {
	id: 'H24',
	name: 'aborted task is restarted before its end',
	symptom: 'A task that is being aborted can be restarted although its agent still runs it.',
	where: 'EVG-16853 (#6110)',
	breaks: ['S5', 'S12', 'S17', 'S18'],
	rules: {
		isRestartable: (named, policy) =>
			RULES.isRestartable(named, policy) || named.some(isBeingAborted),
		isSettled: (members) => RULES.isSettled(members.filter(({ task }) => !isBeingAborted(task))),
		restarting: (members, failedOnly) =>
			members.filter(
				(task) => isBeingAborted(task) || RULES.restarting([task], failedOnly).length > 0,
			),
		kept: (task) => RULES.kept(hasEnded(task) ? task : RULES.end(task, UNKNOWN, NOW_MS)),
	},
	toured: { by: 'users', breaks: 'S5' },
};
